"""Rows laid flat are the rows that pyarrow makes of them by itself."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpora import article, entity

from kliping.release.tables.columns import record_batch

SPAN: pa.StructType = pa.struct([pa.field("start", pa.int64()), pa.field("names", pa.list_(pa.string()))])
FIELDS: list[pa.Field[Any]] = [
    pa.field("id", pa.string()),
    pa.field("score", pa.float64()),
    pa.field("one", SPAN),
    pa.field("spans", pa.list_(SPAN)),
    pa.field("deep", pa.list_(pa.list_(pa.int64()))),
]
SCHEMA = pa.schema(FIELDS)
SPANS = st.none() | st.fixed_dictionaries({
    "start": st.none() | st.integers(0, 9), "names": st.none() | st.lists(st.none() | st.text(max_size=3), max_size=3)
})  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries({
        "id": st.none() | st.text(max_size=3),
        "score": st.none() | st.floats(allow_nan=False),
        "one": SPANS,
        "spans": st.none() | st.lists(SPANS, max_size=3),
        "deep": st.none() | st.lists(st.none() | st.lists(st.integers(0, 9), max_size=3), max_size=3),
    }),
    max_size=6,
)  # fmt: skip


@settings(deadline=None)  # the first of pyarrow's calls loads more of it
@given(ROWS)
def test_rows_come_back_as_they_were(rows: list[dict[str, object]]) -> None:
    batch = record_batch(rows, SCHEMA)
    batch.validate(full=True)
    assert batch.schema == SCHEMA
    assert batch.to_pylist() == rows


def test_records_are_structs_and_tuples_lists() -> None:
    about = article("a", "Pasar Lama")
    schema = pa.schema([
        pa.field("mentions", pa.list_(pa.struct([pa.field("text", pa.string()), pa.field("ref", pa.string())])))
    ])  # fmt: skip
    batch = record_batch([{"mentions": (entity(about, 1, "Pasar", "PLACE"),)}, {"mentions": ()}], schema)
    assert batch.to_pylist() == [{"mentions": [{"text": "Pasar", "ref": None}]}, {"mentions": []}]
