"""What a release tells `datasets` to load: its own tables, and nothing else.

A card is anybody's text. It could name files elsewhere on this machine or on the web, and other files in the folder
could overrule it. `datasets` would follow them; no loading script is among them, as it takes none since version 4.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kliping.release.card.reading import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["CONFIG_KEYS", "steering_faults"]

CARD = "README.md"

_OVERRULING = (".huggingface.yaml", "dataset_infos.json", "dataset_info.json", "dataset_dict.json", "state.json")
"""Files by which `datasets` would load otherwise than the card says."""

CONFIG_KEYS = frozenset({"config_name", "data_files", "default", "version"})
"""What a config of ours says in a card; anything else would be handed to the loader."""
_TABLE = re.compile(r"[a-z_]+/[A-Za-z0-9][A-Za-z0-9_.-]*\.parquet", re.ASCII)


def steering_faults(folder: Path) -> list[str]:
    """Why `datasets` must not be let loose on a folder; none where it reads the tables in it alone.

    Raises:
        ImportError: huggingface_hub is not installed, which `datasets` brings.
    """
    return list(_faults(folder))


def _faults(folder: Path) -> Iterator[str]:
    for name in sorted(one.name for one in folder.iterdir()):
        if name in _OVERRULING or name.endswith(".py"):
            yield f"{name}: would steer what is loaded; take it out"
    configs = _configs(folder / CARD)
    if not configs:
        yield f"{CARD}: names no configs, so that any file in the folder would be loaded; get the release again"
    for config in configs:
        more = sorted(map(str, config.keys() - CONFIG_KEYS)) if isinstance(config, dict) else ["no mapping"]
        if more:
            yield f"{CARD}: a config is loaded with {', '.join(more)}; get the release again"
            continue
        for path in _paths(config.get("data_files")):
            if not _TABLE.fullmatch(path) or not (folder / path).is_file():
                yield f"{CARD}: loads {path!r}, which is no table of the release; get the release again"


def _configs(card: Path) -> list[Any]:
    """The configs, as `datasets` reads them of a card; none where it has none that can be read."""
    import yaml
    from huggingface_hub import DatasetCard
    from huggingface_hub.repocard import REGEX_YAML_BLOCK

    try:
        head = REGEX_YAML_BLOCK.search(card.read_text(encoding="utf-8"))
        read_yaml(head[2] if head else "")  # before `datasets` meets what would unfold
        found = DatasetCard.load(card, ignore_metadata_errors=False).data.to_dict().get("configs")
    except (OSError, ValueError, TypeError, RecursionError, yaml.YAMLError):
        return []
    return found if isinstance(found, list) else []


def _paths(data_files: object) -> Iterator[str]:
    """Every path of a config's files; what has another form than ours is told as it is."""
    for part in data_files if isinstance(data_files, list) and data_files else [data_files]:
        path = part.get("path") if isinstance(part, dict) and part.keys() == {"split", "path"} else part
        yield from map(str, path if isinstance(path, list) else [path])
