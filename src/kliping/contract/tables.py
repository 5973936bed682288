"""The Arrow schema and the dataset features of each table, derived from its rows in `release.schema.json`.

Every field is nullable: `datasets` drops the label names of a non-nullable class column without a word. Class numbers
are int64 for the same reason.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

if TYPE_CHECKING:
    from referencing._core import Resolver

    from kliping.contract.documents import Contract

__all__ = [
    "Node",
    "arrow_schema",
    "bio_classes",
    "class_names",
    "column_meanings",
    "columns",
    "features",
    "resolve",
    "row_meaning",
    "stance_classes",
    "table_names",
]

Node: TypeAlias = Mapping[str, Any]

_SCALARS: dict[str, tuple[pa.DataType, str]] = {
    "string": (pa.string(), "string"),
    "integer": (pa.int64(), "int64"),
    "number": (pa.float64(), "float64"),
    "boolean": (pa.bool_(), "bool"),
}


def table_names(contract: Contract) -> tuple[str, ...]:
    """The tables of a release, in order; the first is the default config."""
    return tuple(contract.documents["release"]["x-kliping"]["tables"])


def stance_classes(contract: Contract) -> tuple[str, ...]:
    """The names of the stance classes, in the order of their numbers."""
    return tuple(label.const for label in contract.scheme.stances)


def bio_classes(contract: Contract) -> tuple[str, ...]:
    """`O`, then `B-` and `I-` of each entity label, in the order of their numbers."""
    return ("O", *(f"{side}-{label.const}" for label in contract.scheme.entity_labels for side in "BI"))


def arrow_schema(contract: Contract, table: str) -> pa.Schema:
    """The Arrow schema of a table, with the features under the metadata key `huggingface`."""
    fields = [
        pa.field(name, _arrow(contract, node, resolver)) for name, (node, resolver) in columns(contract, table).items()
    ]
    info = json.dumps({"info": {"features": features(contract, table)}}, ensure_ascii=False)
    return pa.schema(fields, metadata={"huggingface": info})


def features(contract: Contract, table: str) -> dict[str, Any]:
    """The features of a table as `datasets` writes them to Parquet (`Features.to_dict`)."""
    return {name: _feature(contract, node, resolver) for name, (node, resolver) in columns(contract, table).items()}


def row_meaning(contract: Contract, table: str) -> str:
    """What a row of a table is, in Markdown."""
    return str(contract.documents["release"]["$defs"][table]["description"])


def column_meanings(contract: Contract, table: str) -> dict[str, str]:
    """What each column of a table holds, in Markdown."""
    return {name: str(node.get("description", "")) for name, (node, _) in columns(contract, table).items()}


def class_names(contract: Contract, table: str) -> dict[str, tuple[str, ...]]:
    """The class columns of a table (a list of classes included) with their names in order."""
    found = {}
    for name, (node, resolver) in columns(contract, table).items():
        inner, _ = resolve(node["items"], resolver) if node.get("type") == "array" else (node, resolver)
        if "class_label" in inner.get("x-kliping", {}):
            found[name] = _classes(contract, inner)
    return found


def columns(contract: Contract, table: str) -> dict[str, tuple[Node, Resolver[Any]]]:
    """Each column's resolved definition; a struct without fields is no column: Parquet has none such."""
    base = contract.registry.resolver(contract.identifier("release"))
    row = base.lookup(f"#/$defs/{table}").contents
    found = {name: resolve(node, base) for name, node in row["properties"].items()}
    return {
        name: (node, resolver)
        for name, (node, resolver) in found.items()
        if not ("properties" in node and not node["properties"])
    }


def resolve(node: Node, resolver: Resolver[Any]) -> tuple[Node, Resolver[Any]]:
    """A definition without references and without its null side; words beside a reference win over its own."""
    while True:
        if "$ref" in node:
            found = resolver.lookup(node["$ref"])
            beside = {key: value for key, value in node.items() if key != "$ref"}
            node, resolver = {**found.contents, **beside}, found.resolver
        elif "anyOf" in node:
            (node,) = [choice for choice in node["anyOf"] if choice.get("type") != "null"]
        else:
            return node, resolver


def _classes(contract: Contract, node: Node) -> tuple[str, ...]:
    return bio_classes(contract) if node["x-kliping"].get("encoding") == "BIO" else stance_classes(contract)


def _scalar(node: Node) -> tuple[pa.DataType, str]:
    kind = node.get("type", "string")  # an enum or a list of constants holds strings
    if isinstance(kind, list):
        (kind,) = [one for one in kind if one != "null"]
    return _SCALARS[kind]


def _arrow(contract: Contract, node: Node, resolver: Resolver[Any]) -> pa.DataType:
    if node.get("type") == "array":
        return pa.list_(_arrow(contract, *resolve(node["items"], resolver)))
    if node.get("type") == "object":
        inner = {name: resolve(child, resolver) for name, child in node["properties"].items()}
        return pa.struct([pa.field(name, _arrow(contract, *child)) for name, child in inner.items()])
    return _scalar(node)[0]


def _feature(contract: Contract, node: Node, resolver: Resolver[Any]) -> dict[str, Any]:
    if "class_label" in node.get("x-kliping", {}):
        return {"names": list(_classes(contract, node)), "_type": "ClassLabel"}
    if node.get("type") == "array":
        return {"feature": _feature(contract, *resolve(node["items"], resolver)), "_type": "List"}
    if node.get("type") == "object":
        inner = {name: resolve(child, resolver) for name, child in node["properties"].items()}
        return {name: _feature(contract, *child) for name, child in inner.items()}
    return {"dtype": _scalar(node)[1], "_type": "Value"}
