"""Level 1, files: UTF-8 without a byte order mark, LF, one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kliping.check.rules import Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.rules import Fault

__all__ = ["BOM", "LINE_RULES", "Line", "parse", "read_file", "read_line"]

BOM = b"\xef\xbb\xbf"


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


@LINE_RULES("E101", "a file is UTF-8")
def utf8(line: Line) -> Iterator[Fault]:
    r"""Broken by `b'{"id": "caf\xe9"}\n'`, which is Latin-1."""
    if not _decodes(line.data):
        yield line.place, "not UTF-8; save the file as UTF-8"


@LINE_RULES("E102", "a file has no byte order mark")
def no_bom(line: Line) -> Iterator[Fault]:
    r"""Broken by a first line that starts with `b"\xef\xbb\xbf"`."""
    if line.data.startswith(BOM):
        yield line.place, "starts with a byte order mark; save the file without one"


@LINE_RULES("E103", "every line ends in LF")
def line_feed(line: Line) -> Iterator[Fault]:
    r"""Broken by `b"{}\r\n"`, and by a last line without an end."""
    if line.data.endswith(b"\r\n"):
        yield line.place, "ends in CR LF; save the file with LF"
    elif not line.data.endswith(b"\n"):
        yield line.place, "does not end in LF; end it, or restore what was cut with git"


@LINE_RULES("E104", "every line is one JSON object")
def json_object(line: Line) -> Iterator[Fault]:
    """Broken by `{"id": "a1"`, by `[]`, and by an empty line."""
    if line.fault is not None and _decodes(line.data):
        yield line.place, f"not a JSON object: {line.fault}; mend the line, or restore it with git"
