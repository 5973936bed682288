"""What the hub knows: the values of the card's fields that are lists of choices.

Offline nothing validates a card, so these lists are ours, copied in November 2026 from:

- sizes, creators, multilinguality and source datasets: huggingface_hub 2.4.0, `DatasetCardData`, and datasets 5.2.0,
  `datasets/utils/resources/`; tests compare them where `datasets` is installed;
- tasks and their ids: huggingface.js, `packages/tasks/src/pipelines.ts`; those that a release may name;
- licences: hub-docs, `docs/hub/repositories-licenses.md`; those with an SPDX identifier;
- names of the fields: hub-docs, `datasetcard.md`.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from kliping.project.citation import AnnotationsCreator, LanguageCreator

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CHOICES", "LANGUAGE", "LICENCES", "hub_licence", "size_category", "spdx"]

LICENCES: Mapping[str, str] = {
    name: name.lower()
    for name in (
        "AFL-3.0", "AGPL-3.0", "Apache-2.0", "Artistic-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD-3-Clause-Clear",
        "C-UDA-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-2.0", "CC-BY-NC-3.0", "CC-BY-NC-4.0",
        "CC-BY-NC-ND-3.0", "CC-BY-NC-ND-4.0", "CC-BY-NC-SA-2.0", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0",
        "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0", "CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "CDLA-Sharing-1.0",
        "ECL-2.0", "EPL-1.0", "EPL-2.0", "etalab-2.0", "EUPL-1.1", "GPL-2.0", "GPL-3.0", "ISC", "LGPL-2.1", "LGPL-3.0",
        "MIT", "MPL-2.0", "MS-PL", "NCSA", "OFL-1.1", "OSL-3.0", "PostgreSQL", "Unlicense", "WTFPL", "Zlib",
    )
} | {"C-UDA-1.0": "c-uda", "ODbL-1.0": "odbl", "ODC-By-1.0": "odc-by", "PDDL-1.0": "pddl"}  # fmt: skip
"""SPDX identifiers and what the hub calls them."""

_BY_LOWER = {name.lower(): name for name in LICENCES}

_SIZE_NAMES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")
_LEAST = tuple(int(f"1{'0' * zeros}") for zeros in range(3, 13))
_SIZES = ("n<1K", *(f"{low}<n<{high}" for low, high in pairwise(_SIZE_NAMES)), "n>1T")

CHOICES: Mapping[str, frozenset[str]] = {
    "license": frozenset({*LICENCES.values(), "other"}),
    "annotations_creators": frozenset(get_args(AnnotationsCreator)),
    "language_creators": frozenset(get_args(LanguageCreator)),
    "multilinguality": frozenset({"monolingual", "multilingual"}),
    "size_categories": frozenset(_SIZES),
    "source_datasets": frozenset({"original", "extended"}),
    "task_categories": frozenset({"token-classification", "text-classification"}),
    "task_ids": frozenset({"named-entity-recognition", "multi-class-classification"}),
}
"""By field: what it may hold in a card of ours."""

LANGUAGE = re.compile(r"[a-z]{2,3}")
"""A language code of ISO 639-1, 639-2 or 639-3, whole."""


def spdx(licence: str | None) -> str | None:
    """A licence by its SPDX identifier, however its letters' case was written; None for one that is not listed here."""
    return _BY_LOWER.get((licence or "").lower())


def hub_licence(licence: str | None) -> dict[str, str]:
    """A licence as the hub writes it; one that it does not know is `other`, with a name of its own and its file."""
    known = spdx(licence)
    if known is not None:
        return {"license": LICENCES[known]}
    name = re.sub(r"[^a-z0-9.]+", "-", (licence or "").lower()).strip("-.")
    return {"license": "other", "license_name": name or "see-license-file", "license_link": "LICENSE"}


def size_category(rows: int) -> str:
    """The hub's size category of a number of rows."""
    return _SIZES[sum(rows >= least for least in _LEAST)]
