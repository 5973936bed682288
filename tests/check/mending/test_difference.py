"""A difference can be read, however long the lines are."""

from __future__ import annotations

from kliping.check.lines import read_line
from kliping.check.mending.difference import SHOWN, difference, differing
from kliping.check.mending.lines import Mend
from kliping.check.rules import Place

LONG = " ".join(str(number) for number in range(1000, 1900))
MORE = " ".join(str(number) for number in range(2000, 2900))


def lines(*changes: tuple[int, bytes, bytes]) -> list[str]:
    return list(difference("f", ((read_line(Place("f", at), old), Mend(new, ("E103",))) for at, old, new in changes)))


def test_of_a_long_line_only_what_differs_is_shown() -> None:
    before, after = differing(f"{LONG} left {MORE}", f"{LONG} right {MORE}")

    assert before == "…895 1896 1897 1898 1899 left 2000 2001 2002 2003 20…"
    assert after == before.replace("left", "right")


def test_places_far_apart_are_shown_each() -> None:
    before, after = differing(f"one {LONG} two", f"ONE {LONG} TWO")

    assert before == "one 1000 1001 1002 1003 100…895 1896 1897 1898 1899 two"
    assert after == "ONE 1000 1001 1002 1003 100…895 1896 1897 1898 1899 TWO"


def test_of_many_places_the_first_are_shown_and_the_others_counted() -> None:
    words = [" ".join(str(number * 1000 + at) for at in range(90)) for number in range(1, 12)]
    before, _ = differing(" x ".join(words), " y ".join(words))

    assert before.endswith("… (4 more places)")


def test_a_long_piece_is_shown_by_its_ends() -> None:
    before, after = differing("{" + "a" * 5000 + "}", "{" + "b" * 5000 + "}")

    assert (len(before), len(after)) == (123, 123)


def test_letters_that_read_alike_are_told_by_their_code_points() -> None:
    assert differing("Cafe\u0301 Arum", "Caf\u00e9 Arum") == ("Cafe<U+0301> Arum", "Caf<U+00E9> Arum")


def test_marks_and_ends_of_lines_are_seen() -> None:
    assert lines((1, b"\xef\xbb\xbf{}\r\n", b"{}\n"), (2, b"{}", b"{}\n")) == [
        "--- f",
        "+++ f",
        "@@ -1 +1 @@ E103",
        "-<U+FEFF>{}<U+000D>",
        "+{}",
        "@@ -2 +2 @@ E103",
        "-{}",
        "\\ No newline at end of file",
        "+{}",
    ]


def test_after_a_line_that_goes_the_numbers_move_up() -> None:
    headers = [line for line in lines((3, b" \n", b""), (5, b"{}\r\n", b"{}\n")) if line.startswith("@@")]

    assert headers == ["@@ -3 +2,0 @@ E103", "@@ -5 +4 @@ E103"]


def test_of_a_file_with_many_changes_the_first_are_shown() -> None:
    shown = lines(*((at, b"{}\r\n", b"{}\n") for at in range(1, SHOWN + 101)))

    assert len(shown) == 2 + 3 * SHOWN + 1
    assert shown[-1] == "@@ and 100 more lines of f @@"


def test_without_changes_nothing_is_shown() -> None:
    assert lines() == []
