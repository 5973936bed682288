"""Adjudicating in Label Studio: what is open goes to a project of its own, what is decided there comes to the ledger.

`questions.py` says what is open in an article, `tasks.py` makes a task of it, `push.py` brings the tasks; `reading.py`
reads what an adjudicator submitted, `merging.py` lays it over the ledger, `fetch.py` does so for a whole project. What
an answer means is written in the question that the task carries, so that nothing rests on what is open today.
"""

from __future__ import annotations

from kliping.studio.adjudication.fetch import fetch_decisions
from kliping.studio.adjudication.push import push_questions

__all__ = ["fetch_decisions", "push_questions"]
