"""How the heads of two versions differ: configs and their splits, columns, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.release.versions.changes import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.release.versions.record import Column, Head

__all__ = ["alike_configs", "head_changes"]


_WITHOUT_LISTS = frozenset({"articles", "annotations"})
"""Configs whose rows name no label that nobody chose."""


def head_changes(old: Head, new: Head) -> Iterator[Change]:
    """What differs in configs, in the columns of those that both have, and in the scheme's lists of labels."""
    labels = list(_label_changes(old.labels, new.labels))
    for config in _either(old.columns, new.columns):
        if config not in new.columns:
            yield Change(kind="config_removed", was=(config,))
        elif config not in old.columns:
            yield Change(kind="config_added", now=(config,))
        else:
            yield from _split_changes(config, old.configs[config], new.configs[config])
            yield from _column_changes(config, old.columns[config], new.columns[config], by_label=bool(labels))
    yield from labels


def alike_configs(old: Head, new: Head) -> frozenset[str]:
    """The configs whose rows can be compared by their hashes: columns and labels are the same in both.

    A row of any config but two may name every label, such as the choices of `soft_labels`.
    """
    alike = frozenset(config for config, columns in old.columns.items() if new.columns.get(config) == columns)
    return alike if old.labels == new.labels else alike & _WITHOUT_LISTS


def _either(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[str]:
    return iter({**old, **new})


def _split_changes(config: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Change]:
    for split in _either(old, new):
        if split not in new:
            yield Change(kind="split_removed", was=(config, split))
        elif split not in old:
            yield Change(kind="split_added", now=(config, split))


def _column_changes(
    config: str, old: Mapping[str, Column], new: Mapping[str, Column], *, by_label: bool
) -> Iterator[Change]:
    """Classes are told as labels; only where no label changed, a column whose classes differ has another type."""
    for name in _either(old, new):
        was, now = old.get(name), new.get(name)
        if was is None and now is not None:
            yield Change(kind="column_added", now=(config, name, now.type))
        elif was is not None and now is None:
            yield Change(kind="column_removed", was=(config, name, was.type))
        elif was is not None and now is not None and _retyped(was, now, by_label=by_label):
            yield Change(kind="column_retyped", was=(config, name, _type(was)), now=(config, name, _type(now)))


def _retyped(was: Column, now: Column, *, by_label: bool) -> bool:
    if was.type != now.type or (was.names is None) != (now.names is None):
        return True
    return was.names != now.names and not by_label


def _type(column: Column) -> str:
    return column.type if column.names is None else f"{column.type} of {', '.join(column.names)}"


def _label_changes(old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> Iterator[Change]:
    for name in _either(old, new):
        was, now = old.get(name, ()), new.get(name, ())
        kept = [label for label in was if label in now]
        yield from (Change(kind="label_removed", was=(name, label)) for label in was if label not in now)
        for number, label in enumerate(kept):
            if now[number] != label:  # another stands there: one that moved, or a new one that is not at the end
                where = (name, label, was.index(label)), (name, label, now.index(label))
                yield Change(kind="label_reordered", was=where[0], now=where[1])
        yield from (Change(kind="label_added", now=(name, label)) for label in now if label not in was)
