"""An input that cannot be handed on."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from kliping.errors import Rejected

if TYPE_CHECKING:
    from typing import Self

__all__ = ["MOST_BROKEN", "Refused", "too_large", "too_many_broken"]

LONGEST_DETAIL = 4000
"""A sentence that says why has at most this many code points: it may quote what lies in a file."""

MOST_BROKEN = 1000
"""After this many broken rows a table is not read on: millions of them would fill the memory."""


class Refused(NamedTuple):
    """An input that cannot be handed on, with the reason as a code of the contract and in a sentence.

    `sha256` is of its bytes as far as they were read; `unread` where there was nothing to read or no way to: what it
    holds is as unknown as that of a file that is gone.
    """

    path: str
    sha256: str
    reason: str
    detail: str
    unread: bool = False

    @classmethod
    def because(cls, path: str, error: Rejected, data: bytes = b"") -> Self:
        """An input that was rejected. The sentence is one that JSON can hold, whatever it quotes."""
        detail = error.detail.encode("utf-8", "backslashreplace").decode()
        if len(detail) > LONGEST_DETAIL:
            detail = detail[: LONGEST_DETAIL - 1] + "…"
        return cls(path, sha256(data).hexdigest(), error.reason, detail)


def too_large(size: int | None, most: int) -> Rejected:
    """Of an input that has more bytes than one may have; `size` is None where it was not read to its end."""
    has = f"{size} bytes, and an input may have {most}" if size is not None else f"more than {most} bytes, the most"
    return Rejected("too-large", f"it has {has}; see max_bytes in [tool.kliping]")


def too_many_broken(number: int) -> Rejected:
    """Of a table in which `MOST_BROKEN` rows before this one are broken."""
    what = f"{MOST_BROKEN} rows before row {number} are broken, so it is not read on; mend the table"
    return Rejected("broken", what)
