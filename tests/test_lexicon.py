"""The lexicons hold to their form, and the check sees what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from beritaie.errors import LexiconError
from beritaie.lexicon import Phrases, split_phrase
from beritaie.lexicon_check import check, installed


@pytest.mark.parametrize("path", installed(), ids=lambda path: Path(path).name)
def test_installed_lexicon(path: str) -> None:
    assert not list(map(str, check([path])))


def test_lexicons_are_installed() -> None:
    assert any(path.endswith(".tsv") for path in installed())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.tsv", "word\tcode\nsenin\t1\nsenin\t2\n", "x.tsv line 3: 'senin' stands on line 2 too"),
        ("x.tsv", "# days\nword\tcode\nsenin\n", "x.tsv line 3: 1 fields, the header has 2"),
        ("x.tsv", "word\nsenin \n", "x.tsv line 2: white space too many in 'senin '"),
        ("x.tsv", "word\nhari  ini\n", "white space too many"),
        ("x.tsv", "word\tword\na\tb\n", "line 1: the header's column names are not distinct"),
        ("x.tsv", "word\n", "line 1: no rows"),
        ("x.tsv", "code\tword\n1\tb\n\ta\n", "line 3: no code"),
        ("x.tsv", "word\nse\u200bnin\n", "line 2: holds the invisible character U+200B"),
        ("x.tsv", "word\nsenin\r\n", "U+000D"),
        ("x.tsv", "word\ncafe\u0301\n", "line 2: not in the composed form"),
        ("x.tsv", "#: phrases = word\nword\nSenin\nsenin\n", "line 4: 'senin' is shadowed by 'Senin' on line 3"),
        ("x.tsv", "#: phrases = also\nword\talso\nA\tx; ?y\nB\ty\n", "line 4: 'y' is shadowed by 'y' on line 3"),
        ("x.tsv", "word\npergi ke_mana\n", "can match nothing"),
        ("x.tsv", "#: sorted\nword\nb\na\n", "line 4: 'a' belongs above line 3"),
        ("x.tsv", "#: sort\nword\na\n", "line 1: unknown directive"),
        ("x.tsv", "#: key = code\nword\na\n", "a directive names the column 'code'"),
        ("x.tsv", "word\tpattern\na\t(\n", "line 2: bad pattern '('"),
        ("x.toml", "b = ['x']\na = [\n'x',\n'x',\n]\n", "x.toml line 4: 'x' stands in the list 'a' twice"),
        ("x.toml", "a = 1\na = 2\n", "line 2: not TOML"),
        ("x.toml", "[[rule]]\npattern = '('\n", "line 2: bad pattern"),
        (
            "x.toml",
            "[[rule]]\nname = 'day'\npattern = '[a-z]+'\nexample = '12'\n",
            "line 2: the pattern '[a-z]+' does not match its example",
        ),
    ],
)
def test_fault_is_named(tmp_path, name: str, content: str, message: str) -> None:
    file = tmp_path / name
    file.write_bytes(content.encode())
    assert any(message in str(fault) for fault in check([str(file)])), check([str(file)])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.tsv", "# days\nword\tcode\nsenin\t1\nselasa\t2\n\n# more\nrabu\t3\n"),
        ("x.tsv", "form\nRp\nRP\nrp\n"),
        ("x.tsv", "#: key = name, code\n#: sorted\nname\tcode\nBandung\t1\nBandung\t2\n"),
        ("x.tsv", "#: phrases = word\nword\nAl Azhar\nKota (Persero)\n"),
        ("x.toml", "a = ['x', 'y']\n[[rule]]\nname = 'day'\npattern = '\\d+'\nexample = '12'\n"),
    ],
)
def test_good_lexicon(tmp_path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content)
    assert not list(map(str, check([str(file)])))


def test_unreadable_files_are_named(tmp_path) -> None:
    (tmp_path / "x.tsv").write_bytes(b"word\nsenin\xff\n")
    reasons = [str(fault) for fault in check([str(tmp_path / "x.tsv"), str(tmp_path / "y.tsv")])]
    assert reasons == ["x.tsv line 2: not UTF-8 (byte 0xff)", "y.tsv line 0: No such file or directory"]


def test_rows_with_missing_fields_are_refused(tmp_path, monkeypatch) -> None:
    from beritaie import lexicon

    (tmp_path / "short.tsv").write_text("word\tcode\nsenin\n")
    monkeypatch.setattr(lexicon, "files", lambda package: tmp_path)
    with pytest.raises(LexiconError, match="line 2: 1 fields, the header has 2"):
        lexicon.rows("short")


def test_longest_phrase() -> None:
    phrases = Phrases([("wakil", 1), ("Wakil Wali Kota", 3), ("wakil wali", 2)])
    tokens = ["para", "wakil", "wali", "kota"]
    assert "wakil" in phrases
    assert phrases.longest(tokens, 1) == (4, 3)
    assert phrases.longest(tokens[:3], 1) == (3, 2)
    assert phrases.longest(tokens[:2], 1) == (2, 1)
    assert phrases.longest(tokens, 0) is None
    assert split_phrase("PT  Pelni (Persero)") == ("pt", "pelni", "(", "persero", ")")


def test_words_of_some_rows(tmp_path, monkeypatch) -> None:
    from beritaie import lexicon

    (tmp_path / "sides.tsv").write_text("word\tside\tweak\nPak\tbefore\t\nUsai\tafter\tyes\nYang Mulia\tbefore\t\n")
    (tmp_path / "sides.toml").write_text("near = ['ini', 'itu']\n[far]\naway = ['sana']\n")
    monkeypatch.setattr(lexicon, "files", lambda package: tmp_path)
    assert lexicon.words("sides") == {"Pak", "Usai", "Yang Mulia"}
    assert lexicon.words("sides", side="before", weak="") == {"Pak", "Yang Mulia"}
    assert lexicon.words("sides", "side", weak="yes") == {"after"}
    assert lexicon.single_words("sides") == {"pak", "usai"}
    assert lexicon.group("sides", "near") == {"ini", "itu"}
    assert lexicon.group("sides", "far", "away") == {"sana"}
