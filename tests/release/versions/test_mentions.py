"""How gold changed within an article, on spans made by hand."""

from __future__ import annotations

import pytest

from kliping.release.versions.changes import Change
from kliping.release.versions.mentions import gold_changes

MAYOR, PLAN = (10, 20, "PERSON"), (30, 44, "POLICY")


def mentions(*, was: list[tuple[int, int, str]], now: list[tuple[int, int, str]]) -> list[Change]:
    return list(gold_changes((was, ()), (now, ())))


def stances(
    was: list[tuple[str, str, str]], now: list[tuple[str, str, str]], *spans: list[tuple[int, int, str]]
) -> list[Change]:
    old, new = spans or ([], [])
    return [one for one in gold_changes((old, was), (new, now)) if one.kind.startswith("stance")]


def test_the_same_gold_in_another_order_is_no_change() -> None:
    assert mentions(was=[MAYOR, PLAN], now=[PLAN, MAYOR]) == []


def test_a_span_with_another_label_is_relabelled() -> None:
    assert mentions(was=[MAYOR], now=[(10, 20, "PLACE")]) == [
        Change(kind="mention_relabelled", was=MAYOR, now=(10, 20, "PLACE"))
    ]


@pytest.mark.parametrize("now", [(5, 20, "PERSON"), (10, 21, "PERSON"), (19, 25, "PERSON"), (12, 14, "PERSON")])
def test_the_same_label_at_a_place_that_overlaps_is_moved(now: tuple[int, int, str]) -> None:
    assert mentions(was=[MAYOR], now=[now]) == [Change(kind="mention_moved", was=MAYOR, now=now)]


@pytest.mark.parametrize("now", [(20, 25, "PERSON"), (0, 10, "PERSON"), (11, 21, "PLACE")])
def test_what_touches_only_or_has_another_label_too_is_another_mention(now: tuple[int, int, str]) -> None:
    assert mentions(was=[MAYOR], now=[now]) == [
        Change(kind="mention_added", now=now),
        Change(kind="mention_removed", was=MAYOR),
    ]


def test_of_two_candidates_the_one_with_more_in_common_is_the_moved_one() -> None:
    assert mentions(was=[MAYOR], now=[(18, 30, "PERSON"), (8, 18, "PERSON")]) == [
        Change(kind="mention_added", now=(18, 30, "PERSON")),
        Change(kind="mention_moved", was=MAYOR, now=(8, 18, "PERSON")),
    ]


def test_of_two_labels_at_one_span_only_the_changed_one_is_told() -> None:
    assert mentions(was=[MAYOR, (10, 20, "PLACE")], now=[MAYOR, (10, 20, "EVENT")]) == [
        Change(kind="mention_relabelled", was=(10, 20, "PLACE"), now=(10, 20, "EVENT"))
    ]


def test_the_same_target_and_holder_with_another_side_is_flipped() -> None:
    was, now = ("30-44", "10-20", "against"), ("30-44", "10-20", "favor")
    assert stances([was], [now]) == [Change(kind="stance_flipped", was=was, now=now)]


def test_another_holder_is_another_stance() -> None:
    was, now = ("30-44", "10-20", "against"), ("30-44", "author", "against")
    assert stances([was], [now]) == [Change(kind="stance_removed", was=was), Change(kind="stance_added", now=now)]


def test_a_stance_goes_with_its_mention() -> None:
    was, now = ("30-44", "10-20", "against"), ("30-40", "10-20", "against")
    spans = [MAYOR, PLAN], [MAYOR, (30, 40, "POLICY")]
    assert stances([was], [now], *spans) == []
    flipped = ("30-40", "10-20", "favor")
    assert stances([was], [flipped], *spans) == [Change(kind="stance_flipped", was=was, now=flipped)]


def test_a_stance_stays_at_a_place_where_a_mention_stays() -> None:
    was, now = ("30-44", "10-20", "against"), ("30-40", "10-20", "against")
    spans = [PLAN, (30, 44, "PLACE")], [(30, 40, "POLICY"), (30, 44, "PLACE")]
    assert stances([was], [now], *spans) == [
        Change(kind="stance_removed", was=was),
        Change(kind="stance_added", now=now),
    ]
