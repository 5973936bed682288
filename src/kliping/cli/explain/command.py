"""The command: find the input, explain it, show it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.show import json_option
from kliping.errors import CallError
from kliping.project import Corpus

if TYPE_CHECKING:
    from kliping.normaliser.explanation import Explanation

__all__ = ["explain"]

WIDEST = 120
"""Characters of a line on a terminal at most: longer ones are hard to read."""


@click.command()
@click.argument("path")
@click.option("-C", "start", metavar="DIR", help="The corpus; by default the nearest folder from here up.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write a page to FILE instead; `-` is standard output.",
)
@json_option
def explain(path: str, start: str | None, page: Path | None, *, as_json: bool) -> None:
    """Show what became of one input, line by line: kept, moved or removed, and by which rule.

    PATH is a file, a path relative to the raw folder, or the id of an article. A file in a corpus's raw folder is read
    as `[tool.kliping]` says of it, any other one as a new corpus would. Nothing is changed. An input that is rejected
    is shown as far as it came, with the reason; that is an answer, and exits with 0.

    \b
    Example:
        kliping explain corpus/raw/kabar/1.html
        kliping explain 1a64c1cb4519b1a2 --html why.html
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    if page and as_json:
        raise click.UsageError("--html and --json cannot go together; give one of them")
    corpus = _corpus(start)
    _require_apart(page, path, corpus)
    explanation = _explained(path, corpus)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(explanation) + b"\n")
    elif page:
        _write(page, explanation)
    else:
        _show(explanation)


def _corpus(start: str | None) -> Corpus | None:
    """The corpus that was named, which must be one, or the one around, if any."""
    if start is not None:
        return Corpus.open(start)
    try:
        return Corpus.open()
    except CallError as none:
        if "no corpus here" in str(none):
            return None
        raise


def _explained(path: str, corpus: Corpus | None) -> Explanation:
    from kliping.normaliser.explanation import explain, refusal
    from kliping.normaliser.raw import Raw
    from kliping.normaliser.run.lookup import look_up

    found = look_up(path, corpus)
    explanation = explain(found.raw, found.treatment) if isinstance(found.raw, Raw) else refusal(found.raw)
    if explanation.article is None or found.id is None:
        return explanation
    return msgspec.structs.replace(explanation, article=msgspec.structs.replace(explanation.article, id=found.id))


def _require_apart(page: Path | None, path: str, corpus: Corpus | None) -> None:
    """The page neither takes the input's place nor becomes an input itself."""
    if page is None or str(page) == "-":
        return
    place = page.resolve()
    if place == Path(path).resolve():
        raise CallError(f"{page}: is the input itself; give --html another file")
    if corpus and place.is_relative_to(corpus.raw.resolve()):
        raise CallError(f"{page}: lies in the raw folder, where it would become an input; give --html another file")


def _write(page: Path, explanation: Explanation) -> None:
    from kliping.cli.explain.page import as_page
    from kliping.files import write_bytes

    data = as_page(explanation).encode()
    if str(page) == "-":
        sys.stdout.buffer.write(data)
    else:
        write_bytes(page, data)
        click.echo(f"wrote {page}")


def _show(explanation: Explanation) -> None:
    """On a terminal in colours and wrapped; elsewhere a piece a line, to be searched."""
    from kliping.cli.explain.terminal import as_lines

    on_terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, WIDEST) if on_terminal else None
    colour = False if os.environ.get("NO_COLOR") else None  # https://no-color.org; None leaves it to the terminal
    for line in as_lines(explanation, width):
        click.echo(line, color=colour)
