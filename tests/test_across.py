"""People and organizations over many articles: who is joined, who is not, why, and that the order of the articles does not matter."""

from __future__ import annotations

import datetime as dt
import random

import pytest

import beritaie
from beritaie.across import Linked, PersonEntity
from beritaie.records import Document, Organization, Person, Position

NLP = beritaie.load(not_after="2026-01-01")


def article(id: str, published: str | None, *people: Person, organizations: tuple[Organization, ...] = ()) -> Document:
    day = dt.date.fromisoformat(published) if published else None
    return Document(text=id, id=id, published=day, people=people, organizations=organizations)


def person(name: str, title: str | None = None, place: str | None = None, *, id: str = "p1", **more) -> Person:
    office = (
        Position(title=title, place=place, organization=more.pop("organization", None), status=more.pop("status", None)) if title else None
    )
    return Person(id=id, name=name, positions=(office,) if office else (), **more)


def groups(linked: Linked) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((seen.article, seen.record) for seen in entity.mentions) for entity in linked.people}


def together(*docs: Document) -> bool:
    """Whether the first person of every document is one."""
    ids = {(doc.id, "p1") for doc in docs}
    return any(ids <= group for group in groups(beritaie.link(docs)))


JOINED = {
    "whole name": (person("Ratna Wulandari"), person("Ratna Wulandari")),
    "name and office": (person("Hermansyah", "Wakil Wali Kota", "Banjarmasin"), person("Hermansyah", "Wakil Wali Kota", "Banjarmasin")),
    "like name and office": (
        person("Dedi Surya Kusuma", "Bupati", "Kuningan"),
        person("Dedi Kusuma", "Bupati", "Kuningan"),
    ),
    "part of the name and office": (person("Yulianto Prasetya", "Bupati", "Cilacap"), person("Yulianto", "Bupati", "Cilacap")),
}


@pytest.mark.parametrize("rule", JOINED)
def test_joined(rule: str) -> None:
    first, second = JOINED[rule]
    linked = beritaie.link([article("a", "2020-01-02", first), article("b", "2020-03-04", second)])
    (entity,) = linked.people
    assert [join.rule for join in entity.joins] == [rule]
    assert {(s.article, s.record) for s in (entity.joins[0].first, entity.joins[0].second)} == {("a", "p1"), ("b", "p1")}
    assert entity.joins[0].detail.startswith(second.name) or second.name in entity.joins[0].detail


def test_initials_and_spellings() -> None:
    full, short = person("Mohammad Yusuf Hakim", "Bupati", "Tegal"), person("Muhammad Y. Hakim", "Bupati", "Tegal")
    assert together(article("a", "2020-01-02", full), article("b", "2020-01-03", short))


PARTED = {
    "a mayor and a footballer": (
        person("Hermansyah", "Wakil Wali Kota", "Banjarmasin"),
        person("Hermansyah", "pemain", organization="Persib"),
    ),
    "single names without support": (person("Hermansyah"), person("Hermansyah")),
    "single name, other office": (person("Yulianto Prasetya", "Bupati", "Cilacap"), person("Yulianto", "Camat", "Kroya")),
    "two regions at one time": (person("Agus Salim", "Bupati", "Garut"), person("Agus Salim", "Bupati", "Tuban")),
    "two regions, three words": (person("Agus Salim Karim", "Camat", "Cisaat"), person("Agus Salim Karim", "Camat", "Kroya")),
    "ages apart": (person("Agus Salim", age=30), person("Agus Salim", age=61)),
    "first names alike": (person("Joko Widodo", "Presiden"), person("Joko Anwar", "sutradara")),
    "longer name without support": (person("Siti Aminah"), person("Siti Nur Aminah")),
    "brothers": (person("Rizal Mallarangeng Putra"), person("Andi Mallarangeng Putra")),
}


@pytest.mark.parametrize("why", PARTED)
def test_not_joined(why: str) -> None:
    first, second = PARTED[why]
    assert not together(article("a", "2020-01-02", first), article("b", "2020-03-04", second))


def test_namesakes_of_one_article_stay_two() -> None:
    doc = article("a", "2020-01-02", person("Agus Salim", "Bupati", "Garut"), person("Agus Salim", id="p2"))
    assert len(beritaie.link([doc, article("b", "2020-01-03", person("Agus Salim", "Bupati", "Garut"))]).people) == 2


def test_a_name_of_two_people_goes_where_its_company_is() -> None:
    garut, tuban = person("Agus Salim", "Bupati", "Garut"), person("Agus Salim", "Bupati", "Tuban")
    friend = person("Wawan Ridwansyah", id="p2")
    docs = [article("a", "2020-01-02", garut, friend), article("b", "2020-01-02", tuban)]
    with_friend = article("c", "2020-02-02", person("Agus Salim"), friend)
    alone = article("d", "2020-02-02", person("Agus Salim"))
    assert groups(beritaie.link([*docs, with_friend, alone])) == {
        frozenset({("a", "p1"), ("c", "p1")}),
        frozenset({("b", "p1")}),
        frozenset({("d", "p1")}),
        frozenset({("a", "p2"), ("c", "p2")}),
    }


def test_a_common_name_needs_company() -> None:
    """Where many people are called Agus and many Salim, `Agus Salim` alone says little; `Ratna Wulandari` still says enough."""
    others = [f"Agus {last}" for last in ("Basuki", "Cahyo", "Darma", "Eko", "Fajri")] + [
        f"{first} Salim" for first in ("Budi", "Candra", "Edi", "Fuad")
    ]
    docs = [article(name, "2020-01-01", person(name)) for name in others]
    docs += [article(f"{n}{name}", "2020-01-01", person(name)) for n in "ab" for name in ("Agus Salim", "Ratna Wulandari")]
    assert frozenset({("aRatna Wulandari", "p1"), ("bRatna Wulandari", "p1")}) in groups(beritaie.link(docs))
    assert frozenset({("aAgus Salim", "p1")}) in groups(beritaie.link(docs))


def test_offices_one_after_the_other() -> None:
    """A mayor who becomes governor is one person, with two offices, each with its time."""
    docs = [
        article("a", "2012-05-01", person("Jaka Prawira Wibawa", "Wali Kota", "Surakarta")),
        article("b", "2014-01-01", person("Jaka Prawira Wibawa", "Gubernur", "Jawa Tengah")),
        article("c", "2015-06-01", person("Jaka Prawira Wibawa", "Gubernur", "Jawa Tengah")),
        article("d", "2019-06-01", person("Sari Kencana Dewi", "Gubernur", "Jawa Tengah")),
        article("e", "2019-06-02", person("Jaka Prawira Wibawa", "Gubernur", "Jawa Tengah", status="former")),
    ]
    linked = beritaie.link(docs)
    assert len(linked.people) == 2
    (fact,) = linked.office_holders("Gubernur Jawa Tengah", on=dt.date(2014, 8, 1))
    assert (fact.name, fact.first, fact.last, fact.articles) == (
        "Jaka Prawira Wibawa",
        dt.date(2014, 1, 1),
        dt.date(2015, 6, 1),
        ("b", "c"),
    )
    assert [fact.name for fact in linked.office_holders("gubernur jawa tengah", on=dt.date(2019, 7, 1))] == ["Sari Kencana Dewi"]
    assert len(linked.office_holders("Gubernur Jawa Tengah")) == 2
    assert linked.office_holders("Gubernur Jawa Tengah", on=dt.date(2017, 8, 1)) == []
    assert [fact.name for fact in linked.office_holders("Walikota Surakarta")] == ["Jaka Prawira Wibawa"]
    assert linked.office_holders("Gubernur") == []


def body(name: str, canonical: str | None = None, code: str | None = None, kind: str = "agency") -> Organization:
    return Organization(id="o1", name=name, kind=kind, canonical=canonical or name, region_code=code)


def test_organizations() -> None:
    names = [
        body("Pemko Bandung", "Pemerintah Kota Bandung", "32.73"),
        body("Pemerintah Kota Bandung", code="32.73"),
        body("Dinas Sosial", code="32.73"),
        body("Dinas Sosial", code="35.78"),
        body("Dinas Sosial"),
        body("PT Maju Jaya Tbk", kind="company"),
        body("Maju Jaya", kind="company"),
        body("Maju Jaya", kind="sports"),
    ]
    linked = beritaie.link(article(str(number), None, organizations=(name,)) for number, name in enumerate(names))
    found = {frozenset(int(seen.article) for seen in entity.mentions): entity for entity in linked.organizations}
    assert set(found) == {frozenset(group) for group in ((0, 1), (2,), (3,), (4,), (5, 6), (7,))}
    city = found[frozenset({0, 1})]
    assert (city.name, city.region_code, [join.rule for join in city.joins]) == (
        "Pemerintah Kota Bandung",
        "32.73",
        ["canonical name and region"],
    )


def test_order_does_not_matter() -> None:
    draw = random.Random(5)
    first = ["Agus", "Budi", "Siti", "Dewi", "Muhammad", "Moh."]
    last = ["Salim", "Santoso", "Aminah", "Lestari", "Hakim", "Nugraha"]
    offices = [(None, None), ("Bupati", "Garut"), ("Bupati", "Tuban"), ("Camat", "Cisaat"), ("pemain", None)]
    docs = []
    for number in range(300):
        people = []
        for id in range(1, 4):
            name = draw.choice(
                [
                    f"{draw.choice(first)} {draw.choice(last)}",
                    draw.choice(first),
                    f"{draw.choice(first)} {draw.choice(first)} {draw.choice(last)}",
                ]
            )
            people.append(person(name, *draw.choice(offices), id=f"p{id}"))
        docs.append(article(f"a{number}", f"20{draw.randint(10, 20)}-01-0{draw.randint(1, 9)}", *people))
    linked = beritaie.link(docs)
    assert max(len(entity.mentions) for entity in linked.people) > 5
    for _ in range(3):
        draw.shuffle(docs)
        assert beritaie.link(iter(docs)) == linked


def test_articles_without_id_and_failed_ones() -> None:
    docs = [NLP(text) for text in ("Bupati Garut Ratna Wulandari hadir.", "Bupati Garut Ratna Wulandari pulang.")]
    linked = beritaie.link([*docs, Document(text="", error="failed")])
    (entity,) = [entity for entity in linked.people if entity.name == "Ratna Wulandari"]
    assert isinstance(entity, PersonEntity)
    assert len({seen.article for seen in entity.mentions}) == 2
    assert beritaie.link([]) == Linked(people=(), organizations=())


def test_short_titles_and_regions_are_asked_for() -> None:
    linked = beritaie.link(
        [NLP("Wagub DKI Rina Kartika Sari meninjau pasar. Presiden RI Rudi Wijaya Putra hadir.", id="a", published="2019-02-01")]
    )
    assert [fact.name for fact in linked.office_holders("Wakil Gubernur DKI Jakarta")] == ["Rina Kartika Sari"]
    assert [fact.name for fact in linked.office_holders("Wagub DKI")] == ["Rina Kartika Sari"]
    assert [fact.name for fact in linked.office_holders("Presiden")] == ["Rudi Wijaya Putra"]
    assert linked.office_holders("Wagub Jatim") == []


def test_one_body_by_any_of_its_names() -> None:
    texts = ["Ketua KPK Rudi Wijaya Putra hadir.", "Ketua Komisi Pemberantasan Korupsi (KPK) Rudi Wijaya Putra hadir."]
    linked = beritaie.link([NLP(text, id=str(number)) for number, text in enumerate(texts)])
    (entity,) = linked.people
    assert len(entity.offices) == 1
    assert len(linked.office_holders("Ketua KPK")) == len(linked.office_holders("Ketua Komisi Pemberantasan Korupsi")) == 1


def test_who_held_it_most_around_a_day() -> None:
    docs = [NLP("Presiden Amerika Serikat Rudi Wijaya Putra hadir.", id=f"a{n}", published=f"2019-0{n}-01") for n in range(1, 6)]
    docs += [NLP("Presiden Amerika Serikat Sari Kencana Dewi hadir.", id=f"b{n}", published=f"2024-0{n}-01") for n in range(1, 4)]
    docs.append(NLP("Presiden AS Rudi Wijaya Putra hadir.", id="c", published="2024-03-01"))
    linked = beritaie.link(docs)
    assert [fact.name for fact in linked.office_holders("Presiden AS", on=dt.date(2024, 4, 1))] == [
        "Sari Kencana Dewi",
        "Rudi Wijaya Putra",
    ]
    (fact, _) = linked.office_holders("Presiden AS", on=dt.date(2024, 4, 1))
    assert fact.days == tuple(dt.date(2024, n, 1) for n in range(1, 4))


def test_nickname_of_a_public_figure() -> None:
    texts = ["Presiden Joko Widodo meninjau pasar di Solo.", "Presiden Jokowi meninjau jalan tol."]
    (entity,) = beritaie.link([NLP(text, id=str(number)) for number, text in enumerate(texts)]).people
    assert entity.name == "Joko Widodo"


def test_kin_with_the_whole_name_is_somebody_else() -> None:
    bodies = tuple(Organization(id=f"o{n}", name=name, kind="agency") for n, name in enumerate(["Bulog", "Pelni", "Damri"]))
    first = article("a", "2020-01-02", person("Sekar Rudi Wijaya"), organizations=bodies)
    second = article("b", "2020-01-03", person("Rudi Wijaya"), organizations=bodies)
    assert not together(first, second)
    assert together(article("a", "2020-01-02", person("Muhammad Rudi Wijaya"), organizations=bodies), second)


def test_plays_in_films() -> None:
    assert together(
        article("a", "2010-01-02", person("Rangga Danasmita", "Pemain Film")),
        article("b", "2020-01-03", person("Rangga Danasmita", "Wakil Gubernur", "Banten")),
    )


def test_media_and_clubs_with_and_without_what_follows() -> None:
    def body(name: str, kind: str) -> Document:
        return Document(text=name, id=name, organizations=(Organization(id="o1", name=name, kind=kind),))  # type: ignore[arg-type]

    pairs = [("Warta.com", "Warta", "media"), ("Kantor Berita Warta", "Warta", "media"), ("Porto FC", "Porto", "sports")]
    for first, second, kind in pairs:
        assert len(beritaie.link([body(first, kind), body(second, kind)]).organizations) == 1
