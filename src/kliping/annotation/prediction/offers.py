"""What a model offers for the articles of a corpus, before any of it is proven."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.project import Corpus
    from kliping.records import Article, Gold, Prediction

__all__ = ["Fault", "Offer", "gold_by_article", "gold_of"]


class Fault(NamedTuple):
    """What keeps anything from being written: where, and a sentence."""

    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A prediction and what it is about.

    Attributes:
        place: where it was read, or who says it, for sentences about it.
        order: the article's number in the corpus, from 0.
        article: the article as it is today.
        prediction: what is said of it.
        trimmed: how many of its mentions lost white space at their edges.
        unproven: how many of its mentions came without their words, so that nothing proves their offsets.
        torn: how many of these begin or end inside a word.
        unkept: how many scores of single mentions it came with.
    """

    place: str
    order: int
    article: Article
    prediction: Prediction
    trimmed: int = 0
    unproven: int = 0
    torn: int = 0
    unkept: int = 0


def gold_by_article(corpus: Corpus) -> Mapping[str, Gold]:
    """Gold by article, be it of today's text or not."""
    return {gold.article_id: gold for gold in corpus.gold()}


def gold_of(gold: Mapping[str, Gold], article: Article) -> Gold | None:
    """The gold of an article's text of today, or None: nobody is to annotate an article that has it."""
    found = gold.get(article.id)
    return found if found is not None and found.text_sha256 == article.text_sha256 else None
