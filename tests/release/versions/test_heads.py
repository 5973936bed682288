"""Columns, configs and labels, compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from kliping.release.manifest import PartEntry
from kliping.release.versions.changes import Change
from kliping.release.versions.heads import alike_configs, head_changes
from kliping.release.versions.record import Column, Head, fields_inside

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = Column(type="string", names=None)
HEAD = Head(
    name="toy",
    version="0.1.0",
    scheme="1.0.0",
    inputs_sha256="0" * 64,
    labels={"stance": ("against", "none", "favor")},
    columns={"articles": {"id": TEXT}},
    configs={"articles": {"train": PartEntry(rows=1, content_sha256="0" * 64)}},
)


def labels(*now: str) -> Sequence[Change]:
    return list(head_changes(HEAD, replace(HEAD, labels={"stance": now})))


def columns(was: Column, now: Column) -> Sequence[Change]:
    old, new = (replace(HEAD, columns={"articles": {"id": one}}) for one in (was, now))
    return list(head_changes(old, new))


def test_a_head_does_not_differ_from_itself() -> None:
    assert list(head_changes(HEAD, HEAD)) == []


def test_a_label_at_the_end_is_added_and_moves_none() -> None:
    assert labels("against", "none", "favor", "unclear") == [Change(kind="label_added", now=("stance", "unclear"))]


def test_a_label_in_between_moves_those_after_it() -> None:
    assert labels("against", "unclear", "none", "favor") == [
        Change(kind="label_reordered", was=("stance", "none", 1), now=("stance", "none", 2)),
        Change(kind="label_reordered", was=("stance", "favor", 2), now=("stance", "favor", 3)),
        Change(kind="label_added", now=("stance", "unclear")),
    ]


def test_a_label_removed_is_told_once_though_others_get_its_number() -> None:
    assert labels("against", "favor") == [Change(kind="label_removed", was=("stance", "none"))]


def test_a_renamed_label_is_removed_and_added() -> None:
    assert [one.kind for one in labels("against", "neutral", "favor")] == [
        "label_removed",
        "label_reordered",
        "label_added",
    ]


def test_a_column_of_another_type_is_retyped() -> None:
    assert columns(TEXT, Column(type="int64", names=None)) == [
        Change(kind="column_retyped", was=("articles", "id", "string"), now=("articles", "id", "int64"))
    ]


def test_numbers_that_become_classes_or_other_classes_are_retyped() -> None:
    plain, classes = Column(type="int64", names=None), Column(type="int64", names=("O", "B-PLACE"))
    assert [one.kind for one in columns(plain, classes)] == ["column_retyped"]
    more = Column(type="int64", names=("O", "B-PLACE", "L-PLACE"))
    assert columns(classes, more) == [
        Change(
            kind="column_retyped",
            was=("articles", "id", "int64 of O, B-PLACE"),
            now=("articles", "id", "int64 of O, B-PLACE, L-PLACE"),
        )
    ]


def test_rows_with_other_columns_or_labels_cannot_be_compared() -> None:
    both = replace(HEAD, columns={"articles": {"id": TEXT}, "soft_labels": {"id": TEXT}})
    assert alike_configs(both, both) == {"articles", "soft_labels"}
    assert alike_configs(both, replace(both, labels={})) == {"articles"}
    assert alike_configs(both, HEAD) == {"articles"}


@pytest.mark.parametrize(
    ("kind", "places"),
    [
        (pa.string(), ["a"]),
        (pa.list_(pa.string()), ["a[]"]),
        (pa.struct([("b", pa.string()), ("c", pa.list_(pa.int64()))]), ["a.b", "a.c[]"]),
        (pa.list_(pa.struct([("b", pa.struct([("c", pa.string())]))])), ["a[].b.c"]),
    ],
)
def test_a_column_is_recorded_by_thefields_inside_inside_it(kind: pa.DataType, places: list[str]) -> None:
    assert [place for place, _ in fields_inside("a", kind)] == places
