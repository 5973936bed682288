"""Web archives. All people, places and outlets are invented."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import TYPE_CHECKING

import pytest
from fastwarc.stream_io import BrotliWriter, ChunkedWriter
from hypothesis import given
from hypothesis import strategies as st

from kliping.normaliser.inputs.refused import Refused
from kliping.normaliser.inputs.web_archives import Response, read_responses

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = "<html><body><p>Kafé Arum tutup.</p></body></html>".encode()
MOST = 10_000


def record(
    number: int,
    body: bytes = PAGE,
    *,
    status: str = "200 OK",
    headers: Sequence[str] = ("Content-Type: text/html; charset=utf-8",),
    kind: str = "response",
) -> bytes:
    http = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: https://kabar.example/{number}",
        "WARC-Date: 2026-01-02T03:04:05Z", "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http)}", "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + http + b"\r\n\r\n"


def read(data: bytes) -> list[Response | Refused]:
    return list(read_responses(io.BytesIO(data), "c.warc", MOST))


def told(data: bytes) -> list[object]:
    return [(one.path, one.reason) if isinstance(one, Refused) else one.number for one in read(data)]


def each_way(*records: bytes) -> list[bytes]:
    return [b"".join(records), b"".join(map(gzip.compress, records)), gzip.compress(b"".join(records))]


def test_a_page_comes_with_its_url_its_date_and_its_charset() -> None:
    for data in each_way(record(1)):
        assert read(data) == [
            Response(1, PAGE, "text/html; charset=utf-8", "https://kabar.example/1", "2026-01-02T03:04:05Z")
        ]


def test_what_is_no_page_is_passed_over_and_responses_are_counted_all_the_same() -> None:
    records = [
        record(0, kind="warcinfo"), record(1), record(1, kind="request"),
        record(2, headers=["Content-Type: image/png"]),
        record(3, kind="revisit"), record(4, status="301 Moved"), record(5, kind="metadata"), record(6),
    ]  # fmt: skip
    for data in each_way(*records):
        assert told(data) == [1, 4]


def test_what_is_no_page_may_be_of_any_size() -> None:
    film = record(1, b"x" * 200_000, headers=["Content-Type: video/mp4"])
    assert told(film + record(2)) == [2]


def test_the_names_of_headers_may_be_written_in_any_case() -> None:
    (one,) = read(
        record(1, gzip.compress(PAGE, mtime=0), headers=["content-type: text/html", "content-encoding: GZIP"])
    )
    assert isinstance(one, Response)
    assert (one.data, one.media_type) == (PAGE, "text/html")


def test_a_page_that_was_not_found_is_refused() -> None:
    (one,) = read(record(1, status="404 Not Found"))
    assert isinstance(one, Refused)
    assert (one.path, one.reason, one.detail) == ("c.warc/1", "not-found", "the server answered HTTP/1.1 404 Not Found")


def test_without_a_media_type_the_bytes_tell() -> None:
    assert told(record(1, headers=[]) + record(2, b"User-agent: *", headers=[])) == [1]


def _brotli(data: bytes) -> bytes:
    stream = io.BytesIO()
    writer = BrotliWriter(stream)
    writer.write(data)
    writer.close()
    return stream.getvalue()


def _chunked(data: bytes) -> bytes:
    stream = io.BytesIO()
    writer = ChunkedWriter(stream)
    writer.write(data)
    writer.finish()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE, mtime=0), ["Content-Encoding: gzip"]),
        (zlib.compress(PAGE), ["Content-Encoding: deflate"]),
        (zlib.compress(PAGE)[2:-4], ["Content-Encoding: deflate"]),
        (_brotli(PAGE), ["Content-Encoding: br"]),
        (_chunked(PAGE), ["Transfer-Encoding: chunked"]),
        (_chunked(gzip.compress(PAGE, mtime=0)), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
        (PAGE, ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
        (PAGE, ["Content-Encoding: identity"]),
    ],
)
def test_encodings_are_undone_also_where_only_their_header_was_left(body: bytes, headers: list[str]) -> None:
    (one,) = read(record(1, body, headers=["Content-Type: text/html", *headers]))
    assert isinstance(one, Response)
    assert one.data == PAGE


def test_a_broken_encoding_a_bomb_and_a_page_too_large_are_refused_and_the_rest_goes_on() -> None:
    encoded = ["Content-Type: text/html", "Content-Encoding: gzip"]
    records = [
        record(1, gzip.compress(PAGE, mtime=0)[:-9], headers=encoded),
        record(2, gzip.compress(b"0" * 50_000_000), headers=encoded),
        record(3, b"x" * (MOST + 1)),
        record(4, b"x" * 100_000),
        record(5),
    ]
    assert told(b"".join(records)) == [
        ("c.warc/1", "broken"), ("c.warc/2", "too-large"), ("c.warc/3", "too-large"), ("c.warc/4", "too-large"), 5,
    ]  # fmt: skip


def test_after_a_broken_record_reading_goes_on_at_the_next() -> None:
    first, second, third = record(1), record(2), record(3)
    place = f"c.warc/byte-{len(first)}"
    assert told(first + second.replace(b"Content-Length", b"Content-Lungth") + third) == [1, (place, "broken"), 2]
    assert told(first + b"WARC/1.0\r\nnothing\r\n\r\n" + third) == [1, (place, "broken"), 2]


def test_after_a_broken_gzip_member_reading_goes_on_at_the_next() -> None:
    first, second, third = (gzip.compress(record(number, PAGE + bytes([64 + number]) * 50)) for number in (1, 2, 3))
    damaged = second[:40] + bytes(30) + second[70:]
    assert told(first + damaged + third) == [1, (f"c.warc/byte-{len(first)}", "broken"), 2]


@pytest.mark.parametrize("cut", [4, 30, 200])
def test_a_file_that_ends_inside_a_record_is_told(cut: int) -> None:
    plain = record(1), record(2)
    for records in (plain, tuple(map(gzip.compress, plain))):
        found = read(b"".join(records)[: -min(cut, len(records[1]) - 12)])
        broken = [one for one in found if isinstance(one, Refused)]
        assert [one.number for one in found if isinstance(one, Response)][:1] == [1]
        if not (records is plain and cut == 4):  # what is missing is no more than the end of line
            assert [one.reason for one in broken] == ["broken"]


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=30), st.booleans())
def test_no_damage_is_raised(at: int, damage: bytes, compressed: bool) -> None:
    records = [record(number) for number in range(5)]
    data = b"".join(map(gzip.compress, records) if compressed else records)
    at %= len(data)
    found = read(data[:at] + damage + data[at + len(damage) :])
    assert len(found) <= 20
