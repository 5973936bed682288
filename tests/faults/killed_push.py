"""A push that is killed: the next one leaves each text on the server once, and no annotation is touched."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from tests.corpora import article, write_corpus
from tests.faults.killing import Kill, drafts, finished, run, shares

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.studio.projects import find_project
from kliping.studio.push import push

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.killing import How, State

    from kliping.records import Article
    from kliping.studio.client import Client
    from kliping.studio.tasks import Key

OLD = 60
NEW = 900
"""Articles on the server already, and in the corpus that is pushed; of the old ones every second text changed."""


class Holdings(NamedTuple):
    """What the server has: how often each key, and who submitted what on it."""

    keys: dict[Key, int]
    submitted: list[tuple[Key | None, int, str]]


def killed_pushes(
    place: Path, name: str, clients: list[Client], count: int, seed: int, articles: int = NEW
) -> Iterator[Kill]:
    """Kill pushes, each to a project of its own that has a part of the articles, some with another text.

    Raises:
        AssertionError: a push did not end in the undisturbed state.
    """
    undisturbed = _prepare(place / "undisturbed", f"{name}-u", clients, articles)
    before = on_server(undisturbed, clients[0]).keys
    seconds = finished(undisturbed.root, "push").seconds
    expected = on_server(undisturbed, clients[0])
    assert all(times == 1 for times in expected.keys.values())
    for number, share in enumerate(shares(count, seed)):
        corpus, instant = _prepare(place / "killed", f"{name}-{number}", clients, articles), share * seconds
        ended = run(corpus.root, "push", kill_after=instant)
        if ended.code is not None:
            seconds = min(seconds, ended.seconds)
        arrived = on_server(corpus, clients[0]).keys
        _push(corpus, clients[0])
        now = on_server(corpus, clients[0])
        assert now.keys == expected.keys, f"killed after {instant:.3f} s (seed {seed}): other tasks"
        assert [one[::2] for one in now.submitted] == [one[::2] for one in expected.submitted]
        assert _push(corpus, clients[0]) == 0
        assert not drafts(corpus.root)
        shutil.rmtree(corpus.root)
        how: How = "ended before" if ended.code is not None else "killed"
        state: State = "nothing" if arrived == before else "all" if arrived == expected.keys else "part"
        more = sum(arrived.values()) - sum(before.values())
        yield Kill("push", instant, how, state, f"{more} tasks more", sum(now.keys.values()) - len(now.keys))


def _prepare(root: Path, name: str, clients: list[Client], count: int) -> Corpus:
    """A corpus of which a part is on the server, partly annotated, and partly with another text since."""
    corpus = named_corpus(root, name, [worded(number, "lama") for number in range(OLD)])
    _push(corpus, clients[0])
    project = find_project(clients[0], corpus.settings)
    assert project is not None
    for at, listed in enumerate(clients[0].tasks.inventory(project.id)):
        if at % 20 == 0:
            clients[1].annotations.submit(listed.task, [], skipped=at == 0)
    return named_corpus(root, name, [worded(number, "baru" if number % 2 else "lama") for number in range(count)])


def _push(corpus: Corpus, client: Client) -> int:
    return push(corpus, load_contract(corpus.schema), client).changes


def worded(number: int, word: str) -> Article:
    return article(f"p-{number:04}", f"Berita {number}", f"Pasar {word} tetap buka. " * 40)


def named_corpus(root: Path, name: str, articles: list[Article]) -> Corpus:
    write_corpus(root, articles)
    settings = (root / "pyproject.toml").read_text().replace('"toy"', f'"{name}"').replace("Toy corpus", name)
    (root / "pyproject.toml").write_text(settings)
    return Corpus.open(root)


def on_server(corpus: Corpus, client: Client) -> Holdings:
    project = find_project(client, corpus.settings)
    keys: dict[Key, int] = {}
    submitted: list[tuple[Key | None, int, str]] = []
    for page in client.changes.walk(project.id) if project else ():
        for one in page:
            key = one.mark.key if one.mark else None
            if key is not None:
                keys[key] = keys.get(key, 0) + 1
            submitted += [(key, made.id, bytes(made.result).decode()) for made in one.annotations or ()]
    return Holdings(keys, sorted(submitted, key=str))
