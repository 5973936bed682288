from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.normaliser.identity import article_id, canonical_url


@pytest.mark.parametrize(
    "url",
    [
        "https://kabar.example/kota/feri",
        "http://kabar.example/kota/feri",
        "HTTPS://WWW.Kabar.Example/kota/feri",
        "https://kabar.example:443/kota/feri",
        "https://user:secret@kabar.example/kota/feri",
        "https://kabar.example/kota/feri/",
        "https://kabar.example/kota/feri#top",
        "https://kabar.example/kota/feri?utm_source=a&utm_medium=b&fbclid=c&gclid=d",
        "https://kabar.example/amp/kota/feri",
        "https://kabar.example/kota/feri/amp/",
        "https://kabar.example/kota/feri.amp",
        "https://amp.kabar.example/kota/feri",
        "https://kabar.example/kota/feri?amp=1",
        "https://kabar.example/kota/feri?outputType=amp",
    ],
)
def test_what_does_not_tell_articles_apart_is_folded(url: str) -> None:
    assert canonical_url(url) == "https://kabar.example/kota/feri"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://kabar.example/?p=12&page=2", "https://kabar.example?p=12&page=2"),
        ("https://kabar.example/Kota/Feri.amp.html", "https://kabar.example/Kota/Feri.html"),
        ("https://kabar.example/ampas", "https://kabar.example/ampas"),
        ("https://kabar.example:8443/a", "https://kabar.example:8443/a"),
        ("https://www.example/a", "https://www.example/a"),
        ("ftp://kabar.example/a", None),
        ("kabar.example/a", None),
        ("https://[broken", None),
        ("https://kabar.example:port/a", None),
        ("", None),
        (None, None),
    ],
)
def test_canonical_url(url: str | None, canonical: str | None) -> None:
    assert canonical_url(url) == canonical


@given(
    st.from_regex(
        r"https?://(www\.|amp\.)?[a-z]{1,8}\.example(/[a-z.]{0,6}){0,4}(\?[a-z_=&]{0,12})?(#[a-z]*)?", fullmatch=True
    )
)
def test_a_canonical_url_is_its_own(url: str) -> None:
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical


def test_an_id_is_of_the_url_else_of_the_bytes() -> None:
    assert article_id(None, "0123456789abcdef" * 4) == "0123456789abcdef"
    assert article_id("https://kabar.example/feri", "0" * 64) == "ef521dbd248f9c10"
