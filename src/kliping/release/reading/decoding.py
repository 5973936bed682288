"""`kliping.decode`: the words of classes in place of their numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from kliping.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["decode"]

D = TypeVar("D")


def decode(rows: D) -> D:
    """The same rows with class columns, such as `stance` and `ner_tags`, as words.

    For whom numbers with names get in the way: pandas, polars and JSON keep the numbers and forget the names. A class
    that is null stays null.

    Args:
        rows: a `Dataset`, `DatasetDict`, `IterableDataset` or `IterableDatasetDict`; one without classes is given back.

    Raises:
        CallError: it is none of these, or it is streamed by columns that are not known.
    """
    if isinstance(rows, dict):
        return type(rows)({split: decode(one) for split, one in rows.items()})
    features = getattr(rows, "features", None)
    if features is None:
        raise CallError(f"kliping.decode takes what kliping.load gives, not {type(rows).__name__}")
    from datasets import ClassLabel, Features, List, Value

    names, words = {}, {}
    for column, feature in features.items():
        if isinstance(feature, ClassLabel):
            names[column], words[column] = feature.names, Value("string")
        elif isinstance(feature, List) and isinstance(feature.feature, ClassLabel):
            names[column], words[column] = feature.feature.names, List(Value("string"))
    if not names:
        return rows
    mapped: D = rows.map(  # type: ignore[attr-defined]
        partial(_words, names), batched=True, features=Features({**features, **words})
    )
    return mapped


def _words(names: Mapping[str, Sequence[str]], batch: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    return {column: [_word(known, value) for value in batch[column]] for column, known in names.items()}


def _word(names: Sequence[str], value: Any) -> Any:  # noqa: ANN401 — a class, a list of them, or null
    if isinstance(value, list):
        return [_word(names, one) for one in value]
    return None if value is None else names[value]
