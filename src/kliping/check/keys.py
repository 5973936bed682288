"""The keys of JSON as they are written: readers let go of one that is there twice, and of their order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Pairs", "key_twice", "keys_of", "read_pairs"]


class Pairs(list[tuple[str, Any]]):
    """The members of a JSON object as they stand, repeated ones included."""


def read_pairs(text: str | bytes) -> Any:  # noqa: ANN401 — whatever JSON holds
    """A JSON text, whose objects are `Pairs`.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    return json.loads(text, object_pairs_hook=Pairs)


def key_twice(value: object) -> str | None:
    """A key that an object of `read_pairs`, or one inside it, has twice; None where each is there once."""
    names = [key for key, _ in value] if isinstance(value, Pairs) else []
    known: set[str] = set()
    for name in names:
        if name in known:
            return name
        known.add(name)
    inner = (one[1] for one in value) if isinstance(value, Pairs) else value if isinstance(value, list) else ()
    return next(filter(None, map(key_twice, inner)), None)


def keys_of(value: object) -> Iterator[str]:
    """Every key of what `read_pairs` gave, inner ones included, in order."""
    if isinstance(value, Pairs):
        for key, inner in value:
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)
