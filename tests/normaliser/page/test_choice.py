from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kliping.normaliser.page.anchors import Anchors
from kliping.normaliser.page.choice import Choice, choose, decide
from kliping.normaliser.page.segments import Segments, segment

SENTENCES = (
    "Nelayan di dermaga kayu menunggu perahu lampion yang kembali lebih awal dari biasanya, kata penjaga pelabuhan.",
    "Dewan kota menunda pemindahan pasar lama sampai musim hujan usai, sebab gedung baru di tepi sungai belum beratap.",
    "Menurut catatan pelabuhan, feri malam tidak berlayar pada pukul tujuh lewat lima belas menit sejak hari Senin.",
    "Pedagang menyambut penundaan itu dengan lega, tetapi meminta timbangan digital yang pernah dijanjikan.",
)
TITLE = "Feri malam berhenti berlayar"


def page(body: str) -> Segments:
    return segment(LexborHTMLParser(f"<body>{body}</body>").root)


def article(count: int = 12) -> str:
    paragraphs = "".join(f"<p>{SENTENCES[n % 4]} {SENTENCES[(n * 3 + 1) % 4]} ({n})</p>" for n in range(count))
    return f"<article><h1>{TITLE}</h1>{paragraphs}</article>"


FRAME = (
    "<header><nav><ul><li><a href=/>Beranda</a></li><li><a href=/kota>Kota</a></li></ul></nav></header>{}"
    "<aside><h3>Terpopuler</h3><ul><li><a href=/1>Pasar dibuka</a></li><li><a href=/2>Kafe tutup</a></li></ul></aside>"
    "<footer><p>Hak cipta Harian Lembah</p></footer>"
)


def texts(found: Segments, choice: Choice) -> list[str]:
    return [found.blocks[place].text for place in choice.blocks]


def test_the_paragraphs_of_an_article_are_chosen_and_nothing_around_them() -> None:
    found = page(FRAME.format(article()))
    choice = choose(found, Anchors((TITLE,)))
    assert texts(found, choice) == [block.text for block in found.blocks if block.text.endswith(")")]
    assert choice.confidence > 0.9


def test_the_block_that_shows_the_title_is_found_and_is_no_part_of_the_body() -> None:
    found = page(FRAME.format(article()))
    choice = choose(found, Anchors((TITLE,)))
    assert choice.title is not None
    assert found.blocks[choice.title].text == TITLE
    assert choice.title not in choice.blocks


def test_a_caption_is_no_part_of_the_body() -> None:
    found = page(
        FRAME.format(article().replace("(3)</p>", f"(3)</p><figure><figcaption>{SENTENCES[2]}</figcaption></figure>"))
    )
    assert SENTENCES[2] in [block.text for block in found.blocks]
    assert SENTENCES[2] not in texts(found, choose(found, Anchors((TITLE,))))


def test_the_body_that_a_page_states_is_taken_where_the_page_shows_little_of_it() -> None:
    body = " ".join(SENTENCES * 4)
    found = page(f"<h1>{TITLE}</h1><p>{SENTENCES[0]}</p>")
    assert choose(found, Anchors((TITLE,), body=body)).stated
    assert not choose(page(FRAME.format(article())), Anchors((TITLE,), body=body)).stated


def test_a_page_without_text_has_no_article() -> None:
    assert choose(page(""), Anchors()) == Choice()


def test_a_page_of_junk_alone_has_no_article() -> None:
    assert choose(page("<nav>Beranda</nav><footer>Kontak</footer>"), Anchors()) == Choice()


def test_blocks_are_taken_from_the_probability_on_where_the_expected_f1_is_highest() -> None:
    likely, lengths = np.array([0.9, 0.5, 0.41, 0.1]), np.array([100.0, 100.0, 50.0, 100.0])
    # Expected F1: 180 / 270.5 of the first block, 280 / 370.5 of two, 321 / 420.5 of three.
    assert decide(likely, lengths)[0].tolist() == [True, True, True, False]
    assert decide(likely, lengths * (1, 1, 40, 0))[0].tolist() == [True, True, True, False]
    assert decide(np.array([0.9, 0.42]), np.array([900.0, 100.0]))[0].tolist() == [True, False]


def test_the_confidence_is_the_share_of_the_taken_text_that_is_expected_to_be_true() -> None:
    assert decide(np.array([0.9, 0.7, 0.1]), np.array([300.0, 100.0, 50.0]))[1] == pytest.approx(0.85)


def test_nothing_is_taken_where_nothing_is_possible() -> None:
    assert decide(np.zeros(2), np.ones(2))[0].tolist() == [False, False]


def test_at_least_one_block_is_taken() -> None:
    assert decide(np.array([0.1, 0.3]), np.array([10.0, 10.0]))[0].tolist() == [False, True]


@given(st.lists(st.tuples(st.floats(0.01, 1), st.integers(1, 1000)), min_size=1, max_size=30))
def test_what_is_certain_is_taken_and_what_is_hopeless_is_not_beside_it(blocks: list[tuple[float, int]]) -> None:
    chances, lengths = np.array([one for one, _ in blocks]), np.array([float(two) for _, two in blocks])
    taken, expected = decide(chances, lengths)
    assert taken.any()
    assert taken[chances >= 0.6].all()
    assert taken[chances < 0.4].sum() == 0 or (chances < 0.4).all()
    assert 0 <= expected <= 1


@given(
    st.lists(
        st.sampled_from(["<p>", "<div class=a>", "</div>", "<nav>", "<h1>", "<li><a href=x>", "Feri. ", "malam "]),
        max_size=30,
    )
)
def test_every_page_gets_an_answer_within_its_blocks(pieces: list[str]) -> None:
    found = page("".join(pieces))
    choice = choose(found, Anchors(("Feri malam",), "Feri", "Feri malam. " * 30))
    assert list(choice.blocks) == sorted(set(choice.blocks))
    assert set(choice.blocks) <= set(range(len(found.blocks)))
    assert 0 <= choice.confidence <= 1
