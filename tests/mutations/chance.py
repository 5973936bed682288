"""Small changes at random: which values a file of JSON lines has, and what a value may become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Leaf", "changed", "leaves", "put"]

Json: TypeAlias = Any
Steps: TypeAlias = tuple[str | int, ...]


class Leaf(NamedTuple):
    """A value inside a record: its steps, and their names, such as `entities[].start`."""

    steps: Steps
    name: str
    value: Json


def leaves(value: Json, steps: Steps = ()) -> Iterator[Leaf]:
    """Every number, string, boolean and null in a JSON value, in order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*steps, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from leaves(inner, (*steps, at))
    else:
        name = "".join("[]" if isinstance(step, int) else f".{step}" for step in steps)
        yield Leaf(steps, name.removeprefix("."), value)


def changed(value: Json) -> list[Json]:
    """What a value may become: a number by one, a string by one character, the other boolean, null, or a string."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 1, None]
    if isinstance(value, str):
        middle = len(value) // 2
        other = "b" if value[middle : middle + 1] == "a" else "a"
        return [value[:middle] + other + value[middle + 1 :], value + "a", value[:-1], None]
    return ["a"]


def put(value: Json, steps: Steps, new: Json) -> None:
    """Put a new value at the steps, in place."""
    *way, last = steps
    for step in way:
        value = value[step]
    value[last] = new
