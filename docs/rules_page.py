"""A Sphinx directive, `rules-page`, that lays the normaliser's rules, words and limits out for people."""

from __future__ import annotations

from dataclasses import fields
from inspect import getdoc, getsource
from itertools import pairwise
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from kliping.normaliser import rules
from kliping.normaliser.assembly import ONCE_RULES
from kliping.normaliser.explanation import FIELDS
from kliping.normaliser.page.lines import PAGE_RULES
from kliping.normaliser.rules.limits import LIMITS, Limits
from kliping.normaliser.rules.packs import PACKS, Pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class RulesPage(SphinxDirective):
    """`{rules-page} rules`, `further`, `words` or `limits`: the part of that name."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The part, parsed as Markdown."""
        self.env.note_dependency(str(Path(rules.__file__)))
        part = {"rules": _rules, "further": _further, "words": _words, "limits": _limits}[self.arguments[0]]
        container = nodes.container()
        self.state.nested_parse(StringList(list(part()), source=rules.__file__), self.content_offset, container)
        return container.children


def _rules() -> Iterator[str]:
    for rule in rules.RULES:
        example = rule.example
        yield from (f"**`{rule.name}`**: {rule.sentence}", "", "```text", _short(example.dump[example.at]))
        pieces = ((_mark(role), FIELDS.get(role, role), _short(text, 60)) for role, text in example.pieces)
        yield from (f"  {mark} {to:<15}  {text}" for mark, to, text in pieces)
        yield from ("```", "")


def _further() -> Iterator[str]:
    """What claims lines before and after the rules."""
    for name, sentence in {**PAGE_RULES, **ONCE_RULES}.items():
        yield f"- **`{name}`**: {sentence}"


def _short(text: str, width: int = 76) -> str:
    return shorten(text, width, placeholder=" …")


def _mark(role: str) -> str:
    return "×" if role == "removed" else "→" if role in FIELDS else "="


def _words() -> Iterator[str]:
    said = _attribute_docs()
    for field in fields(Pack):
        yield from (f"**`{field.name}`**: {said[field.name]}", "")
        for language, pack in PACKS.items():
            listed = getattr(pack, field.name)
            if listed:
                yield f"- {language}: {', '.join(f'`{word}`' for word in listed)}"
        yield ""


def _attribute_docs() -> dict[str, str]:
    """The sentence below each field of a pack."""
    lines = [line.strip() for line in getsource(Pack).splitlines()]
    return {
        line.partition(":")[0]: below.strip('"')
        for line, below in pairwise(lines)
        if ": tuple[" in line and below.startswith('"""')
    }


def _limits() -> Iterator[str]:
    said = dict(line.strip().split(": ", 1) for line in (getdoc(Limits) or "").splitlines() if line.startswith("    "))
    yield from ("| limit | default | meaning |", "| --- | --- | --- |")
    for field in fields(Limits):
        yield f"| `{field.name}` | {getattr(LIMITS, field.name)} | {said[field.name]} |"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("rules-page", RulesPage)
    return {"parallel_read_safe": True}
