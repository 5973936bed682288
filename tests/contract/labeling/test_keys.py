"""Every choice that is alike in all tasks has a key of its own."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from kliping.contract import load_contract
from kliping.contract.labeling import article_keys, holder_keys

SCHEME = load_contract(Path(__file__).parents[3] / "schema").scheme


def test_keys_go_to_holders_then_to_the_questions_on_the_article() -> None:
    assert holder_keys(SCHEME) == {"author": "4", "RESIDENTS": "5"}
    assert article_keys(SCHEME) == {
        ("MARKET_MOVE", "against"): "6", ("MARKET_MOVE", "none"): "7", ("MARKET_MOVE", "favor"): "8",
        ("PLASTIC_LEVY", "against"): "9", ("PLASTIC_LEVY", "none"): "0", ("PLASTIC_LEVY", "favor"): "q",
    }  # fmt: skip


def test_no_key_is_given_twice_and_none_that_the_screen_needs() -> None:
    targets = tuple(dataclasses.replace(SCHEME.targets[0], const=f"T{number}") for number in range(20))
    many = dataclasses.replace(SCHEME, targets=targets)
    given = [*holder_keys(many).values(), *article_keys(many).values()]
    own = [label.key for label in (*SCHEME.entity_labels, *SCHEME.stances)]
    assert len(set(given)) == len(given) == 24
    assert not {*own, "u", "x"} & set(given)
