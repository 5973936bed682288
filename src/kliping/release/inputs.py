"""What a release is made from: the corpus's files as records that know their place, and the digest of it all."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import msgspec

from kliping.files import sha256
from kliping.records import Annotation, Article, Finding, Gold, Record, SplitEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.project import Corpus

__all__ = ["Inputs", "Placed", "inputs_sha256", "read_inputs"]

R = TypeVar("R", bound=Record)


class Placed(NamedTuple, Generic[R]):
    """A record and where it stands: `path` is relative to the corpus folder, `line` counts from 1."""

    path: str
    line: int
    record: R

    def finding(self, code: str, message: str) -> Finding:
        """Something wrong with this record."""
        return Finding(code=code, path=self.path, line=self.line, message=message)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a release is made from. Articles are read anew each time; the rest is held, by article."""

    corpus: Corpus
    contract: Contract
    texts: Mapping[str, str]
    """The text hash of every article, by id, in the articles' order."""
    splits: Mapping[str, SplitEntry]
    gold: Mapping[str, Placed[Gold]]
    annotations: Mapping[str, tuple[Placed[Annotation], ...]]
    revisions: frozenset[tuple[str, str]]
    """Id and text hash of every superseded text."""

    def articles(self) -> Iterator[Placed[Article]]:
        """The articles, in order."""
        return _placed(self.corpus, sorted((self.corpus.corpus / "articles").glob("*.jsonl")), Article, [])


def read_inputs(corpus: Corpus, contract: Contract) -> tuple[Inputs, list[Finding]]:
    """The inputs, and every line of their files that is no record or says what another line said."""
    faults: list[Finding] = []
    articles = sorted((corpus.corpus / "articles").glob("*.jsonl"))
    texts = {placed.record.id: placed.record.text_sha256 for placed in _placed(corpus, articles, Article, faults)}
    splits = list(_placed(corpus, [corpus.corpus / "splits.jsonl"], SplitEntry, faults))
    gold = list(_placed(corpus, [corpus.annotation_folder / "gold.jsonl"], Gold, faults))
    pulled = sorted((corpus.annotation_folder / "pulled").glob("*.jsonl"))
    annotations: defaultdict[str, list[Placed[Annotation]]] = defaultdict(list)
    for placed in _placed(corpus, pulled, Annotation, faults):
        annotations[placed.record.article_id].append(placed)
    inputs = Inputs(
        corpus=corpus,
        contract=contract,
        texts=texts,
        splits={name: one.record for name, one in _once(splits, lambda entry: entry.id, faults).items()},
        gold=_once(gold, lambda one: one.article_id, faults),
        annotations={name: tuple(found) for name, found in annotations.items()},
        revisions=frozenset((article.id, article.text_sha256) for article in corpus.revisions()),
    )
    return inputs, faults


def inputs_sha256(inputs: Inputs) -> str:
    """Digest of everything that a release is made from: files by path and SHA-256, and the settings that it shows."""
    settings = inputs.corpus.settings
    shown = [settings.name, settings.title, settings.language, settings.licence, settings.rights_holder]
    digest = hashlib.sha256(msgspec.json.encode([*shown, settings.contact]) + b"\n")
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


def _placed(corpus: Corpus, paths: Iterable[Path], kind: type[R], faults: list[Finding]) -> Iterator[Placed[R]]:
    decoder = msgspec.json.Decoder(kind)
    for path in paths:
        place = path.relative_to(corpus.root).as_posix()
        if not path.exists():
            continue
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield Placed(place, number, decoder.decode(line))
                except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                    faults.append(Finding(code="R001", path=place, line=number, message=f"{error}; mend the line"))


def _once(found: Iterable[Placed[R]], key: Callable[[R], str], faults: list[Finding]) -> dict[str, Placed[R]]:
    kept: dict[str, Placed[R]] = {}
    for placed in found:
        name = key(placed.record)
        if name in kept:
            faults.append(placed.finding("R002", f"{name} has a line already, line {kept[name].line}; remove one"))
        else:
            kept[name] = placed
    return kept
