"""What the documentation shows is true: sessions are run and compared, tables hold every field, links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import gold_gate
import pytest

import beritaie
from beritaie import records
from beritaie.records import Record

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def ids(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_python_sessions(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False).failed == 0


def console_session(page: Path) -> list[tuple[str, str]]:
    """Return (command, what it is shown to print) for each console line of a page."""
    result = []
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            result.append((command, output))
    return result


@pytest.mark.parametrize("page", [page for page in PAGES if console_session(page)], ids=ids)
def test_console_sessions(page: Path, tmp_path: Path) -> None:
    """The commands of a page, one after the other, in a folder with the examples; where no output is shown, nothing is complained of."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    command = tmp_path / "bin" / "beritaie"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m beritaie.cli "$@"\n')
    command.chmod(0o755)
    path = {"PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(Path(beritaie.__file__).parents[1])}
    for line, output in console_session(page):
        done = subprocess.run(
            line, shell=True, cwd=tmp_path, env=os.environ | path, capture_output=True, text=True, timeout=120, check=False
        )
        if output:
            assert done.stdout + done.stderr == output, line
        else:
            assert (done.returncode, done.stderr) == (0, ""), line


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_other_blocks_are_few(page: Path) -> None:
    """What is no session is not run: only set-up, what needs a cluster, and the models that bring PyTorch."""
    blocks = re.findall(r"^```(python|sh)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for language, block in blocks:
        if language == "python" and not block.startswith(">>>"):
            compile(block, page.name, "exec")
            assert "stanza" in block or "spark" in block, block
        elif language == "sh":
            assert re.match(r"make |pip install |spark-submit ", block), block


def test_questions_of_the_readme(tmp_path: Path) -> None:
    """The SQL of the README answers on the examples."""
    duckdb = pytest.importorskip("duckdb")
    from beritaie.cli import main

    assert main(["extract", str(ROOT / "examples"), "-o", str(tmp_path / "records.duckdb")]) == 0
    sql = re.findall(r"^```sql\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    questions = [question for block in sql for question in block.split(";\n") if question.strip()]
    assert len(questions) == 3
    with duckdb.connect(str(tmp_path / "records.duckdb"), read_only=True) as database:
        for question in questions:
            assert database.sql(question).fetchall(), question


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=ids)
def test_links(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def record_types() -> list[type[Record]]:
    return [item for item in vars(records).values() if isinstance(item, type) and issubclass(item, Record) and item is not Record]


def test_every_field_is_told() -> None:
    page = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    sections = {part.split("\n")[0]: part for part in page.split("\n## ")[1:]}
    for record in record_types():
        if record.__name__ == "Passage":
            continue
        section = sections[record.__name__]
        general = {"start", "end", "text", "rule", "score"}
        missing = [field for field in record.__struct_fields__ if f"`{field}`" not in section and field not in general]
        assert not missing, f"{record.__name__}: {missing}"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    requirements = project["dependencies"] + [name for extra in project["optional-dependencies"].values() for name in extra]
    for name in {re.split(r"[\[<>=]", requirement)[0] for requirement in requirements} - {"beritaie"}:
        assert f"`{name}`" in page, name


def test_every_room_is_in_the_layout() -> None:
    from test_layers import FLOORS, modules, room

    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name in {room(module) for module in modules()}:
        assert re.search(rf"^\| {FLOORS[name]} \| `{name}(\.py|/)` \|", page, re.MULTILINE), name


def test_everything_installed_is_pinned() -> None:
    from importlib.metadata import distributions

    pins = {
        re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[\[<>=]", name)[0].lower() for name in project["dependencies"] + project["optional-dependencies"]["dev"]}
    requires = {re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower(): found.requires or [] for found in distributions()}
    seen: set[str] = set()
    while needed:
        name = needed.pop()
        seen.add(name)
        for line in requires.get(name, []):
            requirement = re.sub(r"[-_.]+", "-", re.split(r"[ \[<>=!~;(]", line)[0]).lower()
            if "extra ==" not in line and requirement in requires and requirement not in seen:
                needed.add(requirement)
    assert seen <= pins, sorted(seen - pins)


def test_figures_of_the_readme_are_the_pinned_ones() -> None:
    assert gold_gate.table() in (ROOT / "README.md").read_text(encoding="utf-8"), "run `python tests/gold_gate.py --pin`"
