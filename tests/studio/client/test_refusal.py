"""A server's own words are passed on in one line, without anybody's address or token."""

from __future__ import annotations

import pytest

from kliping.studio.client.refusal import LONGEST, refusal


@pytest.mark.parametrize(
    ("status", "todo"),
    [
        (404, "check the server's address; a path that its pages begin with belongs to it"),
        (429, "the server wants fewer requests: wait a while, then run the command again"),
        (500, "see the server's log, then run the command again"),
        (502, "what stands before Label Studio got no answer from it: see whether it runs, then run the command again"),
        (503, "the server is not ready: wait a while, then run the command again"),
        (504, "what stands before Label Studio waited too long for it: run the command again"),
    ],
)
def test_each_status_says_what_to_do(status: int, todo: str) -> None:
    assert refusal(status, {"detail": "Why."}).startswith(f"status {status}: Why.; {todo}")
    assert refusal(status, "<html>No</html>").startswith(f"status {status}: without a reason; {todo}")


@pytest.mark.parametrize(
    ("words", "passed_on"),
    [
        ("User with email ayu@pos.example exists.", "User with email (address) exists."),
        ('Key (email)=("Ayu.B+x@pos.example")', 'Key (email)=("(address)")'),
        ("Token feedfacefeedfacefeedfacefeedfacefeedface!", "Token (token)!"),
        ("Bearer eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2ln-bmF0_dXJl is old", "Bearer (token) is old"),
        ("two\nlines\t and more", "two lines and more"),
        ("an @ alone, 40 letters are no token", "an @ alone, 40 letters are no token"),
        (["Too long.", "Too dull."], "Too long. Too dull."),
    ],
)
def test_words_lose_secrets_and_lines(words: object, passed_on: str) -> None:
    assert refusal(400, {"detail": words}).startswith(f"status 400: {passed_on}; see")
    assert refusal(400, {"validation_errors": {"title": words}}).startswith(f"status 400: title: {passed_on}; see")


def test_long_words_are_cut() -> None:
    assert refusal(500, {"detail": "x" * 10_000}).startswith(f"status 500: {'x' * LONGEST}…; see")


@pytest.mark.parametrize("body", [None, 3, [], "", {"detail": None}, {"validation_errors": {}}])
def test_a_refusal_without_words_has_no_reason(body: object) -> None:
    assert "without a reason" in refusal(500, body)
    assert "not Label Studio's interface" in refusal(200, body)
