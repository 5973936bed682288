"""`kliping studio invite` and `kliping studio restore`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.holding import holding
from kliping.cli.progress import told_paced
from kliping.cli.show import corpus_option, json_option, show_receipt
from kliping.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.project import Corpus
    from kliping.studio.people.invite import Invitation

__all__ = ["invite", "restore"]


@click.command()
@click.argument("addresses", nargs=-1, metavar="[ADDRESS]...")
@corpus_option
@json_option
def invite(corpus: Corpus, addresses: tuple[str, ...], *, as_json: bool) -> None:
    """Give annotators a pseudonym each, and print the link that they sign up with.

    Addresses that are not given are read from standard input, one a line: so they stay out of the shell's history. They
    are kept in a private file of your configuration folder, and neither printed nor written to the corpus. Nobody is
    sent anything: pass the link on yourself.

    \b
    Example:
      kliping studio invite < addresses.txt
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.studio.connection import connect
    from kliping.studio.people.invite import invite as invite_people

    given = addresses or _typed()
    with connect(corpus) as client:
        invitation = invite_people(corpus, client, given)
    if as_json:
        click.echo(msgspec.json.encode(invitation).decode())
        return
    for line in _lines(corpus, invitation):
        click.echo(line)


@click.command()
@corpus_option
@json_option
@holding("studio restore")
def restore(corpus: Corpus, *, as_json: bool) -> None:
    """Rebuild a lost server from annotations/: projects, tasks, accounts, and what everybody submitted.

    What is there already is not sent again. Accounts that are not there are made with passwords of their own, which are
    kept in a private file of your data folder; whose address this machine does not know gets a stand-in. Run `kliping
    pull` afterwards.

    \b
    Example:
      kliping studio start
      kliping studio restore
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.contract import load_contract
    from kliping.studio.connection import connect
    from kliping.studio.restore import restore as restore_server

    contract = load_contract(corpus.schema)
    with connect(corpus) as client:
        receipt = restore_server(corpus, contract, client, told_paced())
    show_receipt(corpus, receipt, as_json=as_json)


def _typed() -> tuple[str, ...]:
    if sys.stdin.isatty():
        click.echo("kliping: e-mail addresses, one a line; Ctrl-D ends them", err=True)
    given = tuple(line.strip() for line in sys.stdin if line.strip())
    if not given:
        raise CallError("nobody to invite: give e-mail addresses, or one a line on standard input")
    return given


def _lines(corpus: Corpus, invitation: Invitation) -> Iterator[str]:
    yield f"the link to sign up with, alike for all: {invitation.link}"
    for number, one in enumerate(invitation.people, 1):
        yield f"{number}. {one.annotator}" + (", who has an account already" if one.account else "")
        whose = "their own" if corpus.settings.annotators.blind else "the shared"
        yield f"   annotates in {whose} project: {one.project or 'the next `kliping push` makes it'}"
    if invitation.add:
        yield "add to pyproject.toml, so that `kliping sample` and `kliping push` give them work:"
        yield ""
        yield from invitation.add.splitlines()
