"""A Sphinx directive, `sample-diff`, that shows what the sample's recorded versions differ by, as the command prints it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from kliping.cli import cli

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).parents[1]


class SampleDiff(SphinxDirective):
    """`{sample-diff} OPTION…`: `kliping diff` of the two versions that `corpus/versions` records."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """What the command prints, as a literal block."""
        records = sorted((ROOT / "corpus/versions").glob("*.json*"))
        for record in records:
            self.env.note_dependency(str(record))
        options = self.arguments[0].split() if self.arguments else []
        done = CliRunner().invoke(cli, ["diff", "0.1.0", "0.2.0", "-C", str(ROOT), *options])
        if done.exit_code:
            raise ExtensionError(f"kliping diff 0.1.0 0.2.0: {done.output or done.exception}")
        return [nodes.literal_block(done.output, done.output, language="text")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Make the directive known."""
    app.add_directive("sample-diff", SampleDiff)
    return {"parallel_read_safe": True}
