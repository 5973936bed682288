"""The YAML at the head of a dataset card, as the hub and `datasets` read it, and `CITATION.cff`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import yaml

from kliping.contract.tables import features

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.contract import Contract
    from kliping.project import Settings
    from kliping.release.card.statistics import Statistics
    from kliping.release.tables.parquet import Part

__all__ = ["card_metadata", "citation", "citation_authors", "hub_licence", "size_category", "yaml_features"]

# The data licences among the identifiers that the hub knows; it writes them in lower case.
_HUB_LICENCES = frozenset(
    {
        "apache-2.0", "cc0-1.0", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0",
        "cc-by-nc-nd-4.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0",
        "mit", "odbl", "pddl",
    }
)  # fmt: skip

_SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
_SIZE_NAMES = ("1K", "10K", "100K", "1M", "10M", "100M")


def card_metadata(
    settings: Settings,
    contract: Contract,
    version: str,
    parts: Mapping[str, Mapping[str, Part]],
    statistics: Statistics,
) -> str:
    """The card's YAML, between its dashes. The first table is the default config."""
    default = next(iter(parts))
    annotated = bool(statistics.annotators)
    head: dict[str, Any] = {
        "pretty_name": settings.title or settings.name,
        "language": sorted({tag.partition("-")[0].lower() for tag in statistics.languages} - {"und"}),
        **hub_licence(settings.licence),
        "size_categories": [size_category(sum(statistics.articles.values()))],
        "task_categories": ["token-classification", "text-classification"],
        "annotations_creators": ["other" if annotated else "no-annotation"],
        "source_datasets": ["original"],
        "tags": ["news", "named-entity-recognition", "stance-detection"],
        "configs": [_config(name, version, splits, default=name == default) for name, splits in parts.items()],
        "dataset_info": [_info(contract, name, splits) for name, splits in parts.items()],
    }
    text = yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=1_000)
    return f"---\n{text}---\n"


def hub_licence(licence: str | None) -> dict[str, str]:
    """A licence as the hub writes it; one that it does not know is `other`, with its name and file."""
    known = (licence or "").lower()
    if known in _HUB_LICENCES:
        return {"license": known}
    return {"license": "other", "license_name": known or "see-license-file", "license_link": "LICENSE"}


def size_category(rows: int) -> str:
    """The hub's size category of a number of rows."""
    names = ("n<1K", *(f"{low}<n<{high}" for low, high in pairwise(_SIZE_NAMES)), "n>100M")
    return names[sum(rows >= size for size in _SIZES)]


def yaml_features(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Features as the card lists them, from features as Parquet holds them; a test compares it with `datasets`."""
    return [{"name": name, **_yaml_feature(feature)} for name, feature in described.items()]


def citation(settings: Settings, version: str) -> str:
    """`CITATION.cff` of a release (Citation File Format 1.2.0). No date: nothing here depends on the clock."""
    cff: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite it as below.",
        "type": "dataset",
        "title": settings.title or settings.name,
        "version": version,
        "authors": [{"name": citation_authors(settings)}],
    }
    if settings.licence:
        cff["license"] = settings.licence
    return yaml.safe_dump(cff, sort_keys=False, allow_unicode=True, width=1_000)


def citation_authors(settings: Settings) -> str:
    """Who is cited: the rights holder, or else the maintainers by the corpus's name."""
    return settings.rights_holder or f"The maintainers of {settings.name}"


def _config(name: str, version: str, splits: Mapping[str, Part], *, default: bool) -> dict[str, Any]:
    # Exact paths, digests included: `datasets` keys its cache by them, and never looks at the content.
    files = [
        {"split": split, "path": part.files[0] if len(part.files) == 1 else list(part.files)}
        for split, part in splits.items()
    ]
    config: dict[str, Any] = {"config_name": name, "version": version, "data_files": files}
    return config | ({"default": True} if default else {})


def _info(contract: Contract, name: str, splits: Mapping[str, Part]) -> dict[str, Any]:
    return {
        "config_name": name,
        "features": yaml_features(features(contract, name)),
        "splits": [
            {"name": split, "num_bytes": part.arrow_bytes, "num_examples": part.rows} for split, part in splits.items()
        ],
        "download_size": sum(part.parquet_bytes for part in splits.values()),
        "dataset_size": sum(part.arrow_bytes for part in splits.values()),
    }


def _yaml_feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    kind = feature.get("_type")
    if kind == "Value":
        return {"dtype": feature["dtype"]}
    if kind == "ClassLabel":
        return {"dtype": {"class_label": {"names": {str(at): name for at, name in enumerate(feature["names"])}}}}
    if kind == "List":
        inner = _yaml_feature(feature["feature"])
        return {"list": inner.get("dtype") or inner.get("struct") or inner}
    return {"struct": yaml_features(feature)}
