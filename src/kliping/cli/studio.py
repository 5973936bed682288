"""`kliping studio`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.people import invite, restore
from kliping.cli.progress import told_paced
from kliping.cli.show import corpus_option, json_option

if TYPE_CHECKING:
    from kliping.project import Corpus
    from kliping.studio.server import Server

__all__ = ["studio"]


@click.group()
def studio() -> None:
    """A Label Studio of this corpus's own: on this machine only, offline, with SQLite or PostgreSQL.

    Its data and its secrets lie in your data folder, never in the corpus.
    """


studio.add_command(invite)
studio.add_command(restore)


@studio.command()
@click.option("--port", type=int, help="On 127.0.0.1; by default the `server` setting's where free, else any free one.")
@click.option(
    "--database",
    metavar="postgresql://USER@HOST:PORT/NAME",
    help="At the first start: keep the data there, not in SQLite. The password is PGPASSWORD's or ~/.pgpass's.",
)
@corpus_option
@json_option
def start(corpus: Corpus, port: int | None, database: str | None, *, as_json: bool) -> None:
    """Start the server, and return when it is ready.

    The first time, Label Studio is installed in your cache folder (800 MB), and the database is filled (a minute).

    \b
    Example:
      kliping studio start --port 8090
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.studio.server import start as start_server

    _show(start_server(corpus, port, told_paced(), database=database), as_json=as_json)


@studio.command()
@corpus_option
@json_option
def stop(corpus: Corpus, *, as_json: bool) -> None:
    """Stop the server that `start` made; its data stays.

    \b
    Example:
      kliping studio stop
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.studio.server import stop as stop_server

    stopped = stop_server(corpus)
    if as_json:
        click.echo(msgspec.json.encode({"stopped": stopped}).decode())
    else:
        click.echo("stopped" if stopped else "no server of this corpus is running")


@studio.command()
@corpus_option
@json_option
def status(corpus: Corpus, *, as_json: bool) -> None:
    """Say whether the server runs, where, and where its data and its token are.

    \b
    Example:
      kliping studio status --json
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.studio.server import status as server_status

    _show(server_status(corpus), as_json=as_json)


def _show(server: Server | None, *, as_json: bool) -> None:
    from kliping.studio.server import USERNAME

    if as_json:
        nothing = {"url": None, "pid": None, "data": None, "token_file": None}
        click.echo(msgspec.json.encode(server or nothing).decode())
    elif server is None:
        click.echo("no server of this corpus is running; start one with `kliping studio start`")
    else:
        click.echo(
            f"running at {server.url} (process {server.pid})\n  log in as {USERNAME}; the password is in "
            f"{server.data}/password\n  token: {server.token_file}"
        )
