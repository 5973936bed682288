"""A group's own store: a folder that holds releases as `NAME-VERSION/`, each there whole or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kliping.errors import CallError, DataError
from kliping.release.manifest import MANIFEST, digest_of
from kliping.release.publishing.plan import Plan
from kliping.release.verification import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.release.publishing.destination import Store
    from kliping.release.publishing.proof import Proven

__all__ = ["publish_to_store"]


def publish_to_store(release: Proven, store: Store, *, dry_run: bool = False) -> Plan:
    """Copy a release to `STORE/NAME-VERSION/`: beside its place, compared, on the disk, then renamed.

    What a killed run copied is compared and kept; the draft lies in `STORE/.NAME-VERSION.part/`.

    Raises:
        CallError: another run publishes it there.
        DataError: the name is taken by something else; or the copy is not the release.
    """
    place = store.folder / release.folder.name
    draft = store.folder / f".{place.name}.part"
    if place.exists() or place.is_symlink():
        _refuse_other(release, place)
        return Plan(place=str(place), there=tuple(release.files))
    there = tuple(name for name in release.files if _is_there(release, draft, name))
    send = tuple(name for name in release.files if name not in there)
    plan = Plan(place=str(place), send=send, there=there, steps=(f"name the folder {place.name}",))
    if not dry_run:
        draft.mkdir(exist_ok=True)
        with _alone(draft, place):
            _copy(release, draft)
            draft.rename(place)
            _sync_folder(store.folder)
    return plan


def _refuse_other(release: Proven, place: Path) -> None:
    if not (place / MANIFEST).is_file():
        raise DataError(f"{place}: is there and is no release; choose another store, or move it away")
    if digest_of(place / MANIFEST) != release.files[MANIFEST].sha256:
        raise DataError(
            f"{place}: this version is there with other content, and a release never changes; choose a new version"
        )
    if findings := verify(place):
        lines = (f"{place}/{finding}" for finding in findings)
        raise DataError(
            "\n".join((*lines, f"{place}: was changed after it was published; remove it and publish again"))
        )


def _copy(release: Proven, draft: Path) -> None:
    """Make the draft the release: what is right stays, what is not goes, what is missing comes."""
    for path in sorted(draft.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif not _is_there(release, draft, path.relative_to(draft).as_posix()):
            path.unlink()
    for name in release.files:
        target = draft / name
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(release.folder / name, target)
        _sync(target)
    wrong = [name for name in release.files if not _is_there(release, draft, name)]
    if wrong:
        names = ", ".join(wrong)
        raise DataError(f"{draft}: not what was sent: {names}; a disk fails or a file was changed: publish again")
    for folder in (*(path for path in draft.rglob("*") if path.is_dir()), draft):
        _sync_folder(folder)


def _is_there(release: Proven, folder: Path, name: str) -> bool:
    entry, path = release.files.get(name), folder / name
    if entry is None or path.is_symlink() or not path.is_file():
        return False
    return path.stat().st_size == entry.bytes and digest_of(path) == entry.sha256


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(draft: Path, place: Path) -> Iterator[None]:
    """Hold the draft against other runs; the system lets it go with the process, however that ends."""
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if place.exists() or not draft.exists():
            raise CallError(f"{place}: another run has just published it; run the command again to compare")
        yield
    except BlockingIOError:
        raise CallError(
            f"{place}: another run publishes it there right now; wait for it, then run this again"
        ) from None
    finally:
        os.close(descriptor)
