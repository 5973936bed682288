"""What a push would do, from what a project holds and what the corpus wants."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kliping.studio.push.inventory import Held
from kliping.studio.push.plan import Tasks, plan_tasks
from kliping.studio.tasks import Key

OLD, NEW = "0" * 64, "1" * 64
MARKET, FERRY = Key("market", NEW), Key("ferry", NEW)
TODAY = {"market": NEW, "ferry": NEW}


def untouched(number: int, sent: str | None = "now") -> Held:
    return Held(number, touched=False, sent=sent, shown=None)


def touched(number: int, sent: str | None = "now") -> Held:
    return Held(number, touched=True, sent=sent, shown=None)


def test_what_is_not_there_is_imported() -> None:
    assert plan_tasks({}, {MARKET: None, FERRY: None}, TODAY) == Tasks(imports=frozenset({MARKET, FERRY}))


def test_what_is_there_as_it_would_be_sent_is_kept() -> None:
    assert plan_tasks({MARKET: (untouched(1),)}, {MARKET: "now"}, TODAY) == Tasks(kept=1)


def test_an_untouched_task_that_would_be_sent_otherwise_is_replaced() -> None:
    plan = plan_tasks({MARKET: (untouched(1, "earlier"),)}, {MARKET: "now"}, TODAY)
    assert plan == Tasks(imports=frozenset({MARKET}), changed=frozenset({MARKET}), replaced=(1,))


def test_a_replacement_that_was_killed_before_its_deletion_is_finished() -> None:
    plan = plan_tasks({MARKET: (untouched(1, "earlier"), untouched(2))}, {MARKET: "now"}, TODAY)
    assert plan == Tasks(replaced=(1,), kept=1)


def test_a_touched_task_stays_and_says_that_it_is_outdated() -> None:
    plan = plan_tasks({MARKET: (touched(1, "earlier"),)}, {MARKET: "now"}, TODAY)
    assert plan == Tasks(kept=1, outdated=1)


def test_untouched_twins_of_a_touched_task_go() -> None:
    plan = plan_tasks({MARKET: (untouched(1), touched(2), untouched(3, "earlier"))}, {MARKET: "now"}, TODAY)
    assert plan == Tasks(twins=(1, 3), kept=1)


def test_of_untouched_twins_the_first_stays() -> None:
    plan = plan_tasks({MARKET: (untouched(1), untouched(2), untouched(3))}, {MARKET: "now"}, TODAY)
    assert plan == Tasks(twins=(2, 3), kept=1)


def test_two_touched_tasks_of_a_key_both_stay() -> None:
    assert plan_tasks({MARKET: (touched(1), touched(2))}, {MARKET: "now"}, TODAY) == Tasks(kept=1)


def test_an_earlier_text_goes_where_nobody_touched_it() -> None:
    held = {Key("market", OLD): (untouched(1), touched(2))}
    plan = plan_tasks(held, {MARKET: None}, TODAY)
    assert plan == Tasks(imports=frozenset({MARKET}), superseded=(1,), earlier=1)


def test_an_earlier_text_of_another_round_stays() -> None:
    held = {Key("market", OLD, 2): (untouched(1),)}
    assert plan_tasks(held, {MARKET: None}, TODAY) == Tasks(imports=frozenset({MARKET}), unassigned=1)


def test_tasks_of_withdrawn_articles_stay_and_are_named() -> None:
    held = {Key("gone", OLD): (untouched(1),), Key("gone", NEW): (touched(2),), Key("away", NEW): (untouched(3),)}
    assert plan_tasks(held, {}, TODAY) == Tasks(withdrawn=("away", "gone"))


def test_what_nobody_is_asked_to_label_stays() -> None:
    held = {MARKET: (untouched(1), touched(2))}
    assert plan_tasks(held, {}, TODAY) == Tasks(unassigned=2)


def test_what_was_labelled_elsewhere_is_not_sent() -> None:
    plan = plan_tasks({}, {MARKET: None, FERRY: None}, TODAY, {MARKET})
    assert plan == Tasks(imports=frozenset({FERRY}), elsewhere=1)


def test_what_was_labelled_elsewhere_and_is_there_stays_there() -> None:
    assert plan_tasks({MARKET: (untouched(1),)}, {MARKET: "now"}, TODAY, {MARKET}) == Tasks(kept=1)


KEYS = st.builds(Key, st.sampled_from(["market", "ferry", "gone"]), st.sampled_from([OLD, NEW]), st.integers(1, 2))
SERVERS = st.dictionaries(
    KEYS, st.lists(st.tuples(st.booleans(), st.sampled_from(["now", "earlier", None])), min_size=1, max_size=4)
)


@given(SERVERS, st.frozensets(st.builds(Key, st.sampled_from(["market", "ferry"]), st.just(NEW), st.integers(1, 2))))
def test_after_a_push_another_does_nothing_and_nothing_touched_is_gone(
    server: dict[Key, list[tuple[bool, str | None]]], wanted: frozenset[Key]
) -> None:
    numbers = iter(range(1, 1000))
    held = {key: tuple(Held(next(numbers), *one, None) for one in tasks) for key, tasks in server.items()}
    plan = plan_tasks(held, dict.fromkeys(wanted, "now"), TODAY)
    gone = {number for _, tasks in plan.deletions for number in tasks}
    assert not gone & {one.task for tasks in held.values() for one in tasks if one.touched}
    left = {key: tuple(one for one in tasks if one.task not in gone) for key, tasks in held.items()}
    for key in plan.imports:
        left[key] = (*left.get(key, ()), untouched(next(numbers)))
    left = {key: tasks for key, tasks in left.items() if tasks}
    again = plan_tasks(left, dict.fromkeys(wanted, "now"), TODAY)
    assert not again.imports
    assert not any(tasks for _, tasks in again.deletions)
    assert again.kept == len(wanted)
    for key in wanted:
        assert sum(not one.touched for one in left[key]) <= 1
