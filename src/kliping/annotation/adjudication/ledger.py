"""What is compared between annotators, and how agreement and decisions settle it.

A mention is its place and label; a claim is a stance with the places or names of its target and its holder. Neither
has an id: ids differ between annotators. Offsets are code points, half open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from kliping.records import Party, Span, Stated

__all__ = [
    "Claim",
    "Fate",
    "Mention",
    "Place",
    "Settled",
    "Side",
    "claim_stated",
    "contradictions",
    "mention_stated",
    "of_one_target",
    "overlapping",
    "settle",
    "side_stated",
]

Fate: TypeAlias = Literal["agreed", "decided", "rejected", "outvoted", "fallen", "open"]
"""`outvoted` is out by votes alone; `fallen` is for stances: one whose target's or holder's mention is out."""

Place: TypeAlias = tuple[int, int]


class Mention(NamedTuple):
    """A span with its label."""

    start: int
    end: int
    label: str

    @property
    def place(self) -> Place:
        """The span without the label."""
        return self.start, self.end

    def __str__(self) -> str:
        return f"the mention {self.start}-{self.end} {self.label}"


class Side(NamedTuple):
    """A target or a holder: a mention by its span, anything else by its name; -1 and "" stand for nothing there."""

    kind: str
    start: int = -1
    end: int = -1
    name: str = ""

    @property
    def place(self) -> Place | None:
        """The mention's span, or None."""
        return (self.start, self.end) if self.kind == "mention" else None

    def moved(self, place: Place) -> Side:
        """The same side at another span."""
        return self._replace(start=place[0], end=place[1])

    def __str__(self) -> str:
        return f"{self.start}-{self.end}" if self.kind == "mention" else self.name or self.kind


class Claim(NamedTuple):
    """One holder's side towards one target."""

    target: Side
    holder: Side
    stance: str

    @property
    def places(self) -> tuple[Place, ...]:
        """The spans of the mentions it rests on."""
        return tuple(side.place for side in (self.target, self.holder) if side.place is not None)

    def __str__(self) -> str:
        return f"the stance {self.stance} of {self.holder} towards {self.target}"


def overlapping(mentions: Iterable[Mention]) -> dict[Mention, set[Mention]]:
    """Of each mention those that share a character with it, itself included."""
    found: dict[Mention, set[Mention]] = {}
    reaching: list[Mention] = []
    for mention in sorted(mentions):
        reaching = [one for one in reaching if one.end > mention.start]
        found[mention] = {mention, *reaching}
        for one in reaching:
            found[one].add(mention)
        reaching.append(mention)
    return found


def of_one_target(claims: Iterable[Claim]) -> dict[Claim, set[Claim]]:
    """Of each claim those towards the same target, itself included."""
    towards: dict[Side, set[Claim]] = defaultdict(set)
    for claim in claims:
        towards[claim.target].add(claim)
    return {claim: several for several in towards.values() for claim in several}


T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """What became of the candidates of one article.

    Attributes:
        fates: of each candidate, and of each thing that a decision added.
        into: what each of those that enter gold becomes: itself, or what it was edited to.
        unused: what decisions speak of, and nobody marked.
    """

    fates: Mapping[T, Fate]
    into: Mapping[T, T]
    unused: frozenset[T]

    @property
    def merged(self) -> int:
        """How many became the same as another."""
        return len(self.into) - len(set(self.into.values()))


def settle(voted: Mapping[T, Fate], rulings: Mapping[T, T | None]) -> Settled[T]:
    """Settle candidates by decisions first, then by their fate by votes alone.

    A ruling maps what was decided on to what enters gold, or to None for a rejection. What an edit makes is decided
    too where somebody had marked it. Accepting what nobody marked adds it.
    """
    added = {subject for subject, outcome in rulings.items() if outcome == subject and subject not in voted}
    unused = [subject for subject in rulings if subject not in voted and subject not in added]
    made = {outcome for subject, outcome in rulings.items() if outcome is not None and subject not in unused}
    fates: dict[T, Fate] = dict.fromkeys(added, "decided")
    for candidate, fate in voted.items():
        if candidate in rulings:
            fates[candidate] = "rejected" if rulings[candidate] is None else "decided"
        else:
            fates[candidate] = "decided" if candidate in made and fate != "agreed" else fate
    into: dict[T, T] = {}
    for candidate, fate in fates.items():
        if fate in ("agreed", "decided"):
            into[candidate] = rulings.get(candidate) or candidate
    return Settled(fates, into, frozenset(unused))


def contradictions(rulings: Iterable[tuple[T, T | None]]) -> Iterator[str]:
    """Where decisions on one article cannot all hold, in words.

    Two decisions on one thing that differ; an edit into something that another decision rejects or edits in turn.
    """
    first: dict[T, T | None] = {}
    for subject, outcome in rulings:
        if first.setdefault(subject, outcome) != outcome:
            yield f"two decisions on {subject} differ; keep one"
    for subject, outcome in first.items():
        if outcome is not None and outcome != subject and first.get(outcome, outcome) != outcome:
            yield f"a decision makes {subject} into {outcome}, which another decision rejects or edits; mend one"


def mention_stated(span: Span) -> Mention:
    """A mention as decisions write it."""
    return Mention(span.start, span.end, span.label)


def side_stated(party: Party) -> Side:
    """A target or a holder as decisions write it."""
    if party.kind == "mention" and party.start is not None and party.end is not None:
        return Side("mention", party.start, party.end)
    return Side(party.kind, name=party.name or "")


def claim_stated(stated: Stated) -> Claim:
    """A stance as decisions write it."""
    return Claim(side_stated(stated.target), side_stated(stated.holder), stated.stance)
