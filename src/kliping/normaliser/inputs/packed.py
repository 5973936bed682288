"""A file that may hold many inputs, being read: its bytes, and what is stated of what lies in it."""

from __future__ import annotations

from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from kliping.errors import Rejected
from kliping.normaliser.inputs.statement import NOTHING, Statement
from kliping.normaliser.inputs.streams import HELD, read_most

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import RawIOBase

    from kliping.normaliser.inputs.beside import Beside
    from kliping.normaliser.inputs.streams import Allowance

__all__ = ["DEPTH", "START", "Packed", "held"]

DEPTH = 2
"""Archives in each other at most: one in one."""

START = 512
"""First bytes of a file that tell how it is packed; a tar says so at byte 257."""


class Packed(NamedTuple):
    """A file that may hold many inputs, being read.

    Attributes:
        path: of it.
        stream: its bytes.
        size: bytes, as it, or the archive that it lies in, lies on the disk.
        said: what is stated of all that lies in it.
        inside: what is stated of an input that lies in it alone, by its path.
        depth: archives that it lies in.
        whole: whether it is possible to seek in the stream.
        allowance: what it may unpack to; None where nothing has been unpacked yet.
    """

    path: str
    stream: BufferedReader
    size: int
    said: Statement
    inside: Callable[[str], Statement]
    depth: int = 0
    whole: bool = True
    allowance: Allowance | None = None

    def said_of(self, path: str, own: Statement) -> Statement:
        """What is stated of an input that lies in it: by itself, then of it alone, then of the whole file."""
        return over(own, self.inside(path), self.said)

    def holding(self, path: str, stream: BufferedReader, name: str, beside: Beside) -> Packed:
        """A member of it; `beside` is what the archive's own sidecars and tables state, by the names there."""

        def inside(inner: str) -> Statement:
            return over(beside.inside(inner[len(self.path) + 1 :], name), self.inside(inner))

        said = self.said_of(path, beside.of(name))
        return Packed(path, stream, self.size, said, inside, self.depth + 1, whole=False, allowance=self.allowance)


def over(*statements: Statement) -> Statement:
    """Several statements as one: what an earlier one says holds."""
    said = NOTHING
    for statement in statements:
        if statement is not NOTHING:
            said = statement if said is NOTHING else said.over(statement)
    return said


def held(packed: Packed) -> Packed:
    """The file in memory, where it is not possible to seek in it.

    Raises:
        Rejected: `too-large`.
    """
    if packed.whole:
        return packed
    data = read_most(packed.stream, HELD)
    if len(data) > HELD:
        what = f"it lies in an archive and has more than {HELD} bytes, which would have to be held in memory"
        raise Rejected("too-large", f"{what}; unpack the archive and put it here")
    return packed._replace(stream=BufferedReader(cast("RawIOBase", BytesIO(data))), whole=True)
