"""What mending changes, as a unified difference in which long lines are shortened to what differs in them."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.check.lines import Line
    from kliping.check.mending.lines import Mend

__all__ = ["difference", "differing"]

SHOWN = 50
"""Changed lines of one file that are shown; of more, their number is."""

AROUND, PIECE, PLACES, LONG = 24, 120, 6, 40_000
"""Characters around a place that differs, and of it; places in a line; above so many, what differs is one place."""

_TOKEN = re.compile(r"[^\W_]+|.", re.DOTALL)
_MARKS = {"\ufeff": "<U+FEFF>", "\r": "<U+000D>"}


def difference(path: str, changes: Iterator[tuple[Line, Mend]]) -> Iterator[str]:
    """The lines of a unified difference without context; nothing where there are no changes.

    Args:
        path: of the file, from the corpus's root.
        changes: the lines that change, each with what becomes of it, in order.
    """
    gone = 0
    for index, (line, mend) in enumerate(islice(changes, SHOWN)):
        if not index:
            yield f"--- {path}"
            yield f"+++ {path}"
        number = line.place.line or 1
        after = f"+{number - gone}" if mend.data else f"+{number - gone - 1},0"
        yield f"@@ -{number} {after} @@ {', '.join(mend.codes)}"
        yield from _line(line.data, mend.data)
        gone += not mend.data
    more = sum(1 for _ in changes)
    if more:
        yield f"@@ and {more} more {'line' if more == 1 else 'lines'} of {path} @@"


def _line(data: bytes, mended: bytes) -> Iterator[str]:
    before, after = (part.decode("utf-8", "replace") for part in (data, mended))
    if not after:
        yield f"-{_visible(before.rstrip(chr(10)))}"
        return
    old, new = differing(before.removesuffix("\n"), after.removesuffix("\n"))
    yield f"-{old}"
    if not before.endswith("\n"):
        yield "\\ No newline at end of file"
    yield f"+{new}"


class _Place(NamedTuple):
    """A place where two lines differ: from where to where in each."""

    start: int
    end: int
    other_start: int
    other_end: int


def differing(before: str, after: str) -> tuple[str, str]:
    """Two lines as far as they differ: `…` stands for what is alike, or too long to be read.

    What is written otherwise and reads alike is told by its code points: `e<U+0301>` and `<U+00E9>`.
    """
    places = _places(before, after)
    if not places:
        places = [_Place(len(before), len(before), len(after), len(after))]
    old, new = "", ""
    reached = 0
    for index, place in enumerate(places[:PLACES]):
        lead = before[reached : place.start]
        cut = f"…{lead[-AROUND:]}" if len(lead) > AROUND else lead
        following = places[index + 1].start if index + 1 < len(places) else len(before)
        trail = before[place.end : following][:AROUND]
        first, second = before[place.start : place.end], after[place.other_start : place.other_end]
        alike = unicodedata.normalize("NFC", first) == unicodedata.normalize("NFC", second)
        old += _visible(cut) + _piece(first, by_code=alike) + _visible(trail)
        new += _visible(cut) + _piece(second, by_code=alike) + _visible(trail)
        reached = place.end + len(trail)
    if reached < len(before):
        old, new = f"{old}…", f"{new}…"
    if len(places) > PLACES:
        old, new = (f"{text} ({len(places) - PLACES} more places)" for text in (old, new))
    return old, new


def _places(before: str, after: str) -> list[_Place]:
    """Where two lines differ; places that are close are one."""
    middle = _middle(before, after)
    if max(middle.end - middle.start, middle.other_end - middle.other_start) > LONG:
        return [middle]
    old = _TOKEN.findall(before[middle.start : middle.end])
    new = _TOKEN.findall(after[middle.other_start : middle.other_end])
    at, other = _offsets(middle.start, old), _offsets(middle.other_start, new)
    places: list[_Place] = []
    for what, start, end, other_start, other_end in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            continue
        place = _Place(at[start], at[end], other[other_start], other[other_end])
        if places and place.start - places[-1].end < AROUND:
            place = places.pop()._replace(end=place.end, other_end=place.other_end)
        places.append(place)
    return places


def _offsets(start: int, tokens: Sequence[str]) -> list[int]:
    return list(accumulate(map(len, tokens), initial=start))


def _middle(before: str, after: str) -> _Place:
    """All between what two lines begin with and what they end with."""
    shorter = min(len(before), len(after))
    start = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    alike = next((n for n in range(shorter - start) if before[-1 - n] != after[-1 - n]), shorter - start)
    return _Place(start, len(before) - alike, start, len(after) - alike)


def _piece(text: str, *, by_code: bool) -> str:
    half = PIECE // 2
    kept = text if len(text) <= PIECE else f"{text[:half]}…{text[-half:]}"
    if by_code:
        return "".join(char if char.isascii() or char == "…" else f"<U+{ord(char):04X}>" for char in _visible(kept))
    return _visible(kept)


def _visible(text: str) -> str:
    return "".join(_MARKS.get(char, char) for char in text)
