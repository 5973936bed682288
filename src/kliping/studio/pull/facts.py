"""Single facts that a mirror holds: whose it is, what its lines were derived with, whether the files are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from kliping.studio.pull.mirror import Mirror

__all__ = ["Fact", "fact", "note"]

Fact: TypeAlias = Literal["server", "recipe", "files", "unfinished"]
"""`server` and `files` are digests; `recipe` is one of all that lines are derived with besides what was submitted."""


def fact(mirror: Mirror, name: Fact) -> str:
    """A fact; empty where nothing is known."""
    found = mirror.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def note(mirror: Mirror, name: Fact, value: str) -> None:
    """Note a fact."""
    mirror.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))
