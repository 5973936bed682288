"""Which version may come next: the least that its differences from the version before allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.release.card.changelog import semantic
from kliping.release.versions.changes import RULES, Level
from kliping.release.versions.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kliping.release.versions.changes import Kind
    from kliping.release.versions.difference import Difference

__all__ = ["bumped", "follows", "greater", "predecessor", "summary", "too_little"]

_NAMED = 3
"""How many changes a reason names."""


def bumped(version: str, level: Level | None) -> str:
    """The least version above another by a level: `1.2.3` by a minor one is `1.3.0`; None counts as patch."""
    major, minor, patch = semantic(version)
    if level is Level.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level is Level.MINOR else f"{major}.{minor}.{patch + 1}"


def predecessor(recorded: Sequence[str], version: str) -> str | None:
    """The greatest recorded version below one; None where it is the first."""
    below = [one for one in recorded if semantic(one) < semantic(version)]
    return max(below, key=semantic, default=None)


def greater(recorded: Sequence[str], version: str) -> str | None:
    """The least recorded version above one; None where it is the newest."""
    above = [one for one in recorded if semantic(one) > semantic(version)]
    return min(above, key=semantic, default=None)


def follows(difference: Difference) -> str:
    """The least version that may hold what the newer side of a difference holds."""
    return bumped(difference.old.version, difference.level)


def summary(difference: Difference) -> str:
    """Such as `minor: 2 articles added, 1 stance flipped since 0.1.0`."""
    if difference.level is None:
        return f"patch: nothing changed since {difference.old.version}"
    told = ", ".join(RULES[kind].told(number) for kind, number in difference.counts.items())
    return f"{difference.level}: {told} since {difference.old.version}"


def too_little(difference: Difference, version: str, above: str | None = None) -> list[str]:
    """Why a version says less than what changed: a line a reason, then what to choose; nothing where it says enough.

    Args:
        difference: from the version before.
        version: what the new one is to be called.
        above: the least version above it that is recorded already.
    """
    old, least = difference.old.version, follows(difference)
    if semantic(version) >= semantic(least):
        return []
    reasons = [f"{version} is too little after {old}: {reason}" for reason in _reasons(difference, version)]
    if above is not None and semantic(least) >= semantic(above):
        choice = (
            f"no version between {old} and {above} may hold this, and {above} is released already; choose one above "
            "the newest: `kliping release --dry-run` tells which"
        )
    else:
        choice = f"choose {least} or later"
    return [*reasons, choice]


def _reasons(difference: Difference, version: str) -> Iterator[str]:
    """Each kind of change that asks for more than the version gives."""
    for kind, number in difference.counts.items():
        rule = RULES[kind]
        if semantic(version) < semantic(bumped(difference.old.version, rule.level)):
            yield f"{rule.level}: {rule.told(number)} ({_named(difference, kind, number)}): {rule.why}"


def _named(difference: Difference, kind: Kind, number: int) -> str:
    """The articles, or else what changed, of a kind: the first few, and how many more changes there are."""
    examples = difference.examples.get(kind, ())
    names = [name or in_words(change) for name, change in examples[:_NAMED]]
    more = number - len(names)
    return ", ".join(dict.fromkeys(names)) + (f" and {more:,} more" if more else "")
