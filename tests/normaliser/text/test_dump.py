from __future__ import annotations

import textwrap

from kliping.normaliser.text.dump import read_dump


def texts(dump: str) -> list[str]:
    return [line.text for line in read_dump(dump)]


def test_each_line_is_a_line() -> None:
    assert texts("Penulis: Tika\nEditor: Bagas\n\nAkhir") == ["Penulis: Tika", "Editor: Bagas", "Akhir"]


def test_bullets_are_marks_and_bare_ones_nothing() -> None:
    lines = read_dump("• satu\n* dua\n- tiga\n-empat\n> lima\n***\n•")
    assert [(line.mark, line.text) for line in lines] == [
        ("•", "satu"), ("*", "dua"), ("-", "tiga"), ("", "-empat"), (">", "lima"),
    ]  # fmt: skip


def test_lines_know_where_they_start() -> None:
    dump = "Judul\n\nSatu\nDua"
    assert [dump[line.start :].startswith(line.text) for line in read_dump(dump)] == [True] * 3


def test_hard_wrapped_paragraphs_are_joined() -> None:
    paragraph = (
        "The river rose in the night and took the lower bridge with it, as it has done every seventh year since anyone "
        "began to count, and the ferry did not sail."
    )
    wrapped = "\n".join(textwrap.wrap(paragraph, 60))
    assert wrapped.count("\n") == 2
    assert texts(f"A title\n\n{wrapped}\n\nEditor: Bagas\nPenulis: Tika") == [
        "A title", paragraph, "Editor: Bagas", "Penulis: Tika",
    ]  # fmt: skip


def test_a_paragraph_a_line_is_not_taken_for_wrapped() -> None:
    lines = ["x" * 300, "y" * 200, "z" * 250]
    assert texts("\n".join(lines)) == lines
