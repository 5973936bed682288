"""What a source states of its article beside the body: a page in its head, a table in its columns, a dump nowhere."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kliping.normaliser.lines import Line

__all__ = ["Page", "Stated"]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source states beside its body; a dump states nothing. `url` is absolute, not yet canonical."""

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    topics: tuple[str, ...] = ()
    language: str | None = None

    def over(self, other: Stated) -> Stated:
        """What this source states, and where it is silent what another one states."""
        if self == _SILENT:
            return other
        return Stated(**{field.name: getattr(self, field.name) or getattr(other, field.name) for field in fields(self)})


_SILENT = Stated()


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader found: the lines, the title's and the subtitle's first where they are stated, and the statements.

    `confidence` is the share of the chosen text that is expected to be the article's, from 0 to 1; None where nothing
    had to be chosen.
    """

    lines: tuple[Line, ...]
    stated: Stated = _SILENT
    confidence: float | None = None
