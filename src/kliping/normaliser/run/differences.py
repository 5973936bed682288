"""What a newer text would change, for people to read before they accept it."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kliping.records import Article

__all__ = ["changed_lines", "difference"]


def difference(earlier: Article, new: Article) -> str:
    """The difference of two texts of an article, a block a line, as `diff -u` writes it."""
    lines = unified_diff(
        _blocks(earlier),
        _blocks(new),
        f"{earlier.id} {earlier.text_sha256[:16]} {earlier.normaliser.version}",
        f"{new.id} {new.text_sha256[:16]} {new.normaliser.version}",
        lineterm="",
        n=1,
    )
    return "".join(f"{line}\n" for line in lines)


def changed_lines(difference: str) -> tuple[int, int]:
    """How many lines a difference adds, and how many it takes away; empty ones are not counted."""
    lines = difference.splitlines()[2:]
    return sum(line[:1] == "+" and len(line) > 1 for line in lines), sum(
        line[:1] == "-" and len(line) > 1 for line in lines
    )


def _blocks(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks]
