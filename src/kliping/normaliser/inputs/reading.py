"""From the files of the raw folder to inputs: which reader a file has, and what lies in it, one after the other."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from hashlib import file_digest
from io import BufferedReader
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from kliping.errors import CallError, Rejected
from kliping.normaliser.inputs.archives import tar_members, zip_members
from kliping.normaliser.inputs.beside import Beside, orphan
from kliping.normaliser.inputs.packed import DEPTH, START, Packed, held
from kliping.normaliser.inputs.places import SIDECAR, Disk, Memory
from kliping.normaliser.inputs.refused import Refused, too_large
from kliping.normaliser.inputs.rows import Rows
from kliping.normaliser.inputs.statement import Statement
from kliping.normaliser.inputs.streams import CHUNK, DAMAGED, Allowance, read_most, unpacked
from kliping.normaliser.inputs.tables import READERS
from kliping.normaliser.moments import moment
from kliping.normaliser.text.media import may_be_packed, packing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from io import FileIO
    from pathlib import Path

    from kliping.normaliser.inputs.archives import Member
    from kliping.normaliser.raw import Raw
    from kliping.normaliser.run.treatment import Treatments
    from kliping.normaliser.text.media import Compression, Container, Packing

__all__ = ["read_inputs"]

_ARCHIVES = frozenset({"zip", "tar"})
_STREAMED = frozenset({"csv", "tsv", "jsonl"})
"""What is read from its beginning to its end, once."""


def read_inputs(
    raw: Path, paths: Sequence[str], treatments: Treatments, kinds: Mapping[str, Mapping[str, Any]]
) -> Iterator[Raw | Refused]:
    """The inputs in some files of the raw folder, in order: files, members of archives, records, rows.

    Sidecars and tables of sources are no inputs; what is wrong with them is told all the same.

    Args:
        raw: the raw folder.
        paths: of the files, relative to it.
        treatments: how each input is treated.
        kinds: the corpus's own fields, with their schemas.

    Raises:
        CallError: a web archive is there and the extra `html` is not installed.
    """
    folder = Disk(str(raw))
    beside, reader = Beside(folder, kinds), _Reader(treatments, kinds)
    for path in paths:
        if path.endswith((SIDECAR, ".csv", ".tsv", ".jsonl")) and beside.is_about_others(path):
            yield from beside.faults(path)
        else:
            yield from reader.file(folder, path, beside)


@dataclass(slots=True)
class _Reader:
    """Reads files, and what lies in them."""

    treatments: Treatments
    kinds: Mapping[str, Mapping[str, Any]]
    _rows: Rows = field(init=False)

    def __post_init__(self) -> None:
        self._rows = Rows(self.kinds)

    def file(self, folder: Disk, path: str, beside: Beside) -> Iterator[Raw | Refused]:
        """The inputs in a file of the raw folder; one that cannot be read is told."""
        try:
            with folder.opened(path) as file:
                yield from self._opened(file, path, beside)
        except Rejected as error:
            yield Refused.because(path, error)._replace(unread=True)

    def _opened(self, file: FileIO, path: str, beside: Beside) -> Iterator[Raw | Refused]:
        """The inputs in a file: most are a small text, so that comes first."""
        most = self.treatments.of(path).max_bytes
        size = os.fstat(file.fileno()).st_size
        data = file.read(START if size > most else -1)
        said = beside.of(path)
        if may_be_packed(path, data[:START]):
            file.seek(0)
            stream: BufferedReader = BufferedReader(file, CHUNK)
            with stream:
                packed = Packed(path, stream, size, said, partial(beside.inside, file=path))
                yield from self._unpacked(packed, data[:START], most)
        elif size > most:
            yield _too_large_file(file, path, size, most)
        elif path.endswith(SIDECAR):
            yield Refused.because(path, orphan(path), data)
        else:
            yield said.of(data, path)

    def _unpacked(self, packed: Packed, start: bytes, most: int) -> Iterator[Raw | Refused]:
        """The inputs in a file that may be packed; whatever breaks it ends it, with a word."""
        is_empty = True
        try:
            for one in self._by_packing(packed, packing(packed.path, start), most):
                is_empty = False
                yield one
            if is_empty:
                raise Rejected("empty", "there is no article in it: no row, no page, no file that is not hidden")
        except Rejected as error:
            yield Refused.because(packed.path, error, start)
        except DAMAGED as error:
            what = f"it is damaged or cut, and cannot be read on: {error}; fetch or save it again"
            yield Refused.because(packed.path, Rejected("broken", what), start)

    def _by_packing(self, packed: Packed, how: Packing, most: int) -> Iterator[Raw | Refused]:
        if (how.compression or how.container) and how.container not in _STREAMED:
            packed = held(packed)
        inner, container = packed, how.container
        if how.compression:
            allowance = packed.allowance or Allowance(packed.size)
            stream = unpacked(cast("BinaryIO", packed.stream), how.compression, allowance)
            inner = packed._replace(stream=stream, whole=False, allowance=allowance)
            within = packing(packed.path, stream.peek(START)[:START])
            if within.compression:
                raise Rejected("unknown-type", "it is compressed twice; unpack it once")
            container = within.container
        if container in _ARCHIVES:
            yield from self._members(packed, partial(_listed, packed.stream, how.compression, container))
        elif container == "warc":
            yield from self._responses(packed, most)
        elif container:
            inner = held(inner) if container == "parquet" else inner
            rows = READERS[container](cast("BinaryIO", inner.stream), most)
            mapping = self.treatments.columns(packed.path)
            yield from self._rows.read(inner, rows, mapping, most, with_header=container != "jsonl")
        else:
            yield _single(inner, most)

    def _members(self, packed: Packed, listed: Callable[[Allowance], Iterator[Member]]) -> Iterator[Raw | Refused]:
        """The inputs in an archive. It is gone through more than once: a sidecar may come after its file."""
        if packed.depth == DEPTH:
            raise Rejected("unknown-type", "an archive in an archive in an archive; unpack one of them")
        beside = Beside(Memory.of(lambda: listed(Allowance(packed.size))), self.kinds)
        allowance = packed.allowance or Allowance(packed.size)
        packed = packed._replace(allowance=allowance)
        for member in listed(allowance):
            path = f"{packed.path}/{member.name}"
            if member.fault:
                yield Refused.because(path, member.fault)
            elif beside.is_about_others(member.name):
                yield from (one._replace(path=f"{packed.path}/{one.path}") for one in beside.faults(member.name))
            else:
                yield from self._member(packed, member, beside)

    def _member(self, packed: Packed, member: Member, beside: Beside) -> Iterator[Raw | Refused]:
        path, start = f"{packed.path}/{member.name}", b""
        most = self.treatments.of(path).max_bytes
        try:
            stream = member.open()
            start = stream.peek(START)[:START]
            within = packed.holding(path, stream, member.name, beside)
            if may_be_packed(path, start):
                yield from self._unpacked(within, start, most)
            elif path.endswith(SIDECAR):
                yield Refused.because(path, orphan(path), start)
            else:
                yield _single(within, most)
        except Rejected as error:
            yield Refused.because(path, error, start)
        except DAMAGED as error:
            yield Refused.because(path, Rejected("broken", f"it cannot be unpacked: {error}"), start)

    def _responses(self, packed: Packed, most: int) -> Iterator[Raw | Refused]:
        try:
            from kliping.normaliser.inputs.web_archives import read_responses
        except ImportError:
            what = "reading web archives needs more libraries; install them with: pip install 'kliping[html]'"
            raise CallError(f"{packed.path}: {what}") from None
        packed.stream.seek(0)
        for one in read_responses(cast("BinaryIO", packed.stream), packed.path, most):
            if isinstance(one, Refused):
                yield one
            else:
                path = f"{packed.path}/{one.number}"
                said = packed.said_of(path, Statement(url=one.url, retrieved=moment(one.date)))
                yield said.of(one.data, path, one.media_type)


def _single(packed: Packed, most: int) -> Raw | Refused:
    """The one input of a file that is no container."""
    data = read_most(packed.stream, most)
    if len(data) > most:
        return Refused.because(packed.path, too_large(None, most), data)
    return packed.said.of(data, packed.path)


def _too_large_file(file: FileIO, path: str, size: int, most: int) -> Refused:
    file.seek(0)
    error = too_large(size, most)
    return Refused(path, file_digest(file, "sha256").hexdigest(), error.reason, error.detail)


def _listed(
    stream: BufferedReader, compression: Compression | None, container: Container, allowance: Allowance
) -> Iterator[Member]:
    """The members of an archive, from its beginning."""
    stream.seek(0)
    file = cast("BinaryIO", stream)
    if container == "zip":
        return zip_members(file, allowance)
    return tar_members(unpacked(file, compression, allowance) if compression else file)
