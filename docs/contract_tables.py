"""A Sphinx directive, `contract-tables`, that lays the schemas of the contract out as tables for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx

SCHEMA = Path(__file__).resolve().parents[1] / "schema"


class ContractTables(SphinxDirective):
    """`{contract-tables} article`: a table for the document and one for each definition in it."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The tables, parsed as Markdown."""
        path = SCHEMA / f"{self.arguments[0]}.schema.json"
        self.env.note_dependency(str(path))
        document = json.loads(path.read_text(encoding="utf-8"))
        container = nodes.container()
        lines = StringList(list(_page(document)), source=str(path))
        self.state.nested_parse(lines, self.content_offset, container)
        return container.children


def _page(document: Mapping[str, Any]) -> Iterator[str]:
    if "properties" in document:
        yield from _table("", document)
    for name, definition in document.get("$defs", {}).items():
        if "oneOf" in definition:
            yield from _choices(name, definition)
        elif definition.get("properties"):
            yield from _table(name, definition)


def _table(name: str, definition: Mapping[str, Any]) -> Iterator[str]:
    if name:
        yield from (f"**`{name}`**: {definition.get('description', '')}", "")
    yield from ("| field | type | meaning |", "| --- | --- | --- |")
    for field, node in definition["properties"].items():
        yield f"| `{field}` | {_type(node)} | {_cell(node.get('description', ''))} |"
    yield ""


def _choices(name: str, definition: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"**`{name}`**: {definition['description']}", "")
    yield from ("| constant | title | meaning |", "| --- | --- | --- |")
    for choice in definition["oneOf"]:
        yield f"| `{choice['const']}` | {choice['title']} | {_cell(choice['description'])} |"
    yield ""


def _type(node: Mapping[str, Any]) -> str:
    if "enum" in node:
        return " or ".join(f"`{value}`" for value in node["enum"])
    if "$ref" in node:
        return f"`{node['$ref'].rsplit('/', 1)[-1]}`"
    if "anyOf" in node:
        return " or ".join(_type(choice) for choice in node["anyOf"])
    if node.get("type") == "array":
        return f"list of {_type(node['items'])}"
    kind = node.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("contract-tables", ContractTables)
    return {"parallel_read_safe": True}
