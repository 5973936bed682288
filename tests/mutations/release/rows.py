"""Rows of one table that are wrong by themselves; all that is derived of them follows, so that no digest tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.mutations.mutation import MutationList
from tests.mutations.sample import BRIDGE, DIKE
from tests.mutations.sealing import change_rows

from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.check.release.altering import Row

__all__ = ["ROWS", "about", "change_row", "put"]

ROWS: MutationList[Path] = MutationList("release")


def about(rows: list[Row], article: str) -> Row:
    """The first row about an article."""
    return next(row for row in rows if article in (row["id"], row.get("article_id")))


def put(folder: Path, config: str, article: str, **values: Any) -> None:
    """Give the first row about an article of train other values."""
    change_rows(folder, config, "train", lambda rows: about(rows, article).update(values))


def change_row(folder: Path, config: str, article: str, change: Callable[[Row], object]) -> None:
    """Change the first row about an article of train."""
    change_rows(folder, config, "train", lambda rows: change(about(rows, article)))


@ROWS("a block of a type that is none", "E620")
def odd_block(folder: Path) -> None:
    change_row(folder, "articles", BRIDGE, lambda row: row["blocks"][1].update(type="banner"))


@ROWS("an annotator by name", "E620", "E640 E647")
def annotator_by_name(folder: Path) -> None:
    put(folder, "annotations", DIKE, annotator="Tarsa Ombilin")


@ROWS("a round below the first", "E620", "E640")
def round_zero(folder: Path) -> None:
    put(folder, "annotations", DIKE, round=0)


@ROWS("a date with its days first", "E620", "E640")
def other_date(folder: Path) -> None:
    put(folder, "articles", BRIDGE, published="11/10/2024")


@ROWS("a text that is null", "E621", "E640 E647")
def null_text(folder: Path) -> None:
    put(folder, "articles", BRIDGE, text=None)


@ROWS("an empty column", "E621", "E627 E629")
def empty_column(folder: Path) -> None:
    change_rows(folder, "articles", "train", lambda rows: [row.update(language=None) for row in rows])


@ROWS("a class that is null", "E622", "E674")
def null_class(folder: Path) -> None:
    put(folder, "stances", DIKE, stance=None)


@ROWS("a class of -1", "E622", "E674")
def negative_class(folder: Path) -> None:
    put(folder, "stances", DIKE, stance=-1)


@ROWS("a class past the last", "E622", "E674")
def class_past_the_last(folder: Path) -> None:
    put(folder, "stances", DIKE, stance=3)


@ROWS("a tag past the last", "E622", "E676")
def tag_past_the_last(folder: Path) -> None:
    change_row(folder, "entities", DIKE, lambda row: row["ner_tags"].__setitem__(0, 11))


@ROWS("a tag too few", "E623", "E676")
def tag_too_few(folder: Path) -> None:
    change_row(folder, "entities", DIKE, lambda row: row["ner_tags"].pop())


@ROWS("an e-mail address in a comment", "E624")
def address_in_comment(folder: Path) -> None:
    put(folder, "annotations", DIKE, comment="tanya tarsa@pos.example")


@ROWS("an absolute path in a comment", "E624")
def path_in_comment(folder: Path) -> None:
    put(folder, "annotations", DIKE, comment="lihat /home/tarsa/catatan.txt")


@ROWS("an e-mail address as a mention's canonical name", "E624")
def address_as_name(folder: Path) -> None:
    change_row(folder, "entities", DIKE, lambda row: row["entities"][0].update(ref="tarsa@pos.example"))


@ROWS("a text that is mended by hand", "E626")
def mended_text(folder: Path) -> None:
    change_row(folder, "articles", BRIDGE, lambda row: row.update(text=row["text"].replace("one", "two", 1)))


@ROWS("two articles' texts swapped", "E626", "E405 E406 E407 E625 E666 E670")
def swapped_texts(folder: Path) -> None:
    def change(rows: list[Row]) -> None:
        first, second = about(rows, BRIDGE), about(rows, DIKE)
        first["text"], second["text"] = second["text"], first["text"]

    change_rows(folder, "articles", "train", change)


@ROWS("a label in no scheme", "E667", "E620 E679")
def unknown_label(folder: Path) -> None:
    change_row(folder, "annotations", DIKE, lambda row: row["entities"][0].update(label="SHIP"))


@ROWS("a label of gold in no scheme", "E667", "E620 E640 E649 E674")
def unknown_gold_label(folder: Path) -> None:
    change_row(folder, "entities", DIKE, lambda row: row["entities"][0].update(label="SHIP"))


@ROWS("a target that nobody declared", "E667", "E640 E670 E674")
def undeclared_target(folder: Path) -> None:
    put(
        folder, "stances", DIKE, target_kind="declared", target_name="SHIP", target_start=None, target_end=None,
        target_text=None, target_label=None,
    )  # fmt: skip


@ROWS("a holder that nobody declared", "E667", "E640 E674")
def undeclared_holder(folder: Path) -> None:
    put(
        folder, "stances", DIKE, holder_kind="named", holder_name="RESIDENT", holder_start=None, holder_end=None,
        holder_text=None, holder_label=None,
    )  # fmt: skip


@ROWS("a target without its place", "E668", "E625 E674 E678")
def placeless_target(folder: Path) -> None:
    put(folder, "stances", DIKE, target_start=None, target_end=None)


@ROWS("the author's voice with a name", "E668", "E640 E674")
def author_by_name(folder: Path) -> None:
    put(folder, "stances", DIKE, holder_kind="author", holder_name="RESIDENTS")


@ROWS("more with predictions in sight than there are annotators", "E669", "E677")
def more_shown(folder: Path) -> None:
    put(folder, "entities", DIKE, predictions_shown=3)


@ROWS("a mention of soft labels with a target", "E671")
def mention_with_target(folder: Path) -> None:
    put(folder, "soft_labels", DIKE, target_kind="declared", target_name="MARKET_MOVE")


@ROWS("choices in another order", "E672")
def turned_choices(folder: Path) -> None:
    change_row(folder, "soft_labels", DIKE, lambda row: row["choices"].reverse())


@ROWS("a choice left out", "E672")
def choice_too_few(folder: Path) -> None:
    change_row(folder, "soft_labels", DIKE, lambda row: row["choices"].pop())


@ROWS("a vote more than there are annotators", "E673", "E679")
def vote_too_many(folder: Path) -> None:
    change_row(folder, "soft_labels", DIKE, lambda row: row["choices"][0].update(annotators=3))


@ROWS("a token left out", "E675", "E640 E647")
def token_lost(folder: Path) -> None:
    def change(row: Row) -> None:
        for column in ("tokens", "token_spans", "ner_tags"):
            row[column].pop()

    change_row(folder, "entities", DIKE, change)


@ROWS("tokens in lower case", "E675", "E625")
def lower_case(folder: Path) -> None:
    change_row(folder, "entities", DIKE, lambda row: row.update(tokens=[one.lower() for one in row["tokens"]]))


@ROWS("a tag that is lost", "E676")
def tag_lost(folder: Path) -> None:
    change_row(folder, "entities", DIKE, lambda row: row["ner_tags"].__setitem__(0, 0))


@ROWS("tags of another class", "E676")
def other_tags(folder: Path) -> None:
    change_row(
        folder, "entities", DIKE, lambda row: row.update(ner_tags=[9 if tag == 1 else tag for tag in row["ner_tags"]])
    )


@ROWS("a tag that begins where it should go on", "E676")
def begun_again(folder: Path) -> None:
    def change(row: Row) -> None:
        at = next(at for at, tag in enumerate(row["ner_tags"]) if tag and not tag % 2)
        row["ner_tags"][at] -= 1

    change_row(folder, "entities", DIKE, change)


@ROWS("a loss that nobody counted", "E676", "E640 E647")
def uncounted_loss(folder: Path) -> None:
    put(folder, "entities", DIKE, bio_lost=0)


@ROWS("a text that is not canonical, its hash following", "E404", "E408")
def not_canonical(folder: Path) -> None:
    def change(row: Row) -> None:
        text = row["text"].replace("one motorbike", "one\tmotorbike")
        row.update(text=text, text_sha256=sha256(text.encode()))

    change_row(folder, "articles", BRIDGE, change)


@ROWS("a title that is not its block", "E407")
def other_title(folder: Path) -> None:
    put(folder, "articles", BRIDGE, title="Karangmelur Bridge reopens")


@ROWS("blocks that leave words out", "E406")
def words_in_no_block(folder: Path) -> None:
    change_row(folder, "articles", BRIDGE, lambda row: row["blocks"].pop())


@ROWS("a span of gold with a space at its end", "E674", "E676")
def untrimmed(folder: Path) -> None:
    change_row(folder, "entities", DIKE, lambda row: row["entities"][0].update(end=14, text="Tanggul Senar "))
