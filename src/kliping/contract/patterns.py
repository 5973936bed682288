"""The keyword `pattern`, for patterns that anybody may have written: one that does not come to an end is given up.

Python's `re` has no limit of time, and a pattern such as `(a+)+$` takes twice as long with each letter. The library
`regex` reads the same patterns and can be told to stop.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import regex
from jsonschema import ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["PATIENCE", "pattern_faults", "unusable_patterns"]

PATIENCE = 1.0
"""Seconds for one pattern and one text."""

_given_up: set[str] = set()
"""Patterns that took too long once: they are not tried again, or a thousand records would wait a thousand times."""


def pattern_faults(_validator: object, pattern: str, instance: object, _schema: Mapping[str, Any]) -> Iterator[Any]:
    """What `pattern` says of an instance, as `jsonschema` calls its keywords.

    Yields:
        A `ValidationError` where a text has no match, or where that cannot be told.
    """
    if not isinstance(instance, str):
        return
    try:
        found = pattern not in _given_up and _compiled(pattern).search(instance, timeout=PATIENCE)
    except TimeoutError:
        _given_up.add(pattern)
        found = False
    if pattern in _given_up:
        yield ValidationError(f"the pattern {pattern!r} takes too long on a text; give the schema a simpler one")
    elif not found:
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def unusable_patterns(node: object) -> Iterator[str]:
    """What is wrong with the patterns of a schema: those that one of its two readers cannot read.

    Without this, a corpus whose own schema has such a pattern would be validated by nothing.
    """
    if isinstance(node, dict):
        if "patternProperties" in node:
            yield "patternProperties is not read here; name the properties"
        if isinstance(pattern := node.get("pattern"), str) and (fault := _fault(pattern)):
            yield f"the pattern {pattern!r} is none: {fault}"
        for child in node.values():
            yield from unusable_patterns(child)
    elif isinstance(node, list):
        for child in node:
            yield from unusable_patterns(child)


def _fault(pattern: str) -> str | None:
    try:
        _compiled(pattern)
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (regex.error, ValueError) as error:
        return str(error).splitlines()[0]
    return None


_CLASS_OR_END = regex.compile(r"(\\.|\[\^?\]?(?:\\.|[^\]])*\])|\$", regex.DOTALL)
"""Where `$` is a sign like others, or a `$` that is the end."""


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern whose `$` is the very end, as in ECMA-262, which JSON Schema names; Python's lets a last LF pass."""
    return regex.compile(_CLASS_OR_END.sub(lambda found: found[1] or r"\Z", pattern), regex.V0)
