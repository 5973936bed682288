"""A line of JSON, mended: the byte order mark, its end, the order of its keys; or gone, where it is empty."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from kliping.check.lines import BOM, LINE_RULES
from kliping.check.schema import Parsed, keys_in_order
from kliping.records import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kliping.check.lines import Line
    from kliping.check.mending.files import Mendable
    from kliping.records import Record

__all__ = ["Composed", "Mend", "is_same_value", "mend_line"]


class Composed(NamedTuple):
    """An article with its text in composed form, or why it cannot have it."""

    article: Article | None
    why: str | None


class Mend(NamedTuple):
    """What a line becomes, `b""` where it goes; the rules it keeps then; and those it still breaks, each with why."""

    data: bytes
    codes: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()


def mend_line(line: Line, mendable: Mendable, compose: Callable[[Article], Composed | None]) -> Mend:
    """What is mechanical in one line, mended.

    Args:
        line: as it was read.
        mendable: what a line of its file is.
        compose: gives an article that is not in composed form its other form; None from one that is.
    """
    found = {finding.code for finding in LINE_RULES.findings(line)}
    if line.value is None:
        return _mend_unread(line, mendable, found)
    data = line.data.removeprefix(BOM).rstrip(b"\r\n") + b"\n"
    codes = sorted(found & {"E102", "E103"})
    left: list[tuple[str, str]] = []
    record = _record(line.value, mendable.record)
    if record is not None and any(keys_in_order(Parsed(line, "article", record, None, None))):
        why = _why_not_ordered(line.data, written := msgspec.json.encode(record) + b"\n")
        if why is not None:
            return Mend(data if codes else line.data, tuple(codes), (("E105", why),))
        data, codes = written, [*codes, "E105"]
    if isinstance(record, Article) and (composed := compose(record)) is not None:
        if composed.article is None:
            left.append(("E403", str(composed.why)))
        else:
            data, codes = msgspec.json.encode(composed.article) + b"\n", [*codes, "E403"]
    return Mend(data if codes else line.data, tuple(codes), tuple(left))


def _mend_unread(line: Line, mendable: Mendable, found: set[str]) -> Mend:
    if not line.data.removeprefix(BOM).strip() and not mendable.whole:
        return Mend(b"", tuple(sorted(found)))
    why = "the line is no JSON object, so nobody can prove that it would say the same"
    return Mend(line.data, left=tuple((code, why) for code in sorted(found & {"E102", "E103"})))


def _record(value: dict[str, Any], kind: type[Record] | None) -> Record | None:
    if kind is None:
        return None
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return None


def _why_not_ordered(before: bytes, after: bytes) -> str | None:
    try:
        return None if is_same_value(before, after) else "a key is missing, or a number would lose digits"
    except _TwiceError as error:
        return f"the key {error} is there twice, and which one is right is for people to say"


def is_same_value(before: bytes, after: bytes) -> bool:
    """Whether two lines are the same JSON value: every number to its last digit, members of objects in any order.

    This is read by another parser than the one that wrote.
    """
    return bool(_exact(before) == _exact(after))


class _TwiceError(Exception):
    """A key is in one object twice."""


def _exact(data: bytes) -> Any:  # noqa: ANN401 — a JSON value
    return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_members, parse_float=Decimal)


def _members(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(repr(next(name for name in names if names.count(name) > 1)))
    return members
