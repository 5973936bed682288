"""WARC files: the pages that a crawler stored (ISO 28500).

The one module that imports fastwarc (the extra `html`).
"""

from __future__ import annotations

import io
import os
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader
from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecordType

from kliping.errors import Rejected
from kliping.normaliser.inputs.refused import Refused, too_large
from kliping.normaliser.inputs.streams import CHUNK, read_most
from kliping.normaliser.text.media import is_page_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fastwarc.warc import WarcRecord

__all__ = ["Response", "read_responses"]

HEADERS = 64_000
"""Bytes that the HTTP headers of a record may have."""

_GZIP = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."


class Response(NamedTuple):
    """A stored page.

    Attributes:
        number: of the record among the responses of its file, from 1.
        data: the page's bytes as the server meant them, without transfer and content encoding.
        media_type: as the server said, a charset included.
        url: that was asked for.
        date: when, as the record states.
    """

    number: int
    data: bytes
    media_type: str | None
    url: str | None
    date: str | None


def read_responses(stream: BinaryIO, path: str, most: int) -> Iterator[Response | Refused]:
    """The pages in a WARC file, compressed or not; what is no page is passed over without a word.

    After a broken record, reading goes on at the next one that can be found.

    Args:
        stream: the file; it must be possible to seek in it.
        path: of the file, to name what is refused.
        most: bytes that a page may have.
    """
    reader = _Reader(stream, path, most)
    start: int | None = 0
    while start is not None:
        yield from reader.read(start)
        start = reader.next_start()


class _Broken(Exception):  # noqa: N818 — never leaves this module
    """A record that is broken, in words."""


class _Reader:
    """One WARC file being read."""

    def __init__(self, stream: BinaryIO, path: str, most: int) -> None:
        self._stream, self._path, self._most = stream, path, most
        self._number = 0
        self._is_gzip = stream.read(len(_GZIP)) == _GZIP
        self._broken_at: int | None = None

    def read(self, start: int) -> Iterator[Response | Refused]:
        """The pages from a place on, to the end or to a record that is broken."""
        self._broken_at, whole = None, None
        self._stream.seek(start)
        try:
            for record in ArchiveIterator(self._stream, parse_http=False):
                self._broken_at = record.stream_pos
                length = record.content_length
                yield from self._taken(record)
                self._broken_at, whole = None, (record.stream_pos, length)
            if whole is None or not self._is_last(whole[0]):
                raise _Broken("the file ends inside a record" if whole else "there is no record")
        except (OSError, _Broken) as error:
            if self._broken_at is None:
                self._broken_at = (self._end_of(*whole) or whole[0]) if whole else start
            if whole or start == 0:  # else the gap behind a broken record still goes on
                yield self._refused(error)

    def next_start(self) -> int | None:
        """Where the next record may begin after a broken one; None at the end, or where nothing was broken."""
        if self._broken_at is None:
            return None
        return _found(self._stream, _GZIP if self._is_gzip else _RECORD, self._broken_at + 1)

    def _refused(self, error: Exception) -> Refused:
        detail = f"the record at byte {self._broken_at} is broken: {error}; what can be read after it is"
        return Refused.because(f"{self._path}/byte-{self._broken_at}", Rejected("broken", detail))

    def _taken(self, record: WarcRecord) -> Iterator[Response | Refused]:
        if record.headers.get("Content-Length") is None:
            raise _Broken("it does not state its length")
        if record.record_type != WarcRecordType.response:
            return
        asked = min(record.content_length, self._most + HEADERS)
        block = record.reader.read(asked) if asked else b""
        if len(block) < asked:
            raise _Broken(f"it ends after {len(block)} bytes and states {record.content_length}")
        self._number += 1
        try:
            response = _response(record, block, self._number, self._most)
        except Rejected as error:
            yield Refused.because(f"{self._path}/{self._number}", error, block)
        else:
            yield from () if response is None else (response,)

    def _end_of(self, start: int, length: int) -> int | None:
        """One past the last byte of a record that has a block of some length; None where it is cut."""
        if self._is_gzip:
            return next(_member_ends(self._stream, start), None)
        head = _found(self._stream, b"\r\n\r\n", start)
        return None if head is None else head + 4 + length + 4

    def _is_last(self, start: int) -> bool:
        """Whether a record is whole and nothing comes after it: fastwarc takes one that is cut for the end.

        Where all records are compressed as one, fastwarc tells the end of the file as the place of each.
        """
        if not self._is_gzip:
            return True
        at_end = start == self._stream.seek(0, os.SEEK_END)
        return None not in _member_ends(self._stream, 0 if at_end else start)


def _response(record: WarcRecord, block: bytes, number: int, most: int) -> Response | None:
    """The page in a record, whose first bytes are given; None where it is no page, or is said to lie elsewhere."""
    headers = HeaderMap()
    length = headers.parse(io.BytesIO(block), has_status_line=True)
    status = headers.status_code
    if status is None:
        raise Rejected("broken", "there is no HTTP answer in the record")
    given = headers.get("Content-Type")
    if given and not is_page_type(given):
        return None
    if status >= 400:
        raise Rejected("not-found", f"the server answered {headers.status_line}")
    if not 200 <= status < 300:
        return None
    if record.content_length > len(block):
        raise too_large(record.content_length, most)
    data = _decoded(block[length:], headers, most)
    if len(data) > most:
        raise too_large(None, most)
    if not given and b"<html" not in data[:CHUNK].lower():
        return None
    return Response(
        number, data, given, _unbracketed(record.headers.get("WARC-Target-URI")), record.headers.get("WARC-Date")
    )


def _unbracketed(url: str | None) -> str | None:
    """Some crawlers write `<https://…>`, as the grammar of WARC 1.0 had it."""
    return url.strip("<> ") if url else None


def _decoded(body: bytes, headers: HeaderMap, most: int) -> bytes:
    """A body without its transfer and content encodings; `most + 1` bytes of it where it is larger.

    Crawlers that undo an encoding often leave its header, so a body that is no such thing is taken as it is.
    """
    transfer, content = (_codings(headers.get(name)) for name in ("Transfer-Encoding", "Content-Encoding"))
    for coding in (*reversed(transfer), *reversed(content)):
        try:
            body = _DECODERS[coding](body, most) if coding in _DECODERS else body
        except (OSError, zlib.error) as error:
            if _looks_like(coding, body):
                raise Rejected("broken", f"its {coding} encoding is broken: {error}") from None
    return body


def _codings(header: str | None) -> list[str]:
    return [one.strip().lower() for one in (header or "").split(",") if one.strip()]


def _looks_like(coding: str, body: bytes) -> bool:
    """Whether a body that failed to decode is in that encoding after all."""
    if coding.endswith("gzip"):
        return body.startswith(_GZIP)
    return coding != "chunked" and b"<" not in body[:64]


def _inflated(body: bytes, most: int) -> bytes:
    try:
        return _inflated_as(body, most, zlib.MAX_WBITS | 32)
    except zlib.error:
        if body.startswith(_GZIP):
            raise
        return _inflated_as(body, most, -zlib.MAX_WBITS)  # deflate without its frame, as some servers send it


def _inflated_as(body: bytes, most: int, bits: int) -> bytes:
    decoder = zlib.decompressobj(bits)
    data = decoder.decompress(body, most + 1)
    if not decoder.eof and len(data) <= most:
        raise zlib.error("it ends early")
    return data


_DECODERS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "chunked": lambda body, most: read_most(ChunkedReader(io.BytesIO(body)), most),
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _inflated,
    "br": lambda body, most: read_most(BrotliReader(io.BytesIO(body)), most),
    "zstd": lambda body, most: read_most(ZstdReader(io.BytesIO(body)), most),
}


def _found(stream: BinaryIO, mark: bytes, start: int) -> int | None:
    """The first place of some bytes from a place on."""
    stream.seek(start)
    before = b""
    while chunk := stream.read(CHUNK):
        window = before + chunk
        at = window.find(mark)
        if at >= 0:
            return start - len(before) + at
        start += len(chunk)
        before = window[-(len(mark) - 1) :]
    return None


def _member_ends(stream: BinaryIO, start: int) -> Iterator[int | None]:
    """One past the last byte of each gzip member from a place on; None, as the last, where one is cut or damaged."""
    stream.seek(start)
    decoder, rest = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
    is_open = True
    while chunk := rest or stream.read(CHUNK):
        start += 0 if rest else len(chunk)
        is_open, rest = True, b""
        try:
            while chunk and not decoder.eof:
                decoder.decompress(chunk, CHUNK)
                chunk = decoder.unconsumed_tail
        except zlib.error:
            break
        if decoder.eof:
            yield start - len(decoder.unused_data)
            rest = decoder.unused_data.lstrip(b"\x00")  # some tapes are filled up with them
            decoder, is_open = zlib.decompressobj(zlib.MAX_WBITS | 16), False
    if is_open:
        yield None
