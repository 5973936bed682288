"""The lines of `corpus/exceptions.jsonl`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kliping.check.lines import read_file
from kliping.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.lines import Line
    from kliping.check.rules import Place
    from kliping.project import Corpus

__all__ = ["EXCEPTIONS", "Allowance", "Stated", "read_exceptions", "usable_exceptions"]

EXCEPTIONS = "corpus/exceptions.jsonl"


class Allowance(Record, frozen=True):
    """What may stay in a release on record: `contract/exceptions.schema.json`."""

    version: str
    code: str
    path: str | None
    reason: str
    by: str
    date: str
    until: str | None


class Stated(NamedTuple):
    """An exception and where it stands."""

    place: Place
    exception: Allowance


def read_exceptions(corpus: Corpus) -> Iterator[tuple[Line, Allowance | None]]:
    """Each line, and the exception where it is one."""
    for line in read_file(corpus.root, corpus.root / EXCEPTIONS):
        try:
            yield line, msgspec.convert(line.value, Allowance)
        except msgspec.ValidationError:
            yield line, None


def usable_exceptions(corpus: Corpus, version: str) -> Iterator[Stated]:
    """The exceptions for a version; lines that are none, which the check of the corpus tells of, are passed over."""
    for line, exception in read_exceptions(corpus):
        if exception is not None and exception.version == version:
            yield Stated(line.place, exception)
