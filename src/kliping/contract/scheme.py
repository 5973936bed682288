"""The annotation scheme: labels, stances, targets and holders, read from `corpus.schema.json`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Label", "Overlap", "Scheme", "on_screen", "read_scheme"]

Overlap: TypeAlias = Literal["allowed", "nested", "forbidden"]
"""How mentions may share words: as they like; one inside another; not at all."""


@dataclass(frozen=True, slots=True)
class Label:
    """One choice. `const` is what is stored; titles are only shown; `since` is the scheme's version that brought it."""

    const: str
    title: str
    description: str
    deprecated: bool = False
    key: str | None = None
    colour: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    since: str | None = None

    def title_in(self, language: str) -> str:
        """The title in a language (BCP 47, by its primary subtag), or the schema's own title."""
        return self.titles.get(language) or self.titles.get(language.split("-", maxsplit=1)[0]) or self.title


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a corpus annotates, in the schema's order; the order is that of the class numbers."""

    version: str
    entity_labels: tuple[Label, ...]
    stances: tuple[Label, ...]
    targets: tuple[Label, ...]
    holders: tuple[Label, ...]
    overlap: Overlap = "allowed"


def on_screen(labels: Iterable[Label]) -> list[Label]:
    """The labels that annotators are offered: all but retired ones, in order."""
    return [label for label in labels if not label.deprecated]


def read_scheme(document: Mapping[str, Any]) -> Scheme:
    """The scheme of a `corpus.schema.json` that its meta-schema has passed."""
    definitions = document["$defs"]
    return Scheme(
        version=document["x-kliping"]["scheme"],
        entity_labels=_labels(definitions, "entity_label"),
        stances=_labels(definitions, "stance"),
        targets=_labels(definitions, "target"),
        holders=_labels(definitions, "holder"),
        overlap=document["x-kliping"].get("overlap", "allowed"),
    )


def _labels(definitions: Mapping[str, Any], name: str) -> tuple[Label, ...]:
    return tuple(_label(choice) for choice in definitions.get(name, {}).get("oneOf", ()))


def _label(choice: Mapping[str, Any]) -> Label:
    shown = choice["x-kliping"]
    return Label(
        const=choice["const"],
        title=choice["title"],
        description=choice["description"],
        deprecated=choice.get("deprecated", False),
        key=shown.get("key"),
        colour=shown.get("colour"),
        titles=shown.get("title", {}),
        since=shown.get("since"),
    )
