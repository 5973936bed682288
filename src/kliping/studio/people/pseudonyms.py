"""Annotators' pseudonyms: keyed hashes, whose key stays with the user and whose fingerprint stays with the corpus."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kliping.errors import DataError
from kliping.project.keys import VARIABLE, fingerprint, keep_fingerprint, key_path, known_fingerprint, known_key

if TYPE_CHECKING:
    from kliping.project import Corpus

__all__ = [
    "VARIABLE",
    "bind_key",
    "fingerprint",
    "keep_fingerprint",
    "pseudonym",
    "pseudonym_key",
    "stand_in",
    "stood_in_for",
]

_STAND_IN = re.compile(r"(annotator-[0-9a-z]{1,32})@annotators\.invalid")
"""`.invalid` is nobody's (RFC 2606): no mail can be sent there."""


def pseudonym(key: bytes, address: str) -> str:
    """`annotator-` and 12 hexadecimal digits of HMAC-SHA256 over the address in lower case (RFC 2104).

    The address of a stand-in is read as whom it stands in for.
    """
    stood_in = stood_in_for(address)
    if stood_in is not None:
        return stood_in
    digest = hmac.new(key, address.strip().lower().encode(), hashlib.sha256).hexdigest()
    return f"annotator-{digest[:12]}"


def stand_in(annotator: str) -> str:
    """The address of an account that stands in for an annotator whose own address is not known."""
    return f"{annotator}@annotators.invalid"


def stood_in_for(address: str) -> str | None:
    """The pseudonym that the address of a stand-in names; None for anybody's own address."""
    found = _STAND_IN.fullmatch(address.strip().lower())
    return found[1] if found else None


def pseudonym_key() -> bytes:
    """The key, 32 bytes: of KLIPING_PSEUDONYM_KEY, else of a file only the user can read, made at the first pull.

    Raises:
        CallError: it is not 64 hexadecimal digits. The key itself is never shown.
    """
    key = known_key()
    if key is None:
        _make_key(key_path())
        key = known_key()
    assert key is not None  # noqa: S101 — it was just made
    return key


def _make_key(path: Path) -> None:
    """A new key, whole from the first moment on; of two that are made at the same time, one stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # its owner's alone
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_bytes(32).hex()}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(name)
    finally:
        Path(name).unlink()


def bind_key(corpus: Corpus, key: bytes) -> None:
    """Refuse a key that is not the corpus's; nothing is written.

    Raises:
        DataError: the corpus's pseudonyms were made with another key.
    """
    known = known_fingerprint(corpus)
    if known is not None and known != fingerprint(key):
        raise DataError(
            f"{corpus.annotation_folder / 'key.json'}: the corpus's pseudonyms were made with another key "
            f"(fingerprint {known}, yours is "
            f"{fingerprint(key)}); give that key as {VARIABLE}: one annotator must not get two pseudonyms"
        )
