"""What a release is made from: the corpus's files as records by article, and the digest of it all."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Annotation, Gold, SplitEntry

__all__ = ["Inputs", "inputs_sha256", "read_inputs"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a release is made from. Articles are read anew from the corpus each time; the rest is held, by article."""

    corpus: Corpus
    contract: Contract
    texts: Mapping[str, str]
    """The text hash of every article, by id, in the articles' order."""
    splits: Mapping[str, SplitEntry]
    gold: Mapping[str, Gold]
    annotations: Mapping[str, tuple[Annotation, ...]]


def read_inputs(corpus: Corpus, contract: Contract) -> Inputs:
    """The inputs of a corpus that the check has passed.

    Raises:
        DataError: a line that is no record.
    """
    annotations: defaultdict[str, list[Annotation]] = defaultdict(list)
    for annotation in corpus.annotations():
        annotations[annotation.article_id].append(annotation)
    return Inputs(
        corpus=corpus,
        contract=contract,
        texts={article.id: article.text_sha256 for article in corpus.articles()},
        splits={entry.id: entry for entry in corpus.splits()},
        gold={gold.article_id: gold for gold in corpus.gold()},
        annotations={name: tuple(found) for name, found in annotations.items()},
    )


def inputs_sha256(inputs: Inputs, told: Sequence[object] = ()) -> str:
    """Digest of everything that a release is made from: files by path and SHA-256, and the settings that it shows.

    Args:
        inputs: the corpus's files.
        told: what else it shows, such as its date and what its changelog says until its version.
    """
    settings = inputs.corpus.settings
    shown = [settings.name, settings.title, settings.language, settings.licence, settings.rights_holder]
    tables = [settings.adjudication, settings.single_annotator, settings.citation, settings.card]
    digest = hashlib.sha256(msgspec.json.encode([*shown, settings.contact, *tables, *told]) + b"\n")
    for path in _files(inputs.corpus):
        place = path.relative_to(inputs.corpus.root).as_posix()
        digest.update(msgspec.json.encode([place, sha256(path.read_bytes())]) + b"\n")
    return digest.hexdigest()


def _files(corpus: Corpus) -> Iterator[Path]:
    yield from sorted((corpus.corpus / "articles").glob("*.jsonl"))
    yield from sorted((corpus.annotation_folder / "pulled").glob("*.jsonl"))
    yield from sorted(corpus.schema.glob("*.schema.json"))
    single = (
        corpus.corpus / "splits.jsonl",
        corpus.corpus / "LICENSE",
        corpus.annotation_folder / "gold.jsonl",
        corpus.annotation_folder / "guidelines.md",
    )
    yield from (path for path in single if path.is_file())
