"""Level 4: texts that are not canonical, spans that are not what they say."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from tests.check.folder import ARTICLES, DECISIONS, GOLD, PREDICTIONS, PULLED, Folder
from tests.mutations.mutation import MutationList
from tests.mutations.sample import AGROUND, BRIDGE, DIKE, DIKE_UPDATED, FESTIVAL, LEVY, edit_about

from kliping.files import sha256

if TYPE_CHECKING:
    from tests.check.folder import Json

__all__ = ["TEXTS"]

TEXTS: MutationList[Folder] = MutationList("corpus")


def retext(line: Json, text: str) -> None:
    """Give an article another text, and let its hash follow."""
    line.update(text=text, text_sha256=sha256(text.encode()))


def put(folder: Folder, article: str, old: str, new: str) -> None:
    """Change words of a text; its hash follows, and so do its blocks."""

    def change(line: Json) -> None:
        at, more = line["text"].index(old), len(new) - len(old)
        retext(line, line["text"].replace(old, new, 1))
        for block in line["blocks"]:
            block["start"] += more if block["start"] > at else 0
            block["end"] += more if block["end"] > at else 0

    edit_about(folder, ARTICLES, article, change)


def shift(line: Json) -> None:
    """A span one further, its surface as before."""
    line["entities"][3]["start"] += 1
    line["entities"][3]["end"] += 1


@TEXTS("a span shifted by one", "E401")
def shifted(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, shift)


@TEXTS("a span of gold shifted by one", "E401", "E508")
def shifted_gold(folder: Folder) -> None:
    edit_about(folder, GOLD, DIKE, shift)


@TEXTS("a decision's span shifted by one", "E401")
def shifted_decision(folder: Folder) -> None:
    edit_about(folder, DECISIONS, FESTIVAL, lambda line: line["mention"].update(start=520, end=555))


@TEXTS("offsets in UTF-16 units, after an emoji", "E401")
def utf_16_offsets(folder: Folder) -> None:
    (text,) = (line["text"] for line in folder.lines(ARTICLES) if line["id"] == FESTIVAL)

    def count_units(line: Json) -> None:
        for entity in line["entities"]:
            for end in ("start", "end"):
                entity[end] = len(text[: entity[end]].encode("utf-16-le")) // 2

    edit_about(folder, PULLED, FESTIVAL, count_units)


@TEXTS("offsets in bytes", "E401")
def byte_offsets(folder: Folder) -> None:
    (text,) = (line["text"] for line in folder.lines(ARTICLES) if line["id"] == DIKE)

    def count_bytes(line: Json) -> None:
        for entity in line["entities"]:
            for end in ("start", "end"):
                entity[end] = len(text[: entity[end]].encode())

    edit_about(folder, PULLED, DIKE, count_bytes)


@TEXTS("offsets counted in a text with CR LF", "E401")
def cr_lf_offsets(folder: Folder) -> None:
    (text,) = (line["text"] for line in folder.lines(ARTICLES) if line["id"] == DIKE)

    def count_both(line: Json) -> None:
        for entity in line["entities"]:
            more = text[: entity["start"]].count("\n")
            entity.update(start=entity["start"] + more, end=entity["end"] + more)

    edit_about(folder, PULLED, DIKE, count_both)


@TEXTS("ends that are inclusive", "E401")
def inclusive_ends(folder: Folder) -> None:
    def one_less(line: Json) -> None:
        for entity in line["entities"]:
            entity["end"] -= 1

    edit_about(folder, PULLED, DIKE, one_less)


@TEXTS("a surface mended by hand", "E401")
def mended_surface(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["entities"][0].update(text="Tanggul Sénar"))


@TEXTS("a span past the end of the text", "E401")
def past_the_end(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["entities"][-1].update(start=5_000, end=5_019))


@TEXTS("a predicted span shifted by one", "E401")
def shifted_prediction(folder: Folder) -> None:
    (article,) = (line for line in folder.lines(ARTICLES) if line["id"] == BRIDGE)
    entity = {
        "id": "p1", "start": 1, "end": 11, "text": article["text"][:10], "label": "PLACE", "ref": None,
        "origin": "prediction", "unsure": False,
    }  # fmt: skip
    line = {
        "article_id": BRIDGE, "text_sha256": article["text_sha256"], "model_version": "toy-1", "score": None,
        "entities": [entity], "stances": [],
    }  # fmt: skip
    folder.write(PREDICTIONS, json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


@TEXTS("two articles' texts swapped, their hashes left", "E402", "E401 E405 E406 E407 E408")
def swapped_texts(folder: Folder) -> None:
    swap(folder, "text")


@TEXTS("two articles' texts swapped, and their hashes", "E306", "E405 E406 E407 E408 E508")
def swapped_texts_and_hashes(folder: Folder) -> None:
    swap(folder, "text", "text_sha256")


@TEXTS("two articles' texts swapped, with hashes, blocks and titles", "E306", "E508")
def swapped_texts_whole(folder: Folder) -> None:
    swap(folder, "text", "text_sha256", "blocks", "title")


def swap(folder: Folder, *fields: str) -> None:
    """Exchange some fields of two articles that are alike but for a few words."""
    first, second = ({one["id"]: one for one in folder.lines(ARTICLES)}[name] for name in (DIKE, DIKE_UPDATED))
    edit_about(folder, ARTICLES, DIKE, lambda line: line.update({field: second[field] for field in fields}))
    edit_about(folder, ARTICLES, DIKE_UPDATED, lambda line: line.update({field: first[field] for field in fields}))


@TEXTS("a word of a text mended by hand", "E402")
def mended_text(folder: Folder) -> None:
    folder.edit(ARTICLES, lambda data: data.replace(b"tanpa henti", b"tiada henti"))


@TEXTS("a hash of another text", "E402")
def other_hash(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: line.update(text_sha256="0" * 64))


@TEXTS("a text decomposed, as another system writes it, its hash with it", "E403")
def decomposed(folder: Folder) -> None:
    put(folder, BRIDGE, "Parto", unicodedata.normalize("NFD", "Pärto"))


@TEXTS("a text with CR LF, its hash with it", "E404", "E406")
def cr_lf_text(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: retext(line, line["text"].replace("\n", "\r\n")))


@TEXTS("a tab in a text", "E404", "E408")
def tab(folder: Folder) -> None:
    put(folder, BRIDGE, "one motorbike", "one\tmotorbike")


@TEXTS("a soft hyphen in a text", "E404", "E407")
def soft_hyphen(folder: Folder) -> None:
    put(folder, BRIDGE, "motorbike", "motor\u00adbike")


@TEXTS("a byte order mark in a text", "E404", "E407")
def mark_in_text(folder: Folder) -> None:
    put(folder, BRIDGE, "Karangmelur", "\ufeffKarangmelur")


@TEXTS("a block that overlaps the next", "E405", "E406")
def overlapping(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: line["blocks"][1].update(end=300))


@TEXTS("a block past the end of the text", "E405")
def block_past_the_end(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: line["blocks"][-1].update(end=9_999))


@TEXTS("blocks in another order", "E405", "E406")
def turned_blocks(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: line["blocks"].reverse())


@TEXTS("a paragraph in no block", "E406")
def no_block(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: line["blocks"].pop(2))


@TEXTS("a block of one character less", "E406")
def short_block(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: line["blocks"][1].update(end=line["blocks"][1]["end"] - 1))


@TEXTS("two paragraphs as one block", "E406")
def one_block(folder: Folder) -> None:
    def join(line: Json) -> None:
        line["blocks"][1]["end"] = line["blocks"].pop(2)["end"]

    edit_about(folder, ARTICLES, BRIDGE, join)


@TEXTS("a title mended in its field alone", "E407")
def mended_title(folder: Folder) -> None:
    edit_about(folder, ARTICLES, BRIDGE, lambda line: line.update(title="Karangmelur Bridge reopens"))


@TEXTS("a subtitle left out of its field", "E407")
def no_subtitle(folder: Folder) -> None:
    edit_about(folder, ARTICLES, LEVY, lambda line: line.update(subtitle=None))


@TEXTS("a title's block made a paragraph", "E407")
def title_as_paragraph(folder: Folder) -> None:
    edit_about(folder, ARTICLES, AGROUND, lambda line: line["blocks"][0].update(type="paragraph"))


@TEXTS("a no-break space in a text", "E408")
def no_break_space(folder: Folder) -> None:
    put(folder, BRIDGE, "one motorbike", "one\u00a0motorbike")


@TEXTS("two spaces in a text", "E408")
def two_spaces(folder: Folder) -> None:
    put(folder, BRIDGE, "one motorbike", "one  motorbike")
