"""A whole corpus: dumps a second with one worker and with all, what each process holds in memory, and a second run.

The dumps are those of `benchmarks.dumps`, written as files; the command is run as people run it. Figures of one run can
be compared with each other; across machines only the ratios can.

    python -m benchmarks.corpus [COUNT]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from benchmarks.dumps import dumps

from kliping.contract.starter import starter_files
from kliping.files import write_bytes
from kliping.normaliser.run.processes import available_cores

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

COUNT = 100_000
FOLDER = 1000
"""Dumps in one folder."""

_MEASURED = """
import resource, sys, time
began = time.perf_counter()
from kliping.cli import cli
cli.main(sys.argv[1:], standalone_mode=False)
seconds = time.perf_counter() - began
peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(seconds, *peaks, file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `kliping normalise`: changes, seconds, and the most memory that a process held, in MiB."""

    what: str
    changes: int
    seconds: float
    parent: float
    worker: float


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    count = int(arguments[0]) if arguments else COUNT
    cores = available_cores()
    with tempfile.TemporaryDirectory() as folder:
        corpus = _corpus(Path(folder) / "corpus", count)
        alone = _run(corpus, "1 worker", "--workers", "1", "--no-near-duplicates")
        again = _run(corpus, "1 worker, a second time", "--workers", "1", "--no-near-duplicates")
        _forget(corpus)
        many = _run(corpus, f"{cores} workers", "--workers", str(cores), "--no-near-duplicates")
        near = _run(corpus, "near-duplicates besides, all new", "--workers", str(cores))
        known = _run(corpus, "near-duplicates besides, all known", "--workers", str(cores))
    print(f"{count} dumps\n")
    print("| run | changes | seconds | dumps/s | parent MiB | worker MiB |\n| --- | --- | --- | --- | --- | --- |")
    for run in (alone, again, many, near, known):
        speed = f"{run.seconds:.1f} | {count / run.seconds:.0f} | {run.parent:.0f} | {run.worker:.0f}"
        print(f"| {run.what} | {run.changes} | {speed} |")
    print(f"\n{cores} workers are {alone.seconds / many.seconds:.2f} times as fast as one.")


def _corpus(root: Path, count: int) -> Path:
    for name, data in starter_files("bench", "id").items():
        write_bytes(root / name, data)
    with (root / "pyproject.toml").open("a") as settings:
        settings.write('\n[tool.kliping.sources."**"]\nlanguage = "id"\n')
    for number in range(0, count, FOLDER):
        place = root / "corpus/raw" / f"{number // FOLDER:04}"
        place.mkdir(parents=True)
        for at, dump in enumerate(dumps(min(FOLDER, count - number), seed=number)):
            (place / f"{at:04}.txt").write_bytes(dump)
    return root


def _forget(corpus: Path) -> None:
    """Take back what a run made."""
    for name in (".kliping", "corpus/articles"):
        shutil.rmtree(corpus / name)
    for name in ("sources.jsonl", "rejected.jsonl"):
        (corpus / "corpus" / name).unlink()


def _run(corpus: Path, what: str, *options: str) -> Run:
    command = [sys.executable, "-c", _MEASURED, "normalise", "-C", str(corpus), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 — our own command
    seconds, parent, worker = map(float, done.stderr.splitlines()[-1].split())
    return Run(what, msgspec.json.decode(done.stdout)["changes"], seconds, parent, worker)


if __name__ == "__main__":
    main(sys.argv[1:])
