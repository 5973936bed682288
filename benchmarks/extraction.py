"""Article extraction from real pages beside other libraries: quality against truth made by hand, and pages a second.

The pages are not in the project; the script that compares knows where they are. It is looked for beside the project.
Ours is judged by trees that saw no page of the same publisher (`cross_validated`): what the shipped ones say of pages
that they were grown on is worth nothing. `extract` is for other pages.

    python -m benchmarks.extraction [SCRIPT [OPTION ...]]
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kliping.errors import Rejected
from kliping.normaliser.assembly import assemble
from kliping.normaliser.examination import examine
from kliping.normaliser.lines import BLOCK_ROLES
from kliping.normaliser.page import read_page
from kliping.normaliser.raw import Raw, Reading
from kliping.normaliser.rules import apply_rules
from kliping.normaliser.text.decoding import declared_charset, decode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kliping.normaliser.lines import Lines
    from kliping.normaliser.page.trees import Trees
    from kliping.normaliser.stated import Stated

__all__ = ["cross_validated", "extract", "main"]

SCRIPT = Path(__file__).parents[2] / "shared/tools/extract_bench.py"
PAGES = SCRIPT.parents[1] / "extraction"
PEERS = ("trafilatura", "newspaper4k", "resiliparse", "readability")
_DATELINE = frozenset({"place", "agency", "date"})
_READING = Reading()


def extract(html: bytes, url: str) -> dict[str, Any]:
    """Body, title, authors, date and topics of a page; empty where it is rejected."""
    try:
        found = examine(Raw(html, url=url, media_type="text/html"), _READING)
    except Rejected:
        return {}
    return _fields(found.lines, found.stated)


def cross_validated(html: bytes, url: str) -> dict[str, Any]:
    """The same for one of `PAGES`, by trees that saw no page of its publisher. The first call grows them."""
    from benchmarks.labelled import site

    trees = _held_out()[site(url)]
    try:
        page = read_page(decode(html, declared_charset(html), lenient=True), url, trees)
    except Rejected:
        return {}
    return _fields(apply_rules(page.lines), page.stated)


def _fields(lines: Lines, stated: Stated) -> dict[str, Any]:
    parts = assemble(lines, stated.authors, stated.topics)
    return {
        "text": _body(lines),
        "title": parts.title,
        "authors": list(parts.authors),
        "date": stated.published,
        "topics": list(parts.topics),
    }


def _body(lines: Lines) -> str:
    """The blocks but the title, a line each, with what the dateline took from them."""
    texts = (
        " ".join(segment.text for segment in line.segments if segment.role in BLOCK_ROLES | _DATELINE)
        for line in lines
        if line.role != "title"
    )
    return "\n".join(text for text in texts if text)


@cache
def _held_out() -> Mapping[str, Trees]:
    """For each publisher, trees grown on pages of others."""
    from benchmarks.labelled import labelled_pages
    from benchmarks.train_extractor import SEED, fit, folds, read_pair

    from kliping.normaliser.page.trees import planted

    pairs = [read_pair(page) for page in labelled_pages(PAGES)]
    found: dict[str, Trees] = {}
    for fold in folds(pairs, SEED):
        trees = planted(fit([pair for place, pair in enumerate(pairs) if place not in fold], SEED))
        found |= {pairs[place].real.publisher: trees for place in fold}
    return found


def main(arguments: Sequence[str] = ()) -> None:
    """Run the comparison, or say what it needs."""
    script, *options = arguments or [str(SCRIPT)]
    if not Path(script).exists():
        print(f"{script}: not there, so no page is compared; give it: python -m benchmarks.extraction SCRIPT")
        return
    names = ["benchmarks.extraction:cross_validated", *PEERS]
    subprocess.run([sys.executable, script, *names, *options], check=True)  # noqa: S603 — the caller's own script


if __name__ == "__main__":
    main(sys.argv[1:])
