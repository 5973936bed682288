"""How many annotators chose what, for each mention and each stance that any of them chose: before adjudication.

For learning from disagreement (Uma et al., 2021, "Learning from Disagreement: A Survey", JAIR 72).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kliping.annotation.adjudication.votes import count_voters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.records import Annotation, Entity, Gold, Holder, Target
    from kliping.release.tables.annotated import Annotated, Row, Words

__all__ = ["soft_label_rows"]


class Party(NamedTuple):
    """A target or a holder by its place or its name, whatever the ids are."""

    kind: str
    name: str
    start: int
    end: int
    text: str


Span: TypeAlias = tuple[int, int]
Unit: TypeAlias = tuple[Party, Party]
"""A target and a holder."""

_NOBODY = Party("", "", -1, -1, "")


def soft_label_rows(annotated: Annotated, words: Words) -> Iterator[Row]:
    """A row a mention (a span), then a row a stance (a target and a holder), in the order of their places.

    Of an annotator the latest round counts, as in adjudication; predictions in sight count in any, as in the other
    tables. Who marked nothing there is `unmarked`; where one annotator gave a span two labels, both count.
    """
    counted = count_voters(annotated.article, annotated.annotations).counted
    shared = {
        "annotators": len(counted),
        "predictions_shown": annotated.predictions_shown,
        "language": annotated.article.language,
    }
    text, name = annotated.article.text, annotated.article.id
    gold = _Chosen.of([annotated.gold] if annotated.gold else [])
    chosen = _Chosen.of(counted)
    for number, (span, votes) in enumerate(sorted(chosen.mentions.items()), 1):
        yield {
            "id": f"{name}:m{number}",
            "article_id": name,
            "kind": "mention",
            "start": span[0],
            "end": span[1],
            "text": text[span[0] : span[1]],
            **_NEITHER,
            **_choices(votes, words.labels, len(counted)),
            **shared,
            "gold": _first(gold.mentions.get(span), words.labels),
        }
    for number, (unit, votes) in enumerate(sorted(chosen.stances.items()), 1):
        yield {
            "id": f"{name}:s{number}",
            "article_id": name,
            "kind": "stance",
            "start": None,
            "end": None,
            "text": None,
            **_party("target", unit[0]),
            **_party("holder", unit[1]),
            **_choices(votes, tuple(words.stances), len(counted)),
            **shared,
            "gold": _first(gold.stances.get(unit), tuple(words.stances)),
        }


class _Votes(NamedTuple):
    """How many chose each label, and how many chose any."""

    labels: Counter[str]
    marked: set[int]


class _Chosen(NamedTuple):
    """What some annotations, or gold, say of one article, by place."""

    mentions: Mapping[Span, _Votes]
    stances: Mapping[Unit, _Votes]

    @classmethod
    def of(cls, said: Iterable[Annotation | Gold]) -> _Chosen:
        mentions: dict[Span, _Votes] = defaultdict(lambda: _Votes(Counter(), set()))
        stances: dict[Unit, _Votes] = defaultdict(lambda: _Votes(Counter(), set()))
        for number, one in enumerate(said):
            places = {entity.id: entity for entity in one.entities}
            for start, end, label in {(entity.start, entity.end, entity.label) for entity in one.entities}:
                _count(mentions[start, end], label, number)
            units = {(_placed(s.target, places), _placed(s.holder, places), s.stance) for s in one.stances}
            for target, holder, stance in units:
                _count(stances[target, holder], stance, number)
        return cls(mentions, stances)


def _count(votes: _Votes, label: str, voter: int) -> None:
    votes.labels[label] += 1
    votes.marked.add(voter)


def _placed(party: Target | Holder, mentions: Mapping[str, Entity]) -> Party:
    if party.mention is None:
        return Party(party.kind, party.name or "", -1, -1, "")
    mention = mentions[party.mention]
    return Party(party.kind, "", mention.start, mention.end, mention.text)


def _party(side: str, party: Party) -> Row:
    is_mention = party.start >= 0
    return {
        f"{side}_kind": party.kind or None,
        f"{side}_name": party.name or None,
        f"{side}_start": party.start if is_mention else None,
        f"{side}_end": party.end if is_mention else None,
        f"{side}_text": party.text if is_mention else None,
    }


_NEITHER = {**_party("target", _NOBODY), **_party("holder", _NOBODY)}
"""A mention has no target and no holder."""


def _choices(votes: _Votes, labels: Sequence[str], annotators: int) -> Row:
    return {
        "choices": [{"label": label, "annotators": votes.labels[label]} for label in labels],
        "unmarked": annotators - len(votes.marked),
    }


def _first(votes: _Votes | None, labels: Sequence[str]) -> str | None:
    """What gold says; where gold has two labels at one span, the one that comes first in the scheme."""
    return next((label for label in labels if votes is not None and votes.labels[label]), None)
