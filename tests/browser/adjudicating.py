"""The adjudicator's screen as a person works it: the annotators' own, and questions beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.screen import _REGIONS, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Locator

__all__ = ["Adjudicating"]


class Adjudicating(Screen):
    """A task of the adjudication project, open in the labelling screen. Questions count from 1."""

    def questions(self) -> list[str]:
        """What each row asks, and what annotators said."""
        return [row.locator("h4").inner_text() for row in self._rows().all()]

    def answer(self, number: int, shown: str, why: str = "") -> None:
        """Choose an answer by the words it shows, and write down why."""
        row = self._rows().nth(number - 1)
        row.locator(f"input[name='{shown}']").check()
        if why:
            row.locator("input[type=text]").fill(why)
            row.locator("input[type=text]").press("Enter")

    def add(self, label: str, words: str, nth: int = 0) -> None:
        """Mark words under one of the annotators' labels, which is clicked: an answer has the keys after its click."""
        before = len(self.marked())
        self.page.locator(".lsf-label:visible", has_text=label).first.click()
        left, top, right, bottom = self._place(words, nth)
        mouse = self.page.mouse
        mouse.move(left + 0.5, top)
        mouse.down()
        mouse.move((left + right) / 2, bottom, steps=3)
        mouse.move(right - 0.5, bottom, steps=3)
        mouse.up()
        # The side panel's list holds only what is in sight, so the text tells when the region is there.
        self.page.wait_for_function(f"() => ({_REGIONS})().length > {before}")

    def answers(self) -> list[str]:
        """The chosen answers, in the order of the questions."""
        return [str(one.get_attribute("name")) for one in self._rows().locator("input:checked").all()]

    def layers(self) -> dict[str, str]:
        """What is written on the regions in the text, such as `B: Orang`, each with the colour it has there."""
        found: dict[str, str] = self.page.evaluate(_LAYERS)
        return found

    def _rows(self) -> Locator:
        return self.page.locator("div:has(> h4):has(> .lsf-choices):has(> .lsf-text-area)")


_LAYERS = """() => Object.fromEntries([...document.querySelectorAll('.lsf-htx-richtext .htx-highlight')].map(span =>
  [span.dataset.label.replace(/^[0-9]+:/, ''), getComputedStyle(span).backgroundColor]))"""
"""The number before a label is the region's in the side panel."""
