"""Level 2, schema: every record keeps it, in its one spelling, with days and paths that there can be."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from referencing.exceptions import Unresolvable

from kliping.check.excerpts import around, brief, masked
from kliping.check.keys import key_twice, keys_of, read_pairs
from kliping.check.rules import Example, RuleList
from kliping.contract import violations
from kliping.records import Annotation, Article, Decision, Relabelling, SourceEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.lines import Line
    from kliping.check.rules import Fault
    from kliping.contract import Contract, Kind
    from kliping.records import Excerpt, Record

__all__ = ["RECORD_RULES", "Parsed", "days_and_paths_are_sound", "keys_in_order", "unfit"]


class Parsed(NamedTuple):
    """A line with a JSON object that should be a record of a kind, and the record where it is one."""

    line: Line
    kind: Kind
    record: Record | None
    fault: str | None
    contract: Contract | None


ARTICLES = "corpus/articles/00000.jsonl"
SPLITS = "corpus/splits.jsonl"
PEOPLE = frozenset(("annotator", "annotators", "by", "comment", "why", "pulled"))
"""Fields where somebody's name may stand: what is wrong there is told, and not shown."""
LONGEST = 400
"""Code points of what is wrong that a sentence has at most."""

RECORD_RULES: RuleList[Parsed] = RuleList()


@RECORD_RULES(
    "E203",
    "every record keeps its schema",
    mend="Mend the line as `schema/` has it, or restore it with git; a new label goes into the schema first.",
    example=Example("annotations/pulled/00000.jsonl", '"label":"ORGANISATION"', '"label":"SHIP"'),
)
def keeps_schema(parsed: Parsed) -> Iterator[Fault]:
    """What is made of the files takes their form for granted; a value that no reader expects is dropped or misread."""
    faults = [] if parsed.contract is None else unfit(parsed.contract, parsed.kind, parsed.line.value)
    if not faults and parsed.fault is not None:
        faults = [parsed.fault]
    for fault in faults:
        message = f"{masked(fault)[:LONGEST]}; mend the line, or restore it with git"
        shown = _at_place(parsed.line.value, fault.partition(": ")[0].split("/"))
        yield (parsed.line.place, message) if shown is None else (parsed.line.place, message, shown)


def unfit(contract: Contract, kind: Kind, value: object) -> list[str]:
    """How a value breaks its schema, in words; nothing where the contract itself cannot be followed."""
    try:
        return list(violations(contract, kind, value))
    except RecursionError:
        return ["nested too deeply, or its schema refers to itself without end"]
    except (Unresolvable, re.error, ValueError):
        return []  # a core schema of another version or in another language, or a pattern that is none: E202 tells


def _at_place(value: object, steps: list[str]) -> Excerpt | None:
    """The member of an object that steps lead to, as JSON; None where they lead nowhere, or to people."""
    if not PEOPLE.isdisjoint(steps):
        return None
    for step in steps:
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    key = "" if steps[-1].isdecimal() else f"{json.dumps(steps[-1])}:"
    shown = key + json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return around(shown, len(key), len(shown))


@RECORD_RULES(
    "E105",
    "the keys of a record are in the schema's order, each once",
    mend="Run `kliping check --fix`, which writes them so; of a key that is there twice, keep the true value first.",
    example=Example(
        SPLITS, '"id":"196d09681cb36441","split":"validation"', '"split":"validation","id":"196d09681cb36441"'
    ),
)
def keys_in_order(parsed: Parsed) -> Iterator[Fault]:
    """One record, one spelling: so a comparison shows what changed. Of a key given twice, readers take either."""
    if parsed.record is None:
        return
    written = msgspec.json.encode(parsed.record)
    if written == parsed.line.data.rstrip(b"\r\n"):
        return
    found = read_pairs(parsed.line.data.decode("utf-8-sig"))
    twice = key_twice(found)
    if twice is not None:
        yield parsed.line.place, f"the key {twice!r} is there twice; take the one out whose value is wrong"
        return
    for was, should in zip_longest(keys_of(found), keys_of(read_pairs(written))):
        if was != should:
            what = f"{was!r} where {should!r} belongs" if was and should else f"{was or should!r} twice or missing"
            yield parsed.line.place, f"the key {what}; write the keys in the schema's order, each once"
            return


@RECORD_RULES(
    "E207",
    "a day that is written down is one of the calendar",
    mend="Write the day that is meant, or null where nobody knows it; of annotations, pull again.",
    example=Example(ARTICLES, '"published":"2024-10-11T05:20:00+07:00"', '"published":"2024-10-32"'),
)
def days_are_real(parsed: Parsed) -> Iterator[Fault]:
    """Splits by time and every reader's calendar rest on them: a 30 February is refused there, or moved in silence."""
    for name, when in _days(parsed.record):
        if when is not None and not _is_moment(when) and _is_spelled(parsed.contract, when):
            key = f"{json.dumps(name)}:"
            shown = around(f'{key}"{when}"', len(key) + 1, len(key) + 1 + len(when))
            yield parsed.line.place, f"{name}: {when} is no day or time there is; write a real one, or null", shown


def _days(record: Record | None) -> tuple[tuple[str, str | None], ...]:
    """The days and times in a record, each with its field."""
    if isinstance(record, Annotation):
        return ("created", record.created), ("updated", record.updated)
    if isinstance(record, Article):
        source = record.source.retrieved
        return ("published", record.published), ("modified", record.modified), ("source/retrieved", source)
    if isinstance(record, SourceEntry):
        return (("retrieved", record.retrieved),)
    return (("when", record.when),) if isinstance(record, Decision | Relabelling) else ()


def _is_moment(when: str) -> bool:
    """Whether there is such a year, month, day or time; `when` is spelled as the contract has it."""
    try:
        if len(when) > 10:
            datetime.fromisoformat(when)
        else:
            date.fromisoformat(f"{when}-01-01"[:10])
    except ValueError:
        return False
    return True


def _is_spelled(contract: Contract | None, when: str) -> bool:
    """Whether a time is spelled as the contract has it; where not, E203 tells."""
    return contract is not None and bool(re.search(contract.documents["article"]["$defs"]["when"]["pattern"], when))


@RECORD_RULES(
    "E209",
    "a raw file's path stays in the raw folder",
    mend="Write the path from the raw folder, without `..` and without a drive; or run `kliping normalise` anew.",
    example=Example("corpus/sources.jsonl", '"path":"pages/feri-kandas.html"', '"path":"../pages/feri-kandas.html"'),
)
def paths_stay_inside(parsed: Parsed) -> Iterator[Fault]:
    """A path that leads out of the folder names a file of one machine only, and could be made to name any other."""
    for path in _paths(parsed.record):
        if _leads_out(path):
            message = f"the path {brief(path)} leads out of the raw folder; write it from there"
            yield parsed.line.place, message, around(path, 0, len(path))


def _paths(record: Record | None) -> tuple[str, ...]:
    if isinstance(record, Article):
        return () if record.source.path is None else (record.source.path,)
    if isinstance(record, SourceEntry):
        return (record.path, *[one.path for one in record.duplicates]) if record.duplicates else (record.path,)
    return ()


def _leads_out(path: str) -> bool:
    is_absolute = path.startswith(("/", "\\")) or path[1:3] in (":/", ":\\")
    return is_absolute or (".." in path and ".." in path.replace("\\", "/").split("/"))


def days_and_paths_are_sound(record: Record) -> bool:
    """Whether every day in a record is one, and every path stays inside: as E207 and E209 say it."""
    return all(when is None or _is_moment(when) for _, when in _days(record)) and not any(
        map(_leads_out, _paths(record))
    )
