"""ZIP and tar archives: their members, one after the other, never written to a disk."""

from __future__ import annotations

import os
import re
import stat
import tarfile
import zipfile
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from kliping.errors import Rejected
from kliping.normaliser.inputs.distinct import Distinct
from kliping.normaliser.inputs.streams import CHUNK, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader

    from kliping.normaliser.inputs.streams import Allowance

__all__ = ["Member", "tar_members", "zip_members"]

LONGEST_HEADER = 1_000_000
"""Bytes of what a tar states of one member: its long name and the like, which is held in memory."""

LONGEST_LIST = 40_000_000
"""Bytes of a ZIP's list of its members, which is held in memory: half a million of them, with ordinary names."""

_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1
_LIST_SIZES = re.compile(rb"PK\x05\x06.{8}(....)|PK\x06\x06.{36}(.{8})", re.DOTALL)
"""The size of a ZIP's list, in its end record and in that of ZIP64 (APPNOTE 4.3.16 and 4.3.14)."""
_LAST = 66_000
"""Last bytes of a ZIP that hold the end records, with the longest comment."""
_ZIP64 = 0xFFFFFFFF
_TAR_HEADERS = frozenset({
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
})  # fmt: skip


class Member(NamedTuple):
    """A file in an archive.

    Attributes:
        name: its path there, with forward slashes; of two with one name the later is `NAME~2`.
        fault: why it is not to be read, or None.
        open: its bytes, once and before the next member is asked for.
    """

    name: str
    fault: Rejected | None
    open: Callable[[], BufferedReader]


def zip_members(stream: BinaryIO, allowance: Allowance) -> Iterator[Member]:
    """The files of a ZIP archive in the order of its list; hidden ones are passed over.

    Raises:
        Rejected: `broken` or `too-large`, at once or while a member is read.
    """
    _require_short_list(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Rejected("broken", f"it cannot be read as a ZIP archive: {error}; fetch or save it again") from None
    names = _Names()
    with archive:
        for info in archive.infolist():
            is_folder = info.filename.endswith("/")  # zipfile's own is_dir raises for a member without a name
            if not is_folder and (name := names.of(info.filename)) is not None:
                fault = _path_fault(info.filename) or _zip_fault(info)
                yield Member(name, fault, partial(_zip_stream, archive, info, allowance))


def tar_members(stream: BinaryIO) -> Iterator[Member]:
    """The files of a tar archive, already decompressed, in its order; hidden ones are passed over.

    Raises:
        Rejected: `broken`.
    """
    names = _Names()
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_ShortTarInfo) as archive:
            for info in archive:
                archive.members.clear()  # type: ignore[attr-defined]  # else it remembers every one
                if not info.isdir() and (name := names.of(info.name)) is not None:
                    fault = _path_fault(info.name) or _tar_fault(info)
                    yield Member(name, fault, partial(_tar_stream, archive, info))
        while stream.read(CHUNK):  # what comes after the last member tells whether the stream was cut
            pass
    except (tarfile.TarError, ValueError, OverflowError) as error:
        raise Rejected("broken", f"it cannot be read on as a tar archive: {error}; fetch or save it again") from None


class _Names:
    """The names of an archive's members as they are told: each once."""

    def __init__(self) -> None:
        self._told = Distinct()

    def of(self, stored: str) -> str | None:
        """The name of the next member; None where it is hidden."""
        name = "/".join(part for part in _slashed(stored).split("/") if part != ".")
        name = name.encode("utf-8", "backslashreplace").decode()
        parts = name.split("/")
        if any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts):
            return None
        return self._told.of(name)


def _slashed(stored: str) -> str:
    return stored.replace("\\", "/")


def _path_fault(stored: str) -> Rejected | None:
    """Why a name is not that of a file below the archive: nothing is ever written there, but others may unpack it."""
    name = _slashed(stored)
    if name.strip("/") in ("", "."):
        return Rejected("unsafe-path", "the archive gives it no name; pack it by a relative path")
    if name.startswith("/") or _DRIVE.match(name):
        return Rejected("unsafe-path", f"the archive names it by an absolute path: {name!r}; pack it by a relative one")
    if ".." in name.split("/"):
        return Rejected("unsafe-path", f"its path leads out of the archive: {name!r}; pack it by a path without '..'")
    return None


def _zip_fault(info: zipfile.ZipInfo) -> Rejected | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return Rejected("unsafe-path", "it is a link, which is not followed inside archives; pack the file itself")
    if info.flag_bits & _ENCRYPTED:
        return Rejected("broken", "it is encrypted; unpack it with its password and put the file here")
    return None


def _tar_fault(info: tarfile.TarInfo) -> Rejected | None:
    if info.issym() or info.islnk():
        to = repr(info.linkname.encode("utf-8", "backslashreplace").decode())
        return Rejected("unsafe-path", f"it is a link to {to}, which is not followed; pack the file itself")
    if not info.isfile():
        return Rejected("unsafe-path", "it is a device or a pipe, and no file")
    return None


def _zip_stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance) -> BufferedReader:
    try:
        return counted(cast("zipfile.ZipExtFile", archive.open(info)), allowance)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Rejected("broken", f"it cannot be unpacked: {error}") from None


def _tar_stream(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BufferedReader:
    stream = archive.extractfile(info)
    if stream is None:
        raise Rejected("broken", "it has no bytes")
    return cast("BufferedReader", stream)


def _require_short_list(stream: BinaryIO) -> None:
    """Turn down a ZIP that lists millions of members, before the list is read."""
    stream.seek(max(0, stream.seek(0, os.SEEK_END) - _LAST))
    sizes = [int.from_bytes(short or long, "little") for short, long in _LIST_SIZES.findall(stream.read())]
    stream.seek(0)
    if any(LONGEST_LIST < size != _ZIP64 for size in sizes):
        raise Rejected("too-large", "it has too many files to list them in memory; pack them into several archives")


class _ShortTarInfo(tarfile.TarInfo):
    """A tar's header, where what describes a member is short: it is held in memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _ShortTarInfo:
        info = super().frombuf(buf, encoding, errors)
        if info.type in _TAR_HEADERS and info.size > LONGEST_HEADER:
            raise tarfile.ReadError(f"a header of {info.size} bytes")
        return info
