"""The words of an article that a finding is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.excerpts import around

if TYPE_CHECKING:
    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.rules import Fault, Place
    from kliping.records import Excerpt


__all__ = ["fault", "shown_in"]


def shown_in(seen: ArticleSeen, text_sha256: str, start: int, end: int) -> Excerpt | None:
    """A span in the words around it; None where its text is not kept."""
    for _, article in (*seen.articles, *seen.revisions):
        if article.text_sha256 == text_sha256:
            return around(article.text, start, end)
    return None


def fault(place: Place, message: str, shown: Excerpt | None) -> Fault:
    """What is wrong, with its words where they are known."""
    return (place, message) if shown is None else (place, message, shown)
