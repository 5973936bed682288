"""`kliping diff`: how two versions differ, for people, for machines and for release notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kliping.project import Corpus

if TYPE_CHECKING:
    from kliping.release.versions.sides import Side

__all__ = ["diff"]


@click.command()
@click.argument("versions", nargs=2, metavar="OLD NEW")
@click.option(
    "-C",
    "place",
    metavar="DIR",
    default=".",
    help="The corpus, where a version is named; by default the nearest folder from here up with [tool.kliping].",
)
@click.option("--most", type=click.IntRange(min=0), default=10, show_default=True, help="How many of each are listed.")
@click.option("--all", "everything", is_flag=True, help="List all of each.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON, by article.")
@click.option("--markdown", is_flag=True, help="Print a section for corpus/CHANGELOG.md.")
def diff(  # noqa: PLR0913 — each is an option
    versions: tuple[str, str], place: str, *, most: int, everything: bool, as_json: bool, markdown: bool
) -> None:
    """Tell how two versions of a corpus differ, and which bump follows from it.

    OLD and NEW are each a version that corpus/versions records (its Parquet files are not needed) or the folder of a
    release, anywhere (no corpus is needed). Mentions are START-END LABEL, in code points; stances TARGET by HOLDER.

    \b
    Examples:
        kliping diff 0.1.0 0.2.0
        kliping diff ~/Downloads/harsa-0.1.0 releases/harsa-0.2.0 --all
        kliping diff 0.1.0 0.2.0 --markdown
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.cli.difference import one_form, show_difference

    form = one_form(json=as_json, markdown=markdown)
    old, new = (_side(named, place) for named in versions)
    show_difference(old, new, form, most=None if everything else most)


def _side(named: str, place: str) -> Side:
    from kliping.release.versions.record import is_version
    from kliping.release.versions.sides import folder_side, recorded_side

    if is_version(named):
        return recorded_side(Corpus.open(place), named)
    return folder_side(Path(named).expanduser())
