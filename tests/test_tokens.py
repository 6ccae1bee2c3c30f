"""Tokens and sentences: what is one token, what ends a sentence, and time that stays linear."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import is_linear

from beritaie.tokens import ALPHA, BREAK, CAPITAL, DIGIT, LOWER, PUNCT, UPPER, Tokens
from beritaie.tokens import chunks as module
from beritaie.tokens.chunks import Splitter
from beritaie.tokens.rules import rules

SPLIT = {
    "Rp100 juta": "Rp 100 juta",
    "(Rp100juta)": "( Rp 100 juta )",
    "Rp. 550 ribu,-": "Rp. 550 ribu , -",
    "Rp.1.575.000,00": "Rp. 1.575.000,00",
    "US$172,29 juta": "US$ 172,29 juta",
    "Rp8.000—Rp12 ribu": "Rp 8.000 — Rp 12 ribu",
    "Rp50.000/kg": "Rp 50.000 / kg",
    "Rp2M": "Rp 2 M",
    "senilaiRp5 juta": "senilai Rp 5 juta",
    "Rabu (31/10)": "Rabu ( 31/10 )",
    "Rabu (31/10/2018) 14.30WIB": "Rabu ( 31/10/2018 ) 14.30 WIB",
    "ke 5.152,69 poin,": "ke 5.152,69 poin ,",
    "100-200 orang, 2014-2019": "100 - 200 orang , 2014 - 2019",
    "5%-10%": "5 % - 10 %",
    "Januari-Agustus, 15 April-14 Mei": "Januari - Agustus , 15 April - 14 Mei",
    "tahun 60-an, ke-5": "tahun 60-an , ke-5",
    "OPD-OPD dan undang-undang, Undang-Undang": "OPD-OPD dan undang-undang , Undang-Undang",
    "APBD-nya": "APBD - nya",
    "Rusia-Ukraina se-Indonesia": "Rusia - Ukraina se - Indonesia",
    "Bandara Soekarno-Hatta, Al-Azhar, e-KTP, U-19": "Bandara Soekarno-Hatta , Al-Azhar , e-KTP , U-19",
    "Ma'ruf, Jum’at": "Ma'ruf , Jum’at",
    "Dr. H. Sutrisno, S.H., M.Si.": "Dr. H. Sutrisno , S.H. , M.Si.",
    "A.Muhaimin dan B.J. Habibie": "A. Muhaimin dan B.J. Habibie",
    "PT Maju Tbk. di Jl. Melati No. 5": "PT Maju Tbk. di Jl. Melati No. 5",
    "buku, pena, dll.": "buku , pena , dll.",
    "DPR/MPR, RT 01/RW 02": "DPR / MPR , RT 01/RW 02",
    "nomor 34/PMK.011/2007": "nomor 34/PMK.011/2007",
    "redaksi@contoh.co.id, https://contoh.id/a?b=1.": "redaksi@contoh.co.id , https://contoh.id/a?b=1 .",
    "Contoh.com-Presiden": "Contoh.com - Presiden",
    "#tagar @akun +62812": "#tagar @akun +62812",
    "“Siap,” katanya.(ant)": "“ Siap , ” katanya . ( ant )",
    "dia.Namun": "dia . Namun",
    "warga... lalu": "warga ... lalu",
    "2.000meter": "2.000 meter",
}


@pytest.mark.parametrize(("text", "expected"), SPLIT.items())
def test_tokens(text: str, expected: str) -> None:
    assert " ".join(Tokens(text).form) == expected


@pytest.mark.parametrize(
    ("form", "flags"),
    [
        ("KPK", CAPITAL | UPPER | ALPHA),
        ("OPD-OPD", CAPITAL | UPPER | ALPHA),
        ("e-KTP", LOWER | ALPHA),
        ("Ma'ruf", CAPITAL | ALPHA),
        ("H.", CAPITAL | ALPHA),
        ("S.H.", CAPITAL | UPPER),
        ("M.Si.", CAPITAL),
        ("60-an", DIGIT),
        ("5.152,69", DIGIT),
        ("COVID-19", CAPITAL | UPPER | DIGIT),
        ("warga", LOWER | ALPHA),
        (",", PUNCT),
        ("...", PUNCT),
    ],
)
def test_flags(form: str, flags: int) -> None:
    tokens = Tokens(form)
    assert (tokens.form, tokens.flags) == ([form], [flags])


def sentences(text: str) -> list[str]:
    tokens = Tokens(text)
    return [text[tokens.start[first] : tokens.end[last - 1]] for first, last in tokens.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Pemerintah setuju.|Warga menunggu.",
        'Harga naik.|"Kami tunggu," kata Sari.',
        "“Kami tunggu. Kami sabar,” kata Sari.|Ia pulang.",
        '"Kami tunggu. Kami sabar."|Sari pulang.|Ia lelah.',
        "“Kami tunggu.”|Sari pulang.",
        "Menurut Dr. H. Sutrisno, S.H., M.Si., hal itu wajar.|Ia setuju.",
        "Acara dihadiri Budi, S.H., M.Si.|Ia memberi sambutan.",
        "Rapat dipimpin A. Muhaimin dan M. Yusuf.|Mereka sepakat.",
        "PT Maju Tbk. Jakarta naik.|Saham lain turun.",
        "Ada buku, pena, dll.|Namun stok habis.",
        "Alamatnya Jl. Melati No. 5 Kel. Sukamaju.|Kantor tutup.",
        "Tim masuk grup B.|Laga dimulai besok.",
        "Nilainya Rp1.575. 000 lebih.|Itu besar.",
        "Benarkah?|Ya!|Tentu.",
        "Ia menyebut Perusahaan (PT. Maju. Tbk) itu.|Lalu pergi.",
        "Harga Rp5.000,50 per kg.|Naik 2,5 persen.",
        "Demikian dilaporkan Contoh.com kemarin.|Selesai.",
        "1. Buku tulis lima.|2. Pena dua.",
        "lokasinya jauh dari kota.|ia berjalan kaki.",
    ],
)
def test_sentences(text: str) -> None:
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize("text", ["Warga menunggu dia.|Namun ia pulang.", "Ia pergi ke KPK.|Dia diperiksa."])
def test_glued_sentences(text: str) -> None:
    assert sentences(text.replace("|", "")) == text.split("|")


def test_paragraphs_end_sentences() -> None:
    tokens = Tokens("Warga menunggu\nDia pulang. Lalu tidur\n\nSelesai")
    assert [tokens.form[first] for first, _ in tokens.sentences] == ["Warga", "Dia", "Lalu", "Selesai"]
    assert [form for form, flags in zip(tokens.form, tokens.flags, strict=True) if flags & BREAK] == ["Dia", "Selesai"]


def test_look_ups() -> None:
    tokens = Tokens("Ia pergi. Dia pulang.")
    assert tokens.at(0) == 0
    assert tokens.at(2) == 0
    assert tokens.at(11) == 3
    assert tokens.sentence(4) == (3, 6)
    assert Tokens("  Ia").at(0) == -1


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\ufffd", "."])
def test_little_text(text: str) -> None:
    tokens = Tokens(text)
    assert len(tokens) == len(text.split())
    assert len(tokens.sentences) == len(text.split())


MARKS = st.text(alphabet="ab AB1.,-/()\"“”'’:;!?%$@#&\n\u00e9", max_size=80)


@given(MARKS | st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_tokens_cover_the_text(text: str) -> None:
    tokens = Tokens(text)
    assert [text[start:end] for start, end in zip(tokens.start, tokens.end, strict=True)] == tokens.form
    assert tokens.lower == [form.lower() for form in tokens.form]
    assert "".join(tokens.form) == "".join(text.split())
    assert [i for first, last in tokens.sentences for i in range(first, last)] == list(range(len(tokens)))
    assert len(tokens) == len(tokens.flags)


@given(st.from_regex(module._PLAIN, fullmatch=True))
@settings(max_examples=300, deadline=None)
def test_the_fast_path_splits_as_the_rules_do(chunk: str) -> None:
    plain = module.splitter()._plain(chunk)
    assert plain is None or len(chunk) > 60 or plain == rules().split(chunk)


@pytest.fixture(scope="module")
def spacys() -> Callable[[str], list[str]]:
    import spacy

    from beritaie.spacy import NewsTokenizer

    tokenizer = NewsTokenizer(spacy.vocab.Vocab())
    return lambda text: [token.text for token in tokenizer(text) if not token.text.isspace()]


@given(text=st.text(alphabet="ab AB1.,-/()\"“”'’:;!?%$@#&é", max_size=40))
@settings(max_examples=300, deadline=None)
def test_spacy_splits_in_the_same_way(spacys, text: str) -> None:
    assert spacys(text) == Tokens(text).form


@pytest.mark.parametrize("text", SPLIT)
def test_spacy_splits_the_examples_in_the_same_way(spacys, text: str) -> None:
    assert spacys(text) == Tokens(text).form


def test_memory_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 10)
    split = Splitter()
    for number in range(100):
        split(f"kata{number},")
    assert len(split._young) + len(split._old) <= 20
    assert split("kata7,").form == ("kata7", ",")


HOSTILE = [
    "A",
    "A ",
    "(",
    "( ",
    "()",
    '"',
    '" ',
    ' "',
    "1",
    "1 ",
    ".",
    ". ",
    "A. ",
    "a-",
    "a.com",
    "a@",
    '"a. b."',
    "\n",
    "a\u0301",
    "Rp1/",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    assert is_linear(Tokens, piece, enough=0.5)


def test_a_megabyte_without_a_space() -> None:
    text = "Kata,kata.KATA(31/10)" * 50_000
    tokens = Tokens(text)
    assert tokens.end[-1] == len(text)
    assert max(map(len, tokens.form)) <= 64
