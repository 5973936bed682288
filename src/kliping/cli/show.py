"""What every command shares: where the corpus is, and how receipts and findings are shown."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from kliping.errors import DataError
from kliping.plain import plain
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.records import Receipt

__all__ = ["corpus_option", "joined", "json_option", "show_receipt"]

F = TypeVar("F", bound="Callable[..., Any]")


def corpus_option(command: F) -> F:
    """`-C DIR`: hand the command an opened corpus."""
    return click.option(
        "-C",
        "corpus",
        metavar="DIR",
        default=".",
        type=click.Path(exists=True, file_okay=False),
        callback=lambda _context, _option, folder: Corpus.open(folder),
        help="The corpus; by default the nearest folder from here up with [tool.kliping].",
    )(command)


def json_option(command: F) -> F:
    """`--json`: print the result as JSON, for machines."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(command)


def joined(receipt: Receipt, more: Receipt) -> Receipt:
    """Two receipts of one command as one, under the first one's name."""
    return msgspec.structs.replace(
        receipt,
        counts=(*receipt.counts, *more.counts),
        changes=receipt.changes + more.changes,
        notes=(*receipt.notes, *more.notes),
    )


def show_receipt(corpus: Corpus, receipt: Receipt, *, as_json: bool, dry_run: bool = False) -> None:
    """Keep a receipt and print it; that of a dry run is not kept, and says so.

    Raises:
        DataError: the receipt does not add up: something was lost.
    """
    if not dry_run:
        corpus.keep_receipt(receipt)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(receipt) + b"\n")
    else:
        if dry_run:
            click.echo("nothing was changed; without --dry-run this would be done:")
        for line in _sentences(receipt):
            click.echo(plain(line))
    if not receipt.adds_up:
        raise DataError(f"{receipt.step}: the receipt does not add up: something was lost; please report this")


def _sentences(receipt: Receipt) -> list[str]:
    lines = [
        f"  {count.what}: {count.taken} = {count.kept} kept + {count.set_aside} set aside" for count in receipt.counts
    ]
    changes = f"{receipt.changes} change{'' if receipt.changes == 1 else 's'}"
    return [f"{receipt.step}: {changes}", *lines, *(f"  {note}" for note in receipt.notes)]
