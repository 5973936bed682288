"""The short form of the guidelines becomes HTML that is safe, and that Label Studio leaves as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.contract.labeling import instruction

ROOT = Path(__file__).parents[3]

GUIDELINES = """\
# Guidelines

## 1. Entities

Mark names.

## Summary

Read **all** of it first.

1. Mark *names*, also in
   the title: `PERSON`.
2. No titles & no <script>alert("x")</script>.

### Skipping

- See [the page](https://pos.example/a?b=c).

## Ringkasan

Baca dulu.
"""


def test_the_section_of_the_language_is_shown() -> None:
    assert instruction(GUIDELINES, "id-ID") == "<p>Baca dulu.</p>"


def test_lists_are_paragraphs_with_their_numbers_and_everything_but_emphasis_is_escaped() -> None:
    assert instruction(GUIDELINES, "en") == (
        "<p>Read <b>all</b> of it first.</p>"
        "<p>1. Mark <i>names</i>, also in the title: <code>PERSON</code>.</p>"
        '<p>2. No titles &amp; no &lt;script&gt;alert("x")&lt;/script&gt;.</p>'
        "<p><b>Skipping</b></p>"
        "<p>• See the page.</p>"
    )


def test_another_language_gets_the_summary_and_then_whatever_there_is() -> None:
    assert instruction(GUIDELINES, "nl") == instruction(GUIDELINES, "en")
    assert instruction("## ringkasan ##\nBaca.", "en") == "<p>Baca.</p>"


@pytest.mark.parametrize("guidelines", ["", "# Guidelines\n\nMark names.\n", "## Summary"])
def test_guidelines_without_a_short_form_give_nothing(guidelines: str) -> None:
    assert instruction(guidelines, "en") == ""


def test_the_samples_guidelines_have_a_short_form() -> None:
    shown = instruction((ROOT / "annotations" / "guidelines.md").read_text(encoding="utf-8"), "id")
    assert shown.startswith("<p>1. ")
    assert shown.count("<p>") == 11


@given(st.text(alphabet="ab<>&\"'`*[]()#-1. \n", max_size=60))
def test_no_tag_comes_through_but_ours(words: str) -> None:
    shown = instruction(f"## Summary\n{words}", "en")
    for tag in ("p", "b", "i", "code"):
        shown = shown.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in shown
    assert ">" not in shown
