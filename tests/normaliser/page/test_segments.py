from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.segments import DEEPEST, MOST, Segments, segment


def read(html: str) -> Segments:
    return segment(LexborHTMLParser(html).root)


def texts(html: str) -> list[str]:
    return [block.text for block in read(html).blocks]


def test_a_run_of_inline_text_between_block_elements_is_a_block() -> None:
    assert texts("<div>Lampion <b>merah</b>  di\n dermaga<p>Perahu</p>Feri</div>") == [
        "Lampion merah di dermaga",
        "Perahu",
        "Feri",
    ]


def test_one_line_break_stays_in_a_block_and_two_end_it() -> None:
    assert texts("<p>Satu<br>dua<br> <br>tiga") == ["Satu\ndua", "tiga"]


def test_a_row_of_data_is_one_block_and_a_row_of_layout_is_none() -> None:
    assert texts("<table><tr><td>Feri</td><td>12</td></tr></table>") == ["Feri 12"]
    assert texts("<table><tr><td><p>Menu</p></td><td><p>Feri</p></td></tr></table>") == ["Menu", "Feri"]


def test_scripts_fields_and_hidden_inline_text_are_not_read() -> None:
    assert texts("<p>Feri<script>x()</script><span hidden>rahasia</span><button>Kirim</button></p>") == ["Feri"]


def test_linked_bold_and_italic_code_points_are_counted() -> None:
    (block,) = read('<p><a href="/feri">Feri</a> <b>malam</b> <i>hari</i> ini</p>').blocks
    assert (block.link, block.bold, block.italic, block.href, block.leads) == (4, 5, 4, "/feri", True)


def test_an_image_inside_a_sentence_does_not_cut_it() -> None:
    assert texts('<p>Selamat <img src="emoji.png"> pagi</p>') == ["Selamat pagi"]


def test_elements_that_differ_in_digits_alone_share_a_path() -> None:
    found = read(
        '<div class="kartu-1"><p>a</p></div><div class="kartu-2"><p>b</p></div><div class="lain"><p>c</p></div>'
    )
    first, second, third = (found.elements[block.element].path for block in found.blocks)
    assert first == second != third


def test_ten_thousand_nested_elements_are_read_at_the_deepest_depth() -> None:
    found = read("<div>" * 10_000 + "Feri")
    assert [block.text for block in found.blocks] == ["Feri"]
    assert found.elements[-1].depth == DEEPEST


def test_a_page_has_at_most_so_many_blocks() -> None:
    assert len(read("<p>Feri" * (MOST + 5)).blocks) == MOST


def test_an_endless_text_is_not_torn() -> None:
    assert [len(text) for text in texts("<p>" + "feri " * 50_000)] == [5 * 50_000 - 1]


HTML = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div class=a>",
            "</div>",
            "<br>",
            "<a href=x>",
            "</a>",
            "<table>",
            "<tr>",
            "<td>",
            "Feri ",
            "malam",
        ]
    ),
    max_size=40,
).map("".join)


@given(HTML)
def test_the_blocks_below_an_element_are_a_range_within_its_parents(html: str) -> None:
    found = read(html)
    for element in found.elements[1:]:
        parent = found.elements[element.parent]
        assert parent.first <= element.first <= element.end <= parent.end
    for place, block in enumerate(found.blocks):
        element = found.elements[block.element]
        assert element.first <= place < element.end


@given(HTML)
def test_every_word_that_the_page_shows_is_in_a_block_once(html: str) -> None:
    assert "".join("".join(texts(html)).split()) == "".join(LexborHTMLParser(html).text().split())
