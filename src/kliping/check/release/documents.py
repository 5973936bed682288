"""What a release says in texts: the card, the citation, `croissant.json`, read once, with the lines that things are on.

A release may come from anybody, so a text that is larger than any of ours is not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from kliping.check.excerpts import around
from kliping.check.lines import parse
from kliping.check.rules import Place
from kliping.release.card.reading import PlainLoader, read_yaml
from kliping.release.verification import LARGEST_TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.check.rules import Fault

__all__ = ["CARD", "CITATION", "CROISSANT", "Document", "Documents", "read_document", "read_documents"]

CARD, CITATION, CROISSANT = "README.md", "CITATION.cff", "croissant.json"

_YAML_ERRORS = (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError)
_NAMES = ("config_name", "split", "name")
"""Keys by which an entry of a list is known."""


@dataclass(frozen=True)
class Document:
    """A text of a release; `fault` says why it cannot be read, and then there is none."""

    path: str
    text: str
    fault: str | None = None

    @cached_property
    def lines(self) -> list[str]:
        """Its lines without their ends."""
        return self.text.split("\n")

    @cached_property
    def split(self) -> tuple[str, str]:
        """The YAML between the dashes at its head, and what follows; the whole follows where there is no such head."""
        start, found, rest = self.text.partition("---\n")
        head, ended, body = rest.partition("---\n")
        return (head, body) if found and ended and not start else ("", self.text)

    @cached_property
    def head(self) -> tuple[dict[str, Any], str | None]:
        """What the YAML at its head says, or why it says nothing."""
        if self.fault is None and not self.split[0]:
            return {}, "no YAML between dashes at its head"
        return _yaml(self.split[0]) if self.fault is None else ({}, self.fault)

    @cached_property
    def body_line(self) -> int:
        """The line that the body begins on."""
        return self.text.count("\n", 0, len(self.text) - len(self.split[1])) + 1

    @cached_property
    def whole(self) -> tuple[dict[str, Any], str | None]:
        """What it says as YAML, or why it says nothing."""
        return _yaml(self.text) if self.fault is None else ({}, self.fault)

    @cached_property
    def json(self) -> tuple[dict[str, Any], str | None]:
        """What it says as JSON, or why it says nothing."""
        if self.fault is not None:
            return {}, self.fault
        value, fault = parse(self.text.encode())
        return value or {}, fault

    def place(self, line: int | None = None) -> Place:
        """A place in it; a text that is missing has no lines."""
        return Place(self.path, line)

    def at(self, number: int, message: str, words: str = "") -> Fault:
        """A fault on a line, with an excerpt: some words of it, or the line."""
        line = self.lines[number - 1]
        start = max(line.find(words), 0) if words else 0
        return self.place(number), message, around(line, start, start + len(words) if words else len(line))

    def stated(self, message: str, *steps: str) -> Fault:
        """A fault at what its YAML says under some keys and names, as near as that is there."""
        found = _yaml_line(self._nodes, steps)
        return (self.place(), message) if found is None else self.at(found + self._head_line, message)

    def found(self, message: str, *words: str) -> Fault:
        """A fault at the first line that begins with some words, indents left out; else at the document as a whole."""
        for number, line in enumerate(self.lines, 1):
            if line.lstrip(" {[").startswith(words):
                return self.at(number, message)
        return self.place(), message

    @cached_property
    def _head_line(self) -> int:
        return 2 if self.split[0] else 1

    @cached_property
    def _nodes(self) -> yaml.Node | None:
        try:
            return yaml.compose(self.split[0] or self.text, PlainLoader)
        except _YAML_ERRORS:
            return None


class Documents(NamedTuple):
    """The texts that describe a release."""

    card: Document
    citation: Document
    croissant: Document


def read_documents(folder: Path) -> Documents:
    """The texts that describe the release in a folder."""
    return Documents(*(read_document(folder, name) for name in (CARD, CITATION, CROISSANT)))


def read_document(folder: Path, name: str) -> Document:
    """A text of a release as it is there, or why there is none."""
    path = folder / name
    try:
        if not path.is_file():
            return Document(name, "", "missing")
        if path.stat().st_size > LARGEST_TEXT:
            return Document(name, "", f"larger than {LARGEST_TEXT // 2**20} MiB")
        return Document(name, path.read_bytes().decode())
    except OSError as error:
        return Document(name, "", f"cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        return Document(name, "", f"not UTF-8 at byte {error.start}")


def _yaml(text: str) -> tuple[dict[str, Any], str | None]:
    try:
        found = read_yaml(text)
    except _YAML_ERRORS as error:
        return {}, (str(error).splitlines() or [type(error).__name__])[0]
    return (found, None) if isinstance(found, dict) else ({}, "no YAML that says something")


def _yaml_line(node: yaml.Node | None, steps: tuple[str, ...]) -> int | None:
    """The line, counted from 0, of the last of some steps down that can be taken."""
    line = None
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode):
            found = next(((one, one) for one in node.value if _is_named(one, step)), None)
        else:
            found = None
        if found is None:
            return line
        line, node = found[0].start_mark.line, found[1]
    return line


def _is_named(node: yaml.Node, name: str) -> bool:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return any(key.value in _NAMES and value.value == name for key, value in pairs)
