"""Push beside the bare HTTP calls: the same batches posted with httpx, to the same server, a fresh project each.

A run starts a Label Studio of its own with an empty database, in folders of its own, unless LABEL_STUDIO_URL and
LABEL_STUDIO_API_KEY name one. Each push runs in a process of its own, past the imports, so that its memory can be told;
the bare calls get requests that are ready. Figures of one run can be compared with each other; across machines only the
ratios can.

    python -m benchmarks.studio_push [COUNT]
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import httpx
import msgspec

from kliping.contract import load_contract
from kliping.contract.starter import starter_files
from kliping.files import sha256, write_bytes, write_shards
from kliping.project import Corpus, Settings
from kliping.records import Article, Block, Normaliser, Source
from kliping.studio import server
from kliping.studio.push.screens import setup_of
from kliping.studio.push.wanted import open_source
from kliping.studio.tasks import Key, batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["main"]

COUNT = 5000
LENGTH = 2900
"""Characters of a text."""

TIMES = 3
"""How often each is measured, by turns; told are the medians, of the ratios too, as other work on the machine adds."""

_MEASURED = """
import resource, sys, time
from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.studio.connection import connect
from kliping.studio.push import push
corpus = Corpus.open(sys.argv[1])
contract = load_contract(corpus.schema)
with connect(corpus) as client:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    receipt = push(corpus, contract, client)
    seconds = time.perf_counter() - began
print(receipt.changes, seconds, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One push: what it changed, its seconds, and the most memory its process held, before it and in all, in MiB."""

    changes: int
    seconds: float
    before: float
    peak: float


def main(arguments: Sequence[str] = ()) -> None:
    """Print the table."""
    count = int(arguments[0]) if arguments else COUNT
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as (url, token):
        os.environ.update(LABEL_STUDIO_URL=url, LABEL_STUDIO_API_KEY=token)
        few, many = (_corpus(Path(folder) / str(number), number) for number in (count // 5, count))
        small = _push(_renamed(few))
        firsts, agains, bares, lists = [], [], [], []
        for _ in range(TIMES):
            corpus = _renamed(many)
            firsts.append(_push(corpus))
            agains.append(_push(corpus))
            posted, listed = _bare(corpus, url, token)
            bares.append(posted)
            lists.append(listed)
    assert {one.changes for one in agains} == {0}  # noqa: S101
    print(f"{count} tasks of {LENGTH} characters; medians of {TIMES}\n")
    print("| what | seconds | bare HTTP calls | ratio |\n| --- | --- | --- | --- |")
    print(_row("first push", [one.seconds for one in firsts], bares))
    print(_row("second push: 0 changes", [one.seconds for one in agains], lists))
    print("\n| tasks | MiB past the imports | peak MiB of a first push |\n| --- | --- | --- |")
    for number, run in ((count // 5, small), (count, firsts[-1])):
        print(f"| {number} | {run.before:.0f} | {run.peak:.0f} |")


def _row(what: str, ours: list[float], bare: list[float]) -> str:
    ratio = median(one / other for one, other in zip(ours, bare, strict=True))
    return f"| {what} | {median(ours):.2f} | {median(bare):.2f} | {ratio:.2f} |"


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, str]]:
    """A server's address and token: the one that is named, else one with a home of its own."""
    if os.environ.get("LABEL_STUDIO_URL"):
        yield os.environ["LABEL_STUDIO_URL"], os.environ["LABEL_STUDIO_API_KEY"]
        return
    os.environ.update(XDG_DATA_HOME=str(folder / "data"), XDG_CONFIG_HOME=str(folder / "config"))
    corpus = Corpus(folder / "server", Settings(name="bench-push"))
    corpus.root.mkdir()
    running = server.start(corpus, progress=lambda line: print(line, file=sys.stderr))
    try:
        yield running.url, server.read_token(running)
    finally:
        server.stop(corpus)


def _corpus(root: Path, count: int) -> Path:
    for name, data in starter_files("bench", "id").items():
        write_bytes(root / name, data)
    write_shards(root / "corpus" / "articles", (_article(number) for number in range(count)))
    return root


def _article(number: int) -> Article:
    chosen = random.Random(number)  # noqa: S311 — the same texts in every run
    words = " ".join("".join(chosen.choices("aeioubdgklmnprst", k=chosen.randint(2, 9))) for _ in range(LENGTH // 6))
    text = f"Berita {number}\n\n{words}"[:LENGTH].strip()
    end = len(f"Berita {number}")
    return Article(
        id=f"article-{number:06}", text=text, text_sha256=sha256(text.encode()),
        blocks=(Block(type="title", start=0, end=end), Block(type="paragraph", start=end + 2, end=len(text))),
        title=text[:end], subtitle=None, authors=(), publisher="Pesisir Pos", published="2024-08-05", modified=None,
        url=f"https://pos.example/{number}", dateline=None, topics=(), figures=(), related=(), removed=(), repairs=(),
        confidence=None, language="id", language_score=None,
        source=Source(
            path=f"{number}.txt", sha256=sha256(b"%d" % number), media_type="text/plain", retrieved=None, licence=None,
            rights_holder=None,
        ),
        normaliser=Normaliser(name="bench", version="1"), metadata={}, extra=None,
    )  # fmt: skip


def _renamed(root: Path) -> Path:
    """The corpus under a name whose project no server has yet."""
    settings = f'[tool.kliping]\nname = "bench-{uuid.uuid4().hex[:12]}"\nlanguage = "id"\n'
    (root / "pyproject.toml").write_text(settings)
    shutil.rmtree(root / ".kliping", ignore_errors=True)
    return root


def _push(root: Path) -> Run:
    command = [sys.executable, "-c", _MEASURED, str(root)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 — our own command
    changes, *figures = done.stdout.split()
    return Run(int(changes), *map(float, figures))


def _bare(root: Path, url: str, token: str) -> tuple[float, float]:
    """Seconds of the calls of a first push, and of a second one: those that ours make, without our work."""
    corpus = Corpus.open(root)
    source = open_source(corpus, load_contract(corpus.schema))
    keys = {Key(one.id, one.text_sha256) for one in corpus.articles()}
    bodies = [bytes(one.body) for one in batches(source.tasks(source.roles[0], 1, keys))]
    setup = setup_of(corpus, source.contract, source.annotators(source.roles[0]))
    fields = {"label_config": setup.config, "maximum_annotations": setup.annotators}
    with httpx.Client(base_url=url, headers={"Authorization": f"Token {token}"}, timeout=60) as http:
        began = time.perf_counter()
        _projects(http)
        made = http.post("/api/projects/", json={"title": f"bare {uuid.uuid4().hex[:12]}", **fields})
        project = made.raise_for_status().json()["id"]
        for body in bodies:
            kind = {"Content-Type": "application/json"}
            http.post(f"/api/projects/{project}/import", content=body, headers=kind).raise_for_status()
        posted = time.perf_counter()
        _projects(http)
        http.get(f"/api/projects/{project}/").raise_for_status()
        _list(http, project, {"filter": "draft_exists", "operator": "equal", "type": "Boolean", "value": True})
        _list(http, project)
        return posted - began, time.perf_counter() - posted


def _projects(http: httpx.Client) -> None:
    fields: dict[str, str | int] = {"include": "id,title,description,task_number", "page_size": 500}
    http.get("/api/projects/", params=fields).raise_for_status()


def _list(http: httpx.Client, project: int, *where: dict[str, object]) -> None:
    """The inventory as `kliping.studio.client` asks for it, page by page."""
    filters = [{**one, "filter": f"filter:tasks:{one['filter']}"} for one in where]
    last, more = 0, True
    while more:
        after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": last}
        query = {"filters": {"conjunction": "and", "items": [after, *filters]}, "ordering": ["tasks:id"]}
        params: dict[str, str | int] = {
            "project": project, "page_size": 500, "query": msgspec.json.encode(query).decode(), "fields": "task_only",
            "include": "id,meta,total_annotations,cancelled_annotations",
        }  # fmt: skip
        page = http.get("/api/tasks/", params=params).raise_for_status().json()["tasks"]
        more = len(page) == 500
        last = page[-1]["id"] if page else last


if __name__ == "__main__":
    main(sys.argv[1:])
