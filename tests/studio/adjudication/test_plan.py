"""What the adjudication project is made to hold, from whatever state a killed run left it in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kliping.studio.adjudication.push import Plan, Wanted, plan
from kliping.studio.client.tasks import Listed
from kliping.studio.tasks import Key, Mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ONE, TWO = Key("one", "1" * 64), Key("two", "2" * 64)


def listed(task: int, key: Key, sent: str, annotations: int = 0, *, begun: bool = False) -> Listed:
    return Listed(task, Mark(key, "layers", sent), annotations, begun)


def planned(held: Mapping[Key, Sequence[Listed]], wanted: Mapping[Key, str]) -> Plan:
    return plan(held, {key: Wanted(sent, {"sent": sent}) for key, sent in wanted.items()})


def test_what_is_missing_is_imported() -> None:
    made = planned({}, {ONE: "q1.a"})

    assert (made.imports, made.deletions, made.kept) == ([{"sent": "q1.a"}], [], set())


def test_what_is_there_is_kept() -> None:
    assert planned({ONE: [listed(1, ONE, "q1.a")]}, {ONE: "q1.a"}) == Plan(kept={ONE})


def test_what_is_settled_goes_where_nobody_touched_it() -> None:
    assert planned({ONE: [listed(1, ONE, "q1.a"), listed(2, ONE, "q0.a", 1)]}, {}) == Plan(deletions=[1])


def test_an_outdated_task_is_replaced_and_goes_only_after_the_import() -> None:
    made = planned({ONE: [listed(1, ONE, "q0.a")]}, {ONE: "q1.a"})
    assert (made.imports, made.deletions) == ([{"sent": "q1.a"}], [1])

    after = planned({ONE: [listed(1, ONE, "q0.a"), listed(2, ONE, "q1.a")]}, {ONE: "q1.a"})
    assert after == Plan(deletions=[1], kept={ONE})


def test_a_twin_goes() -> None:
    assert planned({ONE: [listed(1, ONE, "q1.a"), listed(2, ONE, "q1.a")]}, {ONE: "q1.a"}) == Plan(
        deletions=[2], kept={ONE}
    )


def test_a_begun_twin_is_the_one_that_stays() -> None:
    held = {ONE: [listed(1, ONE, "q1.a"), listed(2, ONE, "q1.a", begun=True)]}

    assert planned(held, {ONE: "q1.a"}) == Plan(deletions=[1], kept={ONE}, begun=[])


def test_questions_left_open_in_a_submitted_task_are_not_asked_in_a_second() -> None:
    held = {ONE: [listed(1, ONE, "q1.old", 1), listed(2, ONE, "q1.a")]}

    assert planned(held, {ONE: "q1.a"}) == Plan(deletions=[2], kept={ONE}, left_open=[1])


def test_what_is_open_beside_a_submitted_task_is_asked_anew() -> None:
    assert planned({ONE: [listed(1, ONE, "q0.a", 1)]}, {ONE: "q1.a"}).imports == [{"sent": "q1.a"}]


def test_a_begun_outdated_task_is_waited_for() -> None:
    made = planned({ONE: [listed(1, ONE, "q0.a", begun=True)]}, {ONE: "q1.a"})

    assert made == Plan(kept={ONE}, begun=[1])


@dataclass
class Server:
    """Enough of a server to be killed at: tasks, of which some are touched."""

    tasks: dict[int, Listed]
    wanted: dict[Key, str]
    last: int = 100
    left: int = 10**6
    done: list[str] = field(default_factory=list)

    def held(self) -> dict[Key, list[Listed]]:
        found: dict[Key, list[Listed]] = {}
        for one in self.tasks.values():
            assert one.key is not None
            found.setdefault(one.key, []).append(one)
        return found

    def run(self) -> bool:
        """Do what `push_questions` does, until the requests that are left are used up."""
        made = planned(self.held(), self.wanted)
        for one in made.imports:
            if not self._spend():
                return False
            self.last += 1
            key = next(key for key, sent in self.wanted.items() if sent == one["sent"])
            self.tasks[self.last] = listed(self.last, key, one["sent"])
        for number in planned(self.held(), self.wanted).deletions:
            if not self._spend():
                return False
            assert not self.tasks[number].touched
            del self.tasks[number]
        return True

    def _spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


SENT = {ONE: ("q1.a", "q1.b", "q2.a"), TWO: ("r1.a", "r2.a")}
TASKS = st.lists(st.sampled_from([(key, sent) for key, options in SENT.items() for sent in options]), max_size=6)


@given(
    TASKS.flatmap(lambda tasks: st.tuples(st.just(tasks), st.lists(st.integers(0, 1), min_size=6, max_size=6))),
    st.frozensets(st.integers(0, 5)),
    st.fixed_dictionaries({}, optional={ONE: st.sampled_from(SENT[ONE]), TWO: st.sampled_from(SENT[TWO])}),
    st.lists(st.integers(0, 3), max_size=4),
)
def test_a_run_that_was_killed_anywhere_ends_as_an_undisturbed_one(
    state: tuple[list[tuple[Key, str]], list[int]],
    drafts: frozenset[int],
    wanted: dict[Key, str],
    kills: list[int],
) -> None:
    tasks = {
        number: listed(number, *one, state[1][number], begun=number in drafts) for number, one in enumerate(state[0])
    }
    undisturbed = Server(dict(tasks), wanted)
    undisturbed.run()
    disturbed = Server(dict(tasks), wanted)
    for requests in kills:
        disturbed.left = requests
        disturbed.run()
    disturbed.left = 10**6
    disturbed.run()

    assert _state(disturbed) == _state(undisturbed)
    before = dict(disturbed.tasks)
    disturbed.run()
    assert disturbed.tasks == before
    assert {number for number, one in tasks.items() if one.touched} <= disturbed.tasks.keys()
    for key, sent in wanted.items():
        assert any(
            one.mark is not None and (one.mark.sent == sent or one.touched)
            for one in disturbed.tasks.values()
            if one.key == key
        )


def _state(server: Server) -> list[Listed]:
    return sorted((replace(one, task=0) for one in server.tasks.values()), key=str)
