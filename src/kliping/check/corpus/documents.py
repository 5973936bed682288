"""What people write about the data: licence, changelog and guidelines. A release takes them as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.check.excerpts import around
from kliping.check.rules import Example, Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.corpus.survey import Survey
    from kliping.check.rules import Fault

__all__ = ["DOCUMENT_RULES"]

DOCUMENT_RULES: RuleList[Survey] = RuleList()

DOCUMENTS = ("corpus/LICENSE", "corpus/CHANGELOG.md", "annotations/guidelines.md")
RELEASED = ("corpus/LICENSE", "annotations/guidelines.md")
"""Those that a release cannot be without."""
_MARK = re.compile(rb"^(<<<<<<<|>>>>>>>) .*$", re.MULTILINE)


@DOCUMENT_RULES(
    "E110",
    "no document has the marks of a merge that git could not make",
    mend="Choose between the two texts that the marks stand around, and take the marks out.",
    example=Example("annotations/guidelines.md", "# Annotation guidelines", "<<<<<<< HEAD\n# Annotation guidelines"),
)
def documents_are_merged(survey: Survey) -> Iterator[Fault]:
    """A release takes licence and guidelines as they stand: its readers would have two versions, and marks between."""
    for path, data in _documents(survey):
        for mark in _MARK.finditer(data):
            line = data.count(b"\n", 0, mark.start()) + 1
            shown = mark.group().decode("utf-8", "replace").rstrip("\r")
            message = "the mark of a merge that git could not make; choose, and take the marks out"
            yield Place(path, line), message, around(shown, 0, len(shown))


@DOCUMENT_RULES.also("E101")
def documents_are_utf8(survey: Survey) -> Iterator[Fault]:
    """A licence, a changelog or guidelines in another encoding."""
    for path, data in _documents(survey):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            yield Place(path, line), "not UTF-8; save the file as UTF-8"


@DOCUMENT_RULES(
    "E684",
    "a corpus that was released has its licence and its guidelines still",
    mend="Restore the file with git.",
    example=Example("corpus/LICENSE", "the text of the licence", "no such file"),
)
def documents_are_there(survey: Survey) -> Iterator[Fault]:
    """Who uses the corpus between two releases is told by them what is allowed, and what a label means."""
    root = survey.corpus.root
    if not any((root / "corpus/versions").glob("*.json")):
        return
    is_annotated = any((root / "annotations/pulled").glob("*.jsonl"))
    for path in RELEASED if is_annotated else RELEASED[:1]:
        if not _says_something(root / path):
            yield Place(path), "missing or empty, and a version is on record; restore it with git"


def _says_something(path: Path) -> bool:
    return path.is_file() and bool(path.read_bytes().strip())


def _documents(survey: Survey) -> Iterator[tuple[str, bytes]]:
    for path in DOCUMENTS:
        place = survey.corpus.root / path
        if place.is_file():
            yield path, place.read_bytes()
