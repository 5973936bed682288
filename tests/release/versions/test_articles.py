"""Two streams of what is held, merged: for any two, the comparison has its mirror, and with itself it is empty."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kliping.release.tables.annotated import Status
from kliping.release.versions.articles import changes_between
from kliping.release.versions.changes import RULES, Change, Kind, Value
from kliping.release.versions.held import Held

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIKE = frozenset({"articles", "entities", "stances", "annotations", "soft_labels"})
MIRRORED: dict[str, str] = {"newly_gold": "no_longer_gold", "no_longer_gold": "newly_gold"}


def mirrored(kind: Kind) -> str:
    return MIRRORED.get(kind) or (
        kind.replace("added", "removed") if kind.endswith("added") else kind.replace("removed", "added")
    )


hashes = st.sampled_from(["0" * 16, "1" * 16])
places = st.tuples(st.integers(0, 12), st.integers(1, 8), st.sampled_from(["PLACE", "POLICY"])).map(
    lambda one: (one[0], one[0] + one[1], one[2])
)


@st.composite
def held(draw: st.DrawFn, name: str) -> Held:
    status: Status = draw(st.sampled_from(get_args(Status)))
    mentions = tuple(sorted(draw(st.lists(places, max_size=4, unique=True))))
    parties = ["author", "MARKET_MOVE", *(f"{start}-{end}" for start, end, _ in mentions)]
    sides = st.tuples(*map(st.sampled_from, (parties, parties, ["against", "favor"])))
    said = tuple(sorted(draw(st.lists(sides, max_size=3, unique=True))))
    return Held(
        id=name,
        split=draw(st.sampled_from(["train", "test"])),
        status=status,
        text=draw(hashes),
        article=draw(hashes),
        entities=mentions if status == "gold" else None,
        stances=said if status == "gold" else None,
        annotations=draw(st.dictionaries(st.sampled_from(["x", "y"]), hashes)),
        rows=draw(st.dictionaries(st.sampled_from(["entities", "soft_labels"]), hashes)),
    )


@st.composite
def versions(draw: st.DrawFn) -> list[Held]:
    names = draw(st.sets(st.sampled_from("abcde")))
    return [draw(held(name)) for name in sorted(names)]


def changes(old: Sequence[Held], new: Sequence[Held]) -> Counter[tuple[str, str, Value, Value]]:
    found = changes_between(iter(old), iter(new), ALIKE)
    return Counter((one.id, change.kind, change.was, change.now) for one in found for change in one.changes)


@given(versions())
def test_a_version_does_not_differ_from_itself(one: list[Held]) -> None:
    assert list(changes_between(iter(one), iter(one), ALIKE)) == []


@given(versions(), versions())
def test_exchanging_two_versions_mirrors_every_change(old: list[Held], new: list[Held]) -> None:
    there, back = changes(old, new), changes(new, old)
    assert {(name, mirrored(kind), now, was): number for (name, kind, was, now), number in there.items()} == back  # type: ignore[arg-type]


@given(versions(), versions())
def test_what_differs_is_told_unless_it_is_a_row_that_only_one_has(old: list[Held], new: list[Held]) -> None:
    told = {name for name, *_ in changes(old, new)}
    was, now = {one.id: one for one in old}, {one.id: one for one in new}
    for name in {*was, *now}:
        either = was.get(name), now.get(name)
        bare = [None if one is None else msgspec.structs.replace(one, rows={}, status="none") for one in either]
        assert name in told or bare[0] == bare[1] or _only_status(*either)


def _only_status(old: Held | None, new: Held | None) -> bool:
    """A status other than before comes with another annotation or with gold; made-up ones need not."""
    return old is not None and new is not None and {old.status, new.status} == {"none", "partial"}


def test_a_text_that_changed_leaves_its_mentions_uncompared() -> None:
    old = Held(
        id="a", split="train", status="gold", text="0" * 16, article="0" * 16,
        entities=((0, 4, "PLACE"),), stances=(), annotations={}, rows={},
    )  # fmt: skip
    new = msgspec.structs.replace(old, text="1" * 16, article="1" * 16, entities=((5, 9, "PLACE"),))
    (found,) = changes_between(iter([old]), iter([new]), ALIKE)
    assert found.changes == (Change(kind="text_changed", was=("0" * 16,), now=("1" * 16,)),)


def test_rows_of_configs_with_other_columns_are_not_compared() -> None:
    old = Held(
        id="a", split="train", status="partial", text="0" * 16, article="0" * 16,
        entities=None, stances=None, annotations={"x": "0" * 16}, rows={"soft_labels": "0" * 16},
    )  # fmt: skip
    new = msgspec.structs.replace(old, article="1" * 16, annotations={"x": "1" * 16}, rows={"soft_labels": "1" * 16})
    assert list(changes_between(iter([old]), iter([new]), frozenset())) == []
    (found,) = changes_between(iter([old]), iter([new]), frozenset({"annotations"}))
    assert [change.kind for change in found.changes] == ["annotation_changed"]


def test_every_kind_has_a_rule() -> None:
    assert set(RULES) == set(get_args(Kind))
