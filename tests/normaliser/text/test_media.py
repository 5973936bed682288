from __future__ import annotations

import pytest

from kliping import Rejected
from kliping.normaliser.text.media import Packing, charset_of, identify, is_page_type, may_be_packed, packing

PAGE = b"<!-- saved -->\n<!DOCTYPE html><html><body><p>Halo</p></body></html>"


@pytest.mark.parametrize(
    ("data", "name", "given", "expected"),
    [
        (PAGE, "a.txt", "text/plain", "text/html"),
        (PAGE.decode().encode("utf-16"), None, None, "text/html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x"></html>', None, None, "text/html"),
        (b"<p>Halo</p>", "a.HTM", None, "text/html"),
        (b"<p>Halo</p>", None, "text/html; charset=utf-8", "text/html"),
        (b"Halo", "a.txt", "text/html", "text/plain"),
        (b"Halo", "a.clip", "text/html", "text/html"),
        (b"Halo", None, None, "text/plain"),
        (b"Halo", None, "application/octet-stream", "text/plain"),
        (b"\n<p class='a'>Halo</p>\n<p>Lagi</p>", "a.txt", None, "text/html"),
        (b"<div><h1>Halo</h1></div>", None, "text/plain", "text/html"),
        (b"<p> is how a paragraph begins", "a.txt", None, "text/plain"),
        (b"Pengirim: Ana\nKepada: Sorel\n\nHalo", "a.txt", None, "text/plain"),
        ("Halo".encode("utf-16"), None, None, "text/plain"),
    ],
)
def test_content_beats_name_beats_what_was_given(
    data: bytes, name: str | None, given: str | None, expected: str
) -> None:
    assert identify(data, name=name, given=given) == expected


@pytest.mark.parametrize(
    ("data", "name", "given", "reason"),
    [
        (b"", None, None, "empty"),
        (b"\xef\xbb\xbf \r\n\t", None, None, "empty"),
        (b"Halo\x00dunia", None, None, "binary"),
        (
            b"From: <Saved by a browser>\r\nSubject: Halo\r\nMIME-Version: 1.0\r\n\r\n<html>",
            "a.mhtml",
            None,
            "unknown-type",
        ),
        (b"Date: Mon, 1 Jan 2024\nTo: a\n b\nMime-Version: 1.0\n\nHalo", "a.txt", None, "unknown-type"),
        (b"\x01\x02\x03\x04text", None, None, "binary"),
        (b"%PDF-1.7 ...", "a.txt", None, "unknown-type"),
        (b"PK\x03\x04...", None, None, "unknown-type"),
        (b"<?xml version='1.0'?><rss></rss>", None, None, "unknown-type"),
        (b'{"text": "Halo"}', "a.json", None, "unknown-type"),
        (b"Halo", None, "video/mp4", "unknown-type"),
    ],
)
def test_what_is_no_text_is_rejected(data: bytes, name: str | None, given: str | None, reason: str) -> None:
    with pytest.raises(Rejected) as raised:
        identify(data, name=name, given=given)
    assert raised.value.reason == reason


def test_the_charset_of_a_media_type() -> None:
    assert charset_of("text/html; charset='ISO-8859-1'") == "ISO-8859-1"
    assert charset_of("text/html") is None


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("a.zip", b"PK\x03\x04", Packing(None, "zip")),
        ("a", b"PK\x03\x04", Packing(None, "zip")),
        ("a.DOCX", b"PK\x03\x04", Packing(None, None)),
        ("a.warc.gz", b"\x1f\x8b\x08", Packing("gzip", "warc")),
        ("a.tgz", b"\x1f\x8b\x08", Packing("gzip", "tar")),
        ("a.html.gz", b"\x1f\x8b\x08", Packing("gzip", None)),
        ("a.csv.xz", b"\xfd7zXZ\x00", Packing("xz", "csv")),
        ("a.jsonl.bz2", b"BZh9", Packing("bzip2", "jsonl")),
        ("a.csv.gz", b"text,title", Packing(None, "csv")),
        ("a.ndjson", b"{", Packing(None, "jsonl")),
        ("a.csv", b"WARC/1.1\r\n", Packing(None, "warc")),
        ("a.bin", bytes(257) + b"ustar", Packing(None, "tar")),
        ("a.tar", bytes(100), Packing(None, "tar")),
        ("a.txt", b"Warga menolak", Packing(None, None)),
        ("a.parquet", b"PAR1", Packing(None, "parquet")),
    ],
)
def test_how_inputs_are_packed_is_told_by_content_then_by_name(name: str, start: bytes, expected: Packing) -> None:
    assert packing(name, start) == expected
    assert may_be_packed(name, start) or expected == Packing(None, None)


def test_an_empty_file_and_ordinary_text_are_not_asked_how_they_are_packed() -> None:
    assert not may_be_packed("a.zip", b"")
    assert not may_be_packed("a.txt", b"Halo")


def test_a_file_that_is_compressed_is_named_by_what_it_holds() -> None:
    assert identify(b"<p>Halo</p>", name="a.html.gz") == "text/html"


def test_the_media_types_of_pages() -> None:
    assert is_page_type("Text/HTML; charset=utf-8")
    assert is_page_type("application/xhtml+xml")
    assert not is_page_type("text/plain")
    assert not is_page_type(None)
