"""A user's own words: in real processes, because lexicons are read once in each."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

TEXT = "Jagabaya Pasar Wonokromo, Slamet, menerima 500 koin kepeng dari Guyubrukun Tani Makmur, Senin."
FIND = """
import sys, beritaie
nlp = beritaie.load("rules", lexicons=sys.argv[1] or None)
for doc in nlp.pipe([sys.argv[2]] * 2, workers=2):
    print([(p.name, [o.title for o in p.positions]) for p in doc.people], [b.name for b in doc.organizations])
"""


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)


def test_own_words_are_found_in_workers_too(tmp_path) -> None:
    (tmp_path / "offices.tsv").write_text("# ours\ntitle\ttakes\tdomain\nJagabaya Pasar\tplace\tregion\n")
    (tmp_path / "organization_heads.tsv").write_text("head\tkind\ttail\nGuyubrukun\tcommunity\ttopic\n")
    without, with_them = python(FIND, "", TEXT), python(FIND, str(tmp_path), TEXT)
    assert "Jagabaya" not in without.stdout
    lines = with_them.stdout.splitlines()
    assert len(lines) == 2, with_them.stderr
    assert all("[('Slamet', ['Jagabaya Pasar'])]" in line for line in lines)
    run = subprocess.run(
        [sys.executable, "-m", "beritaie.cli", "extract", "-", "--model", "rules", "--lexicons", str(tmp_path)],
        input=TEXT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout)["people"][0]["positions"][0]["title"] == "Jagabaya Pasar"


def test_own_words_in_a_spacy_pipeline(tmp_path) -> None:
    (tmp_path / "offices.tsv").write_text("title\ttakes\tdomain\nJagabaya Pasar\tplace\tregion\n")
    code = """
import sys, spacy
nlp = spacy.blank("xx")
nlp.add_pipe("beritaie", config={"model": "rules", "lexicons": sys.argv[1]})
people = [doc._.beritaie.people[0] for doc in nlp.pipe([sys.argv[2]] * 2, n_process=2)]
print([[office.title for office in person.positions] for person in people])
"""
    assert python(code, str(tmp_path), TEXT).stdout == "[['Jagabaya Pasar'], ['Jagabaya Pasar']]\n"


def test_what_is_wrong_is_named(tmp_path) -> None:
    load = "import sys, beritaie; beritaie.load('rules', lexicons=sys.argv[1])"
    assert "is no folder of lexicons" in python(load, str(tmp_path / "none")).stderr
    assert "holds no lexicon" in python(load, str(tmp_path)).stderr
    (tmp_path / "offices.tsv").write_text("title\tcolour\nKetua\tred\n")
    assert "offices.tsv line 2: unknown column 'colour'; known: title, takes" in python(load, str(tmp_path)).stderr
    (tmp_path / "offices.tsv").write_text("title\ttakes\nKetua\n")
    assert "line 2: 1 fields, the header has 2" in python(load, str(tmp_path)).stderr
    (tmp_path / "offices.tsv").write_bytes(b"title\ttakes\nKetua \xff\trole\n")
    assert "offices.tsv: not UTF-8 (byte 0xff)" in python(load, str(tmp_path)).stderr
    (tmp_path / "offices.tsv").rename(tmp_path / "bureaus.tsv")
    assert "there is no lexicon of that name; known: " in python(load, str(tmp_path)).stderr


@pytest.mark.parametrize(
    ("name", "table", "fault"),
    [
        ("offices.tsv", "title\ttakes\tdomain\nKetua Adat\tplace\tregion\n", None),
        ("names.tsv", "word\tpart\tuse\nkelvandri\tgiven\tid\n", None),
        ("offices.tsv", "title\tdomain\nKetua Adat\tregion\n", "line 2: no takes, which every row of this lexicon has"),
        ("offices.tsv", "# ours\ntitle\ttakes\tdomain\nKetua Adat\tplaces\tregion\n", "line 3: takes is 'places'; known: "),
        ("currencies.tsv", "form\tcode\tside\tfactor\nkepeng\tXKP\tafter\tone\n", "line 2: factor is 'one', not a number"),
        ("person_cues.tsv", "word\tside\tweight\nsesepuh\tbefore\t-1.5\n", None),
    ],
)
def test_rows_fit_the_shipped_lexicon(tmp_path, name: str, table: str, fault: str | None) -> None:
    """The command that checks says what loading says."""
    (tmp_path / name).write_text(table)
    checked = subprocess.run(
        [sys.executable, "-m", "beritaie.cli", "data", "check", str(tmp_path)], capture_output=True, text=True, check=False
    )
    loaded = python("import sys, beritaie; beritaie.load('rules', lexicons=sys.argv[1])", str(tmp_path))
    assert (checked.returncode, loaded.returncode) == ((0, 0) if fault is None else (1, 1))
    if fault is not None:
        assert f"{name} {fault}" in checked.stdout
        assert f"{name} {fault}" in loaded.stderr


def test_too_late(tmp_path) -> None:
    late = "import sys, beritaie; beritaie.load('rules')('Bupati Garut.'); beritaie.load('rules', lexicons=sys.argv[1])"
    assert "give it with the first load() of a new process" in python(late, str(tmp_path)).stderr
