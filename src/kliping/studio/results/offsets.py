"""Where a region of Label Studio lies in an article's text, proven against the words that it says it marked.

Label Studio 1.23.2 counts Unicode code points; older servers and exports count UTF-16 units (label-studio issues #539,
#1347, #2007, #4988). Nothing is assumed: a span is taken in the one reading whose slice is the words that the region
marked, else where these words occur once in the text, else not at all. All regions of one result were counted alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Place", "Unit", "in_utf16", "place", "unit_of"]

Unit: TypeAlias = Literal["code points", "utf-16"]
UNITS: tuple[Unit, ...] = ("code points", "utf-16")

COUNTS_CODE_POINTS = (1, 23, 2)
"""The oldest Label Studio that was measured to count code points."""

_OF_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """What a region says: where it begins and ends, in an unknown unit, and the words it marked, if it says so."""

    start: int
    end: int
    surface: str | None


def place(text: str, regions: list[Place], tie: Unit | None = None) -> list[tuple[int, int] | None]:
    """The span of each region in code points, half open, without white space at its edges; None where none is proven.

    Args:
        text: the article's text.
        regions: all regions of one result.
        tie: the unit to take where a region fits in both and nothing else tells; without it, such a region is taken
            only where its words occur once.
    """
    point = _code_points(text)
    readings = [{unit: _read(text, region, unit, point) for unit in UNITS} for region in regions]
    told = {unit for reading in readings if (unit := _only(reading)) is not None}
    unit = told.pop() if len(told) == 1 else None if told else tie
    return [_choose(text, region, reading, unit) for region, reading in zip(regions, readings, strict=True)]


def unit_of(version: tuple[int, ...]) -> Unit | None:
    """The unit that a Label Studio is known to count in, by its version; None where that is not known."""
    return "code points" if version >= COUNTS_CODE_POINTS else None


def in_utf16(text: str, start: int, end: int) -> tuple[int, int]:
    """A span in code points as a span in UTF-16 units."""
    return len(text[:start].encode("utf-16-le")) // 2, len(text[:end].encode("utf-16-le")) // 2


def _code_points(text: str) -> Callable[[int], int]:
    """What gives the code point that begins at a UTF-16 unit; -1 between the halves of one."""
    doubled = [match.start() + before for before, match in enumerate(_OF_TWO_UNITS.finditer(text))]

    def point(unit: int) -> int:
        before = bisect_left(doubled, unit)
        return -1 if before and doubled[before - 1] + 1 == unit else unit - before

    return point


def _read(text: str, region: Place, unit: Unit, point: Callable[[int], int]) -> tuple[int, int] | None:
    """The region's span in one unit, trimmed, where its slice is what it marked."""
    start, end = region.start, region.end
    if unit == "utf-16":
        start, end = point(start), point(end)
    if not 0 <= start < end <= len(text):
        return None
    part = text[start:end]
    fits = region.surface is None or _folded(part) == _folded(region.surface)
    return (start + len(part) - len(part.lstrip()), start + len(part.rstrip())) if fits and part.strip() else None


def _only(reading: dict[Unit, tuple[int, int] | None]) -> Unit | None:
    """The unit in which alone a region fits."""
    fitting = [unit for unit, span in reading.items() if span is not None]
    return fitting[0] if len(fitting) == 1 else None


def _choose(
    text: str, region: Place, reading: dict[Unit, tuple[int, int] | None], unit: Unit | None
) -> tuple[int, int] | None:
    spans = {span for span in reading.values() if span is not None}
    if len(spans) == 1:
        return spans.pop()
    if spans and unit is not None:
        return reading[unit]
    return _anchor(text, region.surface)


def _anchor(text: str, surface: str | None) -> tuple[int, int] | None:
    """Where words occur once in a text, any run of white space like any other."""
    words = (surface or "").split()
    if not words:
        return None
    pattern = r"\s+".join(map(re.escape, words))
    found = [match.span(1) for match in re.finditer(f"(?=({pattern}))", text)]
    return found[0] if len(found) == 1 else None


def _folded(words: str) -> str:
    return " ".join(words.split())
