"""The rules about exceptions: each has its form, is about a rule and a release that are there, lasts, and is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kliping.check.exceptions.reading import EXCEPTIONS, Stated, read_exceptions
from kliping.check.lines import LINE_RULES
from kliping.check.rules import Example, RuleList
from kliping.contract.addresses import ADDRESS
from kliping.contract.exceptions import exception_faults, exception_fields
from kliping.release.versions.record import recorded_versions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kliping.check.exceptions.reading import Allowance
    from kliping.check.lines import Line
    from kliping.check.rules import Fault
    from kliping.project import Corpus
    from kliping.records import Finding

__all__ = [
    "EXCEPTION_RULES",
    "EXPIRY_RULES",
    "NEED_RULES",
    "ExceptionSeen",
    "Used",
    "ended_findings",
    "exception_findings",
]


@dataclass(frozen=True, slots=True)
class ExceptionSeen:
    """A line of exceptions, the exception where it is one, and what it may be about."""

    line: Line
    exception: Allowance | None
    codes: frozenset[str]
    versions: frozenset[str]


class Dated(NamedTuple):
    """An exception, and the day of the check."""

    stated: Stated
    today: date


class Used(NamedTuple):
    """An exception for the release that was checked, and how many findings it allows there."""

    stated: Stated
    findings: int


EXCEPTION_RULES: RuleList[ExceptionSeen] = RuleList()
EXPIRY_RULES: RuleList[Dated] = RuleList()
"""Rules that need to know the day: no release asks them, or it could not be built again tomorrow."""
NEED_RULES: RuleList[Used] = RuleList()
"""Rules that need the release: only its check asks them."""


def exception_findings(corpus: Corpus) -> Iterator[Finding]:
    """What is wrong with the exceptions of a corpus, on whatever day."""
    from kliping.check import all_rules  # these are among them

    known, versions = frozenset(rule.code for rule in all_rules()), frozenset(recorded_versions(corpus))
    for line, exception in read_exceptions(corpus):
        yield from LINE_RULES.findings(line)
        if line.value is not None:
            yield from EXCEPTION_RULES.findings(ExceptionSeen(line, exception, known, versions))


def ended_findings(corpus: Corpus, today: date) -> Iterator[Finding]:
    """The exceptions of a corpus that have ended."""
    for line, exception in read_exceptions(corpus):
        if exception is not None:
            yield from EXPIRY_RULES.findings(Dated(Stated(line.place, exception), today))


_GOOD = (
    '{"version":"0.1.0","code":"E638","path":"README.md","reason":"released before the rule was there",'
    '"by":"maintainer","date":"2026-01-31","until":null}'
)


@EXCEPTION_RULES(
    "E206",
    "an exception has its form",
    mend="Write version, code, path, reason, by, date and until, in this order; path and until may be null.",
    example=Example(EXCEPTIONS, "", '{"version":"0.1.0","code":"E638"}'),
)
def exceptions_have_their_form(seen: ExceptionSeen) -> Iterator[Fault]:
    """An exception lets something wrong pass, for ever or until a day.

    Who reads the corpus later must see what it is, who allowed it, when and why. A role or a pseudonym says who.
    """
    value = seen.line.value or {}
    faults = list(exception_faults(value))
    for fault in faults:
        yield seen.line.place, f"{fault}; mend the line, or take it out"
    if not faults and tuple(value) != exception_fields():
        yield seen.line.place, f"its keys are in another order than {', '.join(exception_fields())}; write them so"
    if any(ADDRESS.search(word) for word in value.values() if isinstance(word, str)):
        yield seen.line.place, "has an e-mail address; write a role or a pseudonym in its place"


@EXCEPTION_RULES(
    "E310",
    "an exception is about a rule that there is and a release on record",
    mend="Correct the code or the version, or take the line out.",
    example=Example(EXCEPTIONS, "", _GOOD.replace("E638", "E999")),
)
def exceptions_are_about_something(seen: ExceptionSeen) -> Iterator[Fault]:
    """An exception with a slip in its code or version allows nothing, and nobody would notice.

    There are none for a version that is yet to be released: it can still be mended.
    """
    one = seen.exception
    if one is None:
        return
    if one.code not in seen.codes:
        yield seen.line.place, f"no rule is called {one.code}; correct the code, or take the line out"
    if one.version not in seen.versions:
        yield seen.line.place, f"{one.version} is not in corpus/versions; only a release on record can have exceptions"


@EXPIRY_RULES(
    "E311",
    "an exception has not ended",
    mend="Take the line out, or, where it is still right, give it another day and a new date.",
    example=Example(EXCEPTIONS, "", _GOOD.replace('"until":null', '"until":"2026-02-28"')),
)
def exceptions_have_not_ended(dated: Dated) -> Iterator[Fault]:
    """A day on which an exception ends is a promise to look again; past it, the finding counts once more."""
    until = dated.stated.exception.until
    if until is not None and until < dated.today.isoformat():
        yield dated.stated.place, f"ended on {until}; take the line out, or allow it anew"


@NEED_RULES(
    "E312",
    "an exception is needed",
    mend="Take the line out.",
    example=Example(EXCEPTIONS, "nothing for a rule that a release keeps", "a line for a rule that a release keeps"),
)
def exceptions_are_needed(used: Used) -> Iterator[Fault]:
    """An exception that allows nothing today would hide what goes wrong tomorrow."""
    if not used.findings:
        one = used.stated.exception
        where = f" in {one.path}" if one.path else ""
        yield used.stated.place, f"the release {one.version} has no finding of {one.code}{where}; take the line out"
