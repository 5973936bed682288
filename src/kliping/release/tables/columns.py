"""Rows as Arrow columns: what is nested is laid flat first, so that a token costs a number and not a dictionary."""

from __future__ import annotations

from itertools import accumulate, chain
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kliping.release.tables.annotated import Row

__all__ = ["record_batch"]


def record_batch(rows: Sequence[Row], schema: pa.Schema) -> pa.RecordBatch:
    """Rows, in order, as one batch. What a struct holds beyond the schema's fields is left out."""
    return pa.RecordBatch.from_arrays(
        [_array([row[one.name] for row in rows], one.type) for one in schema], schema=schema
    )


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array[Any]:
    if isinstance(kind, pa.StructType):
        return _structs(values, kind)
    if isinstance(kind, pa.ListType):
        return _lists(values, kind)
    return pa.array(values, kind)


def _lists(values: Sequence[Any], kind: pa.ListType[Any]) -> pa.Array[Any]:
    held = [one or () for one in values]
    offsets: Iterable[int] = accumulate(map(len, held), initial=0)
    flat = _array(list(chain.from_iterable(held)), kind.value_type)
    mask = _nulls(values)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flat, type=kind, mask=mask)


def _structs(values: Sequence[Any], kind: pa.StructType) -> pa.Array[Any]:
    first = next((one for one in values if one is not None), None)
    read = attrgetter if isinstance(first, msgspec.Struct) else itemgetter
    mask = _nulls(values)
    arrays = []
    for field in kind.fields:
        get = read(field.name)
        inner = list(map(get, values)) if mask is None else [None if one is None else get(one) for one in values]
        arrays.append(_array(inner, field.type))
    return pa.StructArray.from_arrays(arrays, fields=kind.fields, mask=mask)


def _nulls(values: Sequence[Any]) -> pa.BooleanArray | None:
    if all(values):  # the quick answer: a record is never false
        return None
    nulls = [one is None for one in values]
    return pa.array(nulls, pa.bool_()) if any(nulls) else None
