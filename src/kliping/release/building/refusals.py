"""What a release needs of a corpus beyond its being right: nothing here is wrong before the first release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.records import Finding
from kliping.release.splitting.held_out import held_out, told
from kliping.release.splitting.leakage import leaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.project import Corpus
    from kliping.release.building.inputs import Inputs
    from kliping.release.splitting.leakage import Leakage

__all__ = ["refusals", "split_refusals"]


def refusals(inputs: Inputs) -> Iterator[Finding]:
    """What is missing for a release, and what to do about each."""
    corpus, taken = inputs.corpus, inputs.taken
    yield from taken.findings
    if not taken.articles:
        yield _finding("R101", "corpus/articles", "no articles; run `kliping normalise`")
    if taken.homeless:
        yield _finding("R102", "corpus/splits.jsonl", f"{taken.homeless} articles have no split; run `kliping split`")
    if not (corpus.corpus / "LICENSE").is_file():
        message = "missing: a release must say what others may do with it; write the licence of the data there"
        yield _finding("R103", "corpus/LICENSE", message)
    if taken.annotations and not (corpus.annotation_folder / "guidelines.md").is_file():
        message = "missing: a release shows what annotators were told; write it there"
        yield _finding("R104", "annotations/guidelines.md", message)


def split_refusals(corpus: Corpus, found: Leakage) -> Iterator[Finding]:
    """What keeps splits from being released: near-duplicates in two, and held-out targets outside the test.

    Raises:
        CallError: a held-out target is not declared.
    """
    for message in leaks(found):
        yield _finding("R105", "corpus/splits.jsonl", message)
    held = held_out(corpus)
    for entry in corpus.splits() if held else ():
        if entry.id in held and entry.split != "test":
            yield _finding("R106", "corpus/splits.jsonl", told(entry.id, entry.split, held))


def _finding(code: str, path: str, message: str) -> Finding:
    return Finding(code=code, path=path, line=None, message=message)
