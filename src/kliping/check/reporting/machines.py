"""For machines: one JSON object, a line a finding; what its fields mean is in `docs/reference/check.md`."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec

from kliping.check.reporting.groups import by_level, known_rules, level_of
from kliping.records import Excerpt, Finding, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from kliping.check.reporting.report import Excepted, Report
    from kliping.check.rules import Rule

__all__ = ["for_machines"]


class _Told(Record, frozen=True):
    """A finding, and what its rule says."""

    code: str
    level: int
    path: str
    line: int | None
    message: str
    excerpt: Excerpt | None
    rule: str
    mend: str


class _Allowed(_Told, frozen=True):
    """A finding that an exception allows."""

    exception: _Exception


class _Exception(Record, frozen=True):
    line: int
    reason: str
    by: str
    date: str
    until: str | None


def for_machines(report: Report) -> Iterator[bytes]:
    """The pieces of one JSON object, in UTF-8, each a line; none is larger than a finding."""
    rules = known_rules()
    since = report.since
    yield b"{"
    yield _member("kliping", version("kliping"))
    yield _member("checked", {"kind": report.subject.kind, "name": report.subject.name})
    yield _member("since", None if since is None else since._asdict())
    yield _member("counts", {str(level): number for level, number in by_level(report.findings).items()})
    yield _member("notes", report.notes)
    yield from _array("findings", (_told(one, rules) for one in report.findings), last=False)
    yield from _array("excepted", (_allowed(one, rules) for one in report.excepted), last=True)
    yield b"}\n"


def _told(finding: Finding, rules: Mapping[str, Rule[Any]]) -> _Told:
    return _Told(**_fields(finding, rules))


def _allowed(one: Excepted, rules: Mapping[str, Rule[Any]]) -> _Allowed:
    said = _Exception(line=one.line, reason=one.reason, by=one.by, date=one.date, until=one.until)
    return _Allowed(**_fields(one.finding, rules), exception=said)


def _fields(finding: Finding, rules: Mapping[str, Rule[Any]]) -> dict[str, Any]:
    rule = rules.get(finding.code)
    return {
        **msgspec.structs.asdict(finding),
        "level": level_of(finding.code),
        "rule": "" if rule is None else rule.sentence,
        "mend": "" if rule is None else rule.mend,
    }


def _member(name: str, value: object) -> bytes:
    return b"%s:%s,\n" % (_json(name), _json(value))


def _array(name: str, records: Iterable[Record], *, last: bool) -> Iterator[bytes]:
    """A member whose values stand on lines of their own."""
    yield _json(name) + b":["
    between = b"\n"
    for record in records:
        yield between + _json(record)
        between = b",\n"
    yield (b"]" if between == b"\n" else b"\n]") + (b"" if last else b",\n")


def _json(value: object) -> bytes:
    r"""A value as JSON; a name of a file that is no UTF-8 has half a pair for each such byte, told as `\udcff`."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_whole(msgspec.to_builtins(value)))


def _whole(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {name: _whole(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return list(map(_whole, value))
    return value
