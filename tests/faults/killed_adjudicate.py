"""An adjudication that is killed: the next one leaves the gold that an undisturbed one does, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpora import annotation, article, entity, mention, stance, write_corpus
from tests.faults.killing import Trial, files_of, kills

from kliping.annotation import adjudicate_corpus
from kliping.contract import load_contract
from kliping.files import encode_lines, write_bytes, write_shards
from kliping.project import Corpus
from kliping.records import Decision, Holder, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.killing import Files, Kill

    from kliping.records import Annotation, Article

ARTICLES = 6000


def killed_adjudications(place: Path, count: int, seed: int, articles: int = ARTICLES) -> Iterator[Kill]:
    """Kill adjudications of a corpus with gold, whose annotations and decisions have changed since.

    Args:
        place: a folder of its own.
        count: how many instants.
        seed: of the instants.
        articles: of the corpus.

    Raises:
        AssertionError: an adjudication did not end in the undisturbed state.
    """
    before = place / "before"
    disputed_corpus(before, articles)
    yield from kills(Trial("adjudicate", ("adjudicate",), before, files, adjudicate), place, count, seed)


def adjudicate(corpus: Path) -> int:
    """Adjudicate in this process; how many changes it made."""
    opened = Corpus.open(corpus)
    return adjudicate_corpus(opened, load_contract(opened.schema)).changes


def files(corpus: Path) -> Files:
    """What an adjudication writes, and what it reads beside it."""
    return files_of(corpus, "annotations")


def disputed_corpus(root: Path, count: int) -> None:
    """Articles that two annotated, agreeing on most; every third has a decision. There is gold of the time before."""
    articles = [made_up(number) for number in range(count)]
    corpus = write_corpus(root, articles, annotations=[one for about in articles for one in said(about, agree=True)])
    adjudicate(root)
    later = [one for number, about in enumerate(articles) for one in said(about, agree=number % 3 != 0)]
    write_shards(corpus.annotation_folder / "pulled", later)
    decided = [_decision(about) for number, about in enumerate(articles) if number % 3 == 0 and number % 2 == 0]
    write_bytes(corpus.annotation_folder / "decisions.jsonl", encode_lines(decided))


def made_up(number: int) -> Article:
    return article(f"a-{number:05}", f"Berita {number}", f"Sena Waluyo menolak pemindahan Pasar Lama ke blok {number}.")


def said(about: Article, *, agree: bool) -> Iterator[Annotation]:
    mayor, plan = entity(about, 1, "Sena Waluyo", "PERSON"), entity(about, 2, "pemindahan Pasar Lama", "POLICY")
    side = stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1"))
    market = entity(about, 3, "Pasar Lama", "PLACE")
    yield annotation(about, "annotator-aa", [mayor, plan], [side])
    yield annotation(about, "annotator-bb", [mayor, plan] if agree else [mayor, plan, market], [side])


def _decision(about: Article) -> Decision:
    market = entity(about, 3, "Pasar Lama", "PLACE")
    return Decision(
        article_id=about.id, text_sha256=about.text_sha256,
        mention=Span(start=market.start, end=market.end, text=market.text, label=market.label), stance=None,
        verdict="accept", edited_mention=None, edited_stance=None, by="adjudicator", when="2026-02-03",
        why="a place is named", guidelines="1",
    )  # fmt: skip
