"""Who labels which article, and in which round: what `annotations/rounds.jsonl` says, or everything to everybody.

Rounds are decided once, by `kliping sample`; everyone else reads them here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import DataError
from kliping.project.annotators import PSEUDONYM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.project import Corpus

__all__ = ["FIRST_ROUND", "Assigned", "Assignments", "assignments"]

FIRST_ROUND = 1


class Assigned(NamedTuple):
    """A round that an article is in, and the pseudonyms of who labels it then; nobody named is everybody."""

    round: int
    annotators: tuple[str, ...] = ()

    def is_for(self, annotator: str) -> bool:
        """Whether an annotator labels the article in this round."""
        return not self.annotators or annotator in self.annotators


EVERYBODY = (Assigned(FIRST_ROUND),)


@dataclass(frozen=True, slots=True)
class Assignments:
    """The rounds of each article, by its id.

    Attributes:
        by_article: in the order of the rounds; None where no round was ever written down, so that every article is
            everybody's in the first.
    """

    by_article: Mapping[str, tuple[Assigned, ...]] | None = None

    def of(self, article_id: str) -> tuple[Assigned, ...]:
        """The rounds of an article, the earliest first; empty where it is in none yet."""
        return EVERYBODY if self.by_article is None else self.by_article.get(article_id, ())

    @property
    def last_round(self) -> int:
        """The latest round; 0 where none was written down."""
        rounds = (one.round for several in (self.by_article or {}).values() for one in several)
        return max(rounds, default=0)


def assignments(corpus: Corpus) -> Assignments:
    """What `annotations/rounds.jsonl` says. Without the file, every article is everybody's, in round 1.

    Memory is a few hundred bytes an article; texts are not read.

    Raises:
        DataError: a line is no assignment, an article is in one round twice, or something else stands in the place of a
            pseudonym: it is not shown.
    """
    path = corpus.annotation_folder / "rounds.jsonl"
    if not path.exists():
        return Assignments()
    by_article: dict[str, tuple[Assigned, ...]] = {}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in corpus.rounds():
        before = by_article.get(line.article_id, ())
        if any(one.round == line.round for one in before):
            raise DataError(
                f"{path}: article {line.article_id} is in round {line.round} twice; restore the file with git"
            )
        if not all(map(PSEUDONYM.fullmatch, line.annotators)):
            raise DataError(
                f"{path}: round {line.round} gives article {line.article_id} to somebody by no pseudonym; "
                "`kliping studio invite` gives each annotator's"
            )
        people = shared.setdefault(line.annotators, line.annotators)
        by_article[line.article_id] = tuple(sorted((*before, Assigned(line.round, people))))
    return Assignments(by_article)
