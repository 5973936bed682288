"""Level 6, what a release must not tell, and what it must: no address or machine, and the licence that it names."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from kliping.check.excerpts import around
from kliping.check.release.documents import CARD, CITATION, CROISSANT, read_document
from kliping.check.release.rows import LOCAL_PATH
from kliping.check.release.told import contact_of, licence_of
from kliping.check.rules import Example, RuleList
from kliping.contract.addresses import ADDRESS
from kliping.release.card.hub import spdx
from kliping.release.card.plot import PLOT
from kliping.release.manifest import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.release.documents import Documents
    from kliping.check.rules import Fault
    from kliping.records import Excerpt

__all__ = ["DISCLOSURE_RULES", "DisclosureSeen", "names_licence"]

LICENCE = "LICENSE"
_TEXTS = (CARD, CITATION, CROISSANT, MANIFEST, PLOT, "guidelines.md", "schema/corpus.schema.json")

_PRIVATE = re.compile(
    r"://(?:[^\s/@]+@\S*|(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+\b"
    r"|(?!localhost\b)[\w-]+(?=[/:\s]|$)|[\w.-]+\.(?:local|lan|internal|intranet|home\.arpa)\b)"
)
"""A web address of a machine that only some can reach, or with somebody's name before it; loopback names nobody."""


class DisclosureSeen(NamedTuple):
    """A release folder, and its texts."""

    folder: Path
    told: Documents


DISCLOSURE_RULES: RuleList[DisclosureSeen] = RuleList()


@DISCLOSURE_RULES(
    "E607",
    "no text of a release but the maintainers' contact holds an e-mail address, a path or the name of a machine",
    mend="Take it out of guidelines, settings or changelog, and release again; whom to write to is set as `contact`.",
    example=Example("guidelines.md", "Version 1.0.0\n", "Version 1.0.0, saved in /home/tarsa/notes\n"),
)
def texts_name_nobody(seen: DisclosureSeen) -> Iterator[Fault]:
    """A release is for ever: an address or a machine that slips into its guidelines is copied with it."""
    allowed = set(ADDRESS.findall(contact_of(seen.told)))
    for name in _TEXTS:
        document = read_document(seen.folder, name)
        for number, words in enumerate(document.lines, 1):
            shown = _telling(words, allowed)
            if shown is not None:
                message = "an e-mail address, a path or the name of a machine; take it out, and release again"
                yield document.place(number), message, shown


@DISCLOSURE_RULES(
    "E608",
    "LICENSE is the text of the licence that the card names, or says its name",
    mend="Put the licence's text into corpus/LICENSE, or its SPDX identifier into the first line, and release again.",
    example=Example(LICENCE, "SPDX-License-Identifier: CC0-1.0", "SPDX-License-Identifier: MIT"),
)
def licence_is_the_one_that_is_named(seen: DisclosureSeen) -> Iterator[Fault]:
    """Where the card names one licence and the file is another, nobody can tell what they may do."""
    document, named = read_document(seen.folder, LICENCE), spdx(licence_of(seen.told))
    if (
        document.fault is None
        and document.text.strip()
        and named is not None
        and not names_licence(document.text, named)
    ):
        yield document.at(1, f"is not {named}, the licence that the card names; write corpus/LICENSE and release again")


def _telling(line: str, allowed: set[str]) -> Excerpt | None:
    """Where a line tells of a person or a machine, as who reads it sees it: entities, too, hide no address."""
    if not ("@" in line or "/" in line or "\\" in line or "&#" in line):
        return None
    words = unescape(line).replace("\\n", "  ")  # JSON's line feed, which is no part of a path
    at = next((found.span() for found in ADDRESS.finditer(words) if found[0] not in allowed), None)
    for pattern in (LOCAL_PATH, _PRIVATE):
        found = pattern.search(words)
        at = at or (found.span() if found else None)
    return None if at is None else around(words, *at)


_TITLES = {
    "AGPL-3.0": ("gnu affero general public license",),
    "Apache-2.0": ("apache license", "version 2.0"),
    "Artistic-2.0": ("artistic license",),
    "BSD-2-Clause": ("redistribution and use in source and binary forms",),
    "BSD-3-Clause": ("redistribution and use in source and binary forms",),
    "CC0-1.0": ("cc0 1.0",),
    "CDLA-Permissive-1.0": ("community data license agreement", "permissive"),
    "CDLA-Permissive-2.0": ("community data license agreement", "permissive"),
    "CDLA-Sharing-1.0": ("community data license agreement", "sharing"),
    "EPL-2.0": ("eclipse public license",),
    "etalab-2.0": ("licence ouverte",),
    "EUPL-1.1": ("european union public licence",),
    "GPL-2.0": ("gnu general public license", "version 2"),
    "GPL-3.0": ("gnu general public license", "version 3"),
    "ISC": ("permission to use, copy, modify",),
    "LGPL-2.1": ("gnu lesser general public license", "version 2.1"),
    "LGPL-3.0": ("gnu lesser general public license", "version 3"),
    "MIT": ("permission is hereby granted, free of charge",),
    "MPL-2.0": ("mozilla public license", "2.0"),
    "ODbL-1.0": ("open database license",),
    "ODC-By-1.0": ("attribution license",),
    "OFL-1.1": ("sil open font license",),
    "PDDL-1.0": ("public domain dedication",),
    "Unlicense": ("released into the public domain",),
    "WTFPL": ("do what the fuck you want to",),
    "Zlib": ("this software is provided 'as-is'",),
}
"""What the text of a licence is known by, in lower case; of one that is not here, nothing is known."""

_ATTRIBUTES = {"by": "attribution", "nc": "noncommercial", "sa": "sharealike", "nd": "noderivatives"}


_IDENTIFIER = re.compile(r"spdx-license-identifier: ?([\w.+-]+)")


def names_licence(text: str, licence: str) -> bool:
    """Whether a text is that of a licence, or says its name or its address."""
    words = " ".join(text.lower().split())
    stated = _IDENTIFIER.findall(words)
    if stated:
        return licence.lower() in stated
    parts = licence.lower().split("-")
    if re.search("[- ]".join(map(re.escape, parts)), words):
        return True
    if parts[0] == "cc":
        *kinds, version = parts[1:]
        title = "-".join(_ATTRIBUTES[kind] for kind in kinds)
        address = f"creativecommons.org/licenses/{'-'.join(kinds)}/{version}"
        return address in words or re.search(rf"(?<![\w-]){title} {re.escape(version)}", words) is not None
    if licence == "CC0-1.0" and "creativecommons.org/publicdomain/zero/1.0" in words:
        return True
    return all(title in words for title in _TITLES.get(licence, ()))
