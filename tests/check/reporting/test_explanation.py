"""What is told about a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from kliping.check import all_rules
from kliping.check.reporting import explain
from kliping.check.reporting.groups import LEVELS
from kliping.errors import CallError

if TYPE_CHECKING:
    from kliping.check.rules import Rule


def test_a_rule_is_told_whole() -> None:
    assert list(explain("e312").lines()) == [
        "E312, level 3 (references): an exception is needed",
        "",
        "An exception that allows nothing today would hide what goes wrong tomorrow.",
        "",
        "To mend it: Take the line out.",
        "",
        "Passes, in corpus/exceptions.jsonl:",
        "    nothing for a rule that a release keeps",
        "",
        "Fails, in corpus/exceptions.jsonl:",
        "    a line for a rule that a release keeps",
        "",
        "See also docs/reference/findings.md#e312",
    ]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_can_be_explained(rule: Rule[Any]) -> None:
    explained = explain(rule.code)

    assert (explained.rule, explained.mend, explained.about) == (rule.sentence, rule.mend, LEVELS[rule.level])
    assert explained.why
    assert all("\n" not in line for line in explained.lines())


def test_what_nobody_would_see_in_an_example_is_told_by_its_code() -> None:
    example = replace(explain("E103"), path="a.jsonl", passes="{}\n[]\n", fails="\ufeff{}\r\n")

    assert [line for line in example.lines() if line.startswith("    ")] == [
        "    {}",
        "    []<U+000A>",
        "    <U+FEFF>{}<U+000D><U+000A>",
    ]


UNKNOWN = {
    "a slip": ("E3122", "'E3122' is no rule: did you mean E312"),
    "nothing like a code": (
        "spans",
        "'SPANS' is no rule: codes look like E301; docs/reference/findings.md has them all",
    ),
    "a refusal of a release": (
        "R105",
        "R105 is no rule of the check; `kliping release` refuses so, and the sentence beside it says what to do",
    ),
    "a finding of verify": ("v101", "V101 is no rule of the check; `kliping verify` finds so"),
}


@pytest.mark.parametrize(("code", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_of_an_unknown_code_near_ones_are_told(code: str, said: str) -> None:
    with pytest.raises(CallError) as caught:
        explain(code)

    assert str(caught.value).startswith(said)
