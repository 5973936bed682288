"""`kliping check`: what is wrong with the corpus, or with a release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kliping.cli.check.mending import fix_options, mend_first
from kliping.cli.check.output import FORMATS, show, write_lines
from kliping.cli.show import json_option
from kliping.errors import CallError

if TYPE_CHECKING:
    from kliping.cli.check.output import Form

__all__ = ["check"]


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "-C",
    "start",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="The corpus; by default the nearest folder from here, or from FOLDER, up.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="For people (as without it), machines, or GitHub's pull requests.",
)
@json_option
@click.option("--all", "everything", is_flag=True, help="Show every finding, not only the first few of each rule.")
@click.option("--since", metavar="REV", help="Tell only what the corpus at this git revision did not have.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes; by default one a core if it pays.")
@fix_options
@click.option("--explain", "code", metavar="CODE", help="Tell about a rule: why it is one, how to mend, examples.")
def check(  # noqa: PLR0913, PLR0917 — each is an option
    folder: Path | None,
    start: str | None,
    form: Form | None,
    since: str | None,
    code: str | None,
    workers: int | None,
    *,
    fix: bool,
    dry_run: bool,
    as_json: bool,
    everything: bool,
) -> None:
    """Find everything wrong with the corpus, or with the release in FOLDER.

    Prints a line a finding: its place, the rule's code, what is wrong and what to do; then the words it is about, and
    once for each rule how to mend it. Exits with 1 where there is a finding. Needs no server and no secret.

    \b
    Examples:
        kliping check
        kliping check releases/my-corpus-0.1.0
        kliping check --since origin/main --format github
        kliping check --fix --dry-run
        kliping check --explain E301
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    if as_json and form not in (None, "json"):
        raise CallError(f"--json and --format {form}: two forms; choose one")
    form = "json" if as_json else form or "people"
    if code is not None:
        if folder is not None or since is not None or fix:
            raise CallError("--explain is about a rule; leave FOLDER, --since and --fix out")
        _explain(code, form)
        return
    mend_first(folder, start, fix=fix, dry_run=dry_run, apart=form != "people")
    from kliping.cli.check.subject import report_of

    report = report_of(folder, start, since, workers)
    show(report, form, everything=everything)
    if report.findings:
        sys.exit(1)


def _explain(code: str, form: Form) -> None:
    import msgspec

    from kliping.check.reporting import explain

    explanation = explain(code)
    write_lines([msgspec.json.encode(explanation).decode()] if form == "json" else explanation.lines())
