"""Reporters: what a check found, for people, for machines, and for GitHub; and what a rule is about."""

from __future__ import annotations

from kliping.check.reporting.explanation import Explanation, explain
from kliping.check.reporting.github import for_github, summary
from kliping.check.reporting.machines import for_machines
from kliping.check.reporting.people import for_people
from kliping.check.reporting.report import Excepted, Report, Since, Subject

__all__ = [
    "Excepted",
    "Explanation",
    "Report",
    "Since",
    "Subject",
    "explain",
    "for_github",
    "for_machines",
    "for_people",
    "summary",
]
