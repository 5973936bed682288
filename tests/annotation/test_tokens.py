from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation import tokens
from kliping.annotation.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wali Kota, Sena.", ["Wali", "Kota", ",", "Sena", "."]),
        ("Jum'at anak-anak COVID-19", ["Jum'at", "anak-anak", "COVID-19"]),
        ("pukul 10.30, Rp5.000,50.", ["pukul", "10.30", ",", "Rp5.000,50", "."]),
        ("“Ya”", ["“", "Ya", "”"]),
        ("Cafe\u0301 buka", ["Cafe\u0301", "buka"]),
        ("petani 👩\u200d🌾 dan 🇮🇩!", ["petani", "👩\u200d🌾", "dan", "🇮🇩", "!"]),
        ("1\ufe0f\u20e3 ❤\ufe0f", ["1\ufe0f\u20e3", "❤\ufe0f"]),
        ("क्\u200dष है", ["क्\u200dष", "है"]),
        ("市場に行く", ["市", "場", "に", "行", "く"]),
        ("-ekor 'kutip'", ["-", "ekor", "'", "kutip", "'"]),
        ('a "b" c(d) e\u0301 f.\u0301 g', ["a", '"', "b", '"', "c", "(", "d", ")", "e\u0301", "f", ".\u0301", "g"]),
        ("a2.5 b.c R2.5", ["a2.5", "b", ".", "c", "R2.5"]),
        (" \n\n ", []),
    ],
)
def test_tokens_are(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokenise(text)] == expected


TEXTS = st.text() | st.text(alphabet="aé\u0301 1.,-'’👩\u200d🌾🏽🇮🇩\n\u0600\u00a0क\u094dष市")


@given(TEXTS)
def test_tokens_are_slices_in_order_and_leave_out_white_space_alone(text: str) -> None:
    found = list(tokenise(text))
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    covered = {at for token in found for at in range(token.start, token.end)}
    assert {at for at, char in enumerate(text) if at not in covered} == {
        at for at, char in enumerate(text) if char.isspace()
    }


@given(TEXTS)
def test_no_token_tears_what_people_see_as_one_character(text: str) -> None:
    ends = {0, *(found.end() for found in regex.finditer(r"\X", text))}
    beside_space = {at for at in range(1, len(text)) if text[at - 1].isspace() or text[at].isspace()} | {0, len(text)}
    assert all({token.start, token.end} <= ends | beside_space for token in tokenise(text))


PLAIN = "aZ9é_ .,:-'’“”–\u00a0\u00a9²ªÿ\n"


@given(TEXTS | st.text(alphabet=PLAIN) | st.text(alphabet=PLAIN + "\u0301\u200d👩"))
def test_a_plain_line_has_the_tokens_that_clusters_give(text: str) -> None:
    slow = tokens.Tokens([], [], [])
    tokens._add_any(slow, text, 0)
    assert tokens.tokens_of(text) == slow


def test_every_plain_character_is_a_cluster_and_a_letter_or_not_as_unicode_says() -> None:
    plain = [char for char in map(chr, range(0x11_0000)) if tokens._PLAIN.fullmatch(char)]
    assert 500 < len(plain) < 1_000
    assert regex.findall(r"\X", "".join(plain)) == plain
    for char in plain:
        is_word = regex.match(r"[\p{L}\p{N}]", char) is not None
        assert (tokens._PIECE.findall(f"a{char}a") == [f"a{char}a"]) == (is_word or char in "'’-‐‑")
        assert char.isspace() == (regex.match(r"\s", char) is not None)
