"""What a rule is about: what it says, why, how to mend what breaks it, and an example of each."""

from __future__ import annotations

from difflib import get_close_matches
from inspect import getdoc
from typing import TYPE_CHECKING

from kliping.check.reporting.display import visible
from kliping.check.reporting.groups import LEVELS, known_rules
from kliping.errors import CallError
from kliping.records import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Explanation", "explain"]

PAGE = "docs/reference/findings.md"
"""Where the documentation lays all rules out."""

_OTHERS = {
    "R": "`kliping release` refuses so, and the sentence beside it says what to do; see docs/how-to/release.md",
    "V": "`kliping verify` finds so, and the sentence beside it says what to do; see docs/how-to/load.md",
}
"""Codes by their letter that belong to no rule."""


class Explanation(Record, frozen=True):
    """A rule as it is explained; `path` is the example's file or config, None where there is no example."""

    code: str
    level: int
    about: str
    rule: str
    why: str
    mend: str
    path: str | None
    passes: str | None
    fails: str | None
    page: str

    def lines(self) -> Iterator[str]:
        """The explanation as people read it."""
        yield f"{self.code}, level {self.level} ({self.about}): {self.rule}"
        yield from ("", *self.why.splitlines())
        if self.mend:
            yield from ("", f"To mend it: {self.mend}")
        if self.path is not None:
            yield from ("", f"Passes, in {self.path}:", *_indented(self.passes or "(without what fails below)"))
            yield from ("", f"Fails, in {self.path}:", *_indented(self.fails or "(without what passes above)"))
        yield from ("", f"See also {self.page}")


def explain(code: str) -> Explanation:
    """What is to be known of a rule, by its code in any case of the letter.

    Raises:
        CallError: no rule has that code.
    """
    wanted, rules = code.strip().upper(), known_rules()
    if wanted not in rules:
        raise CallError(_unknown(wanted, rules))
    rule, example = rules[wanted], rules[wanted].example
    return Explanation(
        code=rule.code,
        level=rule.level,
        about=LEVELS[rule.level],
        rule=rule.sentence,
        why=getdoc(rule.find) or "",
        mend=rule.mend,
        path=None if example is None else example.path,
        passes=None if example is None else example.good,
        fails=None if example is None else example.bad,
        page=f"{PAGE}#{rule.code.lower()}",
    )


def _unknown(code: str, codes: Collection[str]) -> str:
    if code[:1] in _OTHERS and code[1:].isdecimal():
        return f"{code} is no rule of the check; {_OTHERS[code[0]]}"
    near = get_close_matches(code, codes, n=3, cutoff=0.7)
    asked = f"did you mean {' or '.join(near)}" if near else "codes look like E301"
    return f"{code!r} is no rule: {asked}; {PAGE} has them all"


def _indented(text: str) -> Iterator[str]:
    """The lines of an example, with codes for what nobody would see, the end of the last included."""
    body = text.removesuffix("\n").removesuffix("\r")
    *lines, last = body.split("\n")
    yield from (f"    {visible(line)}" for line in (*lines, last + text[len(body) :]))
