from __future__ import annotations

import pytest

from kliping import Rejected
from kliping.normaliser.media import charset_of, identify

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
