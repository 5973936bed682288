"""What became of every annotated article of a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kliping.annotation.adjudication.article import Adjudicated
    from kliping.records import Gold

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of every annotated article, by id.

    Attributes:
        strays: ids of articles that annotations or decisions name and the corpus does not hold.
        stray_annotations: how many annotations that is.
        stray_decisions: how many decisions.
    """

    articles: tuple[Adjudicated, ...]
    strays: tuple[str, ...] = ()
    stray_annotations: int = 0
    stray_decisions: int = 0

    @property
    def gold(self) -> tuple[Gold, ...]:
        """The gold lines, by article id."""
        return tuple(one.gold for one in self.articles if one.gold is not None)

    @property
    def annotated(self) -> tuple[Adjudicated, ...]:
        """The articles that at least one annotator submitted."""
        return tuple(one for one in self.articles if one.voters.counted)

    @property
    def open(self) -> tuple[Adjudicated, ...]:
        """The annotated articles that have no gold yet."""
        return tuple(one for one in self.annotated if one.gold is None)
