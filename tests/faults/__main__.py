"""Kill commands at random instants, on a real server where they need one, and print the table.

python -m tests.faults [INSTANTS] [SEED] [--only normalise,adjudicate,…] [--without-server] [--verbose]
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from demo.annotators import sign_up
from tests.faults.killed_adjudicate import killed_adjudications
from tests.faults.killed_normalise import killed_normalisations
from tests.faults.killed_pull import killed_pulls
from tests.faults.killed_push import killed_pushes
from tests.faults.killed_questions import killed_questions
from tests.faults.killed_release import killed_releases
from tests.faults.table import DETAILS, SUMMARY, detail, summary

from kliping.project import Corpus, Settings
from kliping.studio import server
from kliping.studio.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.faults.killing import Kill

INSTANTS = 50

WITHOUT_SERVER: dict[str, Callable[[Path, int, int], Iterator[Kill]]] = {
    "normalise": killed_normalisations,
    "adjudicate": killed_adjudications,
    "release": killed_releases,
}

WITH_SERVER: dict[str, Callable[[Path, str, list[Client], int, int], Iterator[Kill]]] = {
    "pull": killed_pulls,
    "push": killed_pushes,
    "questions": killed_questions,
}


def main(arguments: list[str]) -> None:
    """Print a row for each command; an exception where one ended in another state."""
    asked = _parsed(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ.update(XDG_DATA_HOME=str(home / "data"), XDG_CONFIG_HOME=str(home / "config"))
        for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY"):
            os.environ.pop(name, None)
        print(f"{asked.instants} instants each, seed {asked.seed}\n\n{DETAILS if asked.verbose else SUMMARY}")
        rows = list(_rows(home, asked))
        if asked.verbose:
            print("\n".join(["", SUMMARY, *rows]))


def _parsed(arguments: list[str]) -> argparse.Namespace:
    names = [*WITHOUT_SERVER, *WITH_SERVER]
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("instants", nargs="?", type=int, default=INSTANTS)
    parser.add_argument("seed", nargs="?", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--only", default=",".join(names), metavar=",".join(names))
    parser.add_argument("--without-server", action="store_true", help="none of the commands that need one")
    parser.add_argument("--verbose", action="store_true", help="a row an instant, too")
    asked = parser.parse_args(arguments)
    asked.names = [name for name in asked.only.split(",") if not (asked.without_server and name in WITH_SERVER)]
    if unknown := set(asked.names) - set(names):
        parser.error(f"--only: no such command: {', '.join(sorted(unknown))}")
    return asked


def _rows(home: Path, asked: argparse.Namespace) -> Iterator[str]:
    for name in asked.names:
        if name in WITHOUT_SERVER:
            place = home / name
            place.mkdir()
            yield from _told(WITHOUT_SERVER[name](place, asked.instants, asked.seed), verbose=asked.verbose)
    if any(name in WITH_SERVER for name in asked.names):
        with _clients(home) as clients:
            for name in asked.names:
                if name in WITH_SERVER:
                    place = home / name
                    place.mkdir()
                    found = WITH_SERVER[name](place, f"kills-{asked.seed}-{name}", clients, asked.instants, asked.seed)
                    yield from _told(found, verbose=asked.verbose)


def _told(found: Iterable[Kill], *, verbose: bool) -> Iterator[str]:
    """Print what is found as it comes, and give the rows of the commands."""
    began = time.monotonic()
    kills: dict[str, list[Kill]] = {}
    for kill in found:
        kills.setdefault(kill.command, []).append(kill)
        if verbose:
            print(detail(kill), flush=True)
    for several in kills.values():
        row = summary(several)
        if not verbose:
            print(row, flush=True)
        yield row
    print(f"{', '.join(kills)}: {time.monotonic() - began:.0f} s", file=sys.stderr)


@contextmanager
def _clients(home: Path) -> Iterator[list[Client]]:
    """A server of this run's own; the maintainer's client, then two annotators'."""
    corpus = Corpus(home / "server", Settings(name="server-of-the-faults"))
    running = server.start(corpus, progress=lambda line: print(line, file=sys.stderr))
    try:
        token = server.read_token(running)
        os.environ.update(LABEL_STUDIO_URL=running.url, LABEL_STUDIO_API_KEY=token)
        tokens = [token, *(sign_up(running.url, token, f"{name}@pos.example") for name in ("ayu", "bima"))]
        clients = [Client(running.url, one) for one in tokens]
        yield clients
        for client in clients:
            client.close()
    finally:
        server.stop(corpus)


if __name__ == "__main__":
    main(sys.argv[1:])
