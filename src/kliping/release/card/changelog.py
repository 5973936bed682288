"""`corpus/CHANGELOG.md`: what changed from version to version, in the maintainers' words, and when each was released.

A section begins with a heading of the second level: `## 0.2.0`, and its date after a space, a dash or in brackets:
`## 0.2.0 - 2026-11-25`, as in keepachangelog.com.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Change", "changes_until", "read_changes", "semantic"]

_HEADING = re.compile(
    r"^## +\[?v?(\d+\.\d+\.\d+)\]?(?:[ \t(–—-]+(\d{4}-\d{2}-\d{2})\)?)?[ \t]*$", re.ASCII | re.MULTILINE
)


class Change(NamedTuple):
    """One section: a version, its date (ISO 8601) or None, and the Markdown below its heading."""

    version: str
    date: str | None
    words: str


def read_changes(path: Path) -> tuple[Change, ...]:
    """The sections of a changelog as they stand; none where there is no such file.

    Raises:
        DataError: it is not UTF-8.
    """
    if not path.is_file():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    found = list(_HEADING.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    return tuple(
        Change(one[1], _real(one[2]), text[one.end() : end].strip()) for one, end in zip(found, ends, strict=True)
    )


def changes_until(changes: tuple[Change, ...], version: str) -> tuple[Change, ...]:
    """The sections of a version and of those before it, the newest first: later ones are no matter of its release."""
    known = [one for one in changes if semantic(one.version) <= semantic(version)]
    return tuple(sorted(known, key=lambda one: semantic(one.version), reverse=True))


def semantic(version: str) -> tuple[int, ...]:
    """A version as numbers, in their order: `0.10.0` after `0.9.0`."""
    return tuple(int(part) for part in version.split("."))


def _real(written: str | None) -> str | None:
    try:
        return date.fromisoformat(written).isoformat() if written else None
    except ValueError:
        return None
