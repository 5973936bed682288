"""What the rows of a release are built from: an article with its split, its gold and its annotations."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from kliping.contract.tables import arrow_schema, bio_classes, stance_classes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from kliping.contract import Contract
    from kliping.records import Annotation, Article, Gold, SplitEntry

__all__ = ["Annotated", "Row", "Status", "Words", "status", "words"]

Row: TypeAlias = dict[str, Any]
"""A row by column: JSON values, records and tuples among them. As JSON it is what the content hash is over."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article, its gold, and everyone's annotations of this very text."""

    article: Article
    placed: SplitEntry
    gold: Gold | None = None
    annotations: tuple[Annotation, ...] = ()

    @property
    def predictions_shown(self) -> int:
        """How many annotators who submitted it had a model's predictions in sight."""
        return len({one.annotator for one in self.annotations if one.status == "submitted" and one.predictions_shown})


@dataclass(frozen=True, slots=True)
class Words:
    """What the contract says about words and columns, looked up once a release."""

    bio: Mapping[str, int]
    stances: Mapping[str, int]
    labels: tuple[str, ...]
    targets: frozenset[str]
    metadata: pa.DataType | None = field(default=None)


def words(contract: Contract) -> Words:
    """Class numbers and the corpus's own columns, from the contract."""
    schema = arrow_schema(contract, "articles")
    return Words(
        bio={name: number for number, name in enumerate(bio_classes(contract))},
        labels=tuple(label.const for label in contract.scheme.entity_labels),
        targets=frozenset(target.const for target in contract.scheme.targets),
        stances={name: number for number, name in enumerate(stance_classes(contract))},
        metadata=schema.field("metadata").type if "metadata" in schema.names else None,
    )


Status: TypeAlias = Literal["none", "partial", "gold"]


def status(annotated: Annotated) -> Status:
    """`gold`: everything is decided; `partial`: annotated, not all decided; `none`: not annotated."""
    if annotated.gold is not None:
        return "gold"
    submitted = any(annotation.status == "submitted" for annotation in annotated.annotations)
    return "partial" if submitted else "none"
