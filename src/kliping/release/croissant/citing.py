"""How a release is cited, and under which licence it stands, in the forms that Croissant asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.release.card.metadata import citation_authors

if TYPE_CHECKING:
    from kliping.release.card.described import Described

__all__ = ["bibtex", "licence"]

# The licences of data and texts among the identifiers of spdx.org/licenses, where each has a page of its name.
_SPDX = (
    "Apache-2.0", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-2.0", "CC-BY-NC-3.0", "CC-BY-NC-4.0",
    "CC-BY-NC-ND-4.0", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0",
    "CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "CDLA-Sharing-1.0", "MIT", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0",
)  # fmt: skip
_PAGES = {one.lower(): f"https://spdx.org/licenses/{one}" for one in _SPDX}
_ESCAPES = {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"} | {one: f"\\{one}" for one in "{}&%$#_"}


def bibtex(filled: Described) -> str:
    """A BibTeX entry; the year is that of the release's date, and is left out where there is none."""
    key = re.sub(r"[^A-Za-z0-9.-]", "-", filled.folder)
    fields = {
        "author": f"{{{_escaped(citation_authors(filled.settings))}}}",  # one name, not a first and a last one
        "title": f"{{{_escaped(filled.title)}}}, version {filled.version}",
        **({"year": filled.date[:4]} if filled.date else {}),
    }
    return f"@misc{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}"


def licence(stated: str | None) -> str:
    """The page of a licence that spdx.org is known to have; else the licence as it is stated, or where its text is."""
    return _PAGES.get((stated or "").lower()) or stated or "See the file LICENSE."


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in " ".join(text.split()))
