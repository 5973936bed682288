"""`kliping release --verify-reproducible`: built again in another process, and compared byte for byte.

The second build has another seed of Python's hashes, another time zone, another number of workers, and another folder:
what depends on any of them would differ.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kliping.errors import DataError
from kliping.records import Finding
from kliping.release.manifest import MANIFEST, digest_of, list_files
from kliping.release.verification import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.release.manifest import Manifest

__all__ = ["build_again", "differences"]

OTHERWISE = {"PYTHONHASHSEED": "20261125", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
"""What is different about the process of the second build."""


REPORT = "report it with `kliping --version`"


def build_again(root: Path, version: str, folder: Path, *, workers: int) -> None:
    """Write a version's release into a folder, in a process of its own.

    Args:
        root: the corpus's folder.
        version: what is built.
        folder: where to; it is made.
        workers: processes of the first build; the second has another number.

    Raises:
        DataError: the second build failed where the first did not.
    """
    other = 1 if workers > 1 else 2
    command = [sys.executable, "-P", "-m", __name__, str(root), version, str(folder), str(other)]
    environment = os.environ | OTHERWISE
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 — our own module
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {done.returncode}"]
        raise DataError(f"version {version}: the second build failed where the first did not: {said[-1]}; run it again")


def differences(first: Path, second: Path) -> Iterator[Finding]:
    """Each file that two builds do not have alike, the manifest included; only that, where others wrote the two."""
    writers = [_writers(read_manifest(folder)) for folder in (first, second)]
    if writers[0] != writers[1]:
        message = f"written with {writers[0]}, the second build with {writers[1]}"
        yield _finding(MANIFEST, f"{message}: only the same give the same bytes; install what wrote it")
        return
    files = {
        name: (first / name, second / name) for folder in (first, second) for name in (*list_files(folder), MANIFEST)
    }
    for name, (one, other) in sorted(files.items()):
        if not (one.is_file() and other.is_file()):
            yield _finding(name, f"only one of two builds has it; {REPORT}")
        elif digest_of(one) != digest_of(other):
            yield _finding(name, f"two builds give other bytes; {REPORT}")


def _finding(path: str, message: str) -> Finding:
    return Finding(code="R301", path=path, line=None, message=message)


def _writers(manifest: Manifest) -> str:
    return f"kliping {manifest.kliping} and pyarrow {manifest.pyarrow}"


def _main(root: str, version: str, folder: str, workers: str) -> None:
    from kliping.contract import load_contract
    from kliping.project import Corpus
    from kliping.release.building.drafting import fill
    from kliping.release.building.planning import make_plan

    corpus, place = Corpus.open(root), Path(folder)
    plan = make_plan(corpus, load_contract(corpus.schema), version, int(workers))
    fill(place, place.with_name(f"{place.name}.held.jsonl"), plan)


if __name__ == "__main__":
    _main(*sys.argv[1:])
