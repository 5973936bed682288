"""Bytes that come out of something compressed: as a stream, and never more than is sensible.

A gzip of a megabyte can hold a gigabyte, a ZIP of a megabyte far more. So what an archive or a compressed file unpacks
to counts against an allowance, while it is read.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol

from kliping.errors import Rejected

if TYPE_CHECKING:
    from typing_extensions import Buffer

    from kliping.normaliser.text.media import Compression

__all__ = ["CHUNK", "DAMAGED", "FREE", "HELD", "RATIO", "Allowance", "counted", "read_most", "unpacked"]

RATIO = 200
"""What is compressed may unpack to this many times its size: text comes to 3 to 30, repetitive tables to 100."""

FREE = 100_000_000
"""Bytes that anything may unpack to, however small it is."""

HELD = 100_000_000
"""Bytes at most of what must be held in memory to be read: in an archive another one, a Parquet or a WARC file."""

CHUNK = 1 << 18
"""Bytes that are read at once."""

DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)
"""What the standard library's readers raise where something compressed is damaged or ends early."""


class Readable(Protocol):
    """All that is asked of a stream."""

    def read(self, size: int, /) -> bytes: ...


class ReadableInParts(Protocol):
    """A stream that also gives what is there, where it cannot give all that is asked for."""

    def read1(self, size: int, /) -> bytes: ...


class Allowance:
    """How much may still be unpacked.

    Args:
        packed: bytes of what is unpacked, as it lies there.
    """

    def __init__(self, packed: int) -> None:
        self._packed = packed
        self._most = self._left = max(FREE, RATIO * packed)

    def take(self, count: int) -> None:
        """Note that this many bytes came out.

        Raises:
            Rejected: `too-large`.
        """
        self._left -= count
        if self._left < 0:
            raise Rejected(
                "too-large",
                f"it has {self._packed} bytes and unpacks to more than {self._most}: that looks like a bomb, so no "
                "more of it is read; if it is none, unpack it and put its files here",
            )


class _Counted(io.RawIOBase):
    """A stream whose bytes count against an allowance."""

    def __init__(self, stream: ReadableInParts, allowance: Allowance) -> None:
        self._stream, self._allowance = stream, allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer)
        data = self._stream.read1(len(view))  # what is there: `read` would lose it where the stream is cut
        self._allowance.take(len(data))
        view[: len(data)] = data
        return len(data)


def counted(stream: ReadableInParts, allowance: Allowance) -> io.BufferedReader:
    """A stream whose bytes count against an allowance; reading it raises `Rejected` once that is spent."""
    return io.BufferedReader(_Counted(stream, allowance), CHUNK)


def unpacked(stream: BinaryIO, compression: Compression, allowance: Allowance) -> io.BufferedReader:
    """What a compressed stream holds. Reading it raises one of `DAMAGED`, or `Rejected` once the allowance is spent."""
    if compression == "gzip":
        inner: ReadableInParts = gzip.GzipFile(fileobj=stream, mode="rb")
    elif compression == "bzip2":
        inner = bz2.BZ2File(stream)
    else:
        inner = lzma.LZMAFile(stream)  # noqa: SIM115 — whoever opened the stream closes it
    return counted(inner, allowance)


def read_most(stream: Readable, most: int) -> bytes:
    """All bytes of a stream, or the first `most + 1` where it holds more: the caller looks at the length."""
    parts, left = [], most + 1
    while left and (part := stream.read(min(left, CHUNK))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
