"""A stand-in for the hub on loopback: datasets, commits, large files and tags that are really kept, in memory.

It proves the shape of the calls and what a client makes of the answers, not that the real hub takes them: that was
never asked from here. Its answers follow what huggingface_hub 2.4 reads; it stores large files as Git LFS does, not
with Xet.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["TOKEN", "Dataset", "Hub", "Request", "running_hub"]

TOKEN = "hf_" + "standin" * 5
"""The only login that the stand-in knows."""

_ATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"

Json: TypeAlias = dict[str, Any]
Reply: TypeAlias = tuple[int, Json | bytes, dict[str, str]]


class Refused(Exception):  # noqa: N818 — an answer, not a fault
    """An answer that is no success."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True, slots=True)
class File:
    """A file of a commit: its content, and whether it is kept as a large one."""

    data: bytes
    large: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def blob(self) -> str:
        """Git's name of it; of a large one that of its pointer."""
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{self.sha256}\nsize {len(self.data)}\n"
        data = pointer.encode() if self.large else self.data
        return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class Dataset:
    """One dataset: every commit with its files, where `main` and the tags point, and the large files sent so far."""

    private: bool
    commits: dict[str, dict[str, File]] = field(default_factory=dict)
    main: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    large: dict[str, bytes] = field(default_factory=dict)

    def commit(self, files: dict[str, File]) -> str:
        said = json.dumps([self.main, sorted((name, one.sha256) for name, one in files.items())])
        self.main = hashlib.sha1(said.encode(), usedforsecurity=False).hexdigest()
        self.commits[self.main] = files
        return self.main

    def resolve(self, revision: str) -> str:
        found = {"main": self.main, **self.tags}.get(revision, revision)
        if found not in self.commits:
            raise Refused(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return found


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked: its number from 0, the method, and the path without the query."""

    number: int
    method: str
    path: str


@dataclass(slots=True)
class Hub:
    """All that the stand-in keeps.

    Attributes:
        datasets: by OWNER/NAME.
        requests: all that came.
        before: called before a request is done; what it raises is the answer.
        after: called when it was done, before it is answered.
        url: the address.
    """

    datasets: dict[str, Dataset] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    before: Callable[[Request], object] = lambda _request: None
    after: Callable[[Request], object] = lambda _request: None
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        path = unquote(urlsplit(target).path)
        with self.lock:
            request = Request(len(self.requests), method, path)
            self.requests.append(request)
            self.before(request)
            try:
                reply = self._done(method, path, headers, body)
            finally:
                self.after(request)
            return reply

    def _done(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        if headers.get("authorization") != f"Bearer {TOKEN}" and not path.startswith("/storage/"):
            raise Refused(401, "Invalid username or password.")
        for verb, pattern, act in _ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method in verb.split("|"):
                return act(self, body, *found.groups())
        raise Refused(404, "Sorry, we can't find the page you are looking for.")

    def dataset(self, name: str) -> Dataset:
        if name not in self.datasets:
            raise Refused(404, "Repository not found", "RepoNotFound")
        return self.datasets[name]


def _create(hub: Hub, body: bytes) -> Reply:
    asked = json.loads(body)
    assert asked["type"] == "dataset"
    name = f"{asked['organization']}/{asked['name']}"
    if name in hub.datasets:
        raise Refused(409, "You already created this dataset repo")
    private = asked.get("visibility") == "private" or bool(asked.get("private"))
    hub.datasets[name] = made = Dataset(private)
    made.commit({".gitattributes": File(_ATTRIBUTES, large=False)})
    return 200, {"url": f"{hub.url}/datasets/{name}"}, {}


def _info(hub: Hub, _body: bytes, name: str, revision: str | None) -> Reply:
    dataset = hub.dataset(name)
    commit = dataset.resolve(revision or "main")
    siblings = [{"rfilename": path} for path in sorted(dataset.commits[commit])]
    return 200, {"id": name, "sha": commit, "private": dataset.private, "siblings": siblings, "tags": []}, {}


def _refs(hub: Hub, _body: bytes, name: str) -> Reply:
    dataset = hub.dataset(name)
    tags = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": at} for tag, at in dataset.tags.items()]
    branches = [{"name": "main", "ref": "refs/heads/main", "targetCommit": dataset.main}]
    return 200, {"tags": tags, "branches": branches, "converts": []}, {}


def _tree(hub: Hub, _body: bytes, name: str, revision: str, folder: str | None) -> Reply:
    """All below a folder: a client that asked for less leaves the rest aside."""
    dataset = hub.dataset(name)
    files = dataset.commits[dataset.resolve(revision)]
    below = f"{folder}/" if folder else ""
    folders = {path.rpartition("/")[0] for path in files if "/" in path}
    found = [_entry(path, file) for path, file in sorted(files.items()) if path.startswith(below)]
    if folder is None:
        found += [{"type": "directory", "path": one, "oid": "0" * 40} for one in sorted(folders)]
    elif not found:
        raise Refused(404, "Entry not found", "EntryNotFound")
    return 200, json.dumps(found).encode(), {}


def _paths_info(hub: Hub, body: bytes, name: str, revision: str) -> Reply:
    dataset = hub.dataset(name)
    files = dataset.commits[dataset.resolve(revision)]
    asked = json.loads(body)["paths"]
    return 200, json.dumps([_entry(path, files[path]) for path in asked if path in files]).encode(), {}


def _entry(path: str, file: File) -> Json:
    entry: Json = {"type": "file", "path": path, "size": len(file.data), "oid": file.blob}
    if file.large:
        entry["lfs"] = {"oid": file.sha256, "size": len(file.data), "pointerSize": 130}
    return entry


def _validate_yaml(_hub: Hub, body: bytes) -> Reply:
    content = json.loads(body)["content"]
    if not content.startswith("---\n"):
        raise Refused(400, "no metadata")
    return 200, {"errors": [], "warnings": []}, {}


def _preupload(hub: Hub, body: bytes, name: str, revision: str) -> Reply:
    dataset = hub.dataset(name)
    files = dataset.commits[dataset.resolve(revision)]
    modes = []
    for asked in json.loads(body)["files"]:
        path, there = asked["path"], files.get(asked["path"])
        mode: Json = {"path": path, "shouldIgnore": False, "uploadMode": "lfs" if _is_large(path) else "regular"}
        if there is not None:
            mode["oid"] = there.sha256 if there.large else there.blob
        modes.append(mode)
    return 200, {"files": modes}, {}


def _is_large(path: str) -> bool:
    return path.endswith(".parquet")


def _batch(hub: Hub, body: bytes, name: str) -> Reply:
    dataset = hub.dataset(name)
    objects = []
    for asked in json.loads(body)["objects"]:
        one: Json = {"oid": asked["oid"], "size": asked["size"]}
        if asked["oid"] not in dataset.large:
            one["actions"] = {
                "upload": {"href": f"{hub.url}/storage/{name}/{asked['oid']}"},
                "verify": {"href": f"{hub.url}/api/verify/{name}"},
            }
        objects.append(one)
    return 200, {"transfer": "basic", "objects": objects}, {}


def _put(hub: Hub, body: bytes, name: str, oid: str) -> Reply:
    if hashlib.sha256(body).hexdigest() != oid:
        raise Refused(400, "other content than was announced")
    hub.dataset(name).large[oid] = body
    return 200, {}, {}


def _verify(hub: Hub, body: bytes, name: str) -> Reply:
    asked = json.loads(body)
    if len(hub.dataset(name).large.get(asked["oid"], b"")) != asked["size"]:
        raise Refused(404, "no such large file")
    return 200, {}, {}


def _commit(hub: Hub, body: bytes, name: str, _revision: str) -> Reply:
    dataset = hub.dataset(name)
    lines = [json.loads(line) for line in body.splitlines()]
    head = lines[0]["value"]
    if head.get("parentCommit") not in (None, dataset.main):
        raise Refused(412, "A commit has happened since. Please refresh and try again.")
    files = dict(dataset.commits[dataset.main])
    for line in lines[1:]:
        key, value = line["key"], line["value"]
        if key == "file":
            files[value["path"]] = File(base64.b64decode(value["content"]), large=False)
        elif key == "lfsFile":
            if value["oid"] not in dataset.large:
                raise Refused(400, "a large file that was never sent")
            files[value["path"]] = File(dataset.large[value["oid"]], large=True)
        elif key == "deletedFile":
            if files.pop(value["path"], None) is None:
                raise Refused(404, "A file with this name doesn't exist", "EntryNotFound")
        else:
            raise Refused(400, f"unknown operation {key}")
    made = dataset.commit(files)
    return 200, {"commitOid": made, "commitUrl": f"{hub.url}/datasets/{name}/commit/{made}", "success": True}, {}


def _tag(hub: Hub, body: bytes, name: str, revision: str) -> Reply:
    dataset, tag = hub.dataset(name), json.loads(body)["tag"]
    if tag in dataset.tags:
        raise Refused(409, "Tag reference exists already.")
    dataset.tags[tag] = dataset.resolve(revision)
    return 200, {}, {}


def _resolve(hub: Hub, _body: bytes, name: str, revision: str, path: str) -> Reply:
    dataset = hub.dataset(name)
    commit = dataset.resolve(revision)
    file = dataset.commits[commit].get(path)
    if file is None:
        raise Refused(404, "Entry not found", "EntryNotFound")
    etag = file.sha256 if file.large else file.blob
    return 200, file.data, {"X-Repo-Commit": commit, "ETag": f'"{etag}"'}


_NAME = "([^/]+/[^/]+)"
_ROUTES: tuple[tuple[str, str, Callable[..., Reply]], ...] = (
    ("POST", "/api/repos/create", _create),
    ("POST", "/api/validate-yaml", _validate_yaml),
    ("GET", f"/api/datasets/{_NAME}/refs", _refs),
    ("GET", f"/api/datasets/{_NAME}/tree/([^/]+)(?:/(.+))?", _tree),
    ("POST", f"/api/datasets/{_NAME}/paths-info/([^/]+)", _paths_info),
    ("POST", f"/api/datasets/{_NAME}/preupload/([^/]+)", _preupload),
    ("POST", f"/api/datasets/{_NAME}/commit/([^/]+)", _commit),
    ("POST", f"/api/datasets/{_NAME}/tag/([^/]+)", _tag),
    ("GET", f"/api/datasets/{_NAME}(?:/revision/([^/]+))?", _info),
    ("POST", f"/datasets/{_NAME}.git/info/lfs/objects/batch", _batch),
    ("PUT", f"/storage/{_NAME}/([0-9a-f]+)", _put),
    ("POST", f"/api/verify/{_NAME}", _verify),
    ("GET|HEAD", f"/datasets/{_NAME}/resolve/([^/]+)/(.+)", _resolve),
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def _serve(self) -> None:
        body = self._body()
        try:
            status, reply, headers = self.hub.answer(self.command, self.path, _lower(self.headers), body)
        except Refused as refused:
            status, reply = refused.status, {"error": str(refused)}
            headers = {"X-Error-Message": str(refused)} | ({"X-Error-Code": refused.code} if refused.code else {})
        except ConnectionAbortedError:
            self.close_connection = True
            return
        data = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/octet-stream" if "ETag" in headers else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_HEAD = do_POST = do_PUT = _serve  # noqa: N815 — the server's names

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def handle(self) -> None:
        with suppress(ConnectionError):  # a client that was killed
            super().handle()

    def log_message(self, *_arguments: object) -> None:
        """Nothing: the hub's requests are kept."""


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@contextmanager
def running_hub() -> Iterator[Hub]:
    """A stand-in on a free port of loopback, in threads of this process."""
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub}))
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
