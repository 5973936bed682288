"""Rows that are right by themselves, and wrong beside those of other tables; all that is derived of them follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.check.release.altering import rows_into
from tests.mutations.mutation import MutationList
from tests.mutations.release.rows import about, change_row, put
from tests.mutations.sample import AGROUND, BRIDGE, DIKE, DIKE_UPDATED, FESTIVAL
from tests.mutations.sealing import change_rows, reseal
from tests.release.breaking import table_file

from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.check.release.altering import Row

__all__ = ["JOINS"]

JOINS: MutationList[Path] = MutationList("release")

CONFIGS = ("articles", "entities", "stances", "annotations", "soft_labels")


def shift(row: Row) -> None:
    """A span one further, its surface as before."""
    row["entities"][3]["start"] += 1
    row["entities"][3]["end"] += 1


def move(folder: Path, article: str, configs: tuple[str, ...], *, to: str = "test") -> None:
    """Move the rows about an article of train to another split."""
    for config in configs:
        moved: list[Row] = []

        def take(rows: list[Row], moved: list[Row] = moved) -> None:
            moved += [row for row in rows if article in (row["id"], row.get("article_id"))]
            rows[:] = [row for row in rows if row not in moved]

        def give(rows: list[Row], moved: list[Row] = moved, config: str = config) -> None:
            key = "id" if config in ("articles", "entities") else "article_id"
            rows += moved
            rows.sort(key=lambda row: str(row[key]))

        rows_into(table_file(folder, config, "train"), take)
        rows_into(table_file(folder, config, to), give)
    reseal(folder)


def change_all(folder: Path, config: str, article: str, change: Callable[[Row], object]) -> None:
    """Change every row about an article of train."""
    change_rows(
        folder,
        config,
        "train",
        lambda rows: [change(row) for row in rows if article in (row["id"], row.get("article_id"))],
    )


@JOINS("a span of an annotation shifted by one", "E625", "E640 E647 E679")
def shifted(folder: Path) -> None:
    change_row(folder, "annotations", DIKE, shift)


@JOINS("a span of gold shifted by one", "E625", "E674 E676")
def shifted_gold(folder: Path) -> None:
    change_row(folder, "entities", DIKE, shift)


@JOINS("offsets in UTF-16 units, after an emoji", "E625", "E674 E676 E678")
def utf_16_offsets(folder: Path) -> None:
    def change(rows: list[Row]) -> None:
        row = about(rows, FESTIVAL)
        for entity in row["entities"]:
            for end in ("start", "end"):
                entity[end] = len(row["text"][: entity[end]].encode("utf-16-le")) // 2

    change_rows(folder, "entities", "validation", change)


@JOINS("tokens' places counted in bytes", "E625", "E640 E647 E676")
def byte_offsets(folder: Path) -> None:
    def change(row: Row) -> None:
        for span in row["token_spans"]:
            for end in ("start", "end"):
                span[end] = len(row["text"][: span[end]].encode())

    change_row(folder, "entities", DIKE, change)


@JOINS("a target shifted by one", "E625", "E674 E678")
def shifted_target(folder: Path) -> None:
    change_row(
        folder,
        "stances",
        DIKE,
        lambda row: row.update(target_start=row["target_start"] + 1, target_end=row["target_end"] + 1),
    )


@JOINS("a sentence cut by one", "E625", "E670")
def cut_sentence(folder: Path) -> None:
    change_row(folder, "stances", DIKE, lambda row: row.update(sentence_start=row["sentence_start"] + 1))


@JOINS("a labelled span shifted by one", "E625", "E674 E679")
def shifted_unit(folder: Path) -> None:
    change_row(folder, "soft_labels", DIKE, lambda row: row.update(start=row["start"] + 1, end=row["end"] + 1))


@JOINS("a sentence of another place", "E625")
def other_sentence(folder: Path) -> None:
    put(folder, "stances", DIKE, sentence="Tanggul Senar jebol.")


@JOINS("an article twice", "E627")
def article_twice(folder: Path) -> None:
    change_rows(folder, "articles", "train", lambda rows: rows.insert(1, rows[0]))


@JOINS("an article lost", "E627", "E629")
def article_lost(folder: Path) -> None:
    change_rows(folder, "articles", "train", lambda rows: rows.remove(about(rows, DIKE)))


@JOINS("one id of two annotations", "E627")
def annotation_id_in_use(folder: Path) -> None:
    change_rows(folder, "annotations", "train", lambda rows: about(rows, DIKE).update(id=rows[0]["id"]))


@JOINS("one id of two stances", "E627")
def stance_id_in_use(folder: Path) -> None:
    change_rows(folder, "stances", "train", lambda rows: rows[1].update(id=rows[0]["id"]))


@JOINS("a stance of an unknown article", "E627", "E616 E629 E674 E677 E678")
def stance_of_nothing(folder: Path) -> None:
    change_rows(folder, "stances", "train", lambda rows: rows[-1].update(article_id="f" * 16))


@JOINS("an article in two splits", "E628", "E627 E630")
def in_two_splits(folder: Path) -> None:
    def add(rows: list[Row]) -> None:
        rows.append(article)
        rows.sort(key=lambda row: str(row["id"]))

    article: Row = {}
    rows_into(table_file(folder, "articles", "train"), lambda rows: article.update(about(rows, BRIDGE)))
    change_rows(folder, "articles", "test", add)


@JOINS("an article moved to test, its stances left in train", "E628", "E640 E649")
def torn(folder: Path) -> None:
    move(folder, BRIDGE, ("articles",))
    move(folder, "0bcd27b9c7a5c7c1", ("articles", "entities", "annotations", "soft_labels"))


@JOINS("an article marked as gold that has none", "E629")
def gold_by_name(folder: Path) -> None:
    put(folder, "articles", BRIDGE, annotation_status="gold")


@JOINS("gold that is marked as open", "E629")
def open_gold(folder: Path) -> None:
    put(folder, "articles", DIKE, annotation_status="partial")


@JOINS("a near-duplicate moved to test in every table", "E630", "E640 E649")
def leak(folder: Path) -> None:
    move(folder, DIKE, CONFIGS)


@JOINS("a near-duplicate moved to test in every table, in a cluster of its own", "E630", "E640 E649")
def hidden_leak(folder: Path) -> None:
    put(folder, "articles", DIKE, cluster=DIKE)
    move(folder, DIKE, CONFIGS)


@JOINS("an article's text copied to test under another id", "E630", "E640 E647")
def copied_text(folder: Path) -> None:
    copied: Row = {}
    rows_into(table_file(folder, "articles", "train"), lambda rows: copied.update(about(rows, BRIDGE)))
    change_rows(folder, "articles", "test", lambda rows: rows.append(copied | {"id": "f" * 16, "cluster": "f" * 16}))


@JOINS("an annotation of a superseded text", "E664", "E640 E647")
def superseded(folder: Path) -> None:
    put(folder, "annotations", DIKE, text_sha256="0" * 64)


@JOINS("a text edited in articles alone, its hash following", "E664", "E625 E640 E647 E666")
def edited_text(folder: Path) -> None:
    def change(row: Row) -> None:
        text = row["text"].replace("tanpa henti", "tiada henti")
        row.update(text=text, text_sha256=sha256(text.encode()))

    change_row(folder, "articles", DIKE, change)


@JOINS("an annotated article that counts as not annotated", "E665")
def counted_as_none(folder: Path) -> None:
    put(folder, "articles", "93e03da30cc0275f", annotation_status="none")


@JOINS("an article that nobody annotated, and that counts as begun", "E665")
def counted_as_begun(folder: Path) -> None:
    put(folder, "articles", BRIDGE, annotation_status="partial")


@JOINS("a language in one table that differs", "E666")
def other_language(folder: Path) -> None:
    put(folder, "stances", DIKE, language="en")


@JOINS("soft labels with gold that is not gold's", "E674")
def other_gold(folder: Path) -> None:
    put(folder, "soft_labels", DIKE, gold="EVENT")


@JOINS("a stance turned round in one table", "E674", "E640 E649")
def turned_stance(folder: Path) -> None:
    change_row(folder, "stances", DIKE, lambda row: row.update(stance=2 - row["stance"]))


@JOINS("all stances turned round in one split", "E674", "E640 E649")
def turned_stances(folder: Path) -> None:
    change_rows(folder, "stances", "test", lambda rows: [row.update(stance=2 - row["stance"]) for row in rows])


@JOINS("stances that are `none` left out", "E674", "E640 E649")
def no_none(folder: Path) -> None:
    change_rows(
        folder,
        "stances",
        "train",
        lambda rows: rows.__setitem__(slice(None), [one for one in rows if one["stance"] != 1]),
    )


@JOINS("gold of an annotator more", "E677")
def gold_of_more(folder: Path) -> None:
    put(folder, "entities", DIKE, annotators=3)


@JOINS("predictions that nobody saw", "E677")
def nobody_saw(folder: Path) -> None:
    change_all(folder, "soft_labels", DIKE, lambda row: row.update(predictions_shown=1))


@JOINS("a gold stance twice", "E678", "E640 E649")
def stance_twice(folder: Path) -> None:
    change_rows(
        folder,
        "stances",
        "train",
        lambda rows: rows.insert(rows.index(about(rows, DIKE)), about(rows, DIKE) | {"id": f"{DIKE}:s9"}),
    )


@JOINS("a gold mention twice", "E678", "E640 E649 E676")
def mention_twice(folder: Path) -> None:
    change_row(folder, "entities", DIKE, lambda row: row["entities"].append(row["entities"][-1] | {"id": "e99"}))


@JOINS("a target with another label than gold's", "E678")
def other_target_label(folder: Path) -> None:
    put(folder, "stances", DIKE, target_label="PLACE")


@JOINS("a mention relabelled in gold, its tags following", "E674", "E640 E649")
def relabelled_gold(folder: Path) -> None:
    def change(row: Row) -> None:
        row["entities"][0]["label"] = "EVENT"
        row["ner_tags"][0:2] = [7, 8]

    change_row(folder, "entities", DIKE, change)


@JOINS("a vote moved to another label", "E679")
def moved_vote(folder: Path) -> None:
    def change(row: Row) -> None:
        at = next(at for at, choice in enumerate(row["choices"]) if choice["annotators"])
        row["choices"][at - 1]["annotators"], row["choices"][at]["annotators"] = row["choices"][at]["annotators"], 0

    change_row(folder, "soft_labels", DIKE, change)


@JOINS("a unit of soft labels left out", "E679", "E640")
def unit_lost(folder: Path) -> None:
    change_rows(folder, "soft_labels", "train", lambda rows: rows.remove(about(rows, DIKE_UPDATED)))


@JOINS("an annotator's work left out", "E665", "E640 E647 E674 E677 E679")
def annotator_lost(folder: Path) -> None:
    change_rows(
        folder,
        "annotations",
        "train",
        lambda rows: rows.__setitem__(slice(None), [one for one in rows if one["article_id"] != "93e03da30cc0275f"]),
    )


@JOINS("an annotator twice on an article", "E677", "E640 E647 E674 E679")
def annotator_twice(folder: Path) -> None:
    def change(rows: list[Row]) -> None:
        first, second = (row for row in rows if row["article_id"] == DIKE)
        second["annotator"] = first["annotator"]

    change_rows(folder, "annotations", "train", change)


@JOINS("an article of no annotator that is annotated after all", "E665", "E625 E640 E647 E664 E679")
def aground_skipped(folder: Path) -> None:
    def add(rows: list[Row]) -> None:
        rows.insert(0, rows[0] | {"id": f"{AGROUND}.annotator-ce94b74fc004.1", "article_id": AGROUND})

    change_rows(folder, "annotations", "validation", add)
