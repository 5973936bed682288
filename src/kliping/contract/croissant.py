"""The Croissant record sets of a release, derived from the contract alone: columns, classes, splits.

Croissant 1.1 (http://mlcommons.org/croissant/1.1), as far as `mlcroissant` can read it:

- A column is a field. A list is `isArray`, a list in a list has another dimension.
- A struct, or a list of structs, is a field with a sub-field for each leaf. What lies deeper is a sub-field too, named
  by its path: `target.kind`.
- A list of structs that lies inside a struct or inside another list of structs is left out, and the record set says so:
  there is no path that takes more than the first of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from urllib.parse import quote

from kliping.contract.tables import bio_classes, columns, resolve, table_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from referencing._core import Resolver

    from kliping.contract.documents import Contract
    from kliping.contract.scheme import Label
    from kliping.contract.tables import Node

__all__ = ["ENUMERATIONS", "file_set", "left_out", "record_sets", "split_pattern"]

Json: TypeAlias = dict[str, Any]
Typed: TypeAlias = "tuple[Node, Resolver[Any]]"

ENUMERATIONS = ("entity_label", "stance", "target", "holder")
"""The lists of the scheme, each a record set `NAME_enum` where it has a member; tags and splits have theirs as well."""

_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}
_ROLES = {"train": "cr:TrainingSplit", "validation": "cr:ValidationSplit", "test": "cr:TestSplit"}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Leaf(NamedTuple):
    """What a struct holds that is no struct: its path inside the struct, and what it is."""

    path: tuple[str, ...]
    node: Node
    resolver: Resolver[Any]


def record_sets(contract: Contract, splits: Mapping[str, Sequence[str]]) -> list[Json]:
    """The record sets of a release: splits, the lists of the scheme, BIO tags, then a record set a config.

    Args:
        contract: the release's contract.
        splits: the splits of each config that the release has, in order.
    """
    used = [split for split in _ROLES if any(split in found for found in splits.values())]
    tables = [_table(contract, table, splits[table]) for table in table_names(contract) if table in splits]
    return [*([_split_enum(used)] if used else []), *_enumerations(contract), *tables]


def left_out(contract: Contract, table: str) -> tuple[str, ...]:
    """The columns, or what is inside them, that no record set can express, as paths with dots."""
    return tuple(
        ".".join((name, *path)) for name, typed in columns(contract, table).items() for path in _inexpressible(*typed)
    )


def file_set(table: str) -> str:
    """The `@id` of the file set that a config's records are read from."""
    return f"{table}-files"


def split_pattern(table: str, splits: Sequence[str]) -> str:
    """The regular expression that takes the split from a file's path in the release.

    `mlcroissant` takes what it took again where the field refers to another, so it matches a bare split as well; and it
    makes globs of it to read one split alone.
    """
    return rf"^(?:{table}/)?({'|'.join(splits)})(?:-.+\.parquet)?$"


def _table(contract: Contract, table: str, splits: Sequence[str]) -> Json:
    said = str(contract.documents["release"]["$defs"][table]["description"])
    missing = left_out(contract, table)
    if missing:
        said += f" Left out, since Croissant cannot express a list of structs there: {', '.join(missing)}."
    found = (_column(contract, table, name, *typed) for name, typed in columns(contract, table).items())
    fields = [_split_field(table, splits), *(field for field in found if field is not None)]
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": said,
        "key": {"@id": f"{table}/id"},
        "field": fields,
    }


def _split_field(table: str, splits: Sequence[str]) -> Json:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/split",
        "name": "split",
        "description": "The split of the record's file.",
        "dataType": "sc:Text",
        "source": {
            "fileSet": {"@id": file_set(table)},
            "extract": {"fileProperty": "fullpath"},
            "transform": {"regex": split_pattern(table, splits)},
        },
        "references": {"field": {"@id": "split_enum/name"}},
    }


def _column(contract: Contract, table: str, name: str, node: Node, resolver: Resolver[Any]) -> Json | None:
    """A column's field; None where nothing of it can be expressed."""
    inner, inner_resolver, depth = _unlisted(node, resolver)
    identifier = f"{table}/{_quoted(name)}"
    field = _described(identifier, name, node)
    source: Json = {"fileSet": {"@id": file_set(table)}, "extract": {"column": name}}
    if inner.get("type") != "object":
        typed = {"dataType": _data_type(inner), "source": source}
        return field | _array(depth) | typed | _meaning(contract, identifier, inner)
    leaves = _leaves(inner, inner_resolver) if depth <= 1 else []
    parts = [_part(contract, identifier, source, leaf) for leaf in leaves]
    return field | _array(depth) | {"subField": parts} if parts else None


def _part(contract: Contract, parent: str, source: Json, leaf: Leaf) -> Json:
    """A sub-field: a leaf of a struct, or of each struct of a list."""
    inner, _, depth = _unlisted(leaf.node, leaf.resolver)
    field = _described("/".join((parent, *map(_quoted, leaf.path))), ".".join(leaf.path), leaf.node)
    taken = source | {"transform": {"jsonPath": _json_path(leaf.path)}}
    return field | _array(depth) | {"dataType": _data_type(inner), "source": taken} | _references(contract, inner)


def _described(identifier: str, name: str, node: Node) -> Json:
    said = {"description": node["description"]} if node.get("description") else {}
    return {"@type": "cr:Field", "@id": identifier, "name": name, **said}


def _array(depth: int) -> Json:
    return {"isArray": True, "arrayShape": ",".join(["-1"] * depth)} if depth else {}


def _data_type(node: Node) -> str:
    kind = node.get("type", "string")  # an enum or a list of constants holds strings
    if isinstance(kind, list):
        (kind,) = [one for one in kind if one != "null"]
    return _TYPES[kind]


def _unlisted(node: Node, resolver: Resolver[Any]) -> tuple[Node, Resolver[Any], int]:
    """What a list holds, and in how many lists."""
    depth = 0
    while node.get("type") == "array":
        (node, resolver), depth = resolve(node["items"], resolver), depth + 1
    return node, resolver, depth


def _children(node: Node, resolver: Resolver[Any]) -> dict[str, Typed]:
    return {name: resolve(child, resolver) for name, child in node["properties"].items()}


def _leaves(node: Node, resolver: Resolver[Any], path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    for name, (child, child_resolver) in _children(node, resolver).items():
        inner, _, depth = _unlisted(child, child_resolver)
        if inner.get("type") != "object":
            yield Leaf((*path, name), child, child_resolver)
        elif not depth:
            yield from _leaves(child, child_resolver, (*path, name))


def _inexpressible(node: Node, resolver: Resolver[Any], *, within: bool = False) -> Iterator[tuple[str, ...]]:
    """The paths below a column, itself included, of lists of structs that cannot be told."""
    inner, inner_resolver, depth = _unlisted(node, resolver)
    if inner.get("type") != "object":
        return
    if depth > int(not within):
        yield ()
        return
    for name, child in _children(inner, inner_resolver).items():
        yield from ((name, *path) for path in _inexpressible(*child, within=True))


def _meaning(contract: Contract, identifier: str, node: Node) -> Json:
    """An annotation of a class column: which list its numbers, or its constants, are taken from.

    Not `references` on the column itself: `mlcroissant` joins by it, fails where the column is a list, and can then no
    longer read one split alone.
    """
    target = _enumerated(contract, node)
    if target is None:
        return {}
    return {
        "annotation": {
            "@type": "cr:Field",
            "@id": f"{identifier}/class",
            "name": "class",
            "description": "What the value stands for.",
            "dataType": [_data_type(node), "cr:Label"],
            "references": {"field": {"@id": target}},
        }
    }


def _references(contract: Contract, node: Node) -> Json:
    """Which list the constants of a sub-field are taken from."""
    target = _enumerated(contract, node)
    return {"references": {"field": {"@id": target}}} if target else {}


def _enumerated(contract: Contract, node: Node) -> str | None:
    held = node.get("x-kliping", {})
    if "class_label" in held:
        return "ner_tag_enum/number" if held.get("encoding") == "BIO" else "stance_enum/number"
    if node.get("oneOf"):
        definitions = contract.documents["corpus"]["$defs"]
        for name in ENUMERATIONS:
            if definitions.get(name, {}).get("oneOf") == node["oneOf"]:
                return f"{name}_enum/name"
    return None


def _enumerations(contract: Contract) -> Iterator[Json]:
    scheme = contract.scheme
    yield _labels("entity_label", "The entity labels, in order.", scheme.entity_labels)
    yield _labels("stance", "The stances; `number` is the class number.", scheme.stances, numbered=True)
    tags = [{"number": number, "name": name} for number, name in enumerate(bio_classes(contract))]
    yield _enum("ner_tag", "The BIO tags of tokens; `number` is the class number.", tags)
    if scheme.targets:
        yield _labels("target", "The targets that the corpus declares.", scheme.targets)
    if scheme.holders:
        yield _labels("holder", "The holders that the corpus declares.", scheme.holders)


def _labels(name: str, said: str, labels: Sequence[Label], *, numbered: bool = False) -> Json:
    rows = [{"name": label.const, "description": label.description} for label in labels]
    return _enum(name, said, [{"number": at, **row} for at, row in enumerate(rows)] if numbered else rows)


def _split_enum(splits: Sequence[str]) -> Json:
    found = _enum("split", "The splits.", [{"name": split, "url": _ROLES[split]} for split in splits])
    return found | {"dataType": ["sc:Enumeration", "cr:Split"]}


def _enum(name: str, said: str, rows: Sequence[Mapping[str, object]]) -> Json:
    """A record set that holds its records itself; its key is the first of their fields."""
    identifier = f"{name}_enum"
    first = next(iter(rows[0]))
    return {
        "@type": "cr:RecordSet",
        "@id": identifier,
        "name": identifier,
        "description": said,
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{identifier}/{first}"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{identifier}/{field}",
                "name": field,
                "dataType": "sc:Integer" if field == "number" else "sc:URL" if field == "url" else "sc:Text",
            }
            for field in rows[0]
        ],
        "data": [{f"{identifier}/{field}": value for field, value in row.items()} for row in rows],
    }


def _json_path(path: Sequence[str]) -> str:
    """A JSONPath (goessner.net/articles/JsonPath) from a struct to what lies in it."""
    return "$" + "".join(f".{name}" if _PLAIN.fullmatch(name) else f"[{_string(name)}]" for name in path)


def _string(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _quoted(name: str) -> str:
    """A name as a part of an `@id`, which is a URI."""
    return quote(name, safe="")
