"""Mentions joined and offices tied, with the names given: what finds them has no part in it."""

from __future__ import annotations

import pytest

from beritaie.candidates import Candidate
from beritaie.extractors import positions
from beritaie.linking import people
from beritaie.names import NameSense
from beritaie.records import Person
from beritaie.resolve import resolve
from beritaie.tokens import Tokens

MARKS = {"{": "person", "[": "organization", "<": "place"}
CLOSING = {"}": "{", "]": "[", ">": "<"}


def linked(marked: str) -> list[Person]:
    """Link a text in which ``{people}``, ``[organizations]`` and ``<places>`` are marked as a model would give them."""
    text, opened, names = "", {}, []
    for char in marked:
        if char in MARKS:
            opened[char] = len(text)
        elif char in CLOSING:
            mark = CLOSING[char]
            names.append(Candidate(kind=MARKS[mark], start=opened[mark], end=len(text), rule="model:test", weight=2.0, score=0.9))
        else:
            text += char
    tokens = Tokens(text)
    sense = NameSense(tokens, names)
    kept = resolve(names + positions.find(tokens, names, sense))
    return people.link(tokens, kept["person"], kept["position"], sense)


def groups(marked: str) -> list[list[str]]:
    return [[mention.text for mention in person.mentions] for person in linked(marked)]


def offices(marked: str) -> list[tuple]:
    return [
        (person.name, position.title, position.organization, position.place, position.status)
        for person in linked(marked)
        for position in person.positions
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{Yudi Mulyadi} tiba. {Yudi} lelah. {Mulyadi} pulang.", [["Yudi Mulyadi", "Yudi", "Mulyadi"]]),
        ("{Dadang} berkata. Kemudian {H Dadang Hawari, S.Ag.} pulang.", [["Dadang", "H Dadang Hawari, S.Ag."]]),
        ("{Mochamad Iriawan} hadir. {M Iriawan} menjawab.", [["Mochamad Iriawan", "M Iriawan"]]),
        ("{Badruddin} hadir. {Badrudin} menjawab.", [["Badruddin", "Badrudin"]]),
        ("{Andy Noor} hadir. {Andi} menjawab.", [["Andy Noor", "Andi"]]),
        ("{Sandiaga Uno} hadir. {Sandi} menjawab.", [["Sandiaga Uno", "Sandi"]]),
        ("{Cengiz Ünder} hadir. {Under} menjawab.", [["Cengiz Ünder", "Under"]]),
        ("{Ali al-Naimi} hadir. {Naimi} menjawab.", [["Ali al-Naimi", "Naimi"]]),
        ("{Susilo Bambang Yudhoyono} hadir. {SBY} menjawab.", [["Susilo Bambang Yudhoyono", "SBY"]]),
        ("{Nur Alam} hadir. Tersangka {NA} menjawab.", [["Nur Alam", "NA"]]),
        ("{Bambang Soesatyo} atau {Bamsoet} hadir.", [["Bambang Soesatyo", "Bamsoet"]]),
        ("{Emil Salim} yang biasa disapa {Bang Doktor} hadir.", [["Emil Salim", "Bang Doktor"]]),
        ("{Yakob Sayuri} hadir. {Yance Sayuri} juga.", [["Yakob Sayuri"], ["Yance Sayuri"]]),
        ("{Joko Widodo} hadir. {Joko Anwar} juga.", [["Joko Widodo"], ["Joko Anwar"]]),
        ("{Hendri Saputra} hadir. {Hendra Saputra} juga.", [["Hendri Saputra"], ["Hendra Saputra"]]),
        ("{Marc Marquez} jatuh. {Alex Marquez} menang. {Marquez} gembira.", [["Marc Marquez"], ["Alex Marquez", "Marquez"]]),
        ("{Rini} tiba. {Rano} pulang.", [["Rini"], ["Rano"]]),
        # initials, joined or not
        (
            "{Bahtiar Jusuf Hamdani} wafat. {BJ Hamdani} lahir di Pare. {B.J. Hamdani} menulis. {Hamdani} dikenang.",
            [["Bahtiar Jusuf Hamdani", "BJ Hamdani", "B.J. Hamdani", "Hamdani"]],
        ),
        ("{Sulastri Handayani} hadir. {S. Handayani} menjawab.", [["Sulastri Handayani", "S. Handayani"]]),
        ("Polisi menangkap {AR} dan {BS}. {AR} mengaku. {BS} bungkam.", [["AR", "AR"], ["BS", "BS"]]),
        ("{M. Ridwan} hadir. {M. Rizal} menjawab.", [["M. Ridwan"], ["M. Rizal"]]),
        # nicknames
        ("{Hendra Wiguna} alias {Encek} ditangkap. {Encek} mengaku.", [["Hendra Wiguna", "Encek", "Encek"]]),
        ("{Hendra Wiguna} ({Kang Hen}) hadir. {Kang Hen} menyanyi.", [["Hendra Wiguna", "Kang Hen", "Kang Hen"]]),
        ("{Hendra Wiguna} ({Ani Lestari}) hadir.", [["Hendra Wiguna"], ["Ani Lestari"]]),
        ("{Hendra Wiguna}, biasa dipanggil {Jabrik}, hadir. {Jabrik} menyanyi.", [["Hendra Wiguna", "Jabrik", "Jabrik"]]),
        ("{Jabrik}, sapaan akrab {Hendra Wiguna}, hadir. {Jabrik} menyanyi.", [["Jabrik", "Hendra Wiguna", "Jabrik"]]),
        ("{Hendra Wiguna} hadir. Menurut {Jabrik}, sapaan akrabnya, acara sukses.", [["Hendra Wiguna", "Jabrik"]]),
        ("{Hendra Wiguna} hadir. {Jabrik}, begitu ia biasa disapa, menyanyi.", [["Hendra Wiguna", "Jabrik"]]),
        ("{Hendra Wiguna} hadir. Pria yang akrab disapa {Jabrik} itu menyanyi.", [["Hendra Wiguna", "Jabrik"]]),
        (
            "{Hendra Wiguna} bertemu {Wahyu Jabrika}. Pria yang akrab disapa {Jabrik} itu menyanyi.",
            [["Hendra Wiguna"], ["Wahyu Jabrika", "Jabrik"]],
        ),
        (
            "{Hendra Wiguna} bertemu {Anton Susilo}. Pria yang akrab disapa {Jabrik} itu menyanyi.",
            [["Hendra Wiguna"], ["Anton Susilo"], ["Jabrik"]],
        ),
        ("{Hendra 'Jabrik' Wiguna} hadir. {Jabrik} menyanyi.", [["Hendra 'Jabrik' Wiguna", "Jabrik"]]),
        ("{Maman Sukardi} hadir. {Masduki} pulang. {Mamsuk} juga.", [["Maman Sukardi", "Mamsuk"], ["Masduki"]]),
        # spellings
        ("{Moh. Hendra} hadir. {Mohammad Hendra} menjawab.", [["Moh. Hendra", "Mohammad Hendra"]]),
        ("{Achmad Syaifudin} hadir. {Ahmad Saifuddin} menjawab.", [["Achmad Syaifudin", "Ahmad Saifuddin"]]),
        ("{Nur Hidayat} hadir. {Nurhidayat} menjawab.", [["Nur Hidayat", "Nurhidayat"]]),
        ("{Muhammad Ridwan} hadir. {Mohammad Rizal} menjawab.", [["Muhammad Ridwan"], ["Mohammad Rizal"]]),
        ("{Wahyudi} hadir. {Wahyudin} menjawab.", [["Wahyudi"], ["Wahyudin"]]),
        # never two people
        ("{Hasan Basri} dan adiknya {Husein Basri} pulang.", [["Hasan Basri"], ["Husein Basri"]]),
        ("{Ahmad Yani} hadir. {Ahmad Yusuf} menjawab.", [["Ahmad Yani"], ["Ahmad Yusuf"]]),
        ("{Dwi Astuti} hadir. {Dewi Astuti} menjawab.", [["Dwi Astuti"], ["Dewi Astuti"]]),
        ("{Agus} menuduh. {Agustina Wati} membantah.", [["Agus"], ["Agustina Wati"]]),
        (
            "{Joko Widodo} dan {Iriana Joko Widodo} hadir. {Jokowi} menjawab. {Iriana} tersenyum.",
            [["Joko Widodo", "Jokowi"], ["Iriana Joko Widodo", "Iriana"]],
        ),
        ("{Joko Widodo} hadir. {Muhammad Joko Widodo} tertulis di sana.", [["Joko Widodo", "Muhammad Joko Widodo"]]),
        ("{Hamengku Buwono X} hadir. {Hamengku Buwono IX} dikenang.", [["Hamengku Buwono X"], ["Hamengku Buwono IX"]]),
    ],
)
def test_mentions_of_one_person(marked: str, expected: list[list[str]]) -> None:
    assert groups(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # before the name
        ("Wakil Gubernur <Jawa Barat>, {Deddy Mizwar}, hadir.", [("Deddy Mizwar", "Wakil Gubernur", None, "Jawa Barat", None)]),
        ("Kapolres <Banjar> AKBP {Wiwit Raharjo} hadir.", [("Wiwit Raharjo", "Kapolres", None, "Banjar", None)]),
        ("Menteri Perminyakan <Iran> {Zanganeh} hadir.", [("Zanganeh", "Menteri Perminyakan", None, "Iran", None)]),
        ("Direktur [Flomarok] {Xant Pilu} hadir.", [("Xant Pilu", "Direktur", "Flomarok", None, None)]),
        # a name that no rule would know
        ("Kepala [Dinas Sosial] {Wray Kanan} hadir.", [("Wray Kanan", "Kepala", "Dinas Sosial", None, None)]),
        # after it
        ("Hal itu dikatakan {Gafur}, Ketua [KPU] <Banten>.", [("Gafur", "Ketua", "KPU Banten", None, None)]),
        ("{Gafur} (Ketua [KONI]) hadir.", [("Gafur", "Ketua", "KONI", None, None)]),
        ("{Gafur}, yang saat ini menjabat sebagai Ketua [KONI], hadir.", [("Gafur", "Ketua", "KONI", None, None)]),
        ("{Gafur} pernah menjadi Ketua [KONI].", [("Gafur", "Ketua", "KONI", None, "former")]),
        ("{Gafur} ditunjuk menjadi Ketua [KONI].", [("Gafur", "Ketua", "KONI", None, "elect")]),
        ("Saat {Gafur} masih menjabat Rektor [UI], gedung itu dibangun.", [("Gafur", "Rektor", "UI", None, "former")]),
        # several people, several offices
        (
            "Ketua [MPR] {Amien} dan Ketua [DPR] {Akbar} hadir.",
            [("Amien", "Ketua", "MPR", None, None), ("Akbar", "Ketua", "DPR", None, None)],
        ),
        (
            "{Tri} sebagai Direktur Keuangan, {Tina} sebagai Direktur Operasi.",
            [("Tri", "Direktur Keuangan", None, None, None), ("Tina", "Direktur Operasi", None, None, None)],
        ),
        (
            "Majelis terdiri atas ketua {Sulistyo} dengan anggota {Dani Elpah} dan {Hosein}.",
            [("Sulistyo", "ketua", None, None, None), ("Dani Elpah", "anggota", None, None, None), ("Hosein", "anggota", None, None, None)],
        ),
        (
            "Calon presiden dan wakil presiden 2024, {Budi Santoso}-{Rahmat Hidayat}, hadir.",
            [("Budi Santoso", "presiden", None, None, "candidate"), ("Rahmat Hidayat", "wakil presiden", None, None, "candidate")],
        ),
        # one office, told twice: the fullest form, one record
        (
            "Ketua [DPRD DKI] {Prasetyo Edi} hadir. Ketua [DPRD DKI Jakarta] {Prasetyo} pulang.",
            [("Prasetyo Edi", "Ketua", "DPRD DKI Jakarta", None, None)],
        ),
        # later, and by another word for it
        (
            "Manajer [Persib Bandung] {Umuh} hadir bersama {Essien}. Bos [Persib] itu gembira.",
            [("Umuh", "Manajer", "Persib Bandung", None, None), ("Umuh", "Bos", "Persib", None, None)],
        ),
        # two of the same occupation: each is the one spoken of
        (
            "{Oliveira} cedera. Rider asal <Portugal> itu absen. {Miller} menang. Rider asal <Australia> itu gembira.",
            [("Oliveira", "Rider", None, None, None), ("Miller", "Rider", None, None, None)],
        ),
        # nobody's
        ("Surat untuk Bupati <Lebak> dibawa {Budi}.", []),
        ("{Budi} bertemu para camat.", []),
        ("Warga menemui {Budi}. Pedagang lain menunggu.", []),
    ],
)
def test_offices_of_people(marked: str, expected: list[tuple]) -> None:
    assert offices(marked) == expected


def test_fullest_name_without_honorifics_and_degrees() -> None:
    (person,) = linked("{Prof. Widodo} berkata. {Prof. Dr. Widodo Ekatjahjana, S.H.} pulang.")
    assert (person.name, person.honorifics, person.degrees) == ("Widodo Ekatjahjana", ("Prof.", "Dr."), ("S.H.",))


def test_rank_and_age_stand_outside_the_mention() -> None:
    (person,) = linked("Pelapor ialah Kompol {Gunarto Adi} (47).")
    assert (person.rank, person.age, person.mentions[0].text) == ("Kompol", 47, "Gunarto Adi")


def test_where_a_record_comes_from() -> None:
    (person,) = linked("Ketua [KPU] {Gafur Idris} hadir. {Gafur} pulang.")
    assert person.rule == "model:test"
    assert person.score == 0.9
    assert [mention.score for mention in person.mentions] == [0.9, 0.9]
    assert person.positions[0].rule
    assert person.positions[0].mentions[0].text == "Ketua KPU"


def test_nobody() -> None:
    assert linked("Bupati <Lebak> hadir.") == []
    assert linked("") == []
