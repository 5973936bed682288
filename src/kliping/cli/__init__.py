"""The command line: thin. Parse, call, show; the only room that joins the others."""

from __future__ import annotations

import sys

import click

from kliping.cli.lazy import LazyGroup
from kliping.errors import KlipingError, without_secrets
from kliping.plain import plain

__all__ = ["main"]

COMMANDS = {
    "init": "kliping.cli.corpus:init",
    "normalise": "kliping.cli.corpus:normalise",
    "doubtful": "kliping.cli.doubtful:doubtful",
    "explain": "kliping.cli.explain:explain",
    "split": "kliping.cli.corpus:split",
    "predict": "kliping.cli.predict:predict",
    "sample": "kliping.cli.sample:sample",
    "studio": "kliping.cli.studio:studio",
    "push": "kliping.cli.push:push",
    "pull": "kliping.cli.pull:pull",
    "status": "kliping.cli.status:status",
    "relabel": "kliping.cli.relabel:relabel",
    "agree": "kliping.cli.agree:agree",
    "adjudicate": "kliping.cli.annotations:adjudicate",
    "release": "kliping.cli.release:release",
    "diff": "kliping.cli.versions:diff",
    "publish": "kliping.cli.publish:publish",
    "check": "kliping.cli.check:check",
    "verify": "kliping.cli.verify:verify",
}
"""Every command in the order of an article's way, and where it is; a module is imported when its command runs."""


@click.group(cls=LazyGroup, commands_at=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kliping", prog_name="kliping")
def cli() -> None:
    """From news clippings to versioned, annotated datasets.

    An article goes from raw bytes to a release by these commands, in this order. Each reads files and writes files, can
    be stopped and run again, and prints a receipt: what went in came out, or is listed with the reason.
    """


def main() -> None:
    """Run the command line; errors are sentences on standard error and an exit code."""
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        click.echo("kliping: stopped; run the command again to go on", err=True)
        sys.exit(130)
    except KlipingError as error:
        for line in str(error).splitlines():
            click.echo(plain(without_secrets(f"kliping: {line}")), err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        said = without_secrets(f"kliping: {place}{error.strerror or error}; nothing was half written")
        click.echo(plain(said), err=True)
        sys.exit(1)
