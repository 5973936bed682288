"""What a release needs of a corpus beyond its being right: nothing here is wrong before the first release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.records import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.release.inputs import Inputs

__all__ = ["refusals"]


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


def _finding(code: str, path: str, message: str) -> Finding:
    return Finding(code=code, path=path, line=None, message=message)
