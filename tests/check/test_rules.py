"""What every rule has, and that each is proven by something it finds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.check.corpus import test_checking as test_corpus
from tests.check.corpus import test_versions
from tests.check.release import test_checking as test_release
from tests.check.release import test_croissant

from kliping.check import all_rules

if TYPE_CHECKING:
    from kliping.check.rules import Rule


def test_codes_are_there_once() -> None:
    codes = [rule.code for rule in all_rules()]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_says_what_is_true_why_and_how_to_mend_what_is_not(rule: Rule[Any]) -> None:
    assert re.fullmatch(r"E[1-6]\d\d", rule.code)
    assert rule.sentence
    assert rule.find.__doc__
    assert rule.mend.endswith(".")
    assert rule.example is not None
    assert rule.example.good != rule.example.bad


LOADED = {"E690", "E691", "E692", "E693"}
"""What a consumer's load finds; `release/test_load.py` breaks each."""
EXCEPTIONS = {"E206", "E310", "E311", "E312"}
"""About exceptions; the tests in `exceptions/` break each."""


def test_every_rule_is_proven_by_something_broken() -> None:
    breaks = (test_corpus.BREAKS, test_release.BREAKS, test_croissant.BREAKS, test_versions.BREAKS)
    broken = {code for broken_ways in breaks for code, _ in broken_ways.values()}

    assert {rule.code for rule in all_rules()} - broken == LOADED | EXCEPTIONS
