from __future__ import annotations

import os
import signal
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kliping.errors import DataError, KlipingError
from kliping.normaliser.run.processes import AHEAD, available_cores, each, in_order, tick

if TYPE_CHECKING:
    from collections.abc import Iterator


def double(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def die(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refuse(number: int) -> int:
    raise DataError(f"{number} is wrong; mend it")


def tick_often(times: int) -> int:
    for _ in range(times):
        tick()
    return times


def test_one_worker_works_in_this_process() -> None:
    assert list(each(double, [1, 2], 1)) == [(1, (2, os.getpid())), (2, (4, os.getpid()))]


def test_one_task_starts_no_process() -> None:
    assert list(each(double, [1], 8)) == [(1, (2, os.getpid()))]


def test_several_workers_do_every_task_once_in_other_processes() -> None:
    done = dict(each(double, list(range(20)), 2))
    assert {task: result for task, (result, _) in done.items()} == {number: 2 * number for number in range(20)}
    assert os.getpid() not in {process for _, process in done.values()}


def test_a_worker_that_dies_is_told_in_a_sentence() -> None:
    with pytest.raises(DataError, match="a worker process was killed"):
        list(each(die, [1, 2, 3], 2))


def test_an_error_of_a_worker_is_the_caller_s() -> None:
    with pytest.raises(KlipingError, match="is wrong; mend it"):
        list(each(refuse, [1, 2, 3], 2))


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    assert [result for result, _ in in_order(double, iter(range(20)), workers)] == list(range(0, 40, 2))


def test_one_task_in_order_starts_no_process() -> None:
    assert list(in_order(double, iter([1]), 8)) == [(2, os.getpid())]
    assert list(in_order(double, iter([]), 8)) == []


def add(number: int) -> int:
    return number + BEGUN[-1]


def begin(number: int) -> None:
    BEGUN.append(number)


BEGUN = [0]


@pytest.mark.parametrize("workers", [1, 2])
def test_every_process_that_works_begins_before_its_first_task(workers: int) -> None:
    assert list(in_order(add, iter(range(10)), workers, partial(begin, 5))) == list(range(5, 15))


def test_tasks_are_drawn_as_they_are_needed() -> None:
    drawn: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            drawn.append(number)
            yield number

    with closing(in_order(double, tasks(), 2)) as results:
        next(results)
        assert len(drawn) == 2 * AHEAD + 1


def test_a_worker_that_dies_and_an_error_of_one_are_told_in_order_too() -> None:
    with pytest.raises(DataError, match="a worker process was killed"):
        list(in_order(die, [1, 2, 3], 2))
    with pytest.raises(KlipingError, match="is wrong; mend it"):
        list(in_order(refuse, [1, 2, 3], 2))


def test_there_is_a_core() -> None:
    assert available_cores() >= 1


@pytest.mark.parametrize("workers", [1, 2])
def test_ticks_are_told_while_tasks_go_on_and_all_of_them_at_the_end(workers: int) -> None:
    heard: list[int] = []
    assert sorted(result for _, result in each(tick_often, [300, 200], workers, heard.append)) == [200, 300]
    assert heard == sorted(heard)
    assert heard[-1] == 500


def test_ticks_that_nobody_listens_to_are_nothing() -> None:
    assert tick_often(3) == 3
