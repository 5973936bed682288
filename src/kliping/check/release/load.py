"""Level 6, a consumer's load: what `datasets` decodes is what the Parquet files and the contract say.

It runs in a process of its own, with a cache of its own: `datasets` reads its settings when it is imported.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from kliping.check.contract import open_contract
from kliping.check.release.consumer import Consumed, LabelDigest
from kliping.check.rules import Example, Place, RuleList
from kliping.contract.tables import features

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kliping.check.rules import Fault

__all__ = ["LOAD_RULES", "LabelDigest", "LoadSeen", "can_load"]

Labels: TypeAlias = Mapping[str, Mapping[str, Mapping[str, str]]]

_CARD = Place("README.md")
_CONSUMER = "from kliping.check.release.consumer import main; main()"


@dataclass
class LoadSeen:
    """A release folder, and digests of what its class columns decode to by the contract, by config, split, column."""

    folder: Path
    expected: Labels

    @cached_property
    def consumed(self) -> Consumed | str | None:
        """What a consumer's process saw, or how it failed; None where there is nothing to load, or no `datasets`."""
        contract, _ = open_contract(self.folder / "schema")
        if contract is None or not self.expected or not can_load():
            return None
        return _consume(self.folder, json.dumps({config: features(contract, config) for config in self.expected}))

    @property
    def told(self) -> Consumed | None:
        """What it saw, where it could load."""
        return self.consumed if isinstance(self.consumed, Consumed) else None


LOAD_RULES: RuleList[LoadSeen] = RuleList()


def can_load() -> bool:
    """Whether `datasets` is installed (the extra `load`)."""
    return importlib.util.find_spec("datasets") is not None


@LOAD_RULES(
    "E690",
    "datasets loads every config, and the labels decode to the same strings",
    mend="Release again; where it stays, report it: a version of `datasets` may read otherwise.",
    example=Example("README.md", "'0': against", "'0': favor"),
)
def consumer_loads_the_same(seen: LoadSeen) -> Iterator[Fault]:
    """What counts is what a researcher gets.

    A card or a cache that turns labels around cannot be seen in the files themselves.

    Loaded offline, in a fresh process with a clean cache; no finding where `datasets` is not installed.
    """
    if isinstance(seen.consumed, str):
        yield _CARD, f"datasets cannot load the release: {seen.consumed}; release again"
    if seen.told is not None:
        for config, splits in seen.expected.items():
            if seen.told.decoded.get(config) != splits:
                yield _CARD, f"datasets decodes other labels or splits of {config}; release again"


@LOAD_RULES(
    "E691",
    "what is loaded has the features that the contract gives",
    mend="Release again.",
    example=Example(
        "README.md", "- name: language_score\n    dtype: float64", "- name: language_score\n    dtype: float32"
    ),
)
def consumer_finds_the_features(seen: LoadSeen) -> Iterator[Fault]:
    """A card that gives a column another type wins over the file: numbers are rounded, or class names gone.

    Loaded, loaded by columns and streamed.
    """
    if seen.told is not None:
        yield from ((_CARD, f"{one}, which are not those of schema/; release again") for one in seen.told.features)


@LOAD_RULES(
    "E692",
    "streaming and `columns=` give the rows that loading gives",
    mend="Pin the version of `datasets` that reads it right, and report it.",
    example=Example(
        "articles",
        "rows that `datasets` streams as it loads them",
        "a version of `datasets` that streams in another order",
    ),
)
def consumer_reads_the_same_rows(seen: LoadSeen) -> Iterator[Fault]:
    """Whether one loads, streams or asks for some columns must make no odds: else two people have two datasets.

    The first 100 rows of each split are compared.
    """
    if seen.told is not None:
        yield from ((_CARD, f"{one}; release again") for one in seen.told.rows)


@LOAD_RULES(
    "E693",
    "decoded labels are those that gold says in words",
    mend="Put the lists of schema/corpus.schema.json back in their order, and release again.",
    example=Example("stances", '"stance": 2', '"stance": 0'),
)
def consumer_reads_golds_words(seen: LoadSeen) -> Iterator[Fault]:
    """With class names in another order in the card, in schema/ and in all files, they are at one, and wrong.

    The words of gold tell: tags against `entities`, stances against `gold` of `soft_labels`, in the first 100 rows
    of each split.
    """
    if seen.told is not None:
        yield from ((_CARD, f"{one}; release again") for one in seen.told.words)


def _consume(folder: Path, expected: str) -> Consumed | str:
    with tempfile.TemporaryDirectory(prefix="kliping-load-") as home:
        quiet = {"HF_HUB_OFFLINE": "1", "HF_HOME": home, "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}
        quiet |= {"MALLOC_ARENA_MAX": "2"}  # glibc gives each thread an arena of its own, and keeps what is free in it
        caches = ("HF_DATASETS_CACHE", "HF_HUB_CACHE", "HF_MODULES_CACHE", "HF_TOKEN")
        environment = {name: value for name, value in os.environ.items() if name not in caches} | quiet
        done = subprocess.run(  # noqa: S603 — our own module
            [sys.executable, "-c", _CONSUMER, str(folder.resolve())],
            input=expected.encode(), capture_output=True, check=False, env=environment,
        )  # fmt: skip
    if done.returncode == 0:
        return msgspec.json.decode(done.stdout.splitlines()[-1], type=Consumed)
    lines = done.stderr.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {done.returncode}")
