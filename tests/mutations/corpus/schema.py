"""Level 2: records that do not keep the contract, and a contract that is out of step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.check.folder import ARTICLES, DECISIONS, GOLD, PULLED, SOURCES, SPLITS, Folder
from tests.mutations.mutation import MutationList
from tests.mutations.sample import AGROUND, DIKE, FESTIVAL, edit_about

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.check.folder import Json

__all__ = ["SCHEMA"]

SCHEMA: MutationList[Folder] = MutationList("corpus")

SCHEME = "schema/corpus.schema.json"


def edit_scheme(folder: Folder, change: Callable[[Json], object]) -> None:
    """Change the corpus's own schema."""
    held = json.loads((folder.root / SCHEME).read_bytes())
    change(held["$defs"])
    folder.write(SCHEME, json.dumps(held, ensure_ascii=False, indent=2).encode() + b"\n")


@SCHEMA("a schema that is cut short", "E201")
def cut_schema(folder: Folder) -> None:
    folder.edit(SCHEME, lambda data: data[:-100])


@SCHEMA("a schema that is missing", "E201")
def no_schema(folder: Folder) -> None:
    (folder.root / "schema/annotation.schema.json").unlink()


@SCHEMA("a misspelt keyword of the scheme, which JSON Schema passes over", "E201")
def misspelt_keyword(folder: Folder) -> None:
    folder.edit(SCHEME, lambda data: data.replace(b'"key": "p"', b'"hotkey": "p"'))


@SCHEMA("a core schema with a field of one's own", "E202")
def core_field(folder: Folder) -> None:
    folder.edit(
        "schema/article.schema.json",
        lambda data: data.replace(b'"properties": {', b'"properties": { "edition": { "type": "string" },', 1),
    )


@SCHEMA("a core schema of another version", "E202")
def other_core(folder: Folder) -> None:
    folder.edit("schema/release.schema.json", lambda data: data.replace(b"release:1.0.0", b"release:1.1.0", 1))


@SCHEMA("a label renamed in one file", "E203", "E508")
def renamed_label(folder: Folder) -> None:
    folder.edit(PULLED, lambda data: data.replace(b'"label":"ORGANISATION"', b'"label":"ORGANIZATION"'))


@SCHEMA("a label renamed in the scheme alone", "E203", "E204")
def renamed_in_scheme(folder: Folder) -> None:
    folder.edit(SCHEME, lambda data: data.replace(b'"ORGANISATION"', b'"ORGANIZATION"'))


@SCHEMA("a label of the scheme taken away", "E203", "E204")
def removed_label(folder: Folder) -> None:
    edit_scheme(folder, lambda defs: defs["entity_label"]["oneOf"].pop())


@SCHEMA("an unknown stance", "E203", "E508")
def unknown_stance(folder: Folder) -> None:
    edit_about(folder, PULLED, FESTIVAL, lambda line: line["stances"][0].update(stance="neutral"))


@SCHEMA("a stance that is null", "E203", "E508")
def null_stance(folder: Folder) -> None:
    edit_about(folder, PULLED, FESTIVAL, lambda line: line["stances"][0].update(stance=None))


@SCHEMA("a number written as text", "E203", "E508")
def number_as_text(folder: Folder) -> None:
    edit_about(folder, GOLD, FESTIVAL, lambda line: line["entities"][0].update(start="0"))


@SCHEMA("a field that the schema does not know", "E203", "E303")
def unknown_field(folder: Folder) -> None:
    edit_about(folder, ARTICLES, AGROUND, lambda line: line.update(edition="pagi"))


@SCHEMA("a field left out", "E203", "E302")
def no_field(folder: Folder) -> None:
    edit_about(folder, SOURCES, AGROUND, lambda line: line.pop("licence"))


@SCHEMA("a split that is none of the three", "E203", "E304")
def other_split(folder: Folder) -> None:
    edit_about(folder, SPLITS, AGROUND, lambda line: line.update(split="dev"))


@SCHEMA("a decision with a verdict of its own", "E203", "E508")
def other_verdict(folder: Folder) -> None:
    edit_about(folder, DECISIONS, DIKE, lambda line: line.update(verdict="keep"))


@SCHEMA("a date with its days first", "E203")
def other_date(folder: Folder) -> None:
    edit_about(folder, ARTICLES, AGROUND, lambda line: line.update(published="11/10/2024"))


@SCHEMA("an annotator by name", "E203")
def annotator_by_name(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line.update(annotator="Tarsa Ombilin"))


@SCHEMA("an id that leads out of the folder", "E203")
def id_as_path(folder: Folder) -> None:
    for path in (ARTICLES, SOURCES, SPLITS):
        edit_about(folder, path, AGROUND, lambda line: line.update(id="../../etc/passwd"))


@SCHEMA("a fingerprint of the key that is none", "E203")
def other_fingerprint(folder: Folder) -> None:
    folder.write("annotations/key.json", b'{"fingerprint":"of the key"}\n')


@SCHEMA("the annotators' screen edited by hand", "E204")
def edited_screen(folder: Folder) -> None:
    folder.edit("annotations/labeling.xml", lambda data: data.replace(b'alias="favor"', b'alias="against"', 1))


@SCHEMA("label order changed in the scheme alone", "E204")
def other_label_order(folder: Folder) -> None:
    edit_scheme(folder, lambda defs: defs["stance"]["oneOf"].reverse())


@SCHEMA("a label added, and not brought to the screen", "E204", "E208")
def new_label(folder: Folder) -> None:
    ship = {"const": "SHIP", "title": "Ship", "description": "A named vessel.", "x-kliping": {"since": "1.1.0"}}
    edit_scheme(folder, lambda defs: defs["entity_label"]["oneOf"].append(ship))


@SCHEMA("two labels of one colour", "E205")
def one_colour(folder: Folder) -> None:
    folder.edit(SCHEME, lambda data: data.replace(b"#d95f02", b"#1f77b5"))
    folder.edit("annotations/labeling.xml", lambda data: data.replace(b"#d95f02", b"#1f77b5"))
