"""The pseudonym key, which is never shown: where it lies with the user, and its fingerprint with the corpus."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

import msgspec
from platformdirs import user_config_path

from kliping.errors import CallError, DataError
from kliping.files import write_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project.corpus import Corpus

__all__ = ["VARIABLE", "fingerprint", "keep_fingerprint", "key_path", "known_fingerprint", "known_key"]

VARIABLE = "KLIPING_PSEUDONYM_KEY"


class _KeyFile(msgspec.Struct, frozen=True):
    fingerprint: str


def fingerprint(key: bytes) -> str:
    """The first 16 hexadecimal digits of SHA-256 over the key: tells keys apart, and gives none away."""
    return hashlib.sha256(key).hexdigest()[:16]


def key_path() -> Path:
    """The file of the key, which only the user can read."""
    return user_config_path("kliping") / "pseudonym.key"


def known_key() -> bytes | None:
    """The key, 32 bytes: of KLIPING_PSEUDONYM_KEY, else of its file; None where neither is there.

    Raises:
        CallError: it is not 64 hexadecimal digits.
    """
    given = os.environ.get(VARIABLE, "").strip()
    if given:
        return _decoded(given, VARIABLE)
    path = key_path()
    if not path.exists():
        return None
    return _decoded(path.read_text(encoding="utf-8", errors="replace").strip(), str(path))


def known_fingerprint(corpus: Corpus) -> str | None:
    """The fingerprint of the key that the corpus's pseudonyms were made with; None before the first pull.

    Raises:
        DataError: `annotations/key.json` holds something else.
    """
    path = _key_file(corpus)
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=_KeyFile).fingerprint
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"{path}: {error}; restore it with git") from None


def keep_fingerprint(corpus: Corpus, key: bytes) -> bool:
    """Write the key's fingerprint to `annotations/key.json`; whether it changed."""
    return write_bytes(_key_file(corpus), msgspec.json.encode(_KeyFile(fingerprint(key))) + b"\n")


def _key_file(corpus: Corpus) -> Path:
    return corpus.annotation_folder / "key.json"


def _decoded(digits: str, place: str) -> bytes:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", digits):
        raise CallError(
            f"{place}: not a pseudonym key: it must be 64 hexadecimal digits, as the machine has it that made it"
        )
    return bytes.fromhex(digits)
