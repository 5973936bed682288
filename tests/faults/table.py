"""The table of the faults: a row a command, as it goes into a note; and a row an instant."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.faults.killing import Kill, State

__all__ = ["DETAILS", "OTHERS", "SUMMARY", "detail", "summary"]

STATES: dict[State, str] = {
    "nothing": "nothing",
    "beside": "something beside its place",
    "part": "part",
    "all": "all",
}

SUMMARY = """\
| command | instants | killed | ended before | what the killed ones had written | after the next run | on the server |
| --- | --- | --- | --- | --- | --- | --- |"""

DETAILS = """\
| command | instant | how | what had been written |
| --- | --- | --- | --- |"""

OTHERS = """\
| command | fault | tried | how it ended | afterwards |
| --- | --- | --- | --- | --- |"""


def detail(kill: Kill) -> str:
    """The row of an instant."""
    return f"| {kill.command} | {kill.instant:.3f} s | {kill.how} | {kill.seen} |"


def summary(kills: Sequence[Kill]) -> str:
    """The row of a command. Whatever was not as undisturbed has ended the run with an AssertionError before."""
    killed = [one for one in kills if one.how != "ended before"]
    states = Counter(one.state for one in killed)
    told = ", ".join(f"{states[state]} {words}" for state, words in STATES.items() if states[state])
    alone = sum(one.how == "killed alone" for one in killed)
    times = f"{len(killed)}, {alone} of them without its workers" if alone else str(len(killed))
    duplicates = [one.duplicates for one in kills if one.duplicates is not None]
    server = f"{sum(duplicates)} duplicates" if duplicates else "–"
    return (
        f"| {kills[0].command} | {len(kills)} | {times} | {len(kills) - len(killed)} | {told} "
        f"| as undisturbed, byte for byte; no draft left; then 0 changes | {server} |"
    )
