from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping.annotation.bio import Projection, project
from kliping.annotation.tokens import tokenise
from kliping.records import Entity

CLASSES = {"O": 0, "B-PERSON": 1, "I-PERSON": 2, "B-PLACE": 3, "I-PLACE": 4}
TEXT = "Sena Waluyo tiba di Pasar-Lama Rimbia."
TOKENS = list(tokenise(TEXT))  # Sena Waluyo tiba di Pasar-Lama Rimbia .


def mark(surface: str, label: str = "PERSON", name: str = "e1") -> Entity:
    start = TEXT.index(surface)
    return Entity(id=name, start=start, end=start + len(surface), text=surface, label=label)


def test_a_mention_begins_with_b_and_goes_on_with_i() -> None:
    assert project(TOKENS, [mark("Sena Waluyo")], CLASSES) == Projection((1, 2, 0, 0, 0, 0, 0), lost=0, widened=0)


def test_mentions_side_by_side_each_begin_with_b() -> None:
    marks = [mark("Sena"), mark("Waluyo", name="e2")]
    assert project(TOKENS, marks, CLASSES).tags == (1, 1, 0, 0, 0, 0, 0)


def test_of_nested_mentions_the_longest_is_shown_and_the_other_counted() -> None:
    marks = [mark("Rimbia", "PLACE"), mark("Pasar-Lama Rimbia", "PLACE", "e2")]
    assert project(TOKENS, marks, CLASSES) == Projection((0, 0, 0, 0, 3, 4, 0), lost=1, widened=0)


def test_of_equally_long_overlapping_mentions_the_leftmost_is_shown() -> None:
    marks = [mark("tiba di", "PLACE", "e2"), mark("di Pasa", "PLACE")]
    assert project(TOKENS, marks, CLASSES).tags == (0, 0, 3, 4, 0, 0, 0)


def test_of_two_labels_on_one_span_the_first_of_the_scheme_is_shown() -> None:
    marks = [mark("Rimbia", "PLACE"), mark("Rimbia", "PERSON", "e2")]
    assert project(TOKENS, marks, CLASSES) == Projection((0, 0, 0, 0, 0, 1, 0), lost=1, widened=0)


def test_a_mention_that_cuts_a_token_takes_it_whole_and_is_counted() -> None:
    assert project(TOKENS, [mark("Lama", "PLACE")], CLASSES) == Projection((0, 0, 0, 0, 3, 0, 0), lost=0, widened=1)


SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12), st.sampled_from(["PERSON", "PLACE"]))


@given(st.lists(SPANS, max_size=8), st.randoms())
def test_every_mention_is_shown_or_counted_whatever_the_order(
    spans: list[tuple[int, int, str]], chance: object
) -> None:
    marks = [
        Entity(id=f"e{at}", start=start, end=min(start + size, len(TEXT)), text="", label=label)
        for at, (start, size, label) in enumerate(spans)
    ]
    found = project(TOKENS, marks, CLASSES)
    assert sum(tag in {1, 3} for tag in found.tags) + found.lost == len(marks)
    mixed = list(marks)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert project(TOKENS, mixed, CLASSES) == found
