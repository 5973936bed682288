"""Kill releases, and pushes and pulls of a real server, at random instants, and print the table.

python -m tests.faults [INSTANTS] [SEED] [--without-server]
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

from demo.annotators import sign_up
from tests.faults.killed_pull import killed_pulls
from tests.faults.killed_push import killed_pushes
from tests.faults.killed_release import killed_releases

from kliping.project import Corpus, Settings
from kliping.studio import server
from kliping.studio.client import Client

INSTANTS = 50


def main(arguments: list[str]) -> None:
    """Print a row for each instant; an exception where one ended in another state."""
    numbers = [int(one) for one in arguments if not one.startswith("--")]
    count, seed = [*numbers, *[INSTANTS, random.randrange(1_000_000)][len(numbers) :]]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ.update(XDG_DATA_HOME=str(home / "data"), XDG_CONFIG_HOME=str(home / "config"))
        for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY"):
            os.environ.pop(name, None)
        print(f"{count} instants each, seed {seed}\n")
        print("| command | instant | how | what had been done | after the next run |\n| --- | --- | --- | --- | --- |")
        releases = home / "kills-release"
        releases.mkdir()
        for row in killed_releases(releases, count, seed):
            print(row, flush=True)
        if "--without-server" not in arguments:
            _with_server(home, count, seed)


def _with_server(home: Path, count: int, seed: int) -> None:
    corpus = Corpus(home / "server", Settings(name="server-of-the-faults"))
    running = server.start(corpus, progress=lambda line: print(line, file=sys.stderr))
    try:
        _table(home, running.url, server.read_token(running), count, seed)
    finally:
        server.stop(corpus)


def _table(home: Path, url: str, token: str, count: int, seed: int) -> None:
    os.environ.update(LABEL_STUDIO_URL=url, LABEL_STUDIO_API_KEY=token)
    tokens = [token, *(sign_up(url, token, f"{name}@pos.example") for name in ("ayu", "bima"))]
    clients = [Client(url, one) for one in tokens]
    for number, kills in enumerate((killed_pulls, killed_pushes)):
        place = home / f"kills-{number}"
        place.mkdir()
        for row in kills(place, f"kills-{seed}-{number}", clients, count, seed):
            print(row, flush=True)
    for client in clients:
        client.close()


if __name__ == "__main__":
    main(sys.argv[1:])
