"""Globs of raw paths: which raw files a table of the settings is about."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["names"]


def names(glob: str, path: str) -> bool:
    """Whether a glob names a raw path, or a folder, an archive or a table that it lies in.

    `*` and `?` stand for characters within a name, `[…]` for one of several, `**` for any folders, as pathlib has it.

    Args:
        glob: such as `kabar/*.html`; `old.zip` names the members, `articles.csv` the rows, `kabar` the folder.
        path: relative to the raw folder, with forward slashes, such as `kabar/1.html` or `old.zip/a.html`.
    """
    return _pattern(glob).fullmatch(path) is not None


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    *above, last = glob.strip("/").split("/")
    parts = [*map(_part, above), _part("*" if last == "**" else last).removesuffix("/")]
    return re.compile("".join(parts) + "(?:/.*)?", re.DOTALL)


def _part(part: str) -> str:
    if part == "**":
        return "(?:[^/]+/)*"
    pieces = re.findall(r"\[!?\]?[^]]*\]|.", part, re.DOTALL)
    return "".join(_piece(piece) for piece in pieces) + "/"


def _piece(piece: str) -> str:
    if piece in {"*", "?"}:
        return {"*": "[^/]*", "?": "[^/]"}[piece]
    if len(piece) == 1:
        return re.escape(piece)
    inside = re.sub(r"([\\\[&~|])", r"\\\1", piece[1:-1])
    return f"[^/{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
