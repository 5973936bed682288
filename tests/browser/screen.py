"""The annotator's screen as a person works it: real key presses, real drags over the text, nothing by script.

What a test asks of the screen is read from what the page shows, never from the editor's own state. Words are named as
they stand in the text; `nth` counts the places where they stand, from 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Response, ViewportSize

__all__ = ["VIEWPORT", "Screen", "Seen", "log_in"]

VIEWPORT: ViewportSize = {"width": 1366, "height": 768}
"""A small laptop's screen, in CSS pixels: what has to be in sight must be so here."""

_TEXT = ".lsf-htx-richtext"
_SUBMIT = "[data-testid=bottombar-submit-button], [data-testid=bottombar-update-button]"

_PLACE = """([words, nth]) => {
  const walker = document.createTreeWalker(document.querySelector('.lsf-htx-richtext'), NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = '';
  while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
  let at = -1;
  for (let found = 0; found <= nth; found++) { at = text.indexOf(words, at + 1); if (at < 0) return null; }
  const end = at + words.length;
  const [first, before] = nodes.find(([node, start]) => at >= start && at < start + node.length);
  const [last, until] = nodes.find(([node, start]) => end > start && end <= start + node.length);
  const range = document.createRange();
  range.setStart(first, at - before);
  range.setEnd(last, end - until);
  first.parentElement.scrollIntoView({ block: 'center' });
  const lines = [...range.getClientRects()].filter(line => line.width > 0);
  const [from, to] = [lines[0], lines[lines.length - 1]];
  return [from.left, from.top + from.height / 2, to.right, to.top + to.height / 2];
}"""
"""Where words stand on the page: the middle of their left edge and of their right edge, in pixels."""

_REGIONS = """() => {
  const found = new Map();
  for (const span of document.querySelectorAll('.lsf-htx-richtext .htx-highlight')) {
    const region = [...span.classList].find(name => name.startsWith('htx-highlight-'));
    found.set(region, (found.get(region) ?? '') + span.textContent);
  }
  return [...found.values()];
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the side panel's list says of a region: its label and its words."""

    label: str
    words: str


def log_in(page: Page, url: str, address: str, password: str) -> None:
    """Log in as a person does."""
    page.goto(f"{url}/user/login/")
    page.fill("input[name=email]", address)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda place: "/user/login" not in place)


class Screen:
    """A task, open in the labelling screen of a server where the page's user is logged in."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, project: int, task: int) -> None:
        """Open a task from the project's list."""
        self.page.goto(f"{self.url}/projects/{project}/data?task={task}")
        self._ready()

    def open_next(self, project: int, *, close: bool = True) -> None:
        """Open whatever task the server offers next, as "Label All Tasks" does; only here can a task be skipped.

        The instructions come first, and are closed where `close` says so.
        """
        self.page.goto(f"{self.url}/projects/{project}/data?labeling=1")
        self._ready()
        if close:
            self.close_instructions()

    def begin(self) -> None:
        """Begin an annotation of one's own: what somebody else submitted is open, and would be changed."""
        self.page.get_by_label("Create an annotation").click()
        self.page.wait_for_selector("[data-testid=bottombar-submit-button]")
        self.page.wait_for_function(f"() => ({_REGIONS})().length === 0")

    def _ready(self) -> None:
        self.page.wait_for_selector(_TEXT)
        self.page.wait_for_selector(_SUBMIT)
        # What comes last, the task's drafts and holders, makes the screen anew, and would swallow a key press.
        self.page.wait_for_load_state("networkidle")

    def close_instructions(self) -> None:
        """Close the short form of the guidelines, where it is open."""
        close = self.page.locator(".lsf-modal-ls__header button")
        if close.count():
            close.click()
            close.wait_for(state="detached")

    # What a person does.

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as `p` or `Alt+r`."""
        for key in keys:
            self.page.keyboard.press(key)

    def mark(self, key: str, words: str, nth: int = 0) -> None:
        """Mark words as a mention: the label's key, then a drag over them."""
        before = len(self.marked())
        self.press(key)
        self.page.wait_for_selector(".lsf-label_selected")
        left, top, right, bottom = self._place(words, nth)
        mouse = self.page.mouse
        mouse.move(left + 0.5, top)
        mouse.down()
        mouse.move((left + right) / 2, bottom, steps=3)
        mouse.move(right - 0.5, bottom, steps=3)
        mouse.up()
        self.page.wait_for_function(f"before => ({_REGIONS})().length > before", arg=before)

    def select(self, words: str, nth: int = 0) -> None:
        """Click a marked mention, so that the questions on it appear."""
        self._click(words, nth)
        self.page.wait_for_selector(f"{_TEXT} .htx-highlight.__active")

    def choose(self, shown: str, question: str | None = None) -> None:
        """Tick a choice by the words it shows; of the row that asks `question`, where several rows show the same."""
        row = self.page.locator(".lsf-main-view")
        if question is not None:
            row = self.page.get_by_role("heading", name=question, exact=True).locator("..")
        row.locator(f"input[name='{shown}']:visible").first.check()

    def arrow(self, holder: str, target: str, *, holder_nth: int = 0, target_nth: int = 0) -> None:
        """Draw an arrow from one marked mention to another."""
        self.select(holder, holder_nth)
        self.press("Alt+r")
        self._click(target, target_nth)
        self.press("Escape")

    def name_arrow(self, side: str, nth: int = 0) -> None:
        """Give an arrow a side of its own, in the side panel; arrows count in the order in which they were drawn."""
        self._panel("Relations")
        arrow = self.page.locator(".lsf-relations__item").nth(nth)
        arrow.hover()
        arrow.get_by_label("Show Relation Labels").click()
        self.page.locator(".lsf-relation-meta button").last.click()
        self.page.get_by_role("option", name=side, exact=True).click()
        self.press("Escape")

    def comment(self, words: str) -> None:
        """Write into the comment field."""
        self.page.fill("[name=comment]", words)

    def submit(self) -> None:
        """Press Submit, or Update where the annotation was submitted before, and wait until it is stored."""
        with self.page.expect_response(_stores_annotation) as stored:
            self.page.locator(_SUBMIT).click()
        assert stored.value.ok, stored.value.status

    def skip(self) -> None:
        """Press Skip, and wait until it is stored."""
        with self.page.expect_response(_stores_annotation) as stored:
            self.page.locator("[data-testid=bottombar-skip-button]").click()
        assert stored.value.ok, stored.value.status

    def screenshot(self, path: Path) -> None:
        """A picture of what is in sight, for people to look at."""
        self.page.screenshot(path=path)

    # What a person sees.

    def instructions(self) -> str:
        """The short form of the guidelines, as it is shown."""
        return self.page.locator(".lsf-modal-ls__body").inner_text().strip()

    def text(self) -> str:
        """The article as shown, line by line."""
        lines: list[str] = self.page.locator(f"{_TEXT} .lsf-richtext__line").all_text_contents()
        return "\n".join(lines)

    def marked(self) -> list[str]:
        """The words of each marked region, as highlighted in the text, in its order."""
        found: list[str] = self.page.evaluate(_REGIONS)
        return found

    def ticked(self) -> list[str]:
        """The choices in sight that are ticked, by the words they show."""
        boxes = self.page.locator(".lsf-choice input:visible")
        return [str(box.get_attribute("name")) for box in boxes.all() if box.is_checked()]

    def arrows(self) -> list[str]:
        """The side that is written on each arrow that has one."""
        return self.page.locator("svg g text").all_text_contents()

    def mentions(self) -> list[Seen]:
        """The side panel's list of regions, in the order in which they were made."""
        self._panel("Regions")
        return [
            Seen(
                item.locator(".lsf-outliner-item__title").inner_text().split("\n")[0],
                item.locator(".lsf-outliner-item__text").inner_text().strip(),
            )
            for item in self.page.locator(".lsf-outliner-item").all()
        ]

    # How.

    def _panel(self, name: str) -> None:
        """Open a tab of the side panel, which Label Studio remembers for the next task."""
        self.page.locator(f"#{name}-draggable .lsf-panel-tabs__tab").first.click()

    def _click(self, words: str, nth: int) -> None:
        left, top, right, bottom = self._place(words, nth)
        self.page.mouse.click((left + right) / 2 if top == bottom else left + 2, top)

    def _place(self, words: str, nth: int) -> tuple[float, float, float, float]:
        place: Any = self.page.evaluate(_PLACE, [words, nth])
        while place != (again := self.page.evaluate(_PLACE, [words, nth])):  # the page still moves
            place = again
        assert place is not None, f"{words!r} does not stand {nth + 1} times in the text on the screen"
        left, top, right, bottom = place
        return left, top, right, bottom


def _stores_annotation(response: Response) -> bool:
    """Whether an answer is that of storing an annotation; drafts are another address."""
    path = re.sub(r"\?.*", "", response.url)
    return response.request.method in ("POST", "PATCH") and bool(re.search(r"/annotations(/\d+)?/?$", path))
