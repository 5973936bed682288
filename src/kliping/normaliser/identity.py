"""An article's identity: its canonical URL, and the id made from it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from kliping.files import sha256

__all__ = ["article_id", "canonical_url"]

ID_LENGTH = 16
"""Hexadecimal digits of an id: 64 bits, so that a corpus of ten million articles has no clash in practice."""

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|mkt_tok|"
    r"ocid|cmpid|amp|output(?:type)?=amp",
    re.IGNORECASE,
)
_SUBDOMAINS = re.compile(r"^(?:(?:www|amp)\.+)+(?=[^.]+\.)")
_AMP_FIRST = re.compile(r"(?:/amp)+(?=/)", re.IGNORECASE)
_LAST = re.compile(r"(?:[/\s]|pma[/.])+", re.IGNORECASE)
_AMP_NAME = re.compile(r"(?P<html>l?mth\.)(?:pma\.)+", re.IGNORECASE)
"""These two for paths read backwards, so that each is searched in one place only."""
_PORTS = {"http": 80, "https": 443}


def article_id(url: str | None, digest: str) -> str:
    """The id of an article: from its canonical URL where there is one, else from its raw bytes' SHA-256 (hex)."""
    return (sha256(f"url:{url}".encode()) if url else digest)[:ID_LENGTH]


def canonical_url(url: str | None) -> str | None:
    """A URL with what does not tell articles apart folded; None where it is no web address with a host.

    `http://www.Kabar.example/amp/kota/feri/?utm_source=x#top` becomes `https://kabar.example/kota/feri`. Folded are:
    scheme, case of the host, `www`, `amp` as sub-domain, path segment, suffix or parameter, default port, user name,
    tracking parameters, fragment, trailing slash.
    """
    if not url:
        return None
    try:
        url.encode()
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:  # also what does not encode: half a surrogate pair
        return None
    scheme, host = parts.scheme.lower(), _host(parts)
    if scheme not in _PORTS or not host or any(map(str.isspace, host)):
        return None
    port_part = f":{port}" if port and port != _PORTS[scheme] else ""
    # What answers at the other one's port is another server.
    scheme = "http" if scheme == "http" and port == _PORTS["https"] else "https"
    query = _query(parts)
    return f"{scheme}://{host}{port_part}{_path(parts.path)}" + (f"?{query}" if query else "")


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").strip(".")
    return f"[{host}]" if ":" in host else _SUBDOMAINS.sub("", host)


def _path(path: str) -> str:
    """The path without `amp` and slashes at its end, however many there are."""
    first = _AMP_FIRST.match(path)
    backwards = path[first.end() if first else 0 :][::-1]
    last = _LAST.match(backwards)
    backwards = backwards[last.end() :] if last else backwards
    name = _AMP_NAME.match(backwards)
    return (name["html"] + backwards[name.end() :] if name else backwards)[::-1]


def _query(parts: SplitResult) -> str:
    """The parameters that may choose an article, in the order and spelling of the URL."""
    pairs = [pair for spelled in parts.query.split("&") if (pair := spelled.strip())]
    return "&".join(
        pair for pair in pairs if not (_TRACKING.fullmatch(pair.split("=", 1)[0]) or _TRACKING.fullmatch(pair))
    )
