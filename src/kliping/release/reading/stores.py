"""Where releases lie: below a corpus, in a group's own store, on the hub. A name and a version become a folder."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kliping.errors import CallError, DataError, ServerError, without_secrets
from kliping.project import Corpus
from kliping.release.manifest import MANIFEST
from kliping.release.verification import read_manifest
from kliping.release.versions.record import checked_version

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["VARIABLE", "find_release"]

VARIABLE = "KLIPING_RELEASES"
"""The environment variable with the folders of a group's own stores, separated as in `PATH`."""

_ON_THE_HUB = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)


def find_release(place: str | Path, version: str | None = None) -> Path:
    """The folder of a release, which is yet to be verified.

    Args:
        place: a release's folder; a corpus's name, to be found below `releases/` of the corpus here or above and in the
            folders of `KLIPING_RELEASES`; or OWNER/NAME on the hub. A folder that is there wins over a name.
        version: MAJOR.MINOR.PATCH. Without it, a name means the newest version there, and OWNER/NAME what was
            published last.

    Raises:
        CallError: there is no such release; the version is none.
        DataError: the folder holds another version than was asked for, or stores have different releases of one.
        ServerError: the hub cannot be reached, and the release was never fetched from it to this machine.
    """
    if version is not None:
        checked_version(version)
    folder = _folder(place, version)
    manifest = read_manifest(folder)
    if version is not None and manifest.version != version:
        raise DataError(
            f"{folder}: holds version {manifest.version} of {manifest.name}, not {version}; "
            "name another folder or version"
        )
    return folder


def _folder(place: str | Path, version: str | None) -> Path:
    text = os.fspath(place)
    folder = Path(text).expanduser()
    is_path = isinstance(place, Path) or text.startswith((".", "~", "/")) or text.endswith("/") or folder.is_file()
    if os.path.lexists(folder / MANIFEST) or (folder.is_dir() and ("/" in text or is_path)):
        return folder
    if not is_path and _ON_THE_HUB.fullmatch(text):
        return _snapshot(text, version)
    if is_path or "/" in text:
        raise CallError(f"{text}: no such folder; name the folder that `kliping release` made")
    return _stored(text, version)


def _stored(name: str, version: str | None) -> Path:
    stores = list(_stores())
    found: dict[tuple[int, ...], Path] = {}
    for store in stores:
        for number, folder in _releases(store, name):
            if number in found and read_manifest(found[number]).configs != read_manifest(folder).configs:
                raise DataError(
                    f"{found[number]} and {folder} are the same version with other rows; name the folder that is right"
                )
            found.setdefault(number, folder)
    there = ", ".join(".".join(map(str, number)) for number in sorted(found))
    searched = ", ".join(map(str, stores)) or f"nowhere: there is no corpus here or above, and {VARIABLE} is not set"
    if not found:
        raise CallError(f"{name}: no release of that name, and no such folder; searched: {searched}")
    wanted = max(found) if version is None else _numbers(version)
    if wanted not in found:
        raise CallError(f"{name}: no version {version}; there is {there}; searched: {searched}")
    folder = found[wanted]
    if (told := read_manifest(folder)).name != name or _numbers(told.version) != wanted:
        raise DataError(f"{folder}: by its manifest it is {told.name} {told.version}; give the folder its own name")
    return folder


def _stores() -> Iterator[Path]:
    with suppress(CallError):
        yield Corpus.open().releases
    for store in os.environ.get(VARIABLE, "").split(os.pathsep):
        if store:
            yield Path(store).expanduser()


def _releases(store: Path, name: str) -> Iterator[tuple[tuple[int, ...], Path]]:
    """The versions of a corpus in a store: folders `NAME-VERSION`, a draft's name begins with a dot."""
    for folder in sorted(store.glob("*/")):
        stem, _, version = folder.name.rpartition("-")
        if stem == name and (folder / MANIFEST).is_file():
            with suppress(CallError):
                yield _numbers(checked_version(version)), folder


def _numbers(version: str) -> tuple[int, ...]:
    """A version as what it is ordered by: 0.10.0 comes after 0.9.0."""
    return tuple(map(int, version.split(".")))


def _snapshot(name: str, version: str | None) -> Path:
    """A release on the hub, fetched or from its cache, which knows tags offline as well."""
    try:
        from huggingface_hub import errors, snapshot_download
    except ImportError:
        raise CallError('huggingface_hub is not installed; run: python -m pip install "kliping[load]"') from None
    tag = None if version is None else f"v{version}"
    what = f"{name} on the hub" if tag is None else f"{tag} of {name} on the hub"
    try:
        return Path(snapshot_download(name, repo_type="dataset", revision=tag))
    except errors.RevisionNotFoundError:
        raise CallError(
            f"{what}: there is no such version; its page lists them under Files, in the menu main"
        ) from None
    except errors.LocalEntryNotFoundError:
        raise ServerError(
            f"{what}: no such folder here; the hub cannot be reached, and it was never fetched to this machine; "
            "go online once, or name a folder"
        ) from None
    except errors.RepositoryNotFoundError:
        raise CallError(
            f"{what}: no such folder here, and the hub has no such dataset, or shows it only to some: "
            "see to the name, or log in with `hf auth login`"
        ) from None
    except (errors.HfHubHTTPError, OSError) as error:
        said = without_secrets((str(error).splitlines() or [type(error).__name__])[0])
        raise ServerError(f"{what}: {said}; try again later") from None
