"""A raw folder that a test fills and reads, and archives made by hand."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

from kliping.normaliser.inputs import Refused, read_inputs
from kliping.normaliser.run.listing import list_raw
from kliping.normaliser.run.treatment import Treatments
from kliping.project import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kliping.normaliser.raw import Raw

TEXT = b"Ferry stays in port\n\nThe ferry did not sail on Monday, said the harbour master.\n"
PAGE = b"<!doctype html><html><body><p>The ferry did not sail.</p></body></html>"


class Folder:
    """A raw folder being filled and read."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, data: bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def read(self, kinds: Mapping[str, Any] | None = None, **settings: Any) -> dict[str, Raw | Refused]:
        paths = [file.path for file in list_raw(self.root)]
        treatments = Treatments(Settings(name="a", **settings))
        found = list(read_inputs(self.root, paths, treatments, kinds or {}))
        told = {one.path or "": one for one in found}
        assert len(told) == len(found)
        return told

    def refused(self, **settings: Any) -> dict[str, tuple[str, str]]:
        return {
            path: (one.reason, one.detail) for path, one in self.read(**settings).items() if isinstance(one, Refused)
        }


def zipped(members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def data_of(told: Mapping[str, Raw | Refused]) -> dict[str, bytes | str]:
    """The bytes of each input, or why it was refused."""
    return {path: one.reason if isinstance(one, Refused) else one.data for path, one in told.items()}
