"""What went in and what came out, by article and annotator, in the mirror.

A receipt is summed up from it, not counted from lists: it says the same of a pull with nothing new as of a whole one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.records import Count
from kliping.studio.results.tally import KINDS

if TYPE_CHECKING:
    from kliping.studio.pull.deriving import Derived
    from kliping.studio.pull.mirror import Mirror

__all__ = ["WHAT", "keep_tallies", "remarked", "totals"]

WHAT = (*KINDS, "skips")
"""What a receipt counts, besides the annotators themselves."""


def keep_tallies(mirror: Mirror, article: str, derived: Derived) -> None:
    """Take in what was counted of an article, in place of what was counted before."""
    for table in ("tallies", "remarks"):
        mirror.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608 — names of our own
    rows = [
        (article, annotator, what, taken[what], kept[what], aside[what])
        for annotator, (taken, kept, aside) in derived.tallies.items()
        for what in WHAT
        if taken[what] or kept[what] or aside[what]
    ]
    mirror.executemany("INSERT INTO tallies VALUES (?, ?, ?, ?, ?, ?)", rows)
    said = [(article, name, remark.partition(":")[0], remark) for name, remark in derived.remarks]
    mirror.executemany("INSERT INTO remarks VALUES (?, ?, ?, ?)", said)


def totals(mirror: Mirror) -> tuple[Count, ...]:
    """The lines of a receipt of all that the server has."""
    summed = mirror.execute("SELECT what, sum(taken), sum(kept), sum(set_aside) FROM tallies GROUP BY what")
    found = {
        str(what): Count(what=what, taken=taken, kept=kept, set_aside=aside) for what, taken, kept, aside in summed
    }
    return (*(found.get(what, Count(what=what, taken=0, kept=0)) for what in WHAT), _annotators(mirror))


def remarked(mirror: Mirror, few: int) -> list[tuple[str, int, list[str]]]:
    """Remarks by their code: how many, and the names of the first annotations that have one."""
    found = mirror.execute("SELECT code, count(*) FROM remarks GROUP BY code ORDER BY code").fetchall()
    asked = "SELECT DISTINCT name FROM remarks WHERE code = ? ORDER BY name LIMIT ?"
    return [(code, times, [name for (name,) in mirror.execute(asked, (code, few))]) for code, times in found]


def _annotators(mirror: Mirror) -> Count:
    """Whose work came; set aside is who has nothing but quarantined submissions."""
    came, stayed, fell = mirror.execute(
        "SELECT count(*), count(iif(kept > 0, 1, NULL)), count(iif(kept = 0 AND aside > 0, 1, NULL)) FROM ("
        "SELECT sum(kept) AS kept, sum(set_aside) AS aside FROM tallies WHERE what = 'annotations' GROUP BY annotator)"
    ).fetchone()
    return Count(what="annotators", taken=came, kept=stayed, set_aside=fell)
