"""What may differ between two versions: a kind of change, how much of a bump it asks for, and the words for it.

A bump is read as Semantic Versioning 2.0.0 has it, for data: major where code or a result that rests on the older
version may break, minor where there is more than before, patch where something was put right.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kliping.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RULES", "ArticleChanges", "Change", "Kind", "Level", "Rule", "Value", "level_of"]

Kind: TypeAlias = Literal[
    "config_removed", "column_removed", "column_retyped", "split_removed", "label_removed", "label_reordered",
    "article_removed", "article_moved",
    "config_added", "column_added", "split_added", "label_added",
    "article_added", "newly_gold", "annotation_added",
    "text_changed", "metadata_changed", "no_longer_gold",
    "mention_added", "mention_removed", "mention_moved", "mention_relabelled",
    "stance_added", "stance_removed", "stance_flipped",
    "annotation_removed", "annotation_changed", "derived_changed",
    "inputs_changed",
]  # fmt: skip

Value: TypeAlias = tuple[int | str, ...] | None


class Level(IntEnum):
    """Which part of a version has to grow."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Change(Record, frozen=True):
    """One difference; what was there and what is, each None where there is nothing.

    The values by kind: `[config]`, `[config, column, type]`, `[config, split]`, `[list, label]` and, reordered,
    `[list, label, number]`; of an article `[status]`, moved `[split]`, changed `[hash]`; a mention is `[start, end,
    label]`, a stance `[target, holder, side]` as in `release.schema.json#/$defs/held`, an annotation `[id, hash]`, what
    is derived `[config, hash]`.
    """

    kind: Kind
    was: Value = None
    now: Value = None


class ArticleChanges(Record, frozen=True):
    """What differs in one article."""

    id: str
    changes: tuple[Change, ...]


class Rule(NamedTuple):
    """What a kind of change asks for.

    `one` and `many` are what changed, `rest` how; `why` says why the level is what it is.
    """

    level: Level
    one: str
    many: str
    rest: str
    why: str

    def told(self, number: int) -> str:
        """Such as `2 articles added`."""
        return f"{number:,} {self.one if number == 1 else self.many} {self.rest}"

    @property
    def title(self) -> str:
        """Such as `articles added`."""
        return f"{self.many} {self.rest}"


_MAJOR, _MINOR, _PATCH = Level.MAJOR, Level.MINOR, Level.PATCH
_BY_NAME = "code that asks for it by name breaks"
_NUMBERS = "class numbers mean other labels"
_NEW = "there is more, and what was there stays"
_RIGHT = "a correction"

RULES: Mapping[Kind, Rule] = {
    "config_removed": Rule(_MAJOR, "config", "configs", "removed", _BY_NAME),
    "column_removed": Rule(_MAJOR, "column", "columns", "removed", _BY_NAME),
    "column_retyped": Rule(_MAJOR, "column", "columns", "retyped", "code that reads it gets other values"),
    "split_removed": Rule(_MAJOR, "split of a config", "splits of a config", "removed", _BY_NAME),
    "label_removed": Rule(_MAJOR, "label", "labels", "removed", f"{_NUMBERS}, and models predict what is gone"),
    "label_reordered": Rule(_MAJOR, "label", "labels", "reordered", _NUMBERS),
    "article_removed": Rule(_MAJOR, "article", "articles", "removed", "results on it cannot be had again"),
    "article_moved": Rule(_MAJOR, "article", "articles", "moved to another split", "what a model learnt would test it"),
    "config_added": Rule(_MINOR, "config", "configs", "added", _NEW),
    "column_added": Rule(_MINOR, "column", "columns", "added", _NEW),
    "split_added": Rule(_MINOR, "split of a config", "splits of a config", "added", _NEW),
    "label_added": Rule(_MINOR, "label", "labels", "added", "the numbers of the others stay"),
    "article_added": Rule(_MINOR, "article", "articles", "added", _NEW),
    "newly_gold": Rule(_MINOR, "article", "articles", "newly gold", "entities and stances have more rows"),
    "annotation_added": Rule(_MINOR, "annotation", "annotations", "added", _NEW),
    "text_changed": Rule(_PATCH, "text", "texts", "changed", _RIGHT),
    "metadata_changed": Rule(_PATCH, "article", "articles", "with other metadata", _RIGHT),
    "no_longer_gold": Rule(_PATCH, "article", "articles", "no longer gold", "what was decided was withdrawn"),
    "mention_added": Rule(_PATCH, "mention", "mentions", "added", _RIGHT),
    "mention_removed": Rule(_PATCH, "mention", "mentions", "removed", _RIGHT),
    "mention_moved": Rule(_PATCH, "mention", "mentions", "moved", _RIGHT),
    "mention_relabelled": Rule(_PATCH, "mention", "mentions", "relabelled", _RIGHT),
    "stance_added": Rule(_PATCH, "stance", "stances", "added", _RIGHT),
    "stance_removed": Rule(_PATCH, "stance", "stances", "removed", _RIGHT),
    "stance_flipped": Rule(_PATCH, "stance", "stances", "flipped", _RIGHT),
    "annotation_removed": Rule(_PATCH, "annotation", "annotations", "withdrawn", "an annotator took it back"),
    "annotation_changed": Rule(_PATCH, "annotation", "annotations", "changed", _RIGHT),
    "derived_changed": Rule(_PATCH, "article", "articles", "with other derived columns", "such as its tokens"),
    "inputs_changed": Rule(
        _PATCH, "change", "changes", "beside the rows", "guidelines, licence, settings or changelog"
    ),
}
"""Every kind of change in the order in which people are told: what breaks, what is new, what was put right."""


def level_of(kinds: Mapping[Kind, int]) -> Level | None:
    """The least bump that changes of these kinds allow; None for none."""
    return max((RULES[kind].level for kind, number in kinds.items() if number), default=None)
