"""Which parts of a row may not be null, read from the row's schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

if TYPE_CHECKING:
    from referencing._core import Resolver

    from kliping.contract import Contract

__all__ = ["Shape", "has_nulls", "nulls", "row_shape"]

Shape: TypeAlias = Mapping[str, "Shape"]
"""The fields of an object that may not be null, and in turn theirs; a list stands for its items."""

CORPUS_OWN = "metadata"
"""The corpus's own fields: one that an article does not have is null in Parquet."""


def row_shape(contract: Contract, table: str) -> Shape:
    """What may not be null in a row of a table."""
    resolver = contract.registry.resolver(contract.identifier("release"))
    found = _shape(resolver.lookup(f"#/$defs/{table}").contents, resolver) or {}
    return {name: inner for name, inner in found.items() if name != CORPUS_OWN}


def nulls(value: object, shape: Shape, place: str = "") -> Iterator[str]:
    """Where a value is null and may not be, such as `entities/text`."""
    if value is None:
        yield place
    elif isinstance(value, list):
        for one in value:
            yield from nulls(one, shape, place)
    elif isinstance(value, dict):
        for name, inner in shape.items():
            yield from nulls(value.get(name), inner, f"{place}/{name}" if place else name)


def has_nulls(rows: pa.RecordBatch, shape: Shape) -> bool:
    """Whether some value of a batch may be null and not be allowed to, without a look at single rows."""
    return any(_has_nulls(rows.column(name), inner) for name, inner in shape.items() if name in rows.schema.names)


def _has_nulls(values: pa.Array[Any], shape: Shape) -> bool:
    if values.null_count:
        return True
    if isinstance(values, pa.ListArray):
        return _has_nulls(values.flatten(), shape)
    if isinstance(values, pa.StructArray):
        return any(_has_nulls(child, shape[name]) for name, child in _children(values) if name in shape)
    return False


def _children(values: pa.StructArray) -> Iterator[tuple[str, pa.Array[Any]]]:
    return zip((child.name for child in values.type), values.flatten(), strict=True)


def _shape(node: Mapping[str, Any], resolver: Resolver[Any]) -> Shape | None:
    """The shape of a definition; None where it may be null."""
    if "$ref" in node:
        found = resolver.lookup(node["$ref"])
        return _shape({**found.contents, **{key: node[key] for key in node if key != "$ref"}}, found.resolver)
    if "anyOf" in node or (isinstance(node.get("type"), list) and "null" in node["type"]):
        return None
    if node.get("type") == "array":
        return _shape(node["items"], resolver) or {}
    fields = {name: _shape(child, resolver) for name, child in node.get("properties", {}).items()}
    return {name: shape for name, shape in fields.items() if shape is not None}
