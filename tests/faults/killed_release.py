"""A release that is killed: the next one leaves what an undisturbed one does, byte for byte, and nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, get_args

from tests.check.folder import source_entry
from tests.corpora import annotation, article, entity, mention, stance, write_corpus
from tests.faults.killing import Trial, files_of, kills

from kliping.annotation import adjudicate_corpus
from kliping.check import check_corpus, check_release
from kliping.contract import load_contract
from kliping.contract.labeling import labeling_config
from kliping.files import write_bytes, write_lines
from kliping.project import Corpus
from kliping.records import Holder, SplitName
from kliping.release import Check, Options, build_release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.killing import Files, Kill

    from kliping.records import Annotation, Article

ARTICLES = 2000
"""Four batches for the processes: a kill meets all of reading, writing, checking, recording and naming."""

VERSION = "0.1.0"


def killed_releases(place: Path, count: int, seed: int, articles: int = ARTICLES) -> Iterator[Kill]:
    """Kill releases, every second one without its workers.

    Args:
        place: a folder of its own.
        count: how many instants.
        seed: of the instants.
        articles: of the corpus.

    Raises:
        AssertionError: a release did not end in the undisturbed state.
    """
    before = place / "before"
    labelled_corpus(before, articles)
    arguments = ("release", VERSION, "--workers", "2")
    yield from kills(Trial("release", arguments, before, files, release, True, no_half), place, count, seed)


def release(corpus: Path) -> int:
    """Release in this process; the release is checked, and not loaded with `datasets`, which takes seconds."""
    opened = Corpus.open(corpus)
    check = Check(check_corpus, partial(check_release, load=False))
    return build_release(opened, load_contract(opened.schema), VERSION, check, Options(workers=1))[0].changes


def files(corpus: Path) -> Files:
    """What a release writes, drafts included."""
    return files_of(corpus, "releases", "corpus/versions")


def no_half(_before: Files, there: Files, expected: Files) -> None:
    """What a killed run left is never part of a release under its name."""
    released = {name for name in there if name.startswith(f"releases/toy-{VERSION}/")}
    assert not released or {name: there[name] for name in there if name in expected} == expected, "half a release"


def labelled_corpus(root: Path, count: int) -> Corpus:
    """Articles with an annotation by each of two, and the gold that they give."""
    splits: tuple[SplitName, ...] = get_args(SplitName)
    articles = [_article(number) for number in range(count)]
    made = [one for about in articles for one in _annotations(about)]
    placed = {about.id: splits[number % len(splits)] for number, about in enumerate(articles)}
    corpus = write_corpus(root, articles, splits=placed, annotations=made)
    contract = load_contract(corpus.schema)
    write_lines(corpus.corpus / "sources.jsonl", (source_entry(about) for about in articles))
    write_bytes(corpus.annotation_folder / "labeling.xml", labeling_config(contract.scheme, "id").encode())
    adjudicate_corpus(corpus, contract)
    return corpus


def _article(number: int) -> Article:
    words = f"Sena Waluyo menolak pemindahan Pasar Lama ke blok {number}. " * 8
    return article(f"r-{number:05}", f"Berita {number}", words.strip())


def _annotations(about: Article) -> Iterator[Annotation]:
    mayor, plan = entity(about, 1, "Sena Waluyo", "PERSON"), entity(about, 2, "pemindahan Pasar Lama", "POLICY")
    side = stance(1, "against", mention("e2"), Holder(kind="mention", mention="e1"))
    yield annotation(about, "annotator-aa", [mayor, plan], [side])
    yield annotation(about, "annotator-bb", [mayor, plan], [side])
