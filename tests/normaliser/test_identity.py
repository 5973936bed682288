from __future__ import annotations

from urllib.parse import urlsplit

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
        "https://kabar.example/amp/amp/kota/feri/amp/amp/",
        "https://kabar.example/kota/feri.amp.amp",
        "https://www..amp.kabar.example./kota/feri/ / ?utm_source=a ",
        "http://kabar.example:80/kota/feri",
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
        ("https://kabar.example/Kota/Feri.amp.amp.html/", "https://kabar.example/Kota/Feri.html"),
        ("http://kabar.example:443/a", "http://kabar.example:443/a"),
        ("https://kabar.example:80/a", "https://kabar.example:80/a"),
        ("https://[2001:DB8::1]:8443/a/", "https://[2001:db8::1]:8443/a"),
        ("https://.../", None),
        ("https://./a", None),
        ("https:///a", None),
        ("https://ka bar.example/a", None),
        ("https://kabar.example/\ud800", None),
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


@given(
    st.builds(
        "{}://{}{}/{}".format,
        st.sampled_from(["http", "https", "HTTPS"]),
        st.lists(st.sampled_from(["www", "amp", "kabar", "example", ".", "..", "[::1]", " ", "a"]), max_size=6).map(
            "".join
        ),
        st.sampled_from(["", ":80", ":443", ":8080", ":0"]),
        st.lists(
            st.sampled_from(
                ["/", "amp", ".amp", "AMP", ".html", ".htm", " ", "a", "?", "&", "#", "utm_id=1", "\u2003", "p"]
            ),
            max_size=12,
        ).map("".join),
    )
)
def test_a_canonical_url_of_odd_hosts_and_paths_is_its_own_and_has_a_host(url: str) -> None:
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical
    assert canonical is None or urlsplit(canonical).hostname


def test_a_path_of_nothing_else_takes_no_time() -> None:
    assert canonical_url("https://kabar.example" + "/amp" * 100_000 + "/a") == "https://kabar.example/a"
    assert canonical_url("https://kabar.example/a" + ".amp" * 100_000) == "https://kabar.example/a"


def test_an_id_is_of_the_url_else_of_the_bytes() -> None:
    assert article_id(None, "0123456789abcdef" * 4) == "0123456789abcdef"
    assert article_id("https://kabar.example/feri", "0" * 64) == "ef521dbd248f9c10"
