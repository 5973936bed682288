"""A process that publishes when it is told to, in a child that can be killed; its imports are done once.

`python -m tests.release.publishing.publisher` reads a line of JSON for each run, the arguments of `run`, on standard
input. It writes the child's pid as the run begins and an `Outcome` after it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING, Any

import huggingface_hub.hf_api  # noqa: F401 — what takes a second comes first
import msgspec

from kliping.errors import KlipingError
from kliping.project import Corpus
from kliping.release.publishing import Options, destination, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Outcome", "Publisher", "running_publisher"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: its exit code, -9 where it was killed; its error; else what it changed, and its plan."""

    code: int
    error: str = ""
    changes: int = -1
    plan: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publisher:
    """A process that publishes."""

    process: subprocess.Popen[str]
    corpus: Path

    def __call__(
        self, version: str, to: str, began: Callable[[int], object] = lambda _pid: None, **more: object
    ) -> Outcome:
        """Publish; `began` is told the pid as it begins, and may see to it that it is killed."""
        said, answered = _pipes(self.process)
        said.write(json.dumps({"corpus": str(self.corpus), "version": version, "to": to, **more}) + "\n")
        said.flush()
        pid = int(answered.readline())
        began(pid)
        said.write("go\n")
        said.flush()
        return Outcome(**json.loads(answered.readline()))


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


@contextmanager
def running_publisher(corpus: Path, environment: dict[str, str]) -> Iterator[Publisher]:
    """A process that publishes releases of a corpus."""
    command = [sys.executable, "-m", "tests.release.publishing.publisher"]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Publisher(process, corpus)
        _pipes(process)[0].close()


def main() -> None:
    """Run what is asked for, one after another."""
    while line := sys.stdin.readline():
        asked = json.loads(line)
        reader, writer = os.pipe()
        waiting, start = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            os.read(waiting, 1)
            os.write(writer, json.dumps(asdict(run(**asked))).encode())
            os._exit(0)
        os.close(writer)
        _say(str(pid))
        sys.stdin.readline()
        os.write(start, b"g")
        with os.fdopen(reader) as said:
            outcome = said.read()
        _, status = os.waitpid(pid, 0)
        os.close(waiting)
        os.close(start)
        _say(outcome or json.dumps(asdict(Outcome(os.waitstatus_to_exitcode(status)))))


def run(
    corpus: str, version: str, to: str, token: str | None = None, private: bool = True, dry_run: bool = False
) -> Outcome:
    """Publish, with a release that was not checked again: that takes seconds, and has tests of its own."""
    if token is not None:
        os.environ["HF_TOKEN"] = token
    options = Options(private=private, dry_run=dry_run)
    try:
        receipt, plan = publish(Corpus.open(corpus), version, destination(to), lambda _folder: [], options)
    except KlipingError as error:
        return Outcome(error.exit_code, str(error))
    assert receipt.adds_up
    return Outcome(0, "", receipt.changes, msgspec.to_builtins(plan))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
