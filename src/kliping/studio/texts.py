"""The text that an annotation was made on, found by its key; superseded texts included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kliping.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.studio.tasks import Key

__all__ = ["Texts"]


class _Keyed(msgspec.Struct, frozen=True):
    id: str
    text_sha256: str


class _Text(msgspec.Struct, frozen=True):
    text: str


class Texts:
    """The texts of a corpus's articles and revisions; only their keys and places are held, not the texts."""

    def __init__(self, corpus: Corpus) -> None:
        """Walk the files once.

        Raises:
            DataError: a line is no article.
        """
        self._places: dict[tuple[str, str], tuple[Path, int]] = {}
        decoder = msgspec.json.Decoder(_Keyed)
        for folder in (corpus.corpus / "revisions", corpus.corpus / "articles"):
            for path in sorted(folder.glob("*.jsonl")):
                self._walk(path, decoder)

    def _walk(self, path: Path, decoder: msgspec.json.Decoder[_Keyed]) -> None:
        at = 0
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    article = decoder.decode(line)
                except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                    raise DataError(f"{path}:{number}: {error}; run `kliping normalise` again") from None
                self._places[article.id, article.text_sha256] = (path, at)
                at += len(line)

    def get(self, key: Key) -> str | None:
        """The text of a key, or None where the corpus has none such."""
        if key[:2] not in self._places:
            return None
        path, at = self._places[key[:2]]
        with path.open("rb") as file:
            file.seek(at)
            return msgspec.json.decode(file.readline(), type=_Text).text
