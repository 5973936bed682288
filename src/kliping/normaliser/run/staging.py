"""A shard of inputs, read, normalised, validated and encoded beside its place: the part that workers do.

A shard is two files: `KEY.lines`, the articles' lines, and `KEY.facts`, a fact an input, with where its line is. The
facts appear last, whole, so a shard is done where they are there, and a killed run goes on at the next one.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

import msgspec

from kliping.contract import load_contract, violations
from kliping.errors import Rejected
from kliping.normaliser.article import normalise_raw
from kliping.normaliser.failure import Failed, failing_alone
from kliping.normaliser.inputs import Refused, own_fields, read_inputs
from kliping.normaliser.run.processes import tick
from kliping.normaliser.run.treatment import Treatments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.contract import Contract
    from kliping.normaliser.raw import Raw
    from kliping.normaliser.run.plan import Shard
    from kliping.project import Settings
    from kliping.records import Article

__all__ = ["Fact", "Job", "Made", "Turned", "digest", "facts_of", "is_staged", "lines_of", "stage"]


BUFFER = 1 << 20
"""Bytes that are gathered before they are written: lines are longer than Python's usual buffer."""


class Made(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """An input that holds an article.

    Attributes:
        path: of the input.
        sha256: of its bytes.
        id: the id that it would mint.
        digest: of the line, in hexadecimal.
        offset: of the line in the shard's lines, in bytes.
        length: of the line, in bytes, its LF included.
        confidence: how sure the choice among a page's blocks is, from 0 to 1.
        faults: how the article breaks the contract, a sentence each.
    """

    path: str
    sha256: str
    id: str
    url: str | None
    text_sha256: str
    media_type: str
    retrieved: str | None
    licence: str | None
    rights_holder: str | None
    digest: str
    offset: int
    length: int
    confidence: float | None = None
    faults: tuple[str, ...] = ()


class Turned(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """An input that became no article, with the reason as a code and in a sentence.

    `failed` where it is our fault, `unread` where nothing is known of what it holds: neither says that there is no
    article in it.
    """

    path: str
    sha256: str
    reason: str
    detail: str
    failed: bool = False
    unread: bool = False


Fact: TypeAlias = Made | Turned
"""What became of an input."""


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker needs to know, whatever its shard.

    Attributes:
        settings: of the corpus.
        raw: the raw folder.
        schema: the folder of the contract.
        contract: the digest of its files.
        staging: where shards are written.
    """

    settings: Settings
    raw: Path
    schema: Path
    contract: str
    staging: Path


def stage(job: Job, shard: Shard) -> int:
    """Write the two files of a shard; how many inputs were in it. An input that fails us is turned down, no more."""
    treatments, contract = Treatments(job.settings), _loaded(job.schema, job.contract)
    offset = count = 0
    with _appearing(_facts(job.staging, shard.key)) as facts, _appearing(lines_of(job.staging, shard.key)) as lines:
        for one in read_inputs(job.raw, shard.paths, treatments, own_fields(contract)):
            fact, line = _turned(one) if isinstance(one, Refused) else _fact(one, treatments, contract, offset)
            tick()
            lines.write(line)
            facts.write(_ENCODER.encode(fact) + b"\n")
            offset, count = offset + len(line), count + 1
    return count


def is_staged(staging: Path, key: str) -> bool:
    """Whether a shard is done, and both of its files are still there: a run may have been killed while it deleted."""
    return _facts(staging, key).exists() and lines_of(staging, key).exists()


def facts_of(staging: Path, key: str) -> Iterator[Fact]:
    """What became of each input of a shard, in their order."""
    with _facts(staging, key).open("rb") as file:
        yield from map(_DECODER.decode, file)


def lines_of(staging: Path, key: str) -> Path:
    """The articles' lines of a shard."""
    return staging / f"{key}.lines"


def digest(line: bytes) -> str:
    """What lines are compared by: half of the SHA-256, without the LF."""
    return sha256(line.removesuffix(b"\n")).hexdigest()[:32]


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Fact)


def _facts(staging: Path, key: str) -> Path:
    return staging / f"{key}.facts"


def _fact(raw: Raw, treatments: Treatments, contract: Contract, offset: int) -> tuple[Fact, bytes]:
    path = raw.path or ""
    treatment = treatments.of(path)
    raw = treatment.stated(raw)
    try:
        with failing_alone():
            article = treatment.completed(normalise_raw(raw, treatment.reading_of(raw)))
            line = _ENCODER.encode(article) + b"\n"
            faults = tuple(violations(contract, "article", article))
    except Rejected as error:
        return _turned(Refused.because(path, error, raw.data), failed=isinstance(error, Failed))
    return _made(path, article, line, offset, faults), line


def _turned(one: Refused, *, failed: bool = False) -> tuple[Fact, bytes]:
    return Turned(one.path, one.sha256, one.reason, one.detail, failed, one.unread), b""


def _made(path: str, article: Article, line: bytes, offset: int, faults: tuple[str, ...]) -> Made:
    source = article.source
    return Made(
        path, source.sha256, article.id, article.url, article.text_sha256, source.media_type, source.retrieved,
        source.licence, source.rights_holder, digest(line), offset, len(line), article.confidence,
        faults,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _loaded(folder: Path, digest_of_files: str) -> Contract:  # noqa: ARG001 — a contract that changed is loaded anew
    return load_contract(folder)


@contextmanager
def _appearing(path: Path) -> Iterator[BinaryIO]:
    """A file to be written that appears whole, or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")  # a worker of a killed run may not have ended yet
    with part.open("wb", buffering=BUFFER) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
