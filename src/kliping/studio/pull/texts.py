"""The text that an annotation was made on, found by its key; superseded texts included.

Where each text lies stands in the mirror, so that only files that changed are walked; the texts stay in the files.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from kliping.errors import DataError
from kliping.files import sha256

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.studio.pull.mirror import Mirror

__all__ = ["Texts"]


class _Keyed(msgspec.Struct, frozen=True):
    id: str
    text_sha256: str


class _Text(_Keyed, frozen=True):
    text: str


class Texts:
    """The texts of a corpus's articles and revisions; only their keys and places are held, in the mirror."""

    def __init__(self, corpus: Corpus, mirror: Mirror) -> None:
        """Walk the files that changed since the mirror saw them.

        Raises:
            DataError: a line is no article.
        """
        self._root = corpus.corpus
        self._mirror = mirror
        self.get = lru_cache(maxsize=16)(self._get)
        held = dict(mirror.execute("SELECT file, digest FROM text_files"))
        there = {
            f"{folder}/{path.name}": sha256(path.read_bytes())
            for folder in ("articles", "revisions")
            for path in sorted((corpus.corpus / folder).glob("*.jsonl"))
        }
        for file in held.keys() | there.keys():
            if held.get(file) != there.get(file):
                self._forget(file)
                if file in there:
                    self._walk(file, there[file])
        self.state = sha256(msgspec.json.encode(sorted(there.items())))
        """Changes with any text."""

    def of_digest(self, digest: str) -> list[str]:
        """The articles that have or had a text, by its SHA-256."""
        found = self._mirror.execute("SELECT DISTINCT article FROM texts WHERE text = ? ORDER BY article", (digest,))
        return [article for (article,) in found]

    def _get(self, article: str, text: str) -> str | None:
        """The text of a key, or None where the corpus has none such.

        Raises:
            DataError: its file was written meanwhile.
        """
        found = self._mirror.execute(
            "SELECT file, at FROM texts WHERE article = ? AND text = ? LIMIT 1", (article, text)
        ).fetchone()
        if found is None:
            return None
        path = self._root / found[0]
        try:
            with path.open("rb") as file:
                file.seek(found[1])
                line = msgspec.json.decode(file.readline(), type=_Text)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            line = None
        if line is None or (line.id, line.text_sha256) != (article, text):
            raise DataError(f"{path}: changed while it was read; run the command again")
        return line.text

    def _forget(self, file: str) -> None:
        self._mirror.execute("DELETE FROM texts WHERE file = ?", (file,))
        self._mirror.execute("DELETE FROM text_files WHERE file = ?", (file,))

    def _walk(self, file: str, digest: str) -> None:
        path = self._root / file
        self._mirror.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", _places(path, file))
        self._mirror.execute("INSERT INTO text_files VALUES (?, ?)", (file, digest))


def _places(path: Path, file: str) -> list[tuple[str, str, str, int]]:
    decoder = msgspec.json.Decoder(_Keyed)
    places: list[tuple[str, str, str, int]] = []
    at = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                article = decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise DataError(f"{path}:{number}: {error}; run `kliping normalise` again") from None
            places.append((article.id, article.text_sha256, file, at))
            at += len(line)
    return places
