"""An explanation as lines of a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from kliping.cli.explain.facts import LOOKS, facts, verdict
from kliping.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.normaliser.explanation import Explanation, Piece

__all__ = ["as_lines"]

NAMES = 18
"""Characters of the column of names and roles."""

NUMBERS = 4
"""Characters of the column of line numbers."""

NARROWEST = 30
"""Characters of text beside the columns at least, however narrow the terminal is."""


def as_lines(explanation: Explanation, width: int | None) -> Iterator[str]:
    """The lines, with colours; click takes them away where nobody sees them.

    Args:
        explanation: what is shown.
        width: characters of a line; None writes every piece in one line.
    """
    yield click.style(plain(explanation.path or "input"), bold=True)
    for fact in facts(explanation):
        yield from _row(click.style(f"{fact.name:<{NAMES}}", dim=True), NAMES, fact.told, width)
    if explanation.lines:
        legend = "   ".join(f"{look.mark} {outcome}, {look.meaning}" for outcome, look in LOOKS.items())
        yield ""
        yield from (click.style(line, dim=True) for line in _wrapped(legend, 0, width))
        yield ""
    for number, line in enumerate(explanation.lines, 1):
        for at, piece in enumerate(line.pieces):
            yield from _piece(piece, f"{number:>{NUMBERS}} " if at == 0 else " " * (NUMBERS + 1), width)
    end = verdict(explanation)
    yield ""
    colour = "green" if explanation.article else "red"
    yield from _row(click.style(f"{end.name:<{NAMES}}", fg=colour, bold=True), NAMES, end.told, width)


def _piece(piece: Piece, number: str, width: int | None) -> Iterator[str]:
    look = LOOKS[piece.outcome]
    head = click.style(number, dim=True) + click.style(f"{look.mark} {piece.to:<{NAMES - 2}} ", fg=look.colour)
    tail = click.style(f"[{piece.rule}]", dim=True)
    colour = None if piece.outcome == "kept" else look.colour
    *first, last = _wrapped(f"{plain(piece.text)} [{piece.rule}]", len(number) + NAMES + 1, width)
    body, bracket, _ = last.rpartition("[")
    lines = [
        *(click.style(line, fg=colour) for line in first),
        click.style(body, fg=colour) + (tail if bracket else ""),
    ]
    yield head + lines[0]
    yield from (" " * (len(number) + NAMES + 1) + line for line in lines[1:])


def _row(head: str, indent: int, told: str, width: int | None) -> Iterator[str]:
    first, *others = _wrapped(plain(told), indent, width)
    yield head + first
    yield from (" " * indent + line for line in others)


def _wrapped(text: str, indent: int, width: int | None) -> list[str]:
    if width is None:
        return [text]
    room = max(width - indent, NARROWEST)
    return textwrap.wrap(text, room, break_long_words=True, break_on_hyphens=False) or [""]
