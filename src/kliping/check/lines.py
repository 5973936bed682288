"""Level 1, files: UTF-8 without a byte order mark, LF, one JSON object a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kliping.check.excerpts import around
from kliping.check.rules import Example, Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.rules import Fault
    from kliping.records import Excerpt

__all__ = ["BOM", "LINE_RULES", "Line", "parse", "read_file", "read_line"]

BOM = b"\xef\xbb\xbf"
NEAR = 400
"""Bytes on each side of a fault that are read for its excerpt."""
SPLITS = "corpus/splits.jsonl"

_AT = re.compile(r"\(byte (\d+)\)")
"""Where the parser gave up, in its words."""
_ESCAPES = re.compile(rb"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(\\u[dD][89a-fA-F]\w\w)|\\.", re.DOTALL)
"""What a backslash begins; the group is half of a character whose other half is missing (RFC 8259, section 8.2)."""


class Line(NamedTuple):
    """A line as its bytes, its end included, and as the JSON object it holds; `fault` says why it holds none."""

    place: Place
    data: bytes
    value: dict[str, Any] | None
    fault: str | None


LINE_RULES: RuleList[Line] = RuleList()


def read_file(root: Path, path: Path) -> Iterator[Line]:
    """The lines of a file, one at a time; nothing where it is absent."""
    if not path.is_file():
        return
    name = path.relative_to(root).as_posix()
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            yield read_line(Place(name, number), data)


def read_line(place: Place, data: bytes) -> Line:
    """A line from its bytes."""
    value, fault = parse(data.removeprefix(BOM))
    return Line(place, data, value, fault)


def parse(data: bytes) -> tuple[dict[str, Any] | None, str | None]:
    """The JSON object in some bytes, or why there is none."""
    try:
        value = msgspec.json.decode(data)
    except RecursionError:
        return None, "nested too deeply"
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return None, "empty" if not data.strip() else str(error)
    return (value, None) if isinstance(value, dict) else (None, "no object")


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _body(line: Line) -> bytes:
    """A line without what is before and after its JSON."""
    return line.data.removeprefix(BOM).rstrip(b"\r\n")


def _shown(data: bytes, start: int, end: int) -> Excerpt:
    """Some bytes of a line in the words around them; what is no UTF-8 stands as an escape."""
    before = data[max(0, start - NEAR) : start].decode(errors="backslashreplace")
    it = data[start:end].decode(errors="backslashreplace")
    after = data[end : end + NEAR].decode(errors="backslashreplace")
    return around(before + it + after, len(before), len(before) + len(it))


@LINE_RULES(
    "E101",
    "a file is UTF-8",
    mend="Save the file as UTF-8; where a tool damaged it, restore it with git.",
    example=Example(SPLITS, "a line in UTF-8", "the same line with a byte in it that is no UTF-8, such as E9"),
)
def utf8(line: Line) -> Iterator[Fault]:
    """In another encoding, names come out as other names, or not at all, and no reader says so."""
    body = _body(line)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        yield line.place, "not UTF-8; save the file as UTF-8", _shown(body, error.start, error.end)


@LINE_RULES(
    "E102",
    "a file has no byte order mark",
    mend="Run `kliping check --fix`, or save the file as UTF-8 without a byte order mark.",
    example=Example(SPLITS, '{"id":"196d09681cb36441"', '\ufeff{"id":"196d09681cb36441"'),
)
def no_bom(line: Line) -> Iterator[Fault]:
    """Most JSON readers refuse it, and others take it for a part of the first key."""
    if line.data.startswith(BOM):
        yield line.place, "starts with a byte order mark; save the file without one"


@LINE_RULES(
    "E103",
    "every line ends in LF",
    mend="Run `kliping check --fix`, or save the file with LF; where its last line was cut, restore it with git first.",
    example=Example(SPLITS, '"cluster":"196d09681cb36441"}\n', '"cluster":"196d09681cb36441"}\r\n'),
)
def line_feed(line: Line) -> Iterator[Fault]:
    """Other line ends change every hash of a file, and a last line without an end is what a cut leaves."""
    if line.data.endswith(b"\r\n"):
        yield line.place, "ends in CR LF; save the file with LF"
    elif not line.data.endswith(b"\n"):
        yield line.place, "does not end in LF; end it, or restore what was cut with git"


@LINE_RULES(
    "E104",
    "every line is one JSON object",
    mend="Mend the line where it breaks, or restore it with git; `kliping check --fix` takes empty lines out.",
    example=Example(SPLITS, '"split":"validation","cluster":"196d09681cb36441"}', '"split":"valid'),
)
def json_object(line: Line) -> Iterator[Fault]:
    """A line that cannot be read is missing from everything that is made of the file."""
    if line.fault is None or not _decodes(line.data):
        return
    body = _body(line)
    message = f"not a JSON object: {line.fault}; mend the line, or restore it with git"
    at = _broken_at(line.fault, len(body))
    if at is None:
        yield line.place, message
    elif not _halves(body):
        yield line.place, message, _shown(body, at, at + 1)


def _broken_at(fault: str, length: int) -> int | None:
    """The byte where so long a line stops being JSON."""
    found = _AT.search(fault)
    if found is not None:
        return min(int(found[1]), length)
    return length if fault == "Input data was truncated" else None


@LINE_RULES(
    "E106",
    "every escape is of a whole character",
    mend="Write the character itself, or both halves of its escape; where one is lost, restore the line with git.",
    example=Example(SPLITS, '"split":"validation"', r'"split":"\ud83d"'),
)
def whole_characters(line: Line) -> Iterator[Fault]:
    r"""Half a surrogate pair, such as `\ud83d` alone, is no character: UTF-8 cannot hold it, and readers differ."""
    if line.fault is None:
        return
    body = _body(line)
    for start, end in _halves(body)[:1]:
        half = body[start:end].decode()
        message = f"the escape {half} is half a character; write the character, or restore the line with git"
        yield line.place, message, _shown(body, start, end)


def _halves(data: bytes) -> list[tuple[int, int]]:
    return [found.span(1) for found in _ESCAPES.finditer(data) if found[1]]
