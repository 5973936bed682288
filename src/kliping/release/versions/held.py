"""What a release held of each article, in few bytes: enough to tell how two versions differ without their tables."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kliping.records import Record
from kliping.release.tables.annotated import Status, status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kliping.records import Entity, Gold, Holder, Target
    from kliping.release.tables.annotated import Annotated

__all__ = ["Held", "hold", "short"]


class Held(Record, frozen=True):
    """What a release held of one article: `release.schema.json#/$defs/held`."""

    id: str
    split: str
    status: Status
    text: str
    article: str
    entities: tuple[tuple[int, int, str], ...] | None
    stances: tuple[tuple[str, str, str], ...] | None
    annotations: dict[str, str]
    rows: dict[str, str]


def hold(annotated: Annotated, digests: Mapping[str, Sequence[bytes]]) -> Held:
    """What is held of an article; `digests` are those of its rows, by config, in order."""
    article, gold = annotated.article, annotated.gold
    (own,) = digests["articles"]
    made = zip(annotated.annotations, digests["annotations"], strict=True)
    apart = ("articles", "annotations")
    return Held(
        id=article.id,
        split=annotated.placed.split,
        status=status(annotated),
        text=article.text_sha256[:16],
        article=short(own),
        entities=tuple(sorted((one.start, one.end, one.label) for one in gold.entities)) if gold else None,
        stances=_stances(gold) if gold else None,
        annotations={one.id: short(digest) for one, digest in made},
        rows={
            config: short(hashlib.sha256(b"".join(rows)).digest())
            for config, rows in digests.items()
            if rows and config not in apart
        },
    )


def short(digest: bytes) -> str:
    """The first 16 hexadecimal digits of a digest."""
    return digest.hex()[:16]


def _stances(gold: Gold) -> tuple[tuple[str, str, str], ...]:
    mentions = {entity.id: entity for entity in gold.entities}
    return tuple(
        sorted((_party(one.target, mentions), _party(one.holder, mentions), one.stance) for one in gold.stances)
    )


def _party(party: Target | Holder, mentions: Mapping[str, Entity]) -> str:
    if party.mention is not None:
        mention = mentions[party.mention]
        return f"{mention.start}-{mention.end}"
    return party.name or party.kind
