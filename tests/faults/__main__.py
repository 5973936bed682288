"""Kill commands at random instants, on a real server where they need one; meet other faults; and print the tables.

python -m tests.faults [INSTANTS] [SEED] [--only normalise,adjudicate,…] [--kinds kills,full-disk,…] [--without-server]
[--verbose]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from demo.annotators import sign_up
from tests.faults.faults import after_the_clock_went_back, at_once, on_full_disks, possible, where_read_only
from tests.faults.killed_adjudicate import killed_adjudications
from tests.faults.killed_normalise import killed_normalisations
from tests.faults.killed_pull import killed_pulls
from tests.faults.killed_push import killed_pushes
from tests.faults.killed_questions import killed_questions
from tests.faults.killed_release import killed_releases
from tests.faults.server_faults import pull_faults, push_faults
from tests.faults.steps import STEPS
from tests.faults.table import DETAILS, OTHERS, SUMMARY, detail, summary

from kliping.project import Corpus, Settings
from kliping.studio import server
from kliping.studio.client import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tests.faults.faults import Fault
    from tests.faults.killing import Kill
    from tests.faults.steps import Step

INSTANTS = 50

KILLS = "kills"

FAULTS: dict[str, Callable[[str, Step, Path, Path], Fault]] = {
    "full-disk": on_full_disks,
    "read-only": where_read_only,
    "two-at-once": at_once,
    "clock-back": after_the_clock_went_back,
}

KINDS = (KILLS, *FAULTS)

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


OTHER_FAULTS: dict[str, Callable[[Path, str, list[Client], Sequence[str]], Iterator[Fault]]] = {
    "pull": pull_faults,
    "push": push_faults,
}


def main(arguments: list[str]) -> None:
    """Print a row for each command; an exception where one ended in another state."""
    asked = _parsed(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ.update(XDG_DATA_HOME=str(home / "data"), XDG_CONFIG_HOME=str(home / "config"))
        for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY"):
            os.environ.pop(name, None)
        print(f"{asked.instants} instants each, seed {asked.seed}\n")
        kills, faults = _killed(home, asked), _met(home, asked)
        if any(name in WITH_SERVER for name in asked.names):
            with _clients(home) as clients:
                kills += _killed(home, asked, clients)
                faults += _met(home, asked, clients)
        for head, rows in ((SUMMARY, kills), (OTHERS, faults)):
            if rows:
                print("\n".join([head, *rows, ""]))


def _parsed(arguments: list[str]) -> argparse.Namespace:
    names = [*dict.fromkeys([*WITHOUT_SERVER, *STEPS, *WITH_SERVER])]
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("instants", nargs="?", type=int, default=INSTANTS)
    parser.add_argument("seed", nargs="?", type=int, default=random.randrange(1_000_000))
    parser.add_argument("--only", default=",".join(names), metavar=",".join(names))
    parser.add_argument("--kinds", default=",".join(KINDS), metavar=",".join(KINDS))
    parser.add_argument("--without-server", action="store_true", help="none of the commands that need one")
    parser.add_argument("--verbose", action="store_true", help="a row an instant, too")
    asked = parser.parse_args(arguments)
    asked.names = [name for name in asked.only.split(",") if not (asked.without_server and name in WITH_SERVER)]
    asked.kinds = asked.kinds.split(",")
    for given, known in ((asked.names, names), (asked.kinds, KINDS)):
        if unknown := set(given) - set(known):
            parser.error(f"there is no {', '.join(sorted(unknown))}; choose among {', '.join(known)}")
    return asked


def _killed(home: Path, asked: argparse.Namespace, clients: list[Client] | None = None) -> list[str]:
    """The rows of the commands that are killed: of those that need no server, or of the others."""
    rows: list[str] = []
    for name in asked.names if KILLS in asked.kinds else ():
        place = home / f"kills-{name}"
        if clients is None and name in WITHOUT_SERVER:
            place.mkdir()
            rows += _told(WITHOUT_SERVER[name](place, asked.instants, asked.seed), verbose=asked.verbose)
        elif clients is not None and name in WITH_SERVER:
            place.mkdir()
            own = f"kills-{asked.seed}-{name}"
            rows += _told(WITH_SERVER[name](place, own, clients, asked.instants, asked.seed), verbose=asked.verbose)
    return rows


def _met(home: Path, asked: argparse.Namespace, clients: list[Client] | None = None) -> list[str]:
    """The rows of the other faults: of the commands that need no server, or of the others."""
    rows: list[str] = []
    for name in asked.names:
        place = home / f"faults-{name}"
        found: Iterable[Fault] = ()
        if clients is None and name in STEPS:
            found = _faults(name, place, asked.kinds)
        elif clients is not None and name in OTHER_FAULTS:
            place.mkdir()
            found = OTHER_FAULTS[name](
                place, f"faults-{asked.seed}-{name}", clients, list(filter(possible, asked.kinds))
            )
        for one in found:
            print(one, file=sys.stderr, flush=True)
            rows.append(str(one))
    return rows


def _faults(name: str, place: Path, kinds: Sequence[str]) -> Iterator[Fault]:
    step, before = STEPS[name], place / "before"
    for kind, meet in FAULTS.items():
        if kind not in kinds or not possible(kind):
            continue
        if not before.exists():
            step.prepare(before)
        here = place / kind
        here.mkdir()
        yield meet(name, step, before, here)
        shutil.rmtree(here)


def _told(found: Iterable[Kill], *, verbose: bool) -> list[str]:
    """Print what is found as it comes, where that is asked for; the rows of the commands."""
    began = time.monotonic()
    if verbose:
        print(DETAILS)
    kills: dict[str, list[Kill]] = {}
    for kill in found:
        kills.setdefault(kill.command, []).append(kill)
        if verbose:
            print(detail(kill), flush=True)
    rows = [summary(several) for several in kills.values()]
    print("\n".join([*rows, f"in {time.monotonic() - began:.0f} s"]), file=sys.stderr, flush=True)
    return rows


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
