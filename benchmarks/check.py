"""`kliping check` beside the least that it takes: each line parsed by orjson, and held against its schema.

The least is one pass of `orjson.loads` and of jsonschema-rs over every line that the check reads, in one process and in
as many as there are cores, which share each file. The corpus has two annotations an article, whose marks have ids of
their own as Label Studio gives them; on one article in ten the annotators differ, so that it has no gold. The CPU of a
run is user and system seconds with those of its children; memory is the most that this process and one of its children
held. What the same run takes on a few articles is taken from CPU and clock: it is to start, and to read the schema.

    python -m benchmarks.check [COUNT]
"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import jsonschema_rs
import orjson
from benchmarks.measured import Run, measured
from benchmarks.release import write_corpus

from kliping.contract import load_contract
from kliping.normaliser.run.processes import available_cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["main", "read_all"]

COUNT = 100_000
FEW = 600
"""Articles of a run that does little but start."""
DISPUTED = 10
"""On one article in as many, the annotators differ."""

FILES = {
    "corpus/articles/*.jsonl": "article",
    "corpus/sources.jsonl": "article:#/$defs/source_entry",
    "corpus/splits.jsonl": "article:#/$defs/split_entry",
    "annotations/pulled/*.jsonl": "annotation",
    "annotations/gold.jsonl": "annotation:#/$defs/gold",
}
"""What the check reads of this corpus, and the schema of a line: a document of the contract, and the place in it."""

_CHECK = """
from kliping.check import check_corpus
from kliping.project import Corpus
if check_corpus(Corpus.open(sys.argv[1]), workers=int(sys.argv[2])):
    sys.exit("the corpus is not good")
"""
_READ = """
from pathlib import Path
from benchmarks.check import read_all
read_all(Path(sys.argv[1]), int(sys.argv[2]))
"""


class Share(NamedTuple):
    """The part of each file that a process reads: the first of 2 is 0, 2."""

    root: Path
    number: int
    of: int


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    count, cores = int(arguments[0]) if arguments else COUNT, available_cores()
    with tempfile.TemporaryDirectory() as folder:
        root, few = Path(folder) / "corpus", Path(folder) / "few"
        write_corpus(root, count, disputed=DISPUTED)
        write_corpus(few, FEW)
        size = sum(path.stat().st_size for pattern in FILES for path in root.glob(pattern))
        pairs = [_pair(root, few, workers) for workers in sorted({1, cores})]
    print(f"{count} articles, {size / 1e6:.0f} MB in JSON lines\n")
    print("| run | CPU seconds | ratio | seconds | ratio | this process MiB | a child MiB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for least, check in pairs:
        for run in (least, check):
            cpu = f"{run.cpu:.1f} | {run.cpu / least.cpu:.2f}"
            clock = f"{run.seconds:.1f} | {run.seconds / least.seconds:.2f}"
            print(f"| {run.what} | {cpu} | {clock} | {run.own:.0f} | {run.child:.0f} |")


def _pair(root: Path, few: Path, workers: int) -> tuple[Run, Run]:
    """The least, and the check beside it."""
    processes = "one process" if workers == 1 else f"{workers} processes"
    return (
        _without_start(f"orjson and jsonschema-rs, {processes}", _READ, root, few, workers),
        _without_start(f"check, {processes}", _CHECK, root, few, workers),
    )


def _without_start(what: str, work: str, root: Path, few: Path, workers: int) -> Run:
    start, whole = measured(what, work, few, workers), measured(what, work, root, workers)
    return replace(whole, cpu=whole.cpu - start.cpu, seconds=whole.seconds - start.seconds)


def read_all(root: Path, processes: int) -> None:
    """Parse and validate every line once, in this process or in several."""
    if processes == 1:
        _read_share(Share(root, 0, 1))
        return
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        list(pool.map(_read_share, [Share(root, number, processes) for number in range(processes)]))


def _read_share(share: Share) -> None:
    contract = load_contract(share.root / "schema")
    documents = jsonschema_rs.Registry([(str(one["$id"]), dict(one)) for one in contract.documents.values()])
    for pattern, schema in FILES.items():
        name, _, place = schema.partition(":")
        reference = {"$ref": contract.identifier(name) + place}
        is_valid = jsonschema_rs.Draft202012Validator(reference, registry=documents).is_valid
        for path in sorted(share.root.glob(pattern)):
            if not all(map(is_valid, map(orjson.loads, _lines(path, share)))):
                sys.exit(f"{path} is not good")


def _lines(path: Path, share: Share) -> Iterator[bytes]:
    """The lines that begin in the share's part of a file."""
    size = path.stat().st_size
    start, end = (size * at // share.of for at in (share.number, share.number + 1))
    with path.open("rb") as file:
        if start:
            file.seek(start - 1)
            file.readline()
        at = file.tell()
        while at < end and (line := file.readline()):
            at += len(line)
            yield line


if __name__ == "__main__":
    main(sys.argv[1:])
