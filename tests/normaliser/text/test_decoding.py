from __future__ import annotations

import pytest

from kliping import Rejected
from kliping.normaliser.text.decoding import declared_charset, decode


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("Zoé".encode(), "iso-8859-1", "Zoé"),
        ("Zoé".encode("utf-8-sig"), None, "Zoé"),
        ("Zoé".encode("utf-16"), None, "Zoé"),
        ("Zoé".encode("utf-32"), None, "Zoé"),
        ("“Zoé”".encode("cp1252"), "iso-8859-1", "“Zoé”"),
        ("“Zoé”".encode("cp1252"), "us-ascii", "“Zoé”"),
        ("Пожар в порту".encode("cp1251"), "windows-1251", "Пожар в порту"),
        ("火事".encode("shift_jis"), "shift_jis", "火事"),
        ("Kafé dekat dermaga tua".encode("latin-1"), None, "Kafé dekat dermaga tua"),
        ("Kafé dekat dermaga tua".encode("latin-1"), "no-such-charset", "Kafé dekat dermaga tua"),
        ("Kafé dekat dermaga tua".encode("latin-1"), "unicode_escape", "Kafé dekat dermaga tua"),
        (b"Kaf\xe9 \x81", "latin-1", "Kafé \x81"),
    ],
)
def test_decoding(data: bytes, declared: str | None, text: str) -> None:
    assert decode(data, declared) == text


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        ("Kafé Zoé, café Renée".encode()[:-2], None),
        ("Kafé Zoé, café Renée".encode()[:-2], "latin-1"),
        ("Пожар".encode("cp1251"), None),
        ("火事火事".encode("shift_jis") + b"\xff", "shift_jis"),
        (b"\xff\xfe\x00\xd8", None),
    ],
)
def test_what_cannot_be_told_is_refused(data: bytes, declared: str | None) -> None:
    with pytest.raises(Rejected) as raised:
        decode(data, declared)
    assert raised.value.reason == "undecodable"


@pytest.mark.parametrize(
    ("start", "charset"),
    [
        (b'<html><meta charset="iso-8859-1">', "iso-8859-1"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=Windows-1252">', "Windows-1252"),
        (b"<?xml version='1.0' encoding='koi8-r'?><html>", "koi8-r"),
        (b"<html>", None),
    ],
)
def test_a_page_declares_its_charset(start: bytes, charset: str | None) -> None:
    assert declared_charset(start) == charset
