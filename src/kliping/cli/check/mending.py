"""`kliping check --fix`: what is mechanical is mended and shown before the findings that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from kliping.errors import CallError
from kliping.plain import plain
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kliping.check.mending import Mended

__all__ = ["fix_options", "mend_first"]

F = TypeVar("F", bound="Callable[..., Any]")


def fix_options(command: F) -> F:
    """`--fix` and `--dry-run`, as `fix` and `dry_run`."""
    command = click.option("--dry-run", is_flag=True, help="With --fix: show what would be mended, change nothing.")(
        command
    )
    return click.option(
        "--fix",
        is_flag=True,
        help="Mend what is mechanical first: line ends, key order, Unicode's composed form where nobody annotated.",
    )(command)


def mend_first(folder: Path | None, start: str | None, *, fix: bool, dry_run: bool, apart: bool) -> None:
    """Where it is asked for, mend the corpus, and show how.

    Args:
        folder: what is to be checked; None is the corpus at `start`.
        start: where the corpus is.
        fix: whether it is asked for.
        dry_run: show what would be mended, and write nothing.
        apart: show it on standard error: standard output is for machines.

    Raises:
        CallError: it is asked for a release, or only half.
    """
    if not fix:
        if dry_run:
            raise CallError("--dry-run: it goes with --fix only; a check changes nothing")
        return
    if folder is not None and not (folder / "pyproject.toml").is_file():
        raise CallError(
            f"{folder}: --fix mends a corpus, never a release; mend the corpus, and release the next version"
        )
    from kliping.check.mending import mend_corpus

    def show(line: str) -> None:
        click.echo(plain(line), err=apart)

    mended = mend_corpus(Corpus.open(folder or start or "."), show, dry_run=dry_run)
    for left in mended.left:
        show(str(left))
    show(_summary(mended, dry_run=dry_run))


def _summary(mended: Mended, *, dry_run: bool) -> str:
    if not mended.lines:
        return "0 changes"
    codes = ", ".join(f"{code} {number}" for code, number in sorted(mended.codes.items()))
    lines = f"{mended.lines} {'line' if mended.lines == 1 else 'lines'}"
    files = f"{mended.files} {'file' if mended.files == 1 else 'files'}"
    if dry_run:
        return f"nothing was changed; without --dry-run {lines} in {files} would be mended: {codes}"
    return f"mended {lines} in {files}: {codes}"
