"""The short form of the guidelines, as the instruction that Label Studio shows beside a task.

In `annotations/guidelines.md` it is the section with the heading `## Ringkasan` (Indonesian) or `## Summary`, up to the
next heading of its level or a higher one. It may hold paragraphs and lists, with `**bold**`, `*italic*` and
`` `code` ``.

Label Studio shows an instruction as HTML and lets even scripts through: everything else is escaped. It takes styles
from elements, and numbers and bullets from lists, so that an item is a paragraph with its number. What is written here
comes back from the server as it was sent.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["instruction"]

_HEADINGS = {"id": "Ringkasan", "en": "Summary"}

_HEADING = re.compile(r"#{1,2} +(.*?)[ #]*")
_MINOR = re.compile(r"#{3,6} +(.*?)[ #]*$")
_ITEM = re.compile(r"(?P<mark>\d+[.)]|[-*+]) +(?P<words>.*)")
_INLINE = ((r"`([^`]+)`", "code"), (r"\*\*(.+?)\*\*", "b"), (r"\*([^*]+)\*", "i"))
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def instruction(guidelines: str, language: str) -> str:
    """The short form of guidelines as HTML in one line, or nothing where they have none.

    Args:
        guidelines: the text of `guidelines.md`.
        language: of the annotators, BCP 47; a section in it is taken before one in another.
    """
    sections = _sections(guidelines)
    wanted = _HEADINGS.get(language.partition("-")[0], _HEADINGS["en"])
    for heading in (wanted, *_HEADINGS.values()):
        if heading.casefold() in sections:
            return "".join(f"<p>{_inline(words)}</p>" for words in _paragraphs(sections[heading.casefold()]))
    return ""


def _sections(guidelines: str) -> dict[str, list[str]]:
    """The lines below each heading of the first or second level, by the heading's words."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in guidelines.splitlines():
        heading = _HEADING.fullmatch(line.strip())
        if heading:
            lines = sections.setdefault(heading[1].casefold(), [])
        else:
            lines.append(line)
    return sections


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Paragraphs, and the items of lists with their numbers; wrapped lines are joined."""
    words = ""
    for raw in [*lines, ""]:
        line = _MINOR.sub(r"**\1**", raw.strip())
        item = _ITEM.fullmatch(line)
        if words and (item or not line):
            yield words
            words = ""
        if item:
            mark = item["mark"] if item["mark"][0].isdigit() else "•"
            words = f"{mark} {item['words']}"
        else:
            words = f"{words} {line}".strip()


def _inline(words: str) -> str:
    """Words with their emphasis as HTML; a link is its words."""
    shown = escape(_LINK.sub(r"\1", words), quote=False)
    for pattern, tag in _INLINE:
        shown = re.sub(pattern, rf"<{tag}>\1</{tag}>", shown)
    return shown
