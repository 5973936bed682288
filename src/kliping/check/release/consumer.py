"""What a researcher's own process makes of a release: with a cache of its own.

It reads the expected features by config from standard input, and writes what it saw as one line of JSON. What it holds
does not grow with the release: of a config with more than `WHOLE_ROWS` rows it streams the ids and the class columns
alone, every row of them; and row by row it compares the first `STREAMED_ROWS` of each split.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kliping.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["STREAMED_ROWS", "WHOLE_ROWS", "Consumed", "Decoded", "LabelDigest"]

WHOLE_ROWS = 5_000
"""Rows of a config up to which it is loaded whole, and not only streamed: what is loaded is mapped into memory."""

STREAMED_ROWS = 100
"""Rows of a split that are streamed, and compared value by value."""

BATCH_ROWS = 200
"""Rows that are decoded at a time."""

Decoded: TypeAlias = dict[str, dict[str, dict[str, str]]]
"""Digests of decoded class labels, by config, split and column."""

Row: TypeAlias = dict[str, Any]
Sample: TypeAlias = dict[str, list[Row]]
"""The first rows of a config, streamed, by split; classes are decoded."""


class Consumed(Record, frozen=True):
    """What was seen: labels, and sentences about features, about rows, and about labels that are not what gold says."""

    decoded: Decoded
    features: tuple[str, ...]
    rows: tuple[str, ...]
    words: tuple[str, ...]


class LabelDigest:
    """SHA-256 over the decoded labels of a column, in order, as JSON: a list a row."""

    def __init__(self, names: Sequence[str]) -> None:
        self._words, self._digest = [json.dumps(name).encode() for name in names], hashlib.sha256()

    def add(self, value: int | Sequence[int | None] | None) -> None:
        """Take the class, or the classes, of a row."""
        classes = [value] if value is None or isinstance(value, int) else value
        words, known = self._words, len(self._words)
        said = [words[one] if one is not None and 0 <= one < known else b"null" for one in classes]
        self._digest.update(b"[%b]\n" % b",".join(said))

    def hexdigest(self) -> str:
        """In lower-case hexadecimal."""
        return self._digest.hexdigest()


def consume(folder: str, expected: Mapping[str, Any]) -> Consumed:
    """Load every config as a consumer does.

    Args:
        folder: a release.
        expected: the features of each config, as `datasets.Features.to_dict` writes them.
    """
    seen = _Seen()
    words: list[str] = []
    sides: dict[str, Sample] = {}
    for config, told in expected.items():
        for split, rows in _load(folder, config, told, seen):
            if config == "entities":
                words += (fault for row in rows for fault in _tags(split, row))
            elif config in ("stances", "soft_labels"):
                sides.setdefault(config, {})[split] = list(rows)
            else:
                deque(rows, maxlen=0)
    words += _sides(sides.get("stances", {}), sides.get("soft_labels", {}))
    return Consumed(decoded=seen.decoded, features=tuple(seen.features), rows=tuple(seen.rows), words=tuple(words))


@dataclass(slots=True)
class _Seen:
    """What was seen so far."""

    decoded: Decoded = field(default_factory=dict)
    features: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)


def _load(folder: str, config: str, told: Mapping[str, Any], seen: _Seen) -> Iterator[tuple[str, Iterator[Row]]]:
    """Load a config in every way; by split its first rows, decoded, which are compared as they are taken."""
    from datasets import Features, load_dataset

    classes = _classes(told)
    narrow = [name for number, name in enumerate(told) if not number or name in classes]
    streamed = load_dataset(folder, config, streaming=True)
    counts = [split.num_examples for split in next(iter(streamed.values())).info.splits.values()]
    is_small = sum(counts) <= WHOLE_ROWS
    some = load_dataset(folder, config, columns=narrow, streaming=not is_small)
    loaded = load_dataset(folder, config) if is_small else some
    for split in loaded:
        found, narrowed = _bounded(loaded[split]), _bounded(some[split])
        seen.decoded.setdefault(config, {})[split] = _digests(found, classes)
        seen.features += [
            f"{config}, {split}: {what} gives the features {given}"
            for what, given, wanted in (
                ("streaming", streamed[split].features, told),
                ("loading", found.features, told if is_small else {name: told[name] for name in narrow}),
                ("columns=", narrowed.features, {name: told[name] for name in narrow}),
            )
            if given != Features.from_dict(wanted)
        ]
        ways = {"streaming": _bounded(streamed[split]), "columns=": narrowed}
        yield split, _compared(f"{config}, {split}", ways, found, seen)


def _bounded(rows: Any) -> Any:  # noqa: ANN401 — a dataset, or one that is streamed
    """The same rows, streamed a row group at a time.

    A scan of a file runs ahead of who reads its rows, to the end, and holds all that it decoded: 0.4 GB of tags at
    80,000 articles.
    """
    return rows.reshard() if hasattr(rows, "reshard") else rows


def _compared(place: str, ways: Mapping[str, Any], loaded: Any, seen: _Seen) -> Iterator[Row]:  # noqa: ANN401 — datasets'
    """The first rows that the first of some ways gives, decoded, one at a time; all ways give those of loading."""
    own = _classes(next(iter(ways.values())).features.to_dict())
    first = (islice(one, STREAMED_ROWS) for one in (loaded, *ways.values()))
    for number, (whole, *given) in enumerate(zip(*first, strict=True), 1):
        for what, row in zip(ways, given, strict=True):
            if any(row[name] != whole[name] for name in row.keys() & whole.keys()):
                seen.rows.append(f"{place}, row {number}: {what} gives other values than loading")
        yield _decode(given[0], own)


def _classes(features: Mapping[str, Any]) -> dict[str, list[str]]:
    """The class columns, a list of classes included, with their names."""
    inner = {name: one["feature"] if one.get("_type") == "List" else one for name, one in features.items()}
    return {name: one["names"] for name, one in inner.items() if one.get("_type") == "ClassLabel"}


def _digests(rows: Any, classes: Mapping[str, Sequence[str]]) -> dict[str, str]:  # noqa: ANN401 — a datasets.Dataset
    from datasets import ClassLabel, List

    digests = {}
    for name, feature in rows.features.items():
        inner = feature.feature if isinstance(feature, List) else feature
        if isinstance(inner, ClassLabel):
            digests[name] = LabelDigest(inner.names)
    if digests:
        for batch in rows.select_columns(list(digests)).with_format("arrow").iter(BATCH_ROWS):
            for name, digest in digests.items():
                for value in batch[name].to_pylist():
                    digest.add(value)
    return {name: digest.hexdigest() for name, digest in digests.items() if name in classes}


def _decode(row: Row, classes: Mapping[str, Sequence[str]]) -> Row:
    def word(names: Sequence[str], value: Any) -> Any:  # noqa: ANN401 — a class, a list of them, or null
        if isinstance(value, list):
            return [word(names, one) for one in value]
        return names[value] if value is not None and 0 <= value < len(names) else None

    return row | {name: word(names, row[name]) for name, names in classes.items()}


def _tags(split: str, row: Row) -> Iterator[str]:
    """Tags that begin no mention of their label, and mentions that no tag begins and that are not said to be lost."""
    begun = 0
    for tag, token in zip(row["ner_tags"], row["token_spans"], strict=True):
        if tag is not None and tag.startswith("B-"):
            begun += 1
            if not any(
                one["label"] == tag[2:] and one["start"] < token["end"] and one["end"] > token["start"]
                for one in row["entities"]
            ):
                yield f"entities, {split}: {row['id']}: the tag {tag} is at no mention of that label"
    if begun + row["bio_lost"] != len(row["entities"]):
        yield f"entities, {split}: {row['id']}: {begun} tags begin mentions, of {len(row['entities'])}"


def _sides(stances: Sample, soft_labels: Sample) -> Iterator[str]:
    """Stances that decode to another side than `soft_labels` names as gold; not every stance is there."""
    for split, rows in stances.items():
        decoded: dict[Any, Counter[str]] = defaultdict(Counter)
        for row in rows:
            decoded[_unit(row)][row["stance"]] += 1
        for row in soft_labels.get(split, ()):
            sides = decoded.get(_unit(row)) if row["kind"] == "stance" else None
            if sides and row["gold"] is not None and row["gold"] not in sides:
                yield f"stances, {split}: {row['article_id']}: {', '.join(sides)} where gold is {row['gold']}"


def _unit(row: Row) -> tuple[Any, ...]:
    sides = [row[f"{side}_{part}"] for side in ("target", "holder") for part in ("kind", "name", "start", "end")]
    return (row["article_id"], *sides)


def main() -> None:
    """Consume the release that the first argument names, by the features on standard input."""
    import msgspec
    import pyarrow as pa

    from kliping.release.reading.steering import steering_faults

    if faults := steering_faults(Path(sys.argv[1])):
        sys.exit("\n".join(faults))
    pa.set_memory_pool(pa.system_memory_pool())  # gives back what is free: the default one keeps it for later
    said = consume(sys.argv[1], json.load(sys.stdin))
    sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
    sys.stdout.flush()
    # A scan that was broken off may wait for ever for the interpreter that ends (github.com/apache/arrow/issues/45214).
    os._exit(0)
