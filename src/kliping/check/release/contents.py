"""Level 6, the core of the contract in a release: what its name says, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.rules import Example, Place, RuleList
from kliping.contract import CORE_FILES, core_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.release.files import Opened
    from kliping.check.rules import Fault

__all__ = ["CONTENTS_RULES"]

CONTENTS_RULES: RuleList[Opened] = RuleList()


@CONTENTS_RULES(
    "E609",
    "a core schema in a release is the one of its name and version",
    mend="Get the folder schema/ of the release again; fields of one's own belong into corpus.schema.json.",
    example=Example("schema/article.schema.json", "First code point of the block.", "First byte of the block."),
)
def core_is_as_published(opened: Opened) -> Iterator[Fault]:
    """All corpora share the core: under one name, `text` and `start` have one meaning for whoever has read it once."""
    if opened.contract is None:
        return
    for name in CORE_FILES:
        shipped, identifier = core_schema(name), opened.contract.identifier(name.removesuffix(".schema.json"))
        is_of_this_version = f'"$id": "{identifier}"'.encode() in shipped
        if is_of_this_version and (opened.folder / "schema" / name).read_bytes() != shipped:
            yield Place(f"schema/{name}"), f"is not {identifier}, as it says; get the release again"
