"""Runs every case of ``tests/specs``; the form of a case is told in ``spec_cases.py``."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

import pytest
from spans import misplaced
from spec_cases import SPECS, Case, SpecError, differences, load_cases, spec_files

import beritaie
from beritaie.records import Document, Mention, Money, Person, Position


def parameters() -> list:
    """Return a parameter for each case; a file that cannot be read is one that fails, so that it hides no other."""
    try:
        files = spec_files()
    except SpecError as error:
        return [pytest.param(error, id="specs")]
    result = []
    for file in files:
        try:
            cases: list[Case | SpecError] = [*load_cases(file)]
        except SpecError as error:
            result.append(pytest.param(error, id=f"{file.parent.name}/{file.stem}"))
            continue
        for case in cases:
            gap = pytest.mark.xfail(strict=True, raises=AssertionError, reason="known gap")
            result.append(pytest.param(case, id=case.id, marks=[gap] if case.known_gap else []))
    return result


@cache
def pipeline(not_after: str) -> beritaie.Pipeline:
    return beritaie.load("rules", not_after=dt.date.fromisoformat(not_after))


@pytest.mark.parametrize("case", parameters())
def test_spec(case: Case | SpecError) -> None:
    if isinstance(case, SpecError):
        raise case
    doc = pipeline(case.not_after)(case.text, published=case.published)
    lines = differences(case, doc) + misplaced(doc)
    assert not lines, "\n".join(["", case.text, "", *lines])


# The harness itself: a case that cannot fail would be worse than none.

GOOD = """
[[case]]
text = "Warga menerima Rp100 juta dan Rp100 juta per tahun."
expect = [{kind = "money", text = "Rp100 juta", nth = 2, low = "100000000", per = "year"}]
"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"no \[\[case\]\]"),
        ("[[cases]]\ntext = 'a'", "unknown key 'cases'"),
        ("[[case]\n", "money/x: "),
        ("[[case]]\nexpect = []", "give text or file"),
        ("[[case]]\ntext = ''\nexpect = []", "no text"),
        ("[[case]]\ntext = 'a'\nfile = 'README.md'\nexpect = []", "give text or file"),
        ("[[case]]\nfile = 'nosuch.txt'\nexpect = []", "nosuch.txt: No such file"),
        ("[[case]]\ntext = 'a'", "no expect"),
        ("[[case]]\ntext = 'a'\nexpect = []\nkind = 'money'", "unknown key 'kind'"),
        ("[[case]]\ntext = 'a'\nexpect = []\nkinds = ['amount']", "unknown kind 'amount'"),
        ("[[case]]\ntext = 'a'\nexpect = []\nkinds = []", "nothing to compare"),
        ("[[case]]\ntext = 'a'\nexpect = []\nstatus = 'later'", "'later'"),
        ("[[case]]\ntext = 'a'\nexpect = []\ndocument = {lang = 'id'}", "unknown document field 'lang'"),
        ("[[case]]\nname = 'x'\ntext = 'a'\nexpect = []\n" * 2, "two cases of this name"),
        (GOOD.replace('"money"', '"time"'), "expects kind 'time'"),
        (GOOD.replace("low", "lowest"), "no field 'lowest'"),
        (GOOD.replace("nth = 2, ", ""), "occurs 2 times"),
        (GOOD.replace("nth = 2", "nth = 3"), "nth = 3"),
        (GOOD.replace('text = "Rp100 juta"', 'text = "Rp100"', 1).replace("Warga menerima Rp100 juta", "Warga"), "nth = 2"),
        (GOOD.replace('text = "Rp100 juta"', 'text = "Rp200 juta"'), "does not occur"),
        (GOOD.replace('text = "Rp100 juta", ', ""), "without its text"),
        (GOOD.replace('"100000000"', "1e8"), "write the number as a string"),
    ],
)
def test_faulty_spec_is_refused(tmp_path, content: str, message: str) -> None:
    file = tmp_path / "money" / "x.toml"
    file.parent.mkdir()
    file.write_text(content)
    with pytest.raises(SpecError, match=message):
        load_cases(file)


def test_folder_without_cases_is_refused(tmp_path) -> None:
    (tmp_path / "money").mkdir()
    with pytest.raises(SpecError, match="money/ holds no spec file"):
        spec_files(tmp_path)
    (tmp_path / "money" / "x.tml").write_text(GOOD)
    (tmp_path / "money" / "y.toml").write_text(GOOD)
    with pytest.raises(SpecError, match=r"x\.tml"):
        spec_files(tmp_path)


def test_specs_are_there() -> None:
    assert spec_files(SPECS)


def good_case(tmp_path) -> Case:
    file = tmp_path / "money" / "x.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(GOOD)
    return load_cases(file)[0]


def amount(start: int, **changes) -> Money:
    fields = {"low": Decimal(100_000_000), "high": Decimal(100_000_000), "currency": "IDR", "per": "year"} | changes
    return Money(start=start, end=start + 10, text="Rp100 juta", **fields)


def test_differences(tmp_path) -> None:
    case = good_case(tmp_path)
    right = amount(30)
    assert differences(case, Document(text=case.text, money=(right,))) == []
    for wrong, message in [
        ((), "not found"),
        ((amount(15), right), "@15: found, not expected"),
        ((amount(15),), "@30: not found"),
        ((right, right), "found, not expected"),
        ((amount(30, per="month"),), "per expected 'year', found 'month'"),
        ((amount(30, low=Decimal(1)),), "low expected"),
        ((amount(30, per=None),), "found None"),
    ]:
        assert message in "\n".join(differences(case, Document(text=case.text, money=wrong)))
    assert differences(case, Document(text=case.text, money=(right,), error="x")) == ["the document failed: x"]


def test_fields_of_people_and_positions(tmp_path) -> None:
    text = "Wakil Walikota Banjarmasin H Hermansyah (54) hadir."
    file = tmp_path / "people" / "x.toml"
    file.parent.mkdir()
    file.write_text(f"""
[[case]]
text = "{text}"
kinds = ["person", "position"]
[[case.expect]]
kind = "person"
text = "H Hermansyah"
name = "Hermansyah"
honorifics = "H"
degrees = []
rank = ""
age = 54
[[case.expect]]
kind = "position"
text = "Wakil Walikota Banjarmasin"
person = "Hermansyah"
title = "Wakil Walikota"
organization = ""
place = "Banjarmasin"
""")
    (case,) = load_cases(file)

    def doc(age: int | None = 54, person: str = "Hermansyah", end: int = 26) -> Document:
        office = Position(title="Wakil Walikota", place="Banjarmasin", mentions=(Mention(start=0, end=end, text=text[:end]),))
        name = Mention(start=27, end=39, text="H Hermansyah")
        return Document(
            text=text, people=(Person(id="p1", name=person, honorifics=("H",), age=age, mentions=(name,), positions=(office,)),)
        )

    assert differences(case, doc()) == []
    assert "age expected 54, found None" in differences(case, doc(age=None))[0]
    assert len(differences(case, doc(person="H Hermansyah"))) == 2
    assert len(differences(case, doc(end=14))) == 2
    assert misplaced(doc()) == []
    assert misplaced(Document(text="Rp100 juta", money=(amount(1),)))
