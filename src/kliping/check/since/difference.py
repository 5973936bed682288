"""Which findings of now a revision had already.

A finding is old where the same rule said the same of the same words: the line it stands in, or the file where it has no
line, byte for byte. So nothing that a change brought is left out, a finding in a line that nobody touched included, and
whoever touches a line is told all that is wrong with it. Lines may have moved, also to another shard: numbers are not
compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from kliping.check.since.revision import commit_named, corpus_at, repository_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Finding

__all__ = ["Introduced", "introduced"]

_SHARD = re.compile(r"\b\d{5,}\.jsonl\b")
_LINE = re.compile(r"(?<=\.jsonl):\d+\b")


class Introduced(NamedTuple):
    """The findings that a revision did not have, how many it had too, and its commit."""

    findings: tuple[Finding, ...]
    known: int
    commit: str


class _Mark(NamedTuple):
    """By what a finding is known again."""

    code: str
    path: str
    message: str
    words: bytes


def introduced(
    corpus: Corpus, findings: Sequence[Finding], revision: str, check: Callable[[Corpus], Iterable[Finding]]
) -> Introduced:
    """The findings of a corpus, uncommitted changes included, that it did not have at a revision.

    Args:
        corpus: as it is now.
        findings: what is wrong with it.
        revision: whatever git takes for a commit.
        check: finds what is wrong with a corpus.

    Raises:
        CallError: git, the repository or the revision is not there.
    """
    repository = repository_of(corpus.root)
    commit = commit_named(repository, revision)
    known = Counter[_Mark]()
    if findings:
        with corpus_at(repository, commit, corpus) as before:
            if before is not None:
                known.update(_marks(before.root, list(check(before))))
    kept = []
    for finding, mark in zip(findings, _marks(corpus.root, findings), strict=True):
        if known[mark]:
            known[mark] -= 1
        else:
            kept.append(finding)
    return Introduced(tuple(kept), len(findings) - len(kept), commit)


def _marks(root: Path, findings: Sequence[Finding]) -> list[_Mark]:
    words = _digests(root, findings)
    return [
        _Mark(one.code, _anywhere(one.path), _anywhere(one.message.replace(f"{root}/", "")), words[one.path, one.line])
        for one in findings
    ]


def _anywhere(text: str) -> str:
    """A path or a sentence without numbers of shards and lines."""
    return _LINE.sub("", _SHARD.sub("*.jsonl", text))


def _digests(root: Path, findings: Sequence[Finding]) -> Mapping[tuple[str, int | None], bytes]:
    """What each finding stands in, digested: its line, or its file; nothing of what cannot be read."""
    wanted: dict[str, set[int | None]] = defaultdict(set)
    for one in findings:
        wanted[one.path].add(one.line)
    return {(path, line): digest for path, lines in wanted.items() for line, digest in _parts(root / path, lines)}


def _parts(path: Path, lines: set[int | None]) -> Iterable[tuple[int | None, bytes]]:
    found: dict[int | None, bytes] = dict.fromkeys(lines, b"")
    if not path.is_file():
        return found.items()
    whole = sha256()
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            whole.update(data)
            if number in lines:
                found[number] = sha256(data).digest()
    if None in lines:
        found[None] = whole.digest()
    return found.items()
