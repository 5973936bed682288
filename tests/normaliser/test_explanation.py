from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kliping.normaliser.accounting import letters, source_letters
from kliping.normaliser.assembly import ONCE_RULES
from kliping.normaliser.explanation import Explanation, explain, refusal
from kliping.normaliser.inputs import Refused
from kliping.normaliser.page.lines import PAGE_RULES
from kliping.normaliser.raw import Raw
from kliping.normaliser.rules import RULES
from kliping.normaliser.run.lookup import look_up
from kliping.normaliser.run.treatment import Treatments
from kliping.normaliser.stated import Stated
from kliping.project import Corpus, FurnitureTable, Settings, SourceTable

RAW = Path(__file__).parents[2] / "corpus/raw"
SAMPLE = sorted(path.relative_to(RAW).as_posix() for path in RAW.rglob("*") if path.is_file())

BODY = "The night ferry from Selawara sails again after two weeks at its moorings, the harbour master said on Monday."
DUMP = f"The night ferry sails again\n\nBy Nell Astrand\n\nRIMBIA (HNA) — {BODY}\n\nRead also: The old bell\n\n{BODY}"


def told(explanation: Explanation) -> list[tuple[str, str, str, str]]:
    return [(piece.outcome, piece.to, piece.rule, piece.text) for piece in explanation.pieces]


def test_each_piece_says_where_it_went_and_by_which_rule() -> None:
    assert told(explain(Raw(DUMP.encode(), path="a.txt"))) == [
        ("kept", "title", "title", "The night ferry sails again"),
        ("removed", "removed", "byline", "By"),
        ("moved", "authors", "byline", "Nell Astrand"),
        ("moved", "dateline.place", "dateline", "RIMBIA"),
        ("moved", "dateline.agency", "dateline", "HNA"),
        ("kept", "paragraph", "dateline", BODY),
        ("removed", "removed", "related-label", "Read also:"),
        ("moved", "related", "related-label", "The old bell"),
        ("kept", "paragraph", "paragraph", BODY),
    ]


def test_the_input_is_told_as_it_was_found() -> None:
    explanation = explain(Raw("Le café\n\n".encode("latin-1") + b"Mot " * 40, path="a.txt"))
    assert (explanation.path, explanation.size, explanation.media_type) == ("a.txt", 169, "text/plain")
    assert (explanation.charset, explanation.confidence, explanation.repairs) == ("cp1252", None, ())
    assert (explanation.reason, explanation.article is None) == (None, False)


def test_wrongly_decoded_text_is_told_with_what_it_was_repaired_to() -> None:
    explanation = explain(Raw(f"The cafÃ© on the quay\n\n{BODY}".encode()))
    assert [(one.found, one.repaired) for one in explanation.repairs] == [("cafÃ©", "café")]
    assert explanation.lines[0].text == "The café on the quay"


def test_a_rejected_input_is_told_as_far_as_it_came() -> None:
    short = explain(Raw(b"A title\n\nA short body, no more."))
    assert (short.reason, short.article) == ("too-short", None)
    assert [to for _, to, _, _ in told(short)] == ["title", "paragraph"]
    binary = explain(Raw(b"\x00\x01\x02"))
    assert (binary.reason, binary.media_type, binary.lines) == ("binary", None, ())
    broken = explain(Raw("Café, più, però, perché, così, città, là, è".encode() + b"\xc3", media_type="text/plain"))
    assert (broken.reason, broken.media_type, broken.charset) == ("undecodable", "text/plain", None)


def test_an_input_that_could_not_be_handed_on_is_told_with_its_reason() -> None:
    explanation = refusal(Refused("a.zip/../b", "0" * 64, "unsafe-path", "leads out of the archive"))
    assert (explanation.reason, explanation.detail) == ("unsafe-path", "leads out of the archive")
    assert explanation.size is None


def test_an_author_that_the_source_states_already_is_removed_from_the_lines() -> None:
    explanation = explain(Raw(DUMP.encode(), stated=Stated(authors=("Nell Astrand",))))
    assert told(explanation)[2] == ("removed", "removed", "author-repeated", "Nell Astrand")
    assert explanation.stated.authors == ("Nell Astrand",)


SETTINGS = Settings(
    name="a",
    language="ms",
    sources={
        "off/*": SourceTable(furniture=FurnitureTable(off=("related-label",)), publisher="Coast Post"),
        "own/*": SourceTable(language="en-GB", furniture=FurnitureTable(words={"related": ("the old bell",)})),
    },
)


def test_a_source_s_settings_apply() -> None:
    treatments = Treatments(SETTINGS)
    off = explain(Raw(DUMP.encode(), path="off/1.txt"), treatments.of("off/1.txt"))
    assert ("kept", "heading", "heading", "Read also: The old bell") in told(off)
    assert off.article is not None
    assert (off.article.publisher, off.language_from) == ("Coast Post", "text")
    own = explain(Raw(DUMP.encode(), path="own/1.txt"), treatments.of("own/1.txt"))
    assert own.article is not None
    assert (own.article.language, own.language_from) == ("en-GB", "settings")


@pytest.mark.parametrize(
    ("raw", "spoken"),
    [
        (Raw(DUMP.encode(), stated=Stated(language="en")), ("en", "source")),
        (Raw(DUMP.encode()), ("en", "text")),
        (Raw("\n\n".join(["12 13", "1 2 3 4 5 6 7 8 9 " * 20]).encode()), ("ms", "corpus")),
    ],
)
def test_the_language_is_told_with_who_says_so(raw: Raw, spoken: tuple[str, str]) -> None:
    explanation = explain(raw, Treatments(SETTINGS).of("a.txt"))
    assert explanation.article is not None
    assert (explanation.article.language, explanation.language_from) == spoken


def test_a_language_that_nobody_says_and_the_text_does_not_tell_is_from_nobody() -> None:
    explanation = explain(
        Raw("\n\n".join(["12 13", "1 2 3 4 5 6 7 8 9 " * 20]).encode()), Treatments(Settings(name="a")).of("a.txt")
    )
    assert explanation.article is not None
    assert (explanation.article.language, explanation.language_from) == ("und", None)


@pytest.mark.parametrize("path", SAMPLE)
def test_every_input_of_the_sample_is_told_and_its_pieces_are_those_of_the_article(path: str) -> None:
    explanation = explain(Raw((RAW / path).read_bytes(), path=path))
    assert (explanation.article is None) == (explanation.reason is not None)
    if explanation.article:
        kept = [piece.text for piece in explanation.pieces if piece.outcome == "kept"]
        assert explanation.article.text == "\n\n".join(kept)
        removed = [(piece.rule, piece.text) for piece in explanation.pieces if piece.outcome == "removed"]
        listed = [(one.rule, one.text) for one in explanation.article.removed]
        assert [one for one in removed if letters(one[1])] == listed


def test_every_rule_that_an_explanation_names_is_one_of_the_reference() -> None:
    known = {*(rule.name for rule in RULES), *PAGE_RULES, *ONCE_RULES}
    named = {piece.rule for path in SAMPLE for piece in explain(Raw((RAW / path).read_bytes(), path=path)).pieces}
    assert named <= known
    assert {"figure", "page-link"} <= named


@pytest.mark.parametrize("path", ["text/old-market-petition.txt", "pages/pasar-lama-survei.html"])
def test_what_is_explained_is_the_article_that_a_run_wrote(path: str) -> None:
    corpus = Corpus.open(RAW.parents[1])
    written = {article.source.path: article for article in corpus.articles()}
    found = look_up(path, corpus)
    assert isinstance(found.raw, Raw)
    article = explain(found.raw, found.treatment).article
    assert article is not None
    assert found.id is not None
    assert msgspec.structs.replace(article, id=found.id) == written[path]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_explained_and_no_letter_of_a_dump_is_left_out(data: bytes) -> None:
    explanation = explain(Raw(data, media_type="text/plain"))
    json.loads(msgspec.json.encode(explanation))
    if explanation.lines and explanation.media_type == "text/plain":
        assert letters("".join(piece.text for piece in explanation.pieces)) == source_letters(data)
