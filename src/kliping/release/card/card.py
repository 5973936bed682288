"""The dataset card, `README.md`: every section filled from the corpus, none invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.release.card.citation import citation
from kliping.release.card.closing import changes, citing, contact, licences, limits, personal
from kliping.release.card.creation import agreement, creation
from kliping.release.card.markdown import plain
from kliping.release.card.metadata import card_metadata
from kliping.release.card.overview import details, loading, summary, uses
from kliping.release.card.plot import PLOT, plot
from kliping.release.card.structure import structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kliping.release.card.described import Described

__all__ = ["SECTIONS", "card", "card_body", "card_files", "heading"]


def card_files(filled: Described) -> Iterator[tuple[str, str]]:
    """The files that describe a release to people: each one's path in it, and its text."""
    yield "README.md", card(filled)
    yield "CITATION.cff", citation(filled)
    drawn = plot(filled)
    if drawn is not None:
        yield PLOT, drawn


def card(filled: Described) -> str:
    """The whole card: YAML, then Markdown."""
    return card_metadata(filled) + card_body(filled)


def card_body(filled: Described) -> str:
    """The card's Markdown."""
    parts = [f"\n{heading(filled)}", *_section(summary(filled))]
    for title, section in SECTIONS:
        parts += [f"## {title}", *_section(section(filled))]
    return "\n\n".join(parts) + "\n"


def heading(filled: Described) -> str:
    """The card's heading, which names the version."""
    return f"# {plain(filled.title)}, version {filled.version}"


def _section(lines: Iterator[str]) -> Iterator[str]:
    """The lines of a section as one text, or nothing."""
    text = "\n".join(lines).strip()
    if text:
        yield text


SECTIONS: tuple[tuple[str, Callable[[Described], Iterator[str]]], ...] = (
    ("Details", details),
    ("How to load it", loading),
    ("Uses, and uses it is not for", uses),
    ("Structure", structure),
    ("How it was made", creation),
    ("Agreement", agreement),
    ("Personal and sensitive information", personal),
    ("Biases and known limits", limits),
    ("Licences", licences),
    ("Changes", changes),
    ("Citation", citing),
    ("Contact", contact),
)
"""The sections of a card, in order."""
