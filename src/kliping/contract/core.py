"""Where the core of the contract is found: beside this module in a wheel, in `schema/` of a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["CORE_FILES", "core_schema"]

CORE_FILES = ("article.schema.json", "annotation.schema.json", "release.schema.json")
"""The files that are alike in every corpus; `corpus.schema.json` is each corpus's own."""


def core_schema(name: str) -> bytes:
    """The bytes of a core schema file as this version of kliping ships it."""
    here = Path(__file__).resolve().parent
    shipped = here / "core" / name
    return (shipped if shipped.is_file() else here.parents[2] / "schema" / name).read_bytes()
