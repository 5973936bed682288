"""What a page's blocks become, on originally written pages; the choice among them is tested where it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.lines import article_lines
from kliping.normaliser.page.segments import segment

if TYPE_CHECKING:
    from kliping.normaliser.lines import Line

ONE = "Dewan kota menunda keputusan tentang pasar itu sampai Maret, kata ketua dewan."
TWO = "Pedagang menyambut keputusan itu dengan menyalakan lampion di sepanjang dermaga."


def lines(body: str, *article: str, base: str | None = "https://kabar.example/kota/1") -> list[Line]:
    """The lines of a page of which the blocks that begin with some words are the article."""
    root = LexborHTMLParser(f"<html><body><main>{body}</main></body></html>").root
    assert root is not None
    segments = segment(root)
    chosen = [place for place, block in enumerate(segments.blocks) if block.text.startswith(article or (ONE, TWO))]
    return list(article_lines(segments, chosen, base, frozenset({"Judul"})))


def trace(found: list[Line]) -> list[tuple[str | None, str]]:
    """Each line's kind, or what claimed it with the roles of its pieces, and its words."""
    return [
        (f"{line.rule}: {' '.join(segment.role for segment in line.segments)}" if line.rule else line.kind, line.text)
        for line in found
    ]


def test_paragraphs_headings_quotes_and_list_items_keep_their_kind() -> None:
    body = f"<p>{ONE}</p><h2>Alasan</h2><blockquote><p>{TWO}</p></blockquote><ul><li>Satu</li><li><p>Dua</p></li></ul>"
    assert trace(lines(body, ONE, TWO, "Alasan", "Satu", "Dua")) == [
        ("paragraph", ONE),
        ("heading", "Alasan"),
        ("quote", TWO),
        ("list_item", "Satu"),
        ("list_item", "Dua"),
    ]


def test_a_list_that_holds_the_whole_article_makes_no_list_items() -> None:
    assert trace(lines(f"<ul><li><p>{ONE}</p><p>{TWO}</p></li></ul>")) == [("paragraph", ONE), ("paragraph", TWO)]


def test_a_line_in_bold_letters_is_left_to_the_rules() -> None:
    assert trace(lines(f"<p>{ONE}</p><p><b>Alasan</b></p><p>{TWO}</p>", ONE, TWO, "Alasan")) == [
        ("paragraph", ONE),
        (None, "Alasan"),
        ("paragraph", TWO),
    ]


def test_line_breaks_part_a_paragraph_but_not_a_heading() -> None:
    found = trace(lines(f"<p>{ONE}<br>{TWO}</p><h2>Alasan<br>kedua</h2>", ONE, "Alasan"))
    assert found == [("paragraph", ONE), ("paragraph", TWO), ("heading", "Alasan kedua")]


def test_a_caption_is_a_figure_with_its_credit() -> None:
    body = f"<p>{ONE}</p><figure><figcaption>Lampion di dermaga. (Foto: Sekar)</figcaption></figure><p>{TWO}</p>"
    assert trace(lines(body))[1] == ("figure: caption removed credit", "Lampion di dermaga. (Foto: Sekar)")


def test_captions_right_above_and_below_the_article_are_its_figures() -> None:
    caption = "<figure><figcaption>{}</figcaption></figure>"
    body = f"<p>Menu</p>{caption.format('Atas.')}<p>{ONE}</p><p>{TWO}</p>{caption.format('Bawah.')}<p>Kaki</p>"
    assert [line.text for line in lines(body)] == ["Atas.", ONE, TWO, "Bawah."]


def test_a_link_among_the_paragraphs_is_related_with_its_absolute_address_and_without_its_label() -> None:
    found = lines(f'<p>{ONE}</p><p><a href="/kota/2">Baca juga: Feri malam kembali</a></p><p>{TWO}</p>')[1]
    assert trace([found]) == [("page-link: removed related", "Baca juga: Feri malam kembali")]
    assert found.url == "https://kabar.example/kota/2"


def test_a_link_that_leads_nowhere_on_the_web_is_removed() -> None:
    for href in ("javascript:void(0)", "http://[broken"):
        assert trace(lines(f'<p>{ONE}</p><p><a href="{href}">Bagikan ini</a></p><p>{TWO}</p>'))[1] == (
            "page-other: removed",
            "Bagikan ini",
        )


def test_a_link_is_related_once_and_never_to_the_page_itself_nor_to_where_it_is_shared() -> None:
    links = (
        "<p><a href='/kota/2'>Feri malam kembali</a></p><p><a href='/kota/2'>Feri malam</a></p>"
        "<p><a href='#isi'>Daftar isi</a></p><div class='share'><a href='/kirim'>Kirim lewat surat</a></div>"
    )
    assert trace(lines(f"<p>{ONE}</p>{links}<p>{TWO}</p>"))[1:-1] == [
        ("page-link: related", "Feri malam kembali"),
        ("page-other: removed", "Feri malam"),
        ("page-other: removed", "Daftar isi"),
        ("page-share: removed", "Kirim lewat surat"),
    ]


def test_a_quotation_that_a_paragraph_says_as_well_is_a_pull_quote() -> None:
    pulled = "“keputusan tentang pasar itu sampai Maret”"
    own = "Kami bertanya apa yang disukai orang, bukan apa yang aman."
    body = f"<p>{ONE}</p><blockquote>{pulled}</blockquote><blockquote>{own}</blockquote><p>{TWO}</p>"
    assert trace(lines(body, ONE, pulled, own, TWO)) == [
        ("paragraph", ONE),
        ("page-pull-quote: removed", pulled),
        ("quote", own),
        ("paragraph", TWO),
    ]


def test_a_quotation_that_stands_twice_and_in_no_paragraph_is_never_lost() -> None:
    own = "“Kami bertanya apa yang disukai orang, bukan apa yang aman.”"
    found = lines(
        f"<p>{ONE}</p><blockquote>{own}</blockquote><blockquote>{own}</blockquote><p>{TWO}</p>", ONE, own, TWO
    )
    assert trace(found) == [("paragraph", ONE), ("quote", own), ("quote", own), ("paragraph", TWO)]


def test_what_stands_among_the_paragraphs_is_removed_by_the_rule_that_names_it() -> None:
    asides = {
        "page-embed": "<blockquote class='embed tweet'>Pesan seorang warga.</blockquote>",
        "page-pull-quote": "<blockquote class='pullquote'>Lampion itu milik kita.</blockquote>",
        "page-newsletter": "<div class='newsletter-signup'>Terima kabar kami tiap pagi.</div>",
        "page-advertisement": "<div class='advert'>Belanja di toko ini.</div>",
        "page-byline": "<div class='byline'>Oleh seorang wartawan</div>",
        "page-aside": "<aside>Catatan di samping.</aside>",
        "page-other": "<div>Sesuatu yang lain.</div>",
    }
    for rule, markup in asides.items():
        assert trace(lines(f"<p>{ONE}</p>{markup}<p>{TWO}</p>"))[1][0] == f"{rule}: removed"


def test_what_is_not_shown_is_not_listed() -> None:
    assert len(lines(f"<p>{ONE}</p><div hidden>Tersembunyi di sini.</div><p>{TWO}</p>")) == 2


def test_what_lies_before_and_after_the_article_is_the_pages_and_not_listed() -> None:
    assert len(lines(f"<nav>Kota Desa</nav><p>{ONE}</p><p>{TWO}</p><footer>Hak cipta</footer>")) == 2


def test_the_title_and_what_stood_before_are_not_said_again() -> None:
    body = f"<p>{ONE}</p><div>Judul</div><div>Sisipan.</div><p>{TWO}</p><div>Sisipan.</div><p>{TWO} Lagi.</p>"
    assert [line.text for line in lines(body)] == [ONE, "Sisipan.", TWO, f"{TWO} Lagi."]


def test_where_nothing_was_chosen_all_that_the_page_shows_is_removed() -> None:
    assert trace(lines("<p>Kami memakai cookie.</p><p hidden>Tidak tampak.</p>", "nothing")) == [
        ("page-other: removed", "Kami memakai cookie.")
    ]
