from __future__ import annotations

import numpy as np
import pytest

from kliping.normaliser.page.trees import AT_ONCE, LEAVES, Table, planted

# One tree: column 0 <= 1.5 ? (column 1 <= 0 ? -1 : 2) : 4. Leaves from left to right: -1, 2, 4.
TREE = Table(("length", "link"), [[(0, 1.5, 0b11111100), (1, 0.0, 0b11111110)]], [[-1.0, 2.0, 4.0]])


def test_a_row_gets_the_value_of_the_leaf_that_its_tests_lead_to() -> None:
    rows = np.array([[1.0, 0.0], [1.5, 0.1], [1.6, -9.0]])
    assert planted(TREE).scores(rows).tolist() == [-1.0, 2.0, 4.0]


def test_trees_are_summed_up_and_a_probability_is_the_logistic_function_of_the_sum() -> None:
    twice = Table(TREE.columns, TREE.tests * 2, TREE.leaves * 2)
    assert planted(twice).scores(np.array([[9.0, 9.0]])).tolist() == [8.0]
    assert planted(twice).probabilities(np.array([[9.0, 9.0]])) == pytest.approx([0.99966465])


def test_a_tree_without_tests_has_one_value() -> None:
    assert planted(Table(("length",), [[]], [[0.25]])).scores(np.zeros((2, 1))).tolist() == [0.25, 0.25]


def test_more_rows_than_are_looked_at_together_are_scored_in_their_order() -> None:
    rows = np.column_stack([np.arange(2 * AT_ONCE + 1) % 3, np.zeros(2 * AT_ONCE + 1)])
    assert planted(TREE).scores(rows).tolist() == [(-1.0, -1.0, 4.0)[place % 3] for place in range(2 * AT_ONCE + 1)]


def test_no_rows_have_no_scores() -> None:
    assert planted(TREE).scores(np.zeros((0, 2))).tolist() == []


def test_the_table_says_what_lightgbm_says() -> None:
    lightgbm = pytest.importorskip("lightgbm", reason="LightGBM (group `bench`) grows the trees")
    from benchmarks.train_extractor import as_table

    chance = np.random.default_rng(7)
    rows = np.round(chance.normal(size=(600, 5)), 1)
    target = 1 / (1 + np.exp(-(rows[:, 0] * rows[:, 1] + rows[:, 2])))
    settings = {
        "objective": "cross_entropy",
        "num_leaves": LEAVES,
        "use_missing": False,
        "verbosity": -1,
        "num_threads": 1,
    }
    booster = lightgbm.train(settings, lightgbm.Dataset(rows, target, params=settings), 20)
    trees = planted(as_table(booster, tuple("abcde")))
    assert trees.probabilities(rows) == pytest.approx(booster.predict(rows), abs=1e-4)
