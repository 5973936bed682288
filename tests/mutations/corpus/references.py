"""Level 3: ids that are there twice, and what points at nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.check.folder import ARTICLES, DECISIONS, GOLD, PULLED, REVISIONS, SOURCES, SPLITS, Folder
from tests.mutations.mutation import MutationList
from tests.mutations.sample import AGROUND, BRIDGE, DIKE, DIKE_UPDATED, FESTIVAL, LEVY, edit_about

from kliping.files import sha256

if TYPE_CHECKING:
    from tests.check.folder import Json

__all__ = ["REFERENCES"]

REFERENCES: MutationList[Folder] = MutationList("corpus")

UNKNOWN = "0123456789abcdef"
ROUNDS = "annotations/rounds.jsonl"


def lines_about(folder: Folder, path: str, article: str) -> list[bytes]:
    """The lines about an article, as they stand."""
    return [line for line in (folder.root / path).read_bytes().splitlines(keepends=True) if article.encode() in line]


def repeat(folder: Folder, path: str, article: str) -> None:
    """Put the first line about an article at the end once more."""
    folder.edit(path, lambda data: data + lines_about(folder, path, article)[0])


def drop(folder: Folder, path: str, article: str) -> None:
    """Take out the first line about an article."""
    folder.edit(path, lambda data: data.replace(lines_about(folder, path, article)[0], b""))


@REFERENCES("an article twice", "E301")
def article_twice(folder: Folder) -> None:
    repeat(folder, ARTICLES, AGROUND)


@REFERENCES("a source twice", "E301")
def source_twice(folder: Folder) -> None:
    repeat(folder, SOURCES, AGROUND)


@REFERENCES("a split of an article twice", "E301")
def split_twice(folder: Folder) -> None:
    repeat(folder, SPLITS, AGROUND)


@REFERENCES("the gold of an article twice", "E301")
def gold_twice(folder: Folder) -> None:
    repeat(folder, GOLD, DIKE)


@REFERENCES("an alias that is another article's id", "E301")
def alias_in_use(folder: Folder) -> None:
    edit_about(folder, SOURCES, AGROUND, lambda line: line["aliases"].append(BRIDGE))


@REFERENCES("one id of two annotations", "E301", "E314")
def annotation_id_in_use(folder: Folder) -> None:
    taken = folder.lines(PULLED)[0]["id"]
    edit_about(folder, PULLED, DIKE, lambda line: line.update(id=taken))


@REFERENCES("one id of two mentions", "E301")
def entity_id_in_use(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["entities"][1].update(id=line["entities"][2]["id"]))


@REFERENCES("one id of two stances", "E301", "E508")
def stance_id_in_use(folder: Folder) -> None:
    edit_about(folder, GOLD, DIKE, lambda line: line["stances"][1].update(id=line["stances"][0]["id"]))


@REFERENCES("a superseded text that is also the text of today", "E301")
def text_twice(folder: Folder) -> None:
    folder.write(REVISIONS, lines_about(folder, ARTICLES, DIKE)[0])


@REFERENCES("an article without its source", "E302")
def no_source(folder: Folder) -> None:
    drop(folder, SOURCES, BRIDGE)


@REFERENCES("an id that was changed in one file", "E302", "E303 E304")
def changed_id(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: line.update(id=UNKNOWN))


@REFERENCES("an article lost", "E303")
def article_lost(folder: Folder) -> None:
    drop(folder, ARTICLES, BRIDGE)


@REFERENCES("an annotated article lost", "E303", "E306")
def annotated_article_lost(folder: Folder) -> None:
    drop(folder, ARTICLES, DIKE)


@REFERENCES("all articles lost", "E303", "E306")
def all_articles_lost(folder: Folder) -> None:
    (folder.root / ARTICLES).unlink()


@REFERENCES("an article without a split", "E304")
def no_split(folder: Folder) -> None:
    drop(folder, SPLITS, BRIDGE)


@REFERENCES("all splits lost", "E304")
def all_splits_lost(folder: Folder) -> None:
    (folder.root / SPLITS).unlink()


@REFERENCES("a near-duplicate moved to test", "E305")
def leak(folder: Folder) -> None:
    edit_about(folder, SPLITS, DIKE, lambda line: line.update(split="test"))


@REFERENCES("a near-duplicate moved to test, in a cluster of its own", "E305")
def hidden_leak(folder: Folder) -> None:
    edit_about(folder, SPLITS, DIKE, lambda line: line.update(split="test", cluster=DIKE))


@REFERENCES("an annotation of an unknown article", "E306", "E508")
def annotation_of_nothing(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line.update(article_id=UNKNOWN))


@REFERENCES("an annotation of an unknown text", "E306", "E508")
def annotation_of_no_text(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line.update(text_sha256="0" * 64))


@REFERENCES("an annotation of another article's text", "E306", "E308 E508 E314")
def annotation_of_other_text(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line.update(article_id=DIKE_UPDATED))


@REFERENCES("gold of an unknown article", "E306", "E508")
def gold_of_nothing(folder: Folder) -> None:
    edit_about(folder, GOLD, DIKE, lambda line: line.update(article_id=UNKNOWN))


@REFERENCES("a decision about an unknown article", "E306", "E508")
def decision_about_nothing(folder: Folder) -> None:
    edit_about(folder, DECISIONS, DIKE, lambda line: line.update(article_id=UNKNOWN))


@REFERENCES("an annotated text replaced, and not kept as a revision", "E306", "E508")
def replaced_text(folder: Folder) -> None:
    def replace(line: Json) -> None:
        line["text"] = line["text"].replace("tanpa henti", "tiada henti")
        line["text_sha256"] = sha256(line["text"].encode())

    edit_about(folder, ARTICLES, DIKE, replace)


@REFERENCES("a target that is no mention", "E307")
def target_of_nothing(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["stances"][0]["target"].update(mention="m99"))


@REFERENCES("a mention taken out that a stance rests on", "E307", "E508")
def mention_lost(folder: Folder) -> None:
    def take_out(line: Json) -> None:
        holder = line["stances"][0]["holder"]["mention"]
        line["entities"] = [one for one in line["entities"] if one["id"] != holder]

    edit_about(folder, GOLD, FESTIVAL, take_out)


@REFERENCES("an annotator twice on an article", "E308", "E314")
def annotator_twice(folder: Folder) -> None:
    first = next(line for line in folder.lines(PULLED) if line["article_id"] == DIKE)
    edit_about(folder, PULLED, DIKE, lambda line: line.update(annotator=first["annotator"]), 1)


@REFERENCES("a line pulled twice, with an id of its own", "E308")
def pulled_twice(folder: Folder) -> None:
    repeat(folder, PULLED, LEVY)
    edit_about(folder, PULLED, LEVY, lambda line: line.update(id=f"{line['id']}.2"), 2)


@REFERENCES("an annotation put into another round, its id left", "E314")
def in_another_round(folder: Folder) -> None:
    edit_about(folder, PULLED, FESTIVAL, lambda line: line.update(round=2))


@REFERENCES("two annotators' pseudonyms swapped on one article, their ids left", "E314")
def swapped_annotators(folder: Folder) -> None:
    first, second = (line["annotator"] for line in folder.lines(PULLED) if line["article_id"] == DIKE)
    edit_about(folder, PULLED, DIKE, lambda line: line.update(annotator=second), 0)
    edit_about(folder, PULLED, DIKE, lambda line: line.update(annotator=first), 1)


@REFERENCES("an article of another raw file than its source", "E315")
def of_another_file(folder: Folder) -> None:
    edit_about(folder, ARTICLES, AGROUND, lambda line: line["source"].update(sha256="0" * 64))


@REFERENCES("an article with another licence than its source", "E315")
def of_another_licence(folder: Folder) -> None:
    edit_about(folder, SOURCES, AGROUND, lambda line: line.update(licence="CC-BY-4.0"))


@REFERENCES("an article twice in a round", "E309")
def article_twice_in_round(folder: Folder) -> None:
    line = {"round": 1, "article_id": BRIDGE, "annotators": ["annotator-33c95d790b36"]}
    folder.write(ROUNDS, json.dumps(line, separators=(",", ":")).encode() + b"\n")
    repeat(folder, ROUNDS, BRIDGE)
