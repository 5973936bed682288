"""The YAML at the head of a dataset card, as the hub and `datasets` read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from kliping.contract.tables import features
from kliping.release.card.hub import LANGUAGE, hub_licence, size_category

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.contract import Contract
    from kliping.release.card.described import Described
    from kliping.release.card.statistics import Statistics
    from kliping.release.tables.parquet import Part

__all__ = ["card_fields", "card_metadata", "yaml_features"]

_TASKS = {
    "entities": ("token-classification", "named-entity-recognition"),
    "stances": ("text-classification", "multi-class-classification"),
}
"""What each config is for: the hub's task category and task id."""


def card_metadata(filled: Described) -> str:
    """The card's YAML, between its dashes."""
    text = yaml.safe_dump(card_fields(filled), sort_keys=False, allow_unicode=True, width=1_000)
    return f"---\n{text}---\n"


def card_fields(filled: Described) -> dict[str, Any]:
    """What the card's YAML says, by key. The first table is the default config."""
    default = next(iter(filled.parts))
    settings, counts = filled.settings, filled.statistics
    languages = sorted({code for tag in counts.languages if LANGUAGE.fullmatch(code := _code(tag))} - {"und"})
    annotated = "other" if counts.annotators else "no-annotation"
    head: dict[str, Any] = {
        "pretty_name": filled.title,
        "version": filled.version,
        "language": languages,
        **_details(counts),
        **hub_licence(settings.licence),
        "annotations_creators": list(settings.card.annotations_creators or [annotated]),
        "language_creators": list(settings.card.language_creators),
        "multilinguality": ["multilingual" if len(languages) > 1 else "monolingual"],
        "size_categories": [size_category(sum(counts.articles.values()))],
        "source_datasets": ["original"],
        "task_categories": [category for name, (category, _) in _TASKS.items() if name in filled.parts],
        "task_ids": [task for name, (_, task) in _TASKS.items() if name in filled.parts],
        "tags": list(dict.fromkeys(["news", *_topics(filled), *settings.citation.keywords])),
        "configs": [
            _config(name, filled.version, splits, default=name == default) for name, splits in filled.parts.items()
        ],
        "dataset_info": [_info(filled.contract, name, splits) for name, splits in filled.parts.items()],
    }
    return {name: value for name, value in head.items() if value != []}


def yaml_features(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Features as the card lists them, from features as Parquet holds them; a test compares it with `datasets`."""
    return [{"name": name, **_yaml_feature(feature)} for name, feature in described.items()]


def _code(tag: str) -> str:
    """The language of a BCP 47 tag."""
    return tag.partition("-")[0].lower()


def _details(counts: Statistics) -> dict[str, list[str]]:
    """BCP 47 tags, which the hub has in a field of their own, where they say more than the language."""
    tags = sorted(set(counts.languages) - {"und"})
    return {"language_details": tags} if any("-" in tag for tag in tags) else {}


def _topics(filled: Described) -> list[str]:
    topics = {"entities": "named-entity-recognition", "stances": "stance-detection"}
    return [topic for name, topic in topics.items() if name in filled.parts]


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
