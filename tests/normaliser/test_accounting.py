from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping import Rejected, normalise
from kliping.normaliser.accounting import letters, lost, trace
from kliping.normaliser.article import normalise_raw
from kliping.normaliser.assembly import pieces
from kliping.normaliser.raw import Raw, Reading
from kliping.normaliser.rules import ALL_RULES, RULES, Furniture, furniture_from
from kliping.normaliser.rules.limits import Limits
from kliping.normaliser.rules.packs import PACKS, Pack
from kliping.normaliser.text.cleaning import clean_text

TEXTS = [
    *sorted((Path(__file__).parents[2] / "corpus/raw").rglob("*.txt")),
    *sorted((Path(__file__).parent / "rules/packs/dumps").glob("*.txt")),
]
"""Every dump of the sample corpus, and those of the language packs."""

WORDS = [
    "perahu", "dermaga", "Selawara", "12", "kafé", "Zoe\u0301", "pasar\u00a0lama", "me\u00adnolak", "🎉", "“baik”",
    "Rimbia", "tolak", "1.240", "(HNA)", "senja",
]  # fmt: skip
WORD = st.sampled_from(WORDS)
PHRASE = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
SENTENCE = st.lists(WORD, min_size=8, max_size=40).map(lambda words: "Kata " + " ".join(words) + ".")
LABELS = st.sampled_from(
    sorted(
        {
            f"{label[0].upper()}{label[1:]}{colon}"
            for pack in PACKS.values()
            for field, colon in (
                ("related", ":"), ("topics", ":"), ("authors", ":"), ("editors", ":"), ("credits", " :"), ("by", ""),
                ("others", ""), ("interruptions", ""),
            )
            for label in getattr(pack, field)
        }
    )
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "Tika Laruna",
        "Élise d’Arvane et Marc Tillois",
        "Mia zur Linde und Jonas Kühlmoor",
        "Inés Parral y Tomás del Olmo",
    ]
)
DATELINES = st.sampled_from(
    [
        "Selawara, Harian Lembah (12/3) - ", "SELAWARA (HNA) — ", "RIMBIA – ", "Kabar.example, Selawara - ",
        "Selawara, 5 de marzo (HNA).- ", "RIMBIA, Montag, den 5. März (HNA) – ", "SELAWARA, le 1er août (HNA) — ",
    ]
)  # fmt: skip
LINE = st.one_of(
    SENTENCE,
    PHRASE,
    st.builds("{}{}".format, DATELINES, SENTENCE),
    st.builds("{} {}".format, LABELS, PHRASE),
    st.builds("{} {}".format, LABELS, NAMES),
    LABELS,
    st.builds("{} {}".format, st.sampled_from(["•", "-", "1.", "2.", "3)", ">", "#"]), PHRASE),
    st.builds("{} ({}/{})".format, PHRASE, WORD, WORD),
    st.builds("Sebuah Judul yang Panjang{}".format, PHRASE),
    st.builds("{} | {}".format, st.just("Penulis: Tika Laruna, Jaya dan Orla"), st.just("Editor: Bagas")),
    st.sampled_from(
        ["(Redaksi)", "***", "ADVERTISEMENT", "Sebuah Judul yang Panjang", "foto.example/a", "#feri #pulau"]
    ),
)
GAP = st.sampled_from(["\n\n", "\n", "\r\n\r\n", "\n \n\n"])


@st.composite
def dumps(draw: st.DrawFn) -> bytes:
    """Dumps of every kind of line that the rules know, in any order."""
    lines = draw(st.lists(st.tuples(LINE, GAP), max_size=14))
    return ("Sebuah Judul yang Panjang\n\n" + "".join(line + gap for line, gap in lines)).encode()


DROPPED = {
    ord(char): None
    for char in [*map(chr, range(0xA0)), "\u00ad", "\ufeff", "\ufffe", "\uffff"]
    if unicodedata.category(char) in {"Cc", "Cf", "Cn"} and not char.isspace()
}
"""What the contract drops before it composes."""


def source_of(data: bytes) -> str:
    """The letters of a dump without a word that was wrongly decoded, told without the normaliser."""
    return letters(unicodedata.normalize("NFC", data.decode("utf-8").translate(DROPPED)))


FURNITURE = st.builds(
    furniture_from,
    off=st.lists(st.sampled_from([rule.name for rule in RULES[:-1]]), max_size=6),
    words=st.dictionaries(
        st.sampled_from([field.name for field in fields(Pack)]),
        st.lists(WORD.filter(lambda word: any(map(str.isalnum, word))), max_size=3),
        max_size=4,
    ),
    packs=st.lists(st.sampled_from(list(PACKS)), max_size=3),
    limits=st.dictionaries(st.sampled_from([field.name for field in fields(Limits)]), st.integers(0, 400), max_size=5),
)
"""What a source's settings may make of the rules."""


@settings(max_examples=300, deadline=None)
@given(dumps(), st.one_of(st.just(ALL_RULES), FURNITURE))
def test_every_letter_of_a_dump_goes_somewhere_in_its_order(data: bytes, furniture: Furniture) -> None:
    assert letters("".join(segment.text for segment in trace(data, furniture))) == source_of(data)


@settings(max_examples=200, deadline=None)
@given(dumps(), FURNITURE)
def test_every_letter_is_in_the_article_once_whatever_the_rules_are(data: bytes, furniture: Furniture) -> None:
    try:
        article = normalise_raw(Raw(data), Reading(furniture=furniture, language="id", min_length=1))
    except Rejected:
        return
    assert Counter(letters("".join(pieces(article)))) == Counter(source_of(data))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=100))
def test_cleaning_loses_no_letter(text: str) -> None:
    assert letters(clean_text(text)) == letters(unicodedata.normalize("NFC", text.translate(DROPPED)))


@settings(max_examples=200, deadline=None)
@given(dumps())
def test_every_letter_of_a_dump_is_in_the_article_once(data: bytes) -> None:
    try:
        article = normalise(data, language="id", min_length=1)
    except Rejected:
        return
    assert lost(data, article) == (Counter(), Counter())


@settings(max_examples=200, deadline=None)
@given(dumps())
def test_blocks_cover_the_text_and_are_joined_by_empty_lines(data: bytes) -> None:
    try:
        article = normalise(data, language="id", min_length=1)
    except Rejected:
        return
    pieces = [article.text[block.start : block.end] for block in article.blocks]
    assert "\n\n".join(pieces) == article.text
    assert all(piece == " ".join(piece.split()) for piece in pieces)


@settings(max_examples=200, deadline=None)
@given(st.lists(SENTENCE, min_size=2, max_size=6))
def test_a_canonical_text_without_furniture_normalises_to_itself(sentences: list[str]) -> None:
    text = normalise("\n\n".join(["Sebuah Judul", *sentences]).encode(), language="id", min_length=1).text
    assert normalise(text.encode(), language="id", min_length=1).text == text


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_sample_is_accounted_for(path: Path) -> None:
    data = path.read_bytes()
    article = normalise(data, min_length=1)
    assert lost(data, article) == (Counter(), Counter())


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_canonical_text_of_the_sample_normalises_to_itself(path: Path) -> None:
    text = normalise(path.read_bytes(), min_length=1).text
    assert normalise(text.encode(), min_length=1).text == text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_an_article_that_adds_up_or_a_reason(data: bytes) -> None:
    try:
        article = normalise(data, language="en", media_type="text/plain", min_length=1)
    except Rejected:
        return
    if article.source.media_type == "text/plain":
        assert lost(data, article) == (Counter(), Counter())
