from __future__ import annotations

import pytest

from kliping.errors import CallError
from kliping.normaliser.inputs.columns import columns_of, missing, no_body, require_fields
from kliping.project import Settings, SourceTable


def test_columns_with_our_names_are_taken_in_any_case() -> None:
    found = columns_of(("ID", "Text", "TITLE", "edition"), {}, ("edition",))
    assert (found.body, dict(found.fields), dict(found.metadata)) == (
        ("text", "Text"), {"title": "TITLE"}, {"edition": "edition"},
    )  # fmt: skip


def test_what_other_tools_call_a_field_is_taken_where_there_is_one_such_column() -> None:
    found = columns_of(("maintext", "headline", "date", "license", "tags", "keywords"), {}, ())
    assert found.body == ("text", "maintext")
    assert dict(found.fields) == {"title": "headline", "published": "date", "licence": "license"}


@pytest.mark.parametrize("names", [("content", "body"), ("text", "html"), ("id", "title"), ()])
def test_a_body_is_never_guessed(names: tuple[str, ...]) -> None:
    assert columns_of(names, {}, ()).body is None


def test_the_settings_win_and_an_empty_name_means_no_column() -> None:
    names = ("text", "html", "title", "date", "isi")
    assert columns_of(names, {"html": "html"}, ()).body == ("html", "html")
    found = columns_of(names, {"text": "isi", "title": "", "modified": "date"}, ())
    assert (found.body, dict(found.fields)) == (("text", "isi"), {"modified": "date"})


def test_a_column_that_the_settings_name_and_the_table_has_not_is_told() -> None:
    fault = missing(("isi", "Date"), {"text": "isi", "published": "date", "title": ""}, "a.csv")
    assert fault is not None
    assert "date (for published)" in fault.detail
    assert "isi, Date" in fault.detail
    assert missing(("isi",), {"text": "isi"}, "a.csv") is None


def test_a_sentence_names_the_first_of_many_columns_and_cuts_long_names() -> None:
    names = tuple(f"column {number}" for number in range(50))
    assert "column 0, column 1, " in no_body(names, "a.csv").detail
    assert ", column 29 and 20 more; say" in no_body(names, "a.csv").detail
    gone = missing(("x" * 40_000_000,), {"text": "isi"}, "a.csv")
    assert gone is not None
    assert f"there are: {'x' * 59}…; mend" in gone.detail
    assert "there are: none;" in no_body((), "a.csv").detail


def test_a_field_that_nobody_knows_is_told_before_anything_is_read() -> None:
    tables = {
        "a": SourceTable(columns={"txt": "isi", "edition": "e"}),
        "b": SourceTable(columns={"text": "t", "html": "h"}),
    }
    with pytest.raises(CallError) as raised:
        require_fields(Settings(name="a", sources=tables), ("edition",))
    first, second = str(raised.value).splitlines()
    assert "unknown field `txt`; the known ones are text, html, title" in first
    assert "edition" in first
    assert '"b"] columns: both text and html' in second
