"""A Sphinx directive, `findings-page`, that lays the rules of `kliping check` out for people."""

from __future__ import annotations

from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from kliping import check
from kliping.check.reporting.groups import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from kliping.check.rules import Example, Rule


class FindingsPage(SphinxDirective):
    """`{findings-page} LEVEL`: the rules whose code begins with that digit, each a section with its code as anchor."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The rules; what is in them is parsed as Markdown."""
        self.env.note_dependency(str(Path(check.__file__)))
        return [self._section(rule) for rule in check.all_rules() if rule.level == int(self.arguments[0])]

    def _section(self, rule: Rule[Any]) -> nodes.section:
        anchor = rule.code.lower()
        section = nodes.section(ids=[anchor], names=[anchor])
        title = nodes.title()
        title += [nodes.literal(text=rule.code), nodes.Text(": ")]
        section += title
        words = nodes.Element()
        self.state.nested_parse(StringList([rule.sentence], source=check.__file__), self.content_offset, words)
        title += words.children[0].children
        self.state.nested_parse(StringList(list(_body(rule)), source=check.__file__), self.content_offset, section)
        return section


def _body(rule: Rule[Any]) -> Iterator[str]:
    yield from (*cleandoc(rule.find.__doc__ or "").splitlines(), "")
    yield from (f"*Level {rule.level}, {LEVELS[rule.level]}.* **To mend it:** {_sentence(rule.mend)}", "")
    if rule.example is not None:
        yield from _example(rule.example)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."


def _example(example: Example) -> Iterator[str]:
    """What stands in a good corpus, and what breaks the rule instead."""
    yield from (f"In `{example.path}`:", "")
    yield from ("```text", f"good  {_visible(example.good) or '(nothing of it)'}")
    yield from (f"bad   {_visible(example.bad) or '(taken out)'}", "```", "")


def _visible(words: str) -> str:
    """Words with escapes for what cannot be seen; a line end between two lines stays one."""
    inner = words.removesuffix("\r\n").removesuffix("\n")
    end = words[len(inner) :]
    shown = "".join(one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode() for one in inner)
    return (shown + end.encode("unicode_escape").decode()).replace("\n", "\n      ")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("findings-page", FindingsPage)
    return {"parallel_read_safe": True}
