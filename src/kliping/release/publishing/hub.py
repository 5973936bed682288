"""A dataset of the hub: the whole release in one commit, then its tag, which never moves.

`create_commit` and not `upload_folder`: the latter cuts a folder into several commits where the hub stores with Xet
(huggingface_hub 2.4, `_upload_pipeline`), and half a release would be seen between two of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import DataError
from kliping.release.manifest import MANIFEST
from kliping.release.publishing.plan import Plan
from kliping.release.publishing.proof import git_blob
from kliping.release.publishing.session import open_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huggingface_hub import RepoFile

    from kliping.release.publishing.destination import Hub
    from kliping.release.publishing.proof import Proven
    from kliping.release.publishing.session import Session

__all__ = ["publish_to_hub"]

_OF_THE_HUB = ".gitattributes"
"""The hub's own file, which says what it stores as large files."""

_MADE_BY_HAND = frozenset({_OF_THE_HUB, "README.md"})
"""What a dataset may hold that was made by hand a moment ago."""

_TAG = re.compile(r"v(\d+)\.(\d+)\.(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _State:
    """What the hub has: its newest commit, the files of that, and the commit of each tag; no commit: no dataset."""

    commit: str | None
    files: Mapping[str, RepoFile]
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Way:
    """What is published, over what, and where to; `private` holds for a dataset that has to be made."""

    session: Session
    release: Proven
    repository: str
    private: bool

    @property
    def place(self) -> str:
        """The dataset's page."""
        return f"{self.session.url}/datasets/{self.repository}"


class _Named(msgspec.Struct, frozen=True):
    name: str


def publish_to_hub(release: Proven, to: Hub, *, private: bool = True, dry_run: bool = False) -> Plan:
    """Send what is missing, commit all of it at once, compare what the hub then has, and set the tag on that commit.

    Run again after a failure or a kill at any request, it goes on: the hub keeps the large files that it was sent; a
    commit that was made is found by its files. The newest commit then holds this release and nothing else but the
    hub's `.gitattributes`: files of the version before go, which their own tag keeps.

    Args:
        release: what is published.
        to: the dataset; one that is not there is made.
        private: whether a dataset that is made is private.
        dry_run: only look.

    Raises:
        CallError: huggingface_hub is not installed, or there is no login.
        DataError: the tag, or the dataset, has other content; a newer version is published.
        ServerError: the hub or the network failed, or refused us.
    """
    with open_session() as session, session.told(to.repository):
        way = _Way(session, release, to.repository, private)
        state = _look(way)
        plan = _plan(way, state)
        if plan.changes and not dry_run:
            _carry_out(way, state, plan)
    return plan


def _look(way: _Way) -> _State:
    from huggingface_hub.errors import RepositoryNotFoundError

    api = way.session.api
    try:
        commit = api.repo_info(way.repository, repo_type="dataset", revision="main").sha
    except RepositoryNotFoundError:
        return _State(None, {}, {})
    refs = api.list_repo_refs(way.repository, repo_type="dataset")
    return _State(commit, _files(way, commit), {one.name: one.target_commit for one in refs.tags})


def _files(way: _Way, commit: str | None) -> dict[str, RepoFile]:
    from huggingface_hub import RepoFile

    listed = way.session.api.list_repo_tree(way.repository, recursive=True, revision=commit, repo_type="dataset")
    return {one.path: one for one in listed if isinstance(one, RepoFile)}


def _plan(way: _Way, state: _State) -> Plan:
    release = way.release
    load = f'load it: datasets.load_dataset("{way.repository}", revision="{release.tag}")'
    if release.tag in state.tags:
        if not _is_whole(release, _files(way, state.tags[release.tag])):
            raise DataError(
                f"{way.place}: the tag {release.tag} is there with other content, and a tag never moves; choose a new "
                "version"
            )
        return Plan(place=way.place, there=tuple(release.files), notes=(load,))
    _refuse_older(way, state)
    _refuse_foreign(way, state)
    there = tuple(name for name in release.files if _is_same(release, name, state.files))
    made = () if state.commit else (f"make the {'private' if way.private else 'public'} dataset {way.repository}",)
    hidden = "; it is private: show it to all in its settings" if made and way.private else ""
    return Plan(
        place=way.place,
        send=tuple(name for name in release.files if name not in there),
        there=there,
        remove=tuple(name for name in state.files if name not in release.files and name != _OF_THE_HUB),
        steps=(*made, f"set the tag {release.tag}"),
        notes=(f"{load}{hidden}",),
    )


def _refuse_older(way: _Way, state: _State) -> None:
    """What people see is the newest version: an older one must not take its place."""
    own, tag = _numbers(way.release.tag), way.release.tag
    newer = sorted((name for name in state.tags if _numbers(name) > own), key=_numbers)
    if newer:
        raise DataError(
            f"{way.place}: {newer[-1]} is published already, and {tag} would take its place as the newest; publish "
            "versions in their order"
        )


def _numbers(tag: str) -> tuple[int, ...]:
    found = _TAG.fullmatch(tag)
    return tuple(int(one) for one in found.groups()) if found else ()


def _refuse_foreign(way: _Way, state: _State) -> None:
    """A slip in OWNER/NAME must not replace somebody's other dataset."""
    own = way.release.manifest.name
    if _released_there(way, state) != own if MANIFEST in state.files else not state.files.keys() <= _MADE_BY_HAND:
        raise DataError(
            f"{way.place}: holds files that are no release of {own}; choose another OWNER/NAME, or remove them there "
            "first"
        )


def _released_there(way: _Way, state: _State) -> str | None:
    """The name of the corpus whose release the dataset holds."""
    with TemporaryDirectory() as folder:
        path = way.session.api.hf_hub_download(
            way.repository, MANIFEST, repo_type="dataset", revision=state.commit, cache_dir=folder
        )
        try:
            return msgspec.json.decode(Path(path).read_bytes(), type=_Named).name
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None


def _is_whole(release: Proven, files: Mapping[str, RepoFile]) -> bool:
    """Whether these are the release's files and no others."""
    names = files.keys() - {_OF_THE_HUB}
    return names == release.files.keys() and all(_is_same(release, name, files) for name in names)


def _is_same(release: Proven, name: str, files: Mapping[str, RepoFile]) -> bool:
    entry, found = release.files[name], files.get(name)
    if found is None or found.size != entry.bytes:
        return False
    if found.lfs is not None:
        return bool(found.lfs.sha256 == entry.sha256)
    return bool(found.blob_id == git_blob(release.folder / name))


def _carry_out(way: _Way, state: _State, plan: Plan) -> None:
    api, release = way.session.api, way.release
    if state.commit is None:
        api.create_repo(way.repository, repo_type="dataset", private=way.private, exist_ok=True)
        state = _look(way)
    commit = _commit(way, state.commit, plan) if plan.send or plan.remove else state.commit
    if not _is_whole(release, _files(way, commit)):
        raise DataError(
            f"{plan.place}: the hub holds other files than were sent, and no tag was set; a file here changed "
            "meanwhile, or the hub is at fault: run the command again"
        )
    api.create_tag(way.repository, tag=release.tag, revision=commit, repo_type="dataset")


def _commit(way: _Way, parent: str | None, plan: Plan) -> str:
    """One commit on top of what was looked at: where another came between, the hub refuses it."""
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    folder, manifest = way.release.folder, way.release.manifest
    add = [CommitOperationAdd(path_in_repo=name, path_or_fileobj=folder / name) for name in plan.send]
    gone = [CommitOperationDelete(path_in_repo=name) for name in plan.remove]
    made = way.session.api.create_commit(
        way.repository,
        [*gone, *add],
        commit_message=f"{manifest.name} {manifest.version}",
        repo_type="dataset",
        parent_commit=parent,
    )
    return made.oid
