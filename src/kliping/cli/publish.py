"""`kliping publish`."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.show import corpus_option, json_option, show_receipt
from kliping.plain import plain

if TYPE_CHECKING:
    from kliping.project import Corpus
    from kliping.release.publishing.plan import Plan

__all__ = ["publish"]


@click.command()
@click.argument("version")
@click.option(
    "--to",
    "place",
    required=True,
    metavar="OWNER/NAME|PATH",
    help="A dataset of the Hugging Face hub, or a folder: one begins with /, ./, ../ or ~.",
)
@click.option("--private/--public", default=True, help="Who sees a dataset that has to be made; private by default.")
@click.option("--dry-run", is_flag=True, help="List what would be sent and done; change nothing there.")
@corpus_option
@json_option
def publish(  # noqa: PLR0913 — click's options
    corpus: Corpus, version: str, place: str, *, private: bool, dry_run: bool, as_json: bool
) -> None:
    """Publish releases/NAME-VERSION, whole or not at all.

    On the hub all files are one commit, which then gets the tag vVERSION; in a folder the release appears as
    NAME-VERSION. A tag never moves, a release never changes, and the same one again is 0 changes. The login is that of
    `hf auth login`, or HF_TOKEN.

    \b
    Example:
        kliping publish 0.1.0 --to rimbia/toy --dry-run
        kliping publish 0.1.0 --to /srv/releases
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.check.gate import disallowed
    from kliping.cli.check.subject import check_day
    from kliping.release.publishing import Options, destination
    from kliping.release.publishing import publish as publish_release

    options, check = Options(private=private, dry_run=dry_run), partial(disallowed, corpus=corpus, today=check_day())
    receipt, plan = publish_release(corpus, version, destination(place), check, options)
    if dry_run:
        _show_plan(plan, as_json=as_json)
        return
    show_receipt(corpus, receipt, as_json=as_json)
    if not as_json:
        click.echo(plain(f"  {plan.place}"))


def _show_plan(plan: Plan, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(plan) + b"\n")
        return
    click.echo(plain(f"publish: dry run, nothing was changed in {plan.place}"))
    lines = [*(f"send {name}" for name in plan.send), *(f"remove {name}" for name in plan.remove), *plan.steps]
    for line in lines or ["0 changes: it is there"]:
        click.echo(plain(f"  {line}"))
