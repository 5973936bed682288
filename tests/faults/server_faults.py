"""The other faults, for the commands that need a server: each text is there once, and nobody's work is lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.corpora import article
from tests.faults.disks import on_a_disk, read_only
from tests.faults.faults import BACK, FREE, Fault, at_once, faketime, on_full_disks, run, told_well, where_read_only
from tests.faults.killed_pull import moved_on, region
from tests.faults.killed_push import named_corpus, on_server
from tests.faults.killing import drafts, finished
from tests.faults.steps import Step

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.studio.projects import find_project
from kliping.studio.pull import pull

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kliping.studio.client import Client

__all__ = ["pull_faults", "push_faults"]

ARTICLES = 60


def pull_faults(
    place: Path, name: str, clients: list[Client], kinds: Sequence[str], free: Sequence[int] = FREE
) -> Iterator[Fault]:
    """Pulls of a server that has moved on since the last one.

    Args:
        place: a folder of its own.
        name: of the corpus, which no other has.
        clients: the maintainer's, then the annotators'.
        kinds: which faults.
        free: bytes that the disks have left.

    Raises:
        AssertionError: one did not end as undisturbed.
    """
    before = place / "before"
    moved_on(before, name, clients, 100)
    step = Step(("pull",), lambda _root: None)
    if "full-disk" in kinds:
        yield on_full_disks("pull", step, before, _new(place / "full"), free)
    if "read-only" in kinds:
        yield where_read_only("pull", step, before, _new(place / "read-only"))
    if "two-at-once" in kinds:
        yield at_once("pull", step, before, _new(place / "two"))
    if "clock-back" in kinds:
        yield pulled_with_clocks_apart(before, clients)


def pulled_with_clocks_apart(corpus: Path, clients: list[Client]) -> Fault:
    """Pull, go back with our clock and pull, go forth and pull: what moved is by the server's clock.

    Raises:
        AssertionError: something was lost or is there twice.
    """
    opened = Corpus.open(corpus)
    project = find_project(clients[0], opened.settings)
    assert project is not None
    tasks = sorted(listed.task for listed in clients[0].tasks.inventory(project.id))
    finished(corpus, "pull")
    for task, offset in zip(tasks[-4:-1], (BACK, "+0", "+400d"), strict=True):
        made = clients[1].annotations.submit(task, [region(3)])
        done = run(("pull",), corpus, faketime(offset))
        assert done.code == 0, done.err
        numbers = [one.studio.annotation for one in opened.annotations() if one.studio]
        assert numbers.count(made) == 1
    assert pull(opened, load_contract(opened.schema), clients[0], full=True).changes == 0
    return Fault(
        "pull", "clock goes back", "ours, 400 days, forth, and 400 days ahead", "exit 0",
        "nothing lost, nothing twice; then 0 changes, also with --full",
    )  # fmt: skip


def push_faults(
    place: Path, name: str, clients: list[Client], kinds: Sequence[str], free: Sequence[int] = FREE
) -> Iterator[Fault]:
    """Pushes, each to a project of its own.

    Raises:
        AssertionError: one did not end with each text there once.
    """
    if "full-disk" in kinds:
        yield _pushed_from_full_disks(_new(place / "full"), name, clients[0], free)
    if "read-only" in kinds:
        corpus = _corpus(place / "read-only", f"{name}-r")
        told_well(ended := read_only(corpus.root, ("push",), place / "read-only-run"))
        assert ended.code == 1
        assert not on_server(corpus, clients[0]).keys
        yield Fault("push", "read-only folder", "a mount", "exit 1, a sentence", "nothing changed, nor on the server")
    if "two-at-once" in kinds:
        corpus = _corpus(place / "two", f"{name}-t")
        yield at_once("push", Step(("push",), lambda _root: None), corpus.root, _new(place / "two-run"))
        _each_once(corpus, clients[0])
    if "clock-back" in kinds:
        corpus = _corpus(place / "clock", f"{name}-c")
        for offset, changes in ((BACK, None), ("+0", 0), (BACK, 0)):
            done = run(("push",), corpus.root, faketime(offset))
            assert done.code == 0, done.err
            assert changes is None or "push: 0 changes" in done.out
        _each_once(corpus, clients[0])
        yield Fault("push", "clock goes back", "ours, 400 days, and forth again", "exit 0", "each text there once")


def _pushed_from_full_disks(place: Path, name: str, client: Client, free: Sequence[int]) -> Fault:
    refused = 0
    for room in free:
        corpus = _corpus(place / f"{room}-before", f"{name}-{room}")
        found = on_a_disk(corpus.root, ("push",), room, place / str(room))
        if found.first.code:
            told_well(found.first)
            refused += 1
        assert not drafts(found.full)
        assert found.second.code == 0, found.second.err
        assert (found.again / "annotations" / "labeling.xml").is_file()
        _each_once(corpus, client)
        shutil.rmtree(place / str(room))
    assert refused, "the disk was never full"
    return Fault(
        "push", "full disk", f"{len(free)} amounts of room, {refused} too little", "exit 1, a sentence",
        "no file half written, no draft left; with room each text there once",
    )  # fmt: skip


def _each_once(corpus: Corpus, client: Client) -> None:
    keys = on_server(corpus, client).keys
    assert len(keys) == ARTICLES
    assert set(keys.values()) == {1}


def _corpus(root: Path, name: str) -> Corpus:
    articles = [article(f"p-{number:04}", f"Berita {number}", "Pasar lama tetap buka.") for number in range(ARTICLES)]
    return named_corpus(root, name, articles)


def _new(place: Path) -> Path:
    place.mkdir()
    return place
