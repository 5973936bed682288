"""Whether what was pulled is what was submitted, apart from the server's own numbers and times."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping import Annotation
    from kliping.records import Holder, Target

__all__ = ["differences", "meaning"]

Meaning: TypeAlias = tuple[object, ...]


def differences(submitted: Iterable[Annotation], pulled: Iterable[Annotation]) -> list[str]:
    """A sentence for each annotation that did not come back, or was never submitted, or changed hands.

    Annotators count as people: two annotations of one person stay with one person, whatever the pseudonym.
    """
    before, after = _by_person(submitted), _by_person(pulled)
    sent, came = Counter(chain.from_iterable(before)), Counter(chain.from_iterable(after))
    found = [*_sentences(sent - came, "did not come back"), *_sentences(came - sent, "was never submitted")]
    if not found and sorted(before, key=_order) != sorted(after, key=_order):
        found = ["the annotators were mixed up: annotations of one person came back as another's"]
    return found


def meaning(annotation: Annotation) -> Meaning:
    """What an annotation says, without the ids, numbers and times that a server makes."""
    spans = {entity.id: (entity.start, entity.end, entity.label) for entity in annotation.entities}

    def party(party: Target | Holder) -> Meaning:
        return party.kind, party.name, None if party.mention is None else spans[party.mention]

    entities = Counter(
        (entity.start, entity.end, entity.text, entity.label, entity.unsure) for entity in annotation.entities
    )
    stances = Counter((stance.stance, party(stance.target), party(stance.holder)) for stance in annotation.stances)
    return (
        annotation.article_id,
        annotation.text_sha256,
        annotation.status,
        annotation.comment,
        frozenset(entities.items()),
        frozenset(stances.items()),
    )


def _by_person(annotations: Iterable[Annotation]) -> list[frozenset[Meaning]]:
    people: dict[str, set[Meaning]] = {}
    for annotation in annotations:
        people.setdefault(annotation.annotator, set()).add(meaning(annotation))
    return [frozenset(meanings) for meanings in people.values()]


def _order(meanings: frozenset[Meaning]) -> list[int]:
    return sorted(hash(one) for one in meanings)


def _sentences(annotations: Counter[Meaning], words: str) -> Iterator[str]:
    for article_id, *_ in sorted(annotations, key=str):
        yield f"article {article_id}: an annotation {words} as it was"
