"""Article extraction from real pages beside other libraries: quality against truth made by hand, and pages a second.

`extract` is what the comparison calls for each page; it gives what `kliping normalise` takes as the body, the dateline
included. The pages are not in the project; the script that compares knows where they are. It is looked for beside it.

    python -m benchmarks.extraction [SCRIPT [OPTION ...]]
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kliping.errors import Rejected
from kliping.normaliser.assembly import assemble
from kliping.normaliser.examination import examine
from kliping.normaliser.lines import BLOCK_ROLES
from kliping.normaliser.raw import Raw, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.normaliser.lines import Lines

__all__ = ["extract", "main"]

SCRIPT = Path(__file__).parents[2] / "shared/tools/extract_bench.py"
PEERS = ("trafilatura", "newspaper4k", "resiliparse", "readability")
_DATELINE = frozenset({"place", "agency", "date"})
_READING = Reading()


def extract(html: bytes, url: str) -> dict[str, Any]:
    """Body, title, authors, date and topics of a page; empty where it is rejected."""
    try:
        found = examine(Raw(html, url=url, media_type="text/html"), _READING)
    except Rejected:
        return {}
    parts = assemble(found.lines, found.stated.authors, found.stated.topics)
    return {
        "text": body(found.lines),
        "title": parts.title,
        "authors": list(parts.authors),
        "date": found.stated.published,
        "topics": list(parts.topics),
    }


def body(lines: Lines) -> str:
    """The blocks but the title, a line each, with what the dateline took from them."""
    texts = (
        " ".join(segment.text for segment in line.segments if segment.role in BLOCK_ROLES | _DATELINE)
        for line in lines
        if line.role != "title"
    )
    return "\n".join(text for text in texts if text)


def main(arguments: Sequence[str] = ()) -> None:
    """Run the comparison, or say what it needs."""
    script, *options = arguments or [str(SCRIPT)]
    if not Path(script).exists():
        print(f"{script}: not there, so no page is compared; give it: python -m benchmarks.extraction SCRIPT")
        return
    names = ["benchmarks.extraction:extract", *PEERS]
    subprocess.run([sys.executable, script, *names, *options], check=True)  # noqa: S603 — the caller's own script


if __name__ == "__main__":
    main(sys.argv[1:])
