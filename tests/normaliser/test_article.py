from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from kliping import Rejected, normalise
from kliping.errors import CallError

if TYPE_CHECKING:
    from kliping.records import Article

ROOT = Path(__file__).parents[2]
REAL = ROOT / "../shared/articles"
TITLE = "Nelayan Tanjung Belida Mogok Setor Ikan ke Balai Lelang Segara"


def as_json(article: Article) -> dict[str, object]:
    parsed: dict[str, object] = msgspec.json.decode(msgspec.json.encode(article))
    return parsed


def block_texts(article: Article, *kinds: str) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.type in kinds]


@pytest.fixture(scope="module")
def twin() -> Article:
    return normalise((ROOT / "corpus/raw/text/twin-layout.txt").read_bytes())


@pytest.mark.skipif(not REAL.is_dir(), reason="the real dump is only where ../shared is")
def test_the_real_dump_gives_what_it_must_give() -> None:
    expected = json.loads((REAL / "idntimes-rusia-nato.expected.json").read_bytes())
    found = as_json(normalise((REAL / "idntimes-rusia-nato.txt").read_bytes()))
    found["removed"] = [removed["text"] for removed in found["removed"]]  # type: ignore[attr-defined]
    expected["removed"] = [removed["text"] for removed in expected["removed"]]
    assert {field: found[field] for field in expected} == expected


def test_the_twin_has_its_title_and_subtitle(twin: Article) -> None:
    assert (twin.title, twin.subtitle) == (TITLE, "Timbangan baru dituding memotong upah melaut")


def test_the_twin_has_its_dateline_out_of_the_text(twin: Article) -> None:
    assert as_json(twin)["dateline"] == {"place": "Tanjung Belida", "agency": "Pesisir Pos", "date": None}
    assert block_texts(twin, "paragraph")[0].startswith("Ratusan nelayan berhenti")


def test_the_twin_has_three_numbered_headings(twin: Article) -> None:
    assert block_texts(twin, "heading") == [
        "1. Pengelola merasa timbangannya sudah benar",
        "2. Dinas minta kedua pihak menahan diri",
        "3. Perselisihan bermula dari lelang tahun lalu",
    ]


def test_the_twin_has_13_paragraphs_and_no_other_blocks(twin: Article) -> None:
    assert [len(block_texts(twin, kind)) for kind in ("paragraph", "list_item", "quote")] == [13, 0, 0]
    assert twin.text.endswith("asalkan jarum timbangan kembali terlihat.")


def test_the_twin_has_its_captions_in_figures(twin: Article) -> None:
    assert as_json(twin)["figures"] == [
        {
            "caption": "Deretan perahu yang ditambatkan di dermaga kayu sejak pagi. Ilustrasi",
            "credit": "foto.pesisirpos.example/rakata",
        },
        {"caption": "Petugas memeriksa timbangan di ruang lelang.", "credit": "Pesisir Pos/Lintang"},
        {"caption": None, "credit": "foto.pesisirpos.example"},
    ]


def test_the_twin_has_its_read_also_lines_in_related(twin: Article) -> None:
    assert [related.title for related in twin.related] == [
        "Harga Tenggiri Naik Dua Kali Lipat Menjelang Angin Barat",
        "Kisah Pembuat Jala Terakhir di Kampung Tujuh Sumur",
        "Musim Ubur-Ubur Datang Lebih Awal di Pesisir Utara",
    ]


def test_the_twin_names_what_was_removed_in_the_order_of_the_source(twin: Article) -> None:
    assert [(removed.rule, removed.text) for removed in twin.removed] == [
        *[("related-label", "Baca Juga:"), ("title-glued-to-caption", TITLE)] * 3,
        ("topics-label", "Topik:"),
        ("trailing-furniture", "Berita Terkini Lainnya"),
    ]


def test_the_twin_has_its_topic_and_an_identified_language(twin: Article) -> None:
    assert (twin.topics, twin.language) == (("Nelayan",), "id")


def test_a_stated_language_is_believed() -> None:
    data = (ROOT / "corpus/raw/text/twin-layout.txt").read_bytes()
    assert normalise(data, language="ms").language == "ms"


def test_a_language_that_is_not_told_is_unknown_with_the_score_of_the_likeliest() -> None:
    numbers = "\n\n".join(["12 13", "1 2 3 4 5 6 7 8 9 " * 20]).encode()
    article = normalise(numbers)
    assert article.language == "und"
    assert article.language_score is not None
    assert article.language_score < 0.5


def test_a_language_that_is_no_tag_is_a_wrong_call() -> None:
    with pytest.raises(CallError, match="no language tag"):
        normalise(b"Text", language="Bahasa Indonesia")


def test_the_least_length_counts_the_body_without_its_title() -> None:
    data = b"A title that alone is long enough\n\nThe body is thirty-two letters.\n\nAnd then eleven."
    assert normalise(data, min_length=47).title == "A title that alone is long enough"
    with pytest.raises(Rejected, match="too-short: the body has 47 characters"):
        normalise(data, min_length=48)


def test_a_dump_without_a_title_has_none() -> None:
    article = normalise(b"The ferry did not sail, said the harbour master. It was the third time.", min_length=1)
    assert (article.title, len(article.blocks)) == (None, 1)


def test_a_title_alone_is_no_article() -> None:
    with pytest.raises(Rejected) as raised:
        normalise(b"Ferry does not sail")
    assert raised.value.reason == "no-article"


def test_an_absolute_path_of_someones_disk_is_not_kept() -> None:
    for path in ("/srv/private/a.txt", "C:\\private\\a.txt", "c:/private/a.txt", "\\\\server\\private\\a.txt"):
        article = normalise(b"The ferry did not sail, said the harbour master.", source=path, min_length=1)
        assert article.source.path == "a.txt"


def test_a_page_s_article_lists_what_was_repaired_in_its_own_words() -> None:
    sentence = "The harbour master said on Monday that the ferry will sail again after two weeks at its moorings."
    article = normalise(
        f"<nav>CafÃ© BÃ¤r</nav><h1>The night ferry</h1><p>{sentence}</p><p>The NetCafé closes. {sentence}</p>"
        f"<p><b>Ã‰</b>lise Arvane sells crÃªpes. {sentence}</p>".encode(),
        media_type="text/html",
    )
    assert [one.repaired for one in article.repairs] == ["É", "crêpes"]


def test_the_id_of_a_dump_comes_from_its_bytes_and_with_a_url_from_that() -> None:
    data = b"The ferry did not sail, said the harbour master."
    assert normalise(data, min_length=1).id == "0e9e639b703f43fb"
    found = normalise(data, url="http://www.kabar.example/feri/?utm_source=x", min_length=1)
    assert (found.id, found.url) == ("ef521dbd248f9c10", "https://kabar.example/feri")
