"""A Sphinx directive, `findings-page`, that lays the rules of `kliping check` out for people."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from kliping import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class FindingsPage(SphinxDirective):
    """`{findings-page} LEVEL`: the rules whose code begins with that digit."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The rules, parsed as Markdown."""
        self.env.note_dependency(str(Path(check.__file__)))
        container = nodes.container()
        lines = StringList(list(_rules(self.arguments[0])), source=check.__file__)
        self.state.nested_parse(lines, self.content_offset, container)
        return container.children


def _rules(level: str) -> Iterator[str]:
    for rule in check.all_rules():
        if rule.code[1] == level:
            yield from (f"**`{rule.code}`**: {rule.sentence}.", "", *cleandoc(rule.find.__doc__ or "").splitlines(), "")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("findings-page", FindingsPage)
    return {"parallel_read_safe": True}
