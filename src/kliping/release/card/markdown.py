"""Pieces of Markdown. What comes from sources, settings or the scheme is escaped before it stands in a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["code", "folded", "linked", "listed", "nested", "number", "paragraphs", "plain", "share", "table"]

_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>#|~$&!]|^[-+=](?=\s|$)|^-(?=[- ]+$)|(?:(?<=^\d)|(?<=^\d\d)|(?<=^\d{3})|(?<=^\d{4}))[.)](?=\s|$)"
)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9./?=%:@~_#&;,+-]*", re.ASCII)


def plain(text: str) -> str:
    """Words on one line, which no reader of Markdown or HTML takes for more: no markup, cell, tag, heading or list.

    Characters with a meaning become numeric entities, as CommonMark has it (section 6.2: "entity references cannot be
    used in place of symbols indicating structure").
    """
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", " ".join(text.split()))


def linked(text: str) -> str:
    """An address on the web as a link, other words as they are."""
    words = text.strip()
    return f"<{words}>" if _ADDRESS.fullmatch(words) else plain(words)


def paragraphs(text: str) -> Iterator[str]:
    """Words as paragraphs, and an empty line after each."""
    for part in re.split(r"\n\s*\n", text.strip()):
        yield from (plain(part), "")


_HEADING = re.compile(r"^ {0,3}(#+)(?=\s)", re.MULTILINE)
_RELATIVE = re.compile(r"!?\[([^\]]*)\]\((?!https?://)[^)]*\)")
_TAG = re.compile(r"<(?!https?://)(?=[A-Za-z/!?])")


def nested(words: str) -> str:
    """Markdown of maintainers below a heading of the third level: its headings go deeper, its tags are shown.

    Links that are relative to where it was written lead nowhere in a release: their words stay. A block of code that
    is left open is closed, or it would take the rest of the card.
    """
    deeper = _HEADING.sub(lambda found: "#" * min(6, max(4, len(found[1]) + 1)), words)
    return _closed(_TAG.sub("&lt;", _RELATIVE.sub(r"\1", deeper)))


_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")


def _closed(words: str) -> str:
    """The same with the end of a fenced block of code that has none (CommonMark, section 4.5)."""
    fence = ""
    for line in words.splitlines():
        found = _FENCE.match(line)
        if not fence:
            fence = found[1] if found else ""
        elif found and found[1].startswith(fence) and not found[2].strip():
            fence = ""
    return f"{words}\n{fence}" if fence else words


def number(count: int) -> str:
    """A count as people read it."""
    return f"{count:,}"


def share(part: int, whole: int) -> str:
    """A count with its part in a whole."""
    return f"{number(part)} ({100 * part / whole:.1f} %)" if whole else number(part)


def listed(counts: Counter[str]) -> str:
    """Counts by name, the most frequent first; equal ones by name, whatever came first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{plain(name)} ({number(count)})" for name, count in ordered) or "none"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose cells are Markdown on one line; columns of numbers stand right."""
    cells = [[" ".join(cell.split()).replace("|", "&#124;") for cell in row] for row in rows]
    numeric = [bool(cells) and all(re.fullmatch(r"[\d,.% ()–-]+", row[at]) for row in cells) for at in range(len(head))]
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('--:' if one else '---' for one in numeric)} |"
    for row in cells:
        yield f"| {' | '.join(row)} |"
    yield ""


def code(language: str, *lines: str) -> Iterator[str]:
    """A block of code."""
    yield f"```{language}"
    yield from lines
    yield from ("```", "")


def folded(summary: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines that a reader unfolds."""
    yield from (f"<details><summary>{summary}</summary>", "")
    yield from lines
    yield from ("</details>", "")
