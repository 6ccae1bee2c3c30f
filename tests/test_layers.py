"""A module imports only from lower floors (see ARCHITECTURE.md): read from the source, imports inside functions included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import beritaie

PACKAGE = Path(beritaie.__file__).parent
FLOORS = {
    "records": 0,
    "errors": 0,
    "columns": 1,
    "workers": 1,
    "lexicon": 1,
    "document": 2,
    "evaluation": 1,
    "arrow": 2,
    "tokens": 2,
    "numbers": 2,
    "candidates": 2,
    "names": 3,
    "backends": 3,
    "extractors": 4,
    "resolve": 5,
    "scores": 5,
    "linking": 5,
    "pipeline": 6,
    "across": 6,
    "archive": 7,
    "explore": 7,
    "spacy": 7,
    "explain": 8,
    "lexicon_check": 7,
    "cli": 9,
}
# A document shows and explains itself: imported in the call.
VIEWS = {
    ("beritaie.records", "beritaie.explore.page"),
    ("beritaie.records", "beritaie.explore.frames"),
    ("beritaie.records", "beritaie.explore.terminal"),
    ("beritaie.records", "beritaie.explain"),
}
# Packages whose modules stand side by side: they share nothing but what lies below them.
SIBLINGS = {"extractors", "linking", "backends"}


def modules() -> list[str]:
    names = []
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return [name for name in names if name != "beritaie"]


def source(module: str) -> Path:
    path = PACKAGE.parent / Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imports(module: str) -> Iterator[str]:
    """Yield the package's own modules that this one imports, anywhere in its code."""
    known = set(modules())
    package = module if source(module).name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source(module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            origin = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            targets = [f"{origin}.{alias.name}" if f"{origin}.{alias.name}" in known else origin for alias in node.names]
        else:
            continue
        yield from (target for target in targets if target in known and target != module)


def room(module: str) -> str:
    return module.split(".")[1]


def test_every_room_has_a_floor() -> None:
    assert {room(module) for module in modules()} <= FLOORS.keys()


@pytest.mark.parametrize("module", modules())
def test_imports_go_down(module: str) -> None:
    for target in imports(module):
        if room(target) == room(module):
            inner = room(module) in SIBLINGS and not target.rpartition(".")[2].startswith("_") and target.count(".") > 1
            inner = inner and target.split(".")[2:3] != module.split(".")[2:3]  # the modules of one extractor are no siblings
            assert not inner, f"{module} imports its sibling {target}; what they share belongs on a lower floor"
        elif (module, target) not in VIEWS:
            assert FLOORS[room(target)] < FLOORS[room(module)], f"{module} imports {target}, which is not on a lower floor"


def test_a_wrong_import_is_seen(tmp_path, monkeypatch) -> None:
    """The analysis itself: relative, absolute and nested imports are found."""
    assert "beritaie.resolve" in set(imports("beritaie.pipeline"))
    assert "beritaie.linking.speakers" in set(imports("beritaie.pipeline"))
    monkeypatch.setattr(f"{__name__}.source", lambda module: tmp_path / "x.py")
    for statement in ("import beritaie.pipeline", "from beritaie import pipeline", "from .pipeline import load", "from . import pipeline"):
        (tmp_path / "x.py").write_text(f"def late():\n    {statement}\n")
        assert list(imports("beritaie.tokens")) == ["beritaie.pipeline"]
