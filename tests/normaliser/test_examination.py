from __future__ import annotations

import pytest

from kliping.errors import Rejected
from kliping.normaliser.examination import MOST_LINES, examine
from kliping.normaliser.raw import Raw, Reading
from kliping.normaliser.stated import Stated

BODY = "The ferry did not sail on Monday, said the harbour master, who had hoped for better weather."


def roles(raw: Raw) -> list[tuple[str | None, str]]:
    return [(line.role, line.text) for line in examine(raw, Reading()).lines]


def test_a_title_that_stands_beside_a_dump_is_its_title_and_no_line_is_guessed_to_be_one() -> None:
    raw = Raw(f"Quiet harbour\n\n{BODY}".encode(), stated=Stated(title="Ferry stays in port", subtitle="A deck"))
    assert roles(raw) == [
        ("title", "Ferry stays in port"), ("subtitle", "A deck"), ("paragraph", "Quiet harbour"), ("paragraph", BODY),
    ]  # fmt: skip


def test_a_title_that_stands_beside_a_dump_and_above_it_is_one_title() -> None:
    raw = Raw(f"Ferry stays in port\n\n{BODY}".encode(), stated=Stated(title="Ferry stays in port"))
    assert roles(raw) == [("title", "Ferry stays in port"), ("paragraph", BODY)]


def test_a_title_that_stands_beside_a_page_beats_the_page() -> None:
    page = f"<html><head><title>Of the page</title></head><body><article><p>{BODY}</p><p>{BODY} Twice.</p></article>"
    raw = Raw(page.encode(), stated=Stated(title="Beside it"))
    assert [text for role, text in roles(raw) if role == "title"] == ["Beside it"]


def test_a_text_of_very_many_lines_is_too_large() -> None:
    with pytest.raises(Rejected, match=f"too-large: it has {MOST_LINES + 1} lines, and a text may have {MOST_LINES}"):
        examine(Raw(b"a" + b"\na" * (MOST_LINES + 1)), Reading())
