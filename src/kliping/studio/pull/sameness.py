"""What an annotator said, apart from when and where: so that the same work is known again on another server."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kliping.annotation.relabelling import Rename, renamed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.records import Annotation, Holder, Relabelling, Target

__all__ = ["in_names_since", "is_before", "moment", "says_the_same"]


def says_the_same(one: Annotation, other: Annotation) -> bool:
    """Whether two annotations are by the same person on the same text and round, and say the same.

    The ids of mentions and stances are not compared, nor how a mention came to be: a server makes them.
    """
    return _whose(one) == _whose(other) and _said(one) == _said(other)


def moment(when: str | None) -> datetime:
    """A time in ISO 8601, to be compared; what is none, or no time, is the oldest of all."""
    try:
        read = datetime.fromisoformat(when or "")
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def in_names_since(one: Annotation, relabelled: Iterable[Relabelling]) -> Annotation:
    """An annotation with the constants that were renamed since it was saved; itself where none was."""
    for relabelling in relabelled:
        if is_before(one, relabelling):
            one = renamed(one, Rename(relabelling.control, relabelling.old, relabelling.new))
    return one


def is_before(one: Annotation, relabelling: Relabelling) -> bool:
    """Whether an annotation was saved before a relabelling, of which the second is known in which it began."""
    return moment(one.updated).replace(microsecond=0) <= moment(relabelling.when)


def _whose(one: Annotation) -> tuple[object, ...]:
    return one.article_id, one.text_sha256, one.annotator, one.round, one.status, one.comment


def _said(one: Annotation) -> tuple[Counter[object], Counter[object]]:
    spans = {entity.id: (entity.start, entity.end, entity.label) for entity in one.entities}

    def party(party: Target | Holder) -> object:
        return party.kind, party.name, spans.get(party.mention or "")

    entities: Counter[object] = Counter(
        (entity.start, entity.end, entity.label, entity.ref, entity.unsure) for entity in one.entities
    )
    stances: Counter[object] = Counter(
        (stance.stance, party(stance.target), party(stance.holder)) for stance in one.stances
    )
    return entities, stances
