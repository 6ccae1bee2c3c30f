"""The article's frame: exact offsets, repairs, soft line breaks, passages cut out, dateline, byline, publication date."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import is_linear

from beritaie.document import Article
from beritaie.document.offsets import apply, join
from beritaie.errors import InputError

NOT_AFTER = dt.date(2026, 1, 1)


def article(text: str, **options) -> Article:
    return Article(text, **{"not_after": NOT_AFTER, **options})


# Offsets

SINGLE = ["Warga", " ", "\n", "\r\n", ".", '"', "Rp5", "é", "â€œ", "â€\x9d", "&amp;", "&nbsp;", "\u200b", "\x00", "\ud800", "<p>", "(djm)"]
LINES = ["ADVERTISEMENT", "\nBaca juga: Harga Cabai Naik Lagi\n", "JAKARTA, Contoh.com - ", "Harga beras naik lagi di kota itu. "]
PIECES = st.sampled_from([*SINGLE, *LINES])


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60), st.data())
@settings(max_examples=400, deadline=None)
def test_every_span_maps_to_a_span_of_the_source(source: str, data: st.DataObject) -> None:
    made = article(source)
    start = data.draw(st.integers(0, len(made.text)))
    end = data.draw(st.integers(start, len(made.text)))
    first, last = made.to_source(start, end)
    assert 0 <= first <= last <= len(source)
    for at in range(start, end):
        one = made.to_source(at, at + 1)
        assert first <= one[0] <= one[1] <= last
        assert one[0] < one[1] or made.text[at] == " "  # a space that the source lacks
    for passage in made.skipped:
        assert 0 <= passage.start < passage.end <= len(source)
    if made.text == source:
        assert (first, last) == (start, end)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=200, deadline=None)
def test_letters_keep_their_place(source: str) -> None:
    """A letter of the cleaned text that was not repaired is the same letter in the source."""
    made = article(source)
    for at, char in enumerate(made.text):
        first, last = made.to_source(at, at + 1)
        if last - first == 1 and char.isalnum():
            assert source[first:last] == char


EDITS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.text("xyz", max_size=3)), max_size=6)


def laid_out(edits: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return edits in order from gaps and lengths."""
    result, at = [], 0
    for gap, length, replacement in edits:
        if gap and length:
            result.append((at + gap, at + gap + length, replacement))
            at += gap + length
    return result


@given(EDITS, EDITS)
@settings(max_examples=300)
def test_edits_one_after_the_other_are_the_joined_edits(first, second) -> None:
    text = "".join(chr(ord("a") + number % 23) for number in range(80))
    edits = laid_out(first)
    between = apply(text, edits)
    cuts = [(start, end, "") for start, end, _ in laid_out(second) if end <= len(between) and start < end]
    made, shift = [], 0  # where the replacements stand; no passage begins or ends inside one
    for start, end, replacement in edits:
        made.append((start + shift, start + shift + len(replacement)))
        shift += len(replacement) - (end - start)
    cuts = [cut for cut in cuts if not any(start < at < end for start, end in made for at in cut[:2])]
    assert apply(text, join(edits, cuts)) == apply(between, cuts)


def test_a_span_never_ends_inside_a_repair() -> None:
    made = article("Harga &quot;beras&quot; naik")
    assert made.text == 'Harga "beras" naik'
    assert made.to_source(6, 13) == (6, 23)
    assert made.to_source(7, 12) == (12, 17)
    assert made.to_source(0, 0) == (0, 0)


# Repairs


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("â€œSiap,â€\x9d kata dia", "“Siap,” kata dia"),
        ("â€œSiap,â€ kata dia", "“Siap,” kata dia"),
        ("cafÃ© itâ€™s 5 â€“ 6 â€¦", "café it’s 5 – 6 …"),
        ("Ã¢â‚¬Å“SiapÃ¢â‚¬\x9d", "“Siap”"),
        ("AT&amp;T &lt;5&gt; &#39;a&#39; &#x22;b&quot;", "AT&T <5> 'a' \"b\""),
        ("Rp&nbsp;5 juta &amp;nbsp; lagi", "Rp 5 juta   lagi"),
        ("Warga&#13;\nDia", "Warga\nDia"),
        ("ka\u00adta\u200b dia\ufeff", "kata dia"),
        ("Rp\u00a05\u2009juta\t", "Rp 5 juta "),
        ("a\x00b\x0bc", "ab c"),
        ("\x93Siap\x94", "“Siap”"),
        ("<p>Warga <b>datang</b>.</p>", "\nWarga datang.\n"),
        ("a\r\nDia\rLalu", "a \nDia\nLalu"),
        ("x\ud800y", "x\ufffdy"),
        ("5 < 6 & 7 > 3; Ã dan Â tetap; café”…", "5 < 6 & 7 > 3; Ã dan Â tetap; café”…"),
    ],
)
def test_repairs(source: str, text: str) -> None:
    assert article(source).text == text


def test_what_reads_well_is_not_touched() -> None:
    text = "Warga “setuju” – kata Dr. Sutrisno, S.H. – dan Rp5.000,- dibayar; café, naïve, Ünal.\nSelesai."
    made = article(text)
    assert made.text == text
    assert made.skipped == ()


# Line breaks


@pytest.mark.parametrize(
    "text",
    [
        "para Camat dan~Lurah se Kota Baru hadir|Mereka pulang",
        "para Camat~hadir di sana.|Mereka pulang",
        '"Kami tunggu.~" katanya.|Ia pulang.',
        "“Kami tunggu,~” kata Sari.",
        "dalam rapat itu~, Selasa (10/6/2025).",
        "Dumai~-~Polres menggelar bakti sosial",
        "Indonesia mengalahkan~China~beberapa hari lalu.",
        "Ia datang ke~Kota Baru~, Selasa.|Warga senang.",
        "Harga naik|Harga turun",
        "Beras: 5.000|gula: 6.000",
        "Kami tunggu.|ia pulang",
        "obat-obatan~.|SCROLL atas",
        "KOTA BARU, Contoh.com -~Warga datang",
    ],
)
def test_soft_line_breaks(text: str) -> None:
    assert article(text.replace("~", "\n").replace("|", "\n")).text == text.replace("~", " ").replace("|", "\n")


def test_wrapped_text_is_joined() -> None:
    lines = [
        "Pemerintah Kota Baru akan membangun jalan baru di Kecamatan",
        "Sukamaju tahun depan. Jalan itu menghubungkan Desa Melati",
        "Timur dengan pasar induk dan terminal bus antarkota di tepi",
        "Sungai Hijau.",
    ]
    other = "Warga Desa Melati menyambut baik."
    assert article("\n".join(lines) + "\n\n" + other).text == " ".join(lines) + "\n\n" + other


def test_short_lines_are_no_wrapped_text() -> None:
    text = "Susunan pemain\nKiper: Budi\nBek: Andi, Joko, Rudi\nPelatih: Sutrisno"
    assert article(text).text == text


# Passages


def skipped(made: Article) -> list[tuple[str, str]]:
    return [(made.source[passage.start : passage.end].strip(), passage.reason) for passage in made.skipped]


LONG = "Pemerintah Kota Baru akan membangun jalan di Kecamatan Sukamaju tahun depan."


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Advertisement. Scroll to continue reading.",
        "Posting Komentar",
        "Baca Juga",
        "Baca juga: Harga Cabai Naik Lagi di Pasar Melati",
        "Baca juga:\nHarga Cabai Naik Lagi di Pasar Melati",
        "[Baca Juga: Harga Cabai Naik Lagi]",
        "Lihat juga: Jalan Baru untuk Warga Sukamaju",
        "Simak Video: Jalan Baru untuk Warga Sukamaju",
        "[Gambas:Video 20detik]",
        "Bagikan:",
        "Tags: jalan, kota baru",
        "Artikel ini telah tayang di Contoh.com dengan judul: Jalan Baru",
        "Ikuti saluran WhatsApp kami untuk berita terbaru",
        "***",
    ],
)
def test_lines_of_the_page_are_cut(line: str) -> None:
    made = article(f"{LONG}\n{line}\nWarga setuju dengan rencana itu.")
    assert skipped(made) == [(line, "boilerplate")]
    assert made.text.split() == f"{LONG} Warga setuju dengan rencana itu.".split()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Harga naik. ADVERTISEMENT Warga mengeluh.", "ADVERTISEMENT"),
        ("Harga naik. [Gambas:Video 20detik] Warga mengeluh.", "[Gambas:Video 20detik]"),
        ("Harga naik (Baca juga: Harga Cabai Naik Lagi) kata dia.", "(Baca juga: Harga Cabai Naik Lagi)"),
        ("Harga naik.Baca juga: Jalan Baru untuk Warga Sukamaju", "Baca juga: Jalan Baru untuk Warga Sukamaju"),
        ("Harga naik. Baca juga: Jalan Baru untuk Warga Sukamaju Menurut dia, warga setuju.", "Baca juga: Jalan Baru untuk Warga Sukamaju"),
        ('Harga naik.Baca Juga: Jalan Baru untuk Warga Sukamaju"Kami setuju," kata dia.', "Baca Juga: Jalan Baru untuk Warga Sukamaju"),
        (
            "Harga naik.Baca juga: Jalan Baru untuk Warga, Ini DaftarnyaSari juga setuju.",
            "Baca juga: Jalan Baru untuk Warga, Ini Daftarnya",
        ),
        ("Harga beras naik tajam. Selengkapnya", "Selengkapnya"),
    ],
)
def test_passages_inside_a_paragraph_are_cut(text: str, cut: str) -> None:
    made = article(text)
    assert skipped(made) == [(cut, "boilerplate")]
    assert made.text.split() == text.replace(cut, " ").split()


@pytest.mark.parametrize(
    "text",
    [
        "Nanti kita lihat juga bagaimana hasilnya. Baca koran itu baik.",
        "Ia gemar membaca. Baca buku itu katanya menyenangkan bagi anak.",
        "Harga naik. Baca juga dipakai warga desa sebagai nama panggilan.",
        "Simak penjelasannya berikut ini.",
        '"Bagus."\nkatanya.\n"Bagus."\nkatanya.',
        "Pertumbuhan ekonomi mencapai 5 persen (yoy).",
        "Rapat dihadiri Komisi Pemilihan Umum (KPU).",
        "Laga berakhir 2-1 (1-0).",
    ],
)
def test_prose_is_not_cut(text: str) -> None:
    assert article(text).skipped == ()


def test_an_uncertain_end_is_cut_in_its_certain_part_only() -> None:
    made = article("Harga naik.Baca juga: Jalan Baru Warga Sukamaju dan Melati Timur Rampung Kepala Dinas berharap jalan itu dirawat.")
    assert skipped(made) == [("Baca juga: Jalan Baru Warga Sukamaju", "boilerplate")]
    assert "Kepala Dinas berharap" in made.text


def test_a_body_pasted_twice() -> None:
    second = "Warga berharap pembangunan jalan itu selesai sebelum musim hujan datang."
    source = (
        f"KOTA BARU – {LONG}\n{second}\n\n{LONG}\nWarga berharap pembangunan jalan itu\nselesai sebelum musim hujan datang.\n{second}  "
    )
    made = article(source)
    assert [reason for _, reason in skipped(made)] == ["repeated", "repeated"]
    assert made.text.count("sebelum musim hujan") == 1


def test_a_body_pasted_twice_into_one_paragraph() -> None:
    body = f"KOTA BARU – {LONG} " + " ".join(f"Warga RW {number} setuju dengan rencana jalan itu." for number in range(8))
    made = article(f"{body} {body}")
    assert made.text.strip() == body
    assert [reason for _, reason in skipped(made)] == ["repeated"]


@pytest.mark.parametrize(
    ("tail", "byline", "cut"),
    [
        ("kata dia.(humpro-kb).", "humpro-kb", "(humpro-kb)."),
        ("kata dia. (ant/red)", "ant/red", "(ant/red)"),
        ("kata dia. (djm / djm)", "djm / djm", "(djm / djm)"),
        ("kata dia.\n[cob]", "cob", "[cob]"),
        ('"Siap," tuturnya (fdl/zul)', "fdl/zul", "(fdl/zul)"),
        ("kata dia. (*)", None, "(*)"),
        ("kata dia. (Sutrisno Hadi)", "Sutrisno Hadi", None),
        ("kata dia.", None, None),
        ("tumbuh 5 persen (yoy).", None, None),
    ],
)
def test_byline(tail: str, byline: str | None, cut: str | None) -> None:
    made = article(f"{LONG}\nHal itu penting, {tail}")
    assert made.byline == byline
    assert skipped(made) == ([(cut, "byline")] if cut else [])


def test_tags_after_the_author_are_cut() -> None:
    made = article(f"{LONG}\n(mea/mea)\nkota baru\njalan rusak\nSelengkapnya")
    assert made.text.strip() == LONG
    assert [reason for _, reason in skipped(made)] == ["byline", "boilerplate"]


# Dateline


@pytest.mark.parametrize(
    ("text", "town", "outlet"),
    [
        ("BANJARMASIN – Warga datang.", "BANJARMASIN", None),
        ("JAKARTA- Warga datang.", "JAKARTA", None),
        ("HO CHI MINH– Warga datang.", "HO CHI MINH", None),
        ("JAKARTA, KOMPAS.com - Warga datang.", "JAKARTA", "KOMPAS.com"),
        ("JAKARTA, KOMPAS. com — Warga datang.", "JAKARTA", "KOMPAS. com"),
        ("NEW YORK, KOMPAS.com – Warga datang.", "NEW YORK", "KOMPAS.com"),
        ("Liputan6.com, Jakarta - Warga datang.", "Jakarta", "Liputan6.com"),
        ("Liputan6.com, Jakarta -Warga datang.", "Jakarta", "Liputan6.com"),
        ("Liputan6.com, JakartaWarga datang.", "Jakarta", "Liputan6.com"),
        ("TEMPO.CO, Jakarta - Warga datang.", "Jakarta", "TEMPO.CO"),
        ("TRIBUNJATENG.COM, SEMARANG - Warga datang.", "SEMARANG", "TRIBUNJATENG.COM"),
        ("REPUBLIKA.CO.ID, JAKARTA -- Warga datang.", "JAKARTA", "REPUBLIKA.CO.ID"),
        ("REPUBLIKA.CO.ID, JAKARTA Warga datang.", "JAKARTA", "REPUBLIKA.CO.ID"),
        ("SURYA.CO.ID | SURABAYA - Warga datang.", "SURABAYA", "SURYA.CO.ID"),
        ("Ternate (ANTARA News) - Warga datang.", "Ternate", "ANTARA News"),
        ("PURWAKARTA (Pos Kota) – Warga datang.", "PURWAKARTA", "Pos Kota"),
        ("Jakarta, CNN Indonesia -- Warga datang.", "Jakarta", "CNN Indonesia"),
        ("Pesawaran, Lampung – Warga datang.", "Pesawaran, Lampung", None),
        ("Palembang - Gubernur datang.", "Palembang", None),
        ("Dumai\n-\nMenjelang hari itu, warga datang.", "Dumai", None),
        ("Jalan Baru Dibangun\n\nTEMPO.CO, Jakarta - Warga datang.", "Jakarta", "TEMPO.CO"),
        ("Laporan Wartawan Contoh.com, Sari Dewi TRIBUNNEWS.COM, BAKU - Warga datang.", "BAKU", "TRIBUNNEWS.COM"),
        ("Jakarta, IDN Times - Warga datang.", "Jakarta", "IDN Times"),
        ("SURYA.co.id l BANDUNG - Warga datang.", "BANDUNG", "SURYA.co.id"),
        ("Bandar Lampung , Lampung – Warga datang.", "Bandar Lampung , Lampung", None),
        ("Liputan6.com, JakartaMalam puncak warga datang.", "Jakarta", "Liputan6.com"),
        ("SURYA.co.id, - Warga datang.", None, "SURYA.co.id"),
        ("Garuda News – Warga datang.", None, "Garuda News"),
        ("Merdeka.com - Presiden datang.", None, "Merdeka.com"),
        ("TRIBUN-MEDAN.com - Warga datang.", None, "TRIBUN-MEDAN.com"),
        ("BANGKAPOS.COM -- Simak profil ini.", None, "BANGKAPOS.COM"),
        ("Warga datang ke Jakarta - kota itu ramai.", None, None),
        ("KPK - Polri sepakat bekerja sama.", None, None),
        ("Menurut dia - Senin lalu - warga datang.", None, None),
        ("Warga datang.", None, None),
        ("", None, None),
    ],
)
def test_dateline(text: str, town: str | None, outlet: str | None) -> None:
    made = article(text)
    assert made.dateline == town
    assert (made.dateline_span and made.text[slice(*made.dateline_span)]) == town
    assert (made.outlet_span and made.text[slice(*made.outlet_span)]) == outlet
    if town or outlet:
        assert made.text[made.body_start :].split(".")[0].split()[-1] in ("datang", "ini")


# Publication date


@pytest.mark.parametrize(
    "value",
    [
        "2018-11-01",
        "2018-11-01T23:35:00Z",
        "2018-11-01T14:35:00.000+07:00",
        "2018-11-01 14:35:00.123456",
        "2018/11/01 13:30:42",
        "20181101",
        "Kamis, 01 Nov 2018 | 14:35 WITA",
        "Kamis, 1 November 2018 - 14:35 WIB_x0000_",
        "Kamis 01 Nov 2018 18:19 WIB",
        "1 Nop 2018",
        "01 Nopember 2018, 14:35 WIB",
        "1-Nov-18",
        "01/11/2018, 09:44 WIB",
        "Contoh.com - 01/11/2018, 21:23 WIB",
        "1.11.2018",
        "Tayang: Kamis, 1 November 2018 10:48 WIB",
        "Diperbarui 01 Nov 2018, 05:50 WIB",
        "Nov 1, 2018",
        "November 1st, 2018",
        "Thu, 01 Nov 2018 07:35:00 GMT",
        "1st of November 2018",
        "1541030400",
        1541030400,
        1541030400000,
        1541030400.5,
        20181101,
        20181101.0,
        dt.date(2018, 11, 1),
        dt.datetime(2018, 11, 1, 23, 59),
        dt.datetime(2018, 11, 1, 23, 59, tzinfo=dt.UTC),
    ],
)
def test_published(value: object) -> None:
    made = article("Warga datang.", published=value)
    assert made.published == dt.date(2018, 11, 1)
    assert made.issues == ()


@pytest.mark.parametrize(
    ("value", "day"), [("10/21/2025 20:43", "2025-10-21"), ("02/12/2025", "2025-12-02"), ("11/10/2026", None), ("12/05/2025", "2025-05-12")]
)
def test_day_and_month_in_figures(value: str, day: str | None) -> None:
    """Day first, unless that cannot be, or lies after the day after which no article can have been written and the other does not."""
    assert article("Warga.", published=value, not_after=dt.date(2025, 12, 31)).published == (
        dt.date.fromisoformat(day) if day else dt.date(2026, 10, 11)
    )


@pytest.mark.parametrize(
    "value",
    ["kemarin", "2 jam lalu", "November 2018", "2018", "32/13/2018", "2018-02-30", "tak diketahui", "0", "9" * 5000, True, object()],
)
def test_a_date_that_cannot_be_read_is_an_issue(value: object) -> None:
    made = article("JAKARTA – Warga datang.", published=value)
    assert made.published is None
    assert len(made.issues) == 1
    assert made.issues[0].startswith("publication date not understood: ")
    assert len(made.issues[0]) < 150
    assert made.dateline == "JAKARTA"


@pytest.mark.parametrize("value", [None, "", "  ", float("nan")])
def test_no_date(value: object) -> None:
    made = article("Warga datang.", published=value)
    assert (made.published, made.issues) == (None, ())


@pytest.mark.parametrize(
    "text",
    [
        "Jalan Baru Dibangun\nKamis, 01 Nov 2018 | 14:35 WITA\nJAKARTA - Warga datang.",
        "1 November 2018\nWarga datang.",
        "PALEMBANG, 1 NOVEMBER 2018 – Warga datang.",
        "KEBUN TEBU (01/11/2018) – Warga datang.",
    ],
)
def test_a_date_that_the_head_states_is_taken_and_told(text: str) -> None:
    made = article(text)
    assert made.published == dt.date(2018, 11, 1)
    assert made.issues == ("publication date taken from the text: 2018-11-01",)
    assert article(text, published="2019-01-05").published == dt.date(2019, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "Pada 1 November 2018 warga datang.",
        "Warga datang, Kamis (1/11/2018).",
        "Beraksi sejak 1 November 2018\nWarga",
        "1 November 2038\nWarga",
    ],
)
def test_a_date_in_running_text_is_not_taken(text: str) -> None:
    assert article(text).published is None


def test_common_dates_need_no_dateparser() -> None:
    sys.modules.pop("dateparser", None)
    article("Warga.", published="Kamis, 01 Nov 2018 | 14:35 WITA")
    assert "dateparser" not in sys.modules


def test_not_after_is_the_day_of_the_run_by_default() -> None:
    assert Article("Warga.").not_after == dt.date.today()
    assert article("Warga.").not_after == NOT_AFTER


# Bad input


@pytest.mark.parametrize("value", [None, b"Warga", 5, ["Warga"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(InputError, match=f"not {type(value).__name__}; decode"):
        Article(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "Aab",
        "Aaaaaaa ",
        "KPKabc ",
        "A ",
        "(",
        '"',
        '" ',
        "1",
        ".",
        "&amp;",
        "â€œ",
        "\n",
        "a\n",
        "(a)\n",
        "Baca juga: ",
        ". Baca juga: A ",
        "<p",
        "-",
        "\u200b",
        "[Gambas:",
    ],
)
def test_time_is_linear(piece: str) -> None:
    assert is_linear(article, piece, enough=0.3)


def test_five_megabytes() -> None:
    text = "Warga datang ke kantor itu. " * 180_000
    assert article(text).text == text


# Glued words


@pytest.mark.parametrize(
    "text",
    [
        "Presiden|Kolombia|Miguel Uribe hadir.",
        "Wagub Rano Karno|membuka bazar. Hadirin menyambut Rano Karno.",
        "kata Presiden RI|Prabowo Subianto.",
        "KPK|mengungkapkan kerugian itu.",
        "OJK|secara resmi mencabut izin.",
        "dilansir|Reuters, dikutip dari|Antara kemarin.",
        "aksi|Takefusa Kubo di pihak Indonesia|harus dicegah.",
        "Timnas U-19|berhasil menang pada 2025|usai kalah.",
        "Warga Jakarta|Timur, kata Menteri|Keuangan Sri Mulyani.",
        "Airlangga Hartarto. Kata dia, Hartarto|mengikuti rapat.",
    ],
)
def test_glued_words_are_parted(text: str) -> None:
    made = article(text.replace("|", ""))
    assert made.text == text.replace("|", " ")
    for word in ("Miguel", "Takefusa", "Reuters", "mengikuti"):
        if word in made.text:
            at = made.text.index(word)
            first, last = made.to_source(at, at + len(word))
            assert made.source[first:last] == word


@pytest.mark.parametrize(
    "text",
    [
        "Akun YouTube dan WhatsApp milik NasDem, kata TikTok.",
        "Laga MotoGP di GoPay Arena, tulis detikJateng dan TribunJakarta.",
        "Kementerian Kesehatan, Kemendikbud, dan Kementan di Banten.",
        "Suhardi, Mulyadi, Ramadan, Kartini, dan Sumardi hadir.",
        "iPhone dan eKTP di SMAN 2, BUMDes Sukamaju.",
        "KopiKocok buka lagi. Menurut pemilik KopiKocok, kedai itu ramai.",
        "Alamat https://contoh.id/BeritaJakartaHariIni dan @PemkotBandung, #IndonesiaMaju.",
        "Nilainya turun antara Januari-April; panen JanuariApril.",
        "kepada Tuhan, sisiNya",
    ],
)
def test_whole_words_stay_whole(text: str) -> None:
    assert article(text).text == text


def test_a_dateline_glued_to_the_article() -> None:
    made = article("Liputan6.com, JakartaTim SAR menemukan korban.")
    assert made.text == "Liputan6.com, Jakarta Tim SAR menemukan korban."
    assert (made.dateline, made.text[made.body_start :].strip()) == ("Jakarta", "Tim SAR menemukan korban.")
