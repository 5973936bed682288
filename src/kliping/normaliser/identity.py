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
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not parts.hostname:
        return None
    host = re.sub(r"^(?:(?:www|amp)\.)+(?=[^.]+\.)", "", parts.hostname.rstrip("."))
    port_part = f":{port}" if port and port not in _PORTS.values() else ""
    query = _query(parts)
    return f"https://{host}{port_part}{_path(parts)}" + (f"?{query}" if query else "")


def _path(parts: SplitResult) -> str:
    path = re.sub(r"\.amp(?=$|\.html?$)", "", parts.path.rstrip("/"), flags=re.IGNORECASE)
    path = re.sub(r"^/amp(?=/)|/amp$", "", path, flags=re.IGNORECASE)
    return path.rstrip("/")


def _query(parts: SplitResult) -> str:
    """The parameters that may choose an article, in the order and spelling of the URL."""
    pairs = [pair for pair in parts.query.split("&") if pair]
    return "&".join(
        pair for pair in pairs if not (_TRACKING.fullmatch(pair.split("=", 1)[0]) or _TRACKING.fullmatch(pair))
    )
