"""Level 6, a consumer's load: what `datasets` decodes is what the Parquet files and the contract say.

Run as a module in a process of its own, with a cache of its own: `datasets` reads its settings when it is imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kliping.check.rules import Place, RuleList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.rules import Fault

__all__ = ["LOAD_RULES", "LabelDigest", "LoadSeen", "can_load"]

Decoded: TypeAlias = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Digests of decoded class labels, by config, split and column."""


class LoadSeen(NamedTuple):
    """A release folder, and what its class columns decode to by the contract."""

    folder: Path
    expected: Decoded


LOAD_RULES: RuleList[LoadSeen] = RuleList()


class LabelDigest:
    """SHA-256 over the decoded labels of a column, in order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names, self._digest = names, hashlib.sha256()

    def add(self, value: int | Sequence[int | None] | None) -> None:
        """Take the class, or the classes, of a row."""
        classes = [value] if value is None or isinstance(value, int) else value
        decoded = [self._names[one] if one is not None and 0 <= one < len(self._names) else None for one in classes]
        self._digest.update(json.dumps(decoded).encode() + b"\n")

    def hexdigest(self) -> str:
        """In lower-case hexadecimal."""
        return self._digest.hexdigest()


def can_load() -> bool:
    """Whether `datasets` is installed (the extra `load`)."""
    return importlib.util.find_spec("datasets") is not None


@LOAD_RULES("E690", "datasets loads every config, and the labels decode to the same strings")
def consumer_loads_the_same(seen: LoadSeen) -> Iterator[Fault]:
    """Loaded offline, in a fresh process with a clean cache; no finding where `datasets` is not installed."""
    if not can_load() or not seen.expected:
        return
    loaded, fault = _load(seen.folder, list(seen.expected))
    if fault is not None:
        yield Place("README.md"), f"datasets cannot load the release: {fault}; release again"
        return
    for config, splits in seen.expected.items():
        if loaded.get(config) != splits:
            yield Place("README.md"), f"datasets decodes other labels or splits of {config}; release again"


def _load(folder: Path, configs: Sequence[str]) -> tuple[Decoded, str | None]:
    with tempfile.TemporaryDirectory(prefix="kliping-load-") as home:
        quiet = {"HF_HUB_OFFLINE": "1", "HF_HOME": home, "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}
        caches = ("HF_DATASETS_CACHE", "HF_HUB_CACHE", "HF_MODULES_CACHE", "HF_TOKEN")
        environment = {name: value for name, value in os.environ.items() if name not in caches} | quiet
        command = [sys.executable, "-m", "kliping.check.release_load", str(folder.resolve()), *configs]
        done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 — our own module
    if done.returncode == 0:
        return json.loads(done.stdout.splitlines()[-1]), None
    lines = done.stderr.decode("utf-8", "replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {done.returncode}")
    return {}, said


def _decode(folder: str, configs: Iterable[str]) -> Decoded:
    from datasets import ClassLabel, List, load_dataset

    decoded: dict[str, dict[str, dict[str, str]]] = {}
    for config in configs:
        decoded[config] = {}
        for split, rows in load_dataset(folder, config).items():
            columns = decoded[config][split] = {}
            for name, feature in rows.features.items():
                inner = feature.feature if isinstance(feature, List) else feature
                if isinstance(inner, ClassLabel):
                    digest = LabelDigest(inner.names)
                    for row in rows.select_columns([name]):
                        digest.add(row[name])
                    columns[name] = digest.hexdigest()
    return decoded


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_decode(sys.argv[1], sys.argv[2:])) + "\n")
