from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.errors import Rejected
from kliping.normaliser.inputs.tables import Row, read_csv, read_jsonl, read_parquet, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 1000


def told(rows: Iterable[Row]) -> dict[int, Any]:
    return {row.number: row.cells.reason if isinstance(row.cells, Rejected) else dict(row.cells) for row in rows}


def csv(data: bytes, most: int = MOST) -> dict[int, Any]:
    return told(read_csv(io.BytesIO(data), most))


def jsonl(data: bytes, most: int = MOST) -> dict[int, Any]:
    return told(read_jsonl(io.BytesIO(data), most))


def test_a_broken_line_of_json_is_told_and_the_rest_goes_on() -> None:
    lines = [
        b'\xef\xbb\xbf{"text":"a"}',
        b"",
        b'{"text":',
        b'{"text":"\xff"}',
        b'{"text":"\\ud800"}',
        b'["b"]',
        b'{"text":"c"}',
    ]
    assert jsonl(b"\n".join(lines)) == {
        1: {"text": "a"}, 3: "broken", 4: "broken", 5: "broken", 6: "broken", 7: {"text": "c"},
    }  # fmt: skip


def test_a_line_of_json_nested_without_end_is_broken() -> None:
    assert jsonl(b"[" * 3000 + b'\n{"text":"c"}\n') == {1: "broken", 2: {"text": "c"}}


def test_a_line_that_would_fill_the_memory_is_too_large_and_the_rest_goes_on() -> None:
    data = b'{"text":"' + b"x" * 9000 + b'"}\n{"text":"c"}\n'
    assert jsonl(data) == {1: "too-large", 2: {"text": "c"}}
    assert csv(b"text,b\n" + b"x" * 9000 + b",y\nc,d\n") == {1: "too-large", 2: {"text": "c", "b": "d"}}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_a_csv_is_what_cuts_its_header(delimiter: str) -> None:
    data = f'text{delimiter}title\n"One, two; three\nfour"{delimiter}Five\n'.encode()
    assert csv(data) == {1: {"text": "One, two; three\nfour", "title": "Five"}}


def test_a_tab_separated_file_is_cut_by_tabs_alone() -> None:
    rows = read_tsv(io.BytesIO(b"a,b,c\ttext\n1\tOne, two\n"), MOST)
    assert told(rows) == {1: {"a,b,c": "1", "text": "One, two"}}


def test_a_row_with_other_cells_than_the_header_is_broken_and_empty_rows_are_none() -> None:
    assert csv(b"text,title\na,b\n\n,\na,b,c\na\nc,d\n") == {
        1: {"text": "a", "title": "b"}, 2: "broken", 3: "broken", 4: {"text": "c", "title": "d"},
    }  # fmt: skip


def test_a_second_column_of_the_same_name_is_kept() -> None:
    assert csv(b"text, text\na,b\n") == {1: {"text": "a", "text~2": "b"}}


def test_a_csv_with_nul_bytes_and_bytes_that_are_no_utf_8_is_read_as_it_is() -> None:
    (row,) = read_csv(io.BytesIO(b"\xef\xbb\xbftext,b\na\x00b,caf\xe9\n"), MOST)
    assert not isinstance(row.cells, Rejected)
    assert row.cells["text"] == "a\x00b"
    assert row.cells["b"].encode("utf-8", "surrogateescape") == b"caf\xe9"


def test_a_cell_of_ten_megabytes_is_read() -> None:
    cell = "x" * 10_000_000
    assert csv(f"text,b\n{cell},c\n".encode(), most=10_000_000) == {1: {"text": cell, "b": "c"}}


def test_a_quotation_mark_that_is_never_closed_breaks_no_more_than_what_follows_it() -> None:
    found = csv(b'text,b\na,b\n"open,c\nd,e\n')
    assert found == {1: {"text": "a", "b": "b"}, 2: "broken"}


def test_a_csv_in_utf_16_is_refused_in_a_sentence() -> None:
    with pytest.raises(Rejected, match="save it as UTF-8"):
        csv("text,b\na,b\n".encode("utf-16"))


def test_the_rows_of_a_parquet_file_have_pythons_types() -> None:
    when = dt.datetime(2024, 6, 20, 15, 0, 0, 123456, tzinfo=dt.UTC)
    table = pa.table(
        {
            "text": ["a", None],
            "authors": [["Nell", "Ogi"], []],
            "at": pa.array([when, None], pa.timestamp("ns", "UTC")),
            "n": [1, 2],
        }
    )
    stream = io.BytesIO()
    pq.write_table(table, stream)
    assert told(read_parquet(stream, MOST)) == {
        1: {"text": "a", "authors": ["Nell", "Ogi"], "at": when, "n": 1},
        2: {"text": None, "authors": [], "at": None, "n": 2},
    }


def test_a_parquet_file_that_is_none_is_broken_in_a_sentence() -> None:
    with pytest.raises(Rejected, match="Parquet file after row 0"):
        list(read_parquet(io.BytesIO(b"PAR1 and nothing more"), MOST))


@given(st.binary(max_size=400))
def test_no_bytes_break_the_readers(data: bytes) -> None:
    list(read_jsonl(io.BytesIO(data), 50))
    for read in (read_csv, read_tsv, read_parquet):
        try:
            list(read(io.BytesIO(data), 50))
        except Rejected:
            continue
