"""How a difference of two versions is shown: as a page, as JSON by article, and as Markdown for a changelog."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import click
import msgspec

from kliping.errors import CallError
from kliping.plain import plain
from kliping.release.versions.bump import follows, summary
from kliping.release.versions.changes import RULES
from kliping.release.versions.derived import read_titles
from kliping.release.versions.difference import article_differences, compare
from kliping.release.versions.heads import head_changes
from kliping.release.versions.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.release.versions.changes import Kind
    from kliping.release.versions.difference import Difference, Example
    from kliping.release.versions.sides import Side

__all__ = ["Form", "json_pieces", "one_form", "show_difference", "show_first"]

Form: TypeAlias = Literal["json", "markdown"]


def one_form(*, json: bool, markdown: bool) -> Form | None:
    """The form that was asked for.

    Raises:
        CallError: both were.
    """
    if json and markdown:
        raise CallError("--json and --markdown are two forms of one page; leave one of them out")
    return "json" if json else "markdown" if markdown else None


class Titled(NamedTuple):
    """A difference, and the titles of the articles among its examples, as far as a folder has them."""

    difference: Difference
    titles: Mapping[str, str]


Line: TypeAlias = tuple[str, str, str]
"""An article's id, its title, and what changed; any may be empty."""


def show_difference(old: Side, new: Side, form: Form | None, *, most: int | None = 10) -> None:
    """Print how two versions differ; `most` of each kind are listed, all where it is None, and in JSON always.

    Raises:
        CallError: they are of different corpora.
        DataError: one of them is damaged.
    """
    if form == "json":
        for piece in json_pieces(old, new):
            sys.stdout.buffer.write(piece)
        return
    titled = _titled_difference(old, new, most)
    for line in (_markdown_lines if form == "markdown" else _difference_lines)(titled):
        click.echo(plain(line))


def show_first(new: Side, form: Form | None) -> None:
    """Print that there is nothing to compare a release with."""
    if form == "json":
        head = {"old": None, "new": _named(new), "changes": 0, "bump": None, "smallest": new.head.version}
        sys.stdout.buffer.write(msgspec.json.encode(head) + b"\n")
    elif form == "markdown":
        click.echo(f"## {new.head.version}\n\nThe first release.")
    else:
        click.echo(f"{new.head.name} {new.head.version}: the first release; it may have any version")


def _titled_difference(old: Side, new: Side, most: int | None) -> Titled:
    """A difference with the titles of what it names; the newer folder's go first."""
    difference = compare(old, new, most)
    names = frozenset(name for examples in difference.examples.values() for name, _ in examples if name)
    titles: dict[str, str] = {}
    for folder in (old.folder, new.folder):
        if folder is not None:
            titles |= read_titles(folder, names)
    return Titled(difference, titles)


def _difference_lines(titled: Titled) -> Iterator[str]:
    """The page for people: what follows and the counts first, then examples."""
    difference = titled.difference
    head = f"{difference.old.name} {difference.old.version} → {difference.new.version}"
    if difference.level is None:
        yield f"{head}: 0 changes"
        return
    yield f"{head}: {difference.level}, so {follows(difference)} or later after {difference.old.version}"
    for kind, number in difference.counts.items():
        rule = RULES[kind]
        yield f"  {rule.level!s:<5}  {rule.told(number)}: {rule.why}"
    if difference.uncompared:
        yield f"  not compared for corrections, since columns or labels differ: {', '.join(difference.uncompared)}"
    for kind, examples in _shown(difference):
        yield ""
        yield RULES[kind].title
        yield from (f"  {line}" for line in _aligned(_lines(titled, examples)))
        if more := difference.counts[kind] - len(examples):
            yield f"  … and {more:,} more; --all lists them"


def _markdown_lines(titled: Titled) -> Iterator[str]:
    """A section of a changelog: a heading of the second level, a sentence, and a list."""
    difference = titled.difference
    yield f"## {difference.new.version}"
    yield ""
    words = summary(difference)
    yield f"{words[0].upper()}{words[1:]}."
    if difference.examples:
        yield ""
    for kind, examples in _shown(difference):
        yield f"- {RULES[kind].told(difference.counts[kind])}:"
        for name, title, words in _lines(titled, examples):
            told = ", ".join(part for part in (f"`{name}`" if name else "", _escaped(title), _escaped(words)) if part)
            yield f"  - {told}"
        if more := difference.counts[kind] - len(examples):
            yield f"  - and {more:,} more"


def json_pieces(old: Side, new: Side) -> Iterator[bytes]:
    """One JSON object, its articles written one by one: the versions are gone through twice, and never held."""
    difference = compare(old, new, 0)
    head = {
        "old": _named(old),
        "new": _named(new),
        "changes": difference.changes,
        "bump": None if difference.level is None else str(difference.level),
        "smallest": follows(difference),
        "counts": difference.counts,
        "uncompared": difference.uncompared,
        "schema": list(head_changes(old.head, new.head)),
    }
    yield msgspec.json.encode(head)[:-1] + b',"articles":['
    before = b""
    for article in article_differences(old, new):
        yield before + msgspec.json.encode(article)
        before = b",\n"
    yield b"]}\n"


def _named(side: Side) -> dict[str, str]:
    return {"name": side.head.name, "version": side.head.version, "scheme": side.head.scheme}


def _shown(difference: Difference) -> Iterator[tuple[Kind, Sequence[Example]]]:
    for kind in difference.counts:
        if examples := difference.examples.get(kind):
            yield kind, examples


def _lines(titled: Titled, examples: Sequence[Example]) -> Iterator[Line]:
    for name, change in examples:
        yield name or "", titled.titles.get(name or "", ""), in_words(change)


def _aligned(lines: Iterator[Line]) -> Iterator[str]:
    """Ids in a column, then what changed, then the title."""
    kept = list(lines)
    wide = max(len(name) for name, _, _ in kept)
    for name, title, words in kept:
        parts = [f"{name:<{wide}}"] if wide else []
        yield "  ".join([*parts, *(part for part in (words, title) if part)]).rstrip()


def _escaped(words: str) -> str:
    """Words as they stand, whatever Markdown or HTML makes of their characters."""
    return re.sub(r"([\\`*_\[\]<>&|#~])", r"\\\1", " ".join(words.split()))
