from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import article

from kliping.records import Block
from kliping.release.tables.sentences import Sentences

MARKET = article(
    "market",
    "Pasar Lama Tetap Buka",
    "Petani 👩\u200d🌾 datang. Dr. Sena tiba pukul 10.30. “Kami lega!” kata dia.",
    "Rapat digelar lagi. Rimbia tenang.",
)


def around(surface: str) -> str:
    start = MARKET.text.index(surface)
    found = Sentences(MARKET.text, MARKET.blocks, "id").around(start, start + len(surface))
    return MARKET.text[slice(*found)]


def test_a_sentence_ends_where_its_own_full_stop_is() -> None:
    assert around("Sena") == "Dr. Sena tiba pukul 10.30."


def test_an_emoji_before_it_moves_nothing() -> None:
    assert around("datang") == "Petani 👩\u200d🌾 datang."


def test_a_title_without_a_full_stop_is_a_sentence_of_its_own() -> None:
    assert around("Pasar Lama") == "Pasar Lama Tetap Buka"


def test_a_span_over_two_sentences_has_both() -> None:
    assert around("lagi. Rimbia") == "Rapat digelar lagi. Rimbia tenang."


def test_a_span_over_two_blocks_reaches_from_the_first_sentence_to_the_last() -> None:
    assert around("dia.\n\nRapat") == "“Kami lega!” kata dia.\n\nRapat digelar lagi."


WORDS = st.text(alphabet="ab. !?\u0301👩\u200d🌾🇮🇩“”\n,1", min_size=1, max_size=40)


@given(WORDS, st.data(), st.sampled_from(["id", "en", "und", "x-own", "zh-Hant"]))
def test_the_sentence_holds_the_span_and_stays_in_its_block(text: str, data: st.DataObject, language: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = f"Judul\n\n{text}\n\nAkhir."
    blocks = (
        Block(type="title", start=0, end=5),
        Block(type="paragraph", start=7, end=7 + len(text)),
        Block(type="paragraph", start=9 + len(text), end=len(whole)),
    )
    found = Sentences(whole, blocks, language).around(7 + start, 7 + end)
    assert 7 <= found[0] <= 7 + start < 7 + end <= found[1] <= 7 + len(text)
