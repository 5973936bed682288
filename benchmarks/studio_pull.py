"""A pull beside the bare HTTP calls that it makes, a pull with nothing new, and what it holds in memory.

A real Label Studio is filled with tasks of two annotations each. `bare` asks for the same pages with httpx and parses
them with `json`, and does nothing with them. Both times begin after the imports. Figures of one run can be compared
with each other; across machines only the ratios can.

    python -m benchmarks.studio_pull [TASKS]
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
from benchmarks.dumps import dumps
from demo.annotators import sign_up

from kliping.contract import load_contract
from kliping.contract.labeling import labeling_config
from kliping.contract.starter import starter_files
from kliping.files import write_bytes
from kliping.project import Corpus
from kliping.studio import server
from kliping.studio.client import Client, Setup
from kliping.studio.projects import description, title
from kliping.studio.tasks import task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.contract import Contract
    from kliping.records import Article
    from kliping.studio.results import Item

__all__ = ["main"]

TASKS = 5000
FEWER = 1000
RUNS = 3
BATCH = 200
MENTIONS = 6
"""Of one annotation; every second one has a side and a holder."""

PAGE = 500
INCLUDE = "id,meta,annotations,created_at,updated_at,result,completed_by,was_cancelled,lead_time,parent_prediction"

_MEASURED = """
import resource, sys, time
import httpx, label_studio_sdk.client
import kliping.cli.pull, kliping.contract, kliping.studio.connection, kliping.studio.pull
from kliping.cli import cli
began = time.perf_counter()
cli.main(sys.argv[1:], standalone_mode=False)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One `kliping pull`: changes, annotations, seconds past the imports, and the most memory held, in MiB."""

    changes: int
    annotations: int
    seconds: float
    peak: float


def main(arguments: Sequence[str] = ()) -> None:
    """Print the figures."""
    count = int(arguments[0]) if arguments else TASKS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ.update(XDG_DATA_HOME=str(home / "data"), XDG_CONFIG_HOME=str(home / "config"))
        for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY"):
            os.environ.pop(name, None)
        many, few = _corpus(home / "many", count), _corpus(home / "few", min(FEWER, count))
        running = server.start(many, progress=print)
        try:
            token = server.read_token(running)
            os.environ.update(LABEL_STUDIO_URL=running.url, LABEL_STUDIO_API_KEY=token)
            _measure(running.url, token, many, few)
        finally:
            server.stop(many)


def _measure(url: str, token: str, many: Corpus, few: Corpus) -> None:
    people = [_user(url, sign_up(url, token, f"annotator{number}@pos.example")) for number in (1, 2)]
    with Client(url, token) as client:
        project = _fill(client, many, people)
        _fill(client, few, people)
    _pull(few), _pull(many)  # the server's own caches
    bare, whole, nothing = [], [], []
    for _ in range(RUNS):
        bare.append(_bare(url, token, project))
        whole.append(_pull(many, "--full"))
        nothing.append(_pull(many))
    for corpus in (few, many):
        (corpus.state / "studio.sqlite").unlink()
    peaks = [_pull(corpus).peak for corpus in (few, many)]
    ratios = [ours.seconds / theirs for ours, theirs in zip(whole, bare, strict=True)]
    print(f"{whole[0].annotations} annotations on the server, a run each time:")
    print(f"  bare HTTP: {_each(bare)} s; whole pull: {_each(run.seconds for run in whole)} s")
    print(f"  a whole pull takes {_each(ratios)} times as long: median {statistics.median(ratios):.2f}")
    print(f"  nothing new: {nothing[0].changes} changes in {_each(run.seconds for run in nothing)} s past the imports")
    print(f"  first pull, most memory: {peaks[0]:.0f} MiB of the fewer tasks, {peaks[1]:.0f} MiB of the more")


def _each(figures: Iterator[float] | Sequence[float]) -> str:
    return ", ".join(f"{one:.2f}" for one in figures)


def _corpus(root: Path, count: int) -> Corpus:
    """A corpus of normalised dumps."""
    for name, data in starter_files(f"bench-{root.name}", "id").items():
        write_bytes(root / name, data)
    with (root / "pyproject.toml").open("a") as settings:
        settings.write('\n[tool.kliping.sources."**"]\nlanguage = "id"\n')
    place = root / "corpus/raw"
    place.mkdir(parents=True, exist_ok=True)
    for at, dump in enumerate(dumps(count, seed=1)):
        (place / f"{at:05}.txt").write_bytes(dump)
    command = [sys.executable, "-m", "kliping", "normalise", "-C", str(root), "--no-near-duplicates"]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 — our own command
    return Corpus.open(root)


def _user(url: str, token: str) -> int:
    headers = {"Authorization": f"Token {token}"}
    return int(httpx.get(f"{url}/api/current-user/whoami", headers=headers, trust_env=False).json()["id"])


def _fill(client: Client, corpus: Corpus, people: Sequence[int]) -> int:
    """The corpus's project, its tasks with annotations of both people."""
    contract = load_contract(corpus.schema)
    config = labeling_config(contract.scheme, corpus.settings.language)
    project = client.projects.create(title(corpus.settings), description(corpus.settings), Setup(config))
    chance = random.Random(7)  # noqa: S311 — no secret
    batch: list[dict[str, Any]] = []
    for article in corpus.articles():
        annotations = [_annotation(article, contract, person, chance) for person in people]
        batch.append({**task(article, contract.scheme, "id"), "annotations": annotations})
        if len(batch) == BATCH:
            client.tasks.import_(project, batch)
            batch.clear()
    if batch:
        client.tasks.import_(project, batch)
    return project


def _annotation(article: Article, contract: Contract, person: int, chance: random.Random) -> dict[str, Any]:
    words = [(at, word) for at, word in _words(article.text) if len(word) > 4]
    result: list[Item] = []
    for number, (start, word) in enumerate(chance.sample(words, min(MENTIONS, len(words)))):
        label = chance.choice(contract.scheme.entity_labels).const
        span = {"start": start, "end": start + len(word), "text": word}
        region: Item = {"id": f"r{number}", "to_name": "text", "origin": "manual"}
        result.append({**region, "from_name": "label", "type": "labels", "value": {**span, "labels": [label]}})
        if number % 2:
            for control, choice in (("stance", contract.scheme.stances[0].const), ("holder", "author")):
                value = {**span, "choices": [choice]}
                result.append({**region, "from_name": control, "type": "choices", "value": value})
    return {"result": result, "completed_by": person, "lead_time": 42.0, "ground_truth": False}


def _words(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in text.split():
        at = text.index(word, at)
        yield at, word
        at += len(word)


def _bare(url: str, token: str, project: int) -> float:
    """Seconds for the same pages, one after the other."""
    began = time.perf_counter()
    with httpx.Client(headers={"Authorization": f"Token {token}"}, timeout=120, trust_env=False) as http:
        last, more = 0, True
        while more:
            after = {"filter": "filter:tasks:id", "operator": "greater", "type": "Number", "value": last}
            query = {"filters": {"conjunction": "and", "items": [after]}, "ordering": ["tasks:id"]}
            asked: dict[str, str | int] = {
                "project": project,
                "page_size": PAGE,
                "query": json.dumps(query),
                "fields": "all",
            }
            answer = http.get(f"{url}/api/tasks/", params={**asked, "include": INCLUDE}).raise_for_status()
            page = json.loads(answer.content)["tasks"]
            more, last = len(page) == PAGE, page[-1]["id"] if page else last
    return time.perf_counter() - began


def _pull(corpus: Corpus, *options: str) -> Run:
    command = [sys.executable, "-c", _MEASURED, "pull", "-C", str(corpus.root), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 — our own command
    seconds, peak = map(float, done.stderr.splitlines()[-1].split())
    receipt = msgspec.json.decode(done.stdout)
    annotations = next(one["taken"] for one in receipt["counts"] if one["what"] == "annotations")
    return Run(receipt["changes"], annotations, seconds, peak)


if __name__ == "__main__":
    main(sys.argv[1:])
