"""Level 6, the rows of a release, each by itself: no null class, labels of the scheme, hashes of their texts."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, cast

from kliping.check.release.shapes import nulls
from kliping.check.rules import Example, Place, RuleList
from kliping.check.schema import unfit
from kliping.contract.addresses import ADDRESS
from kliping.files import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.check.release.shapes import Shape
    from kliping.check.release.tables import Row
    from kliping.check.rules import Fault
    from kliping.contract import Contract, Kind, Scheme

__all__ = ["ROW_RULES", "RowSeen"]

LOCAL_PATH = re.compile(r"(?:^|[\s\"'(=])(?:file:|/(?:home|Users|root|tmp|var|mnt|opt|data)/|[A-Za-z]:\\)")
"""An absolute path of somebody's machine."""

PARTIES = ("stances", "soft_labels")
"""Configs with a column for each part of a target and of a holder."""

KINDS = {"target": ("mention", "declared"), "holder": ("author", "mention", "named", "unspecified")}
NAMED = ("declared", "named")


class RowSeen(NamedTuple):
    """A row with its table's class columns and their names, and the columns that may not be null."""

    place: Place
    config: str
    row: Row
    classes: Mapping[str, Sequence[str]]
    shape: Shape
    contract: Contract

    @property
    def scheme(self) -> Scheme:
        """The lists of words of the contract."""
        return self.contract.scheme


ROW_RULES: RuleList[RowSeen] = RuleList()


@ROW_RULES(
    "E620",
    "a row keeps the schema of its table",
    mend="Mend what `kliping check` finds in the corpus, and release again.",
    example=Example("annotations", '"annotator": "annotator-33c95d790b36"', '"annotator": "Sena Waluyo"'),
)
def keeps_schema(seen: RowSeen) -> Iterator[Fault]:
    """What breaks the schema, such as a block of no type, is read differently by everyone.

    An annotator who is no pseudonym may be a person's name.
    """
    if any(True for _ in nulls(seen.row, seen.shape)):
        return  # E621 tells
    row = seen.row
    if seen.config == "articles":
        row = row | {"metadata": _given(row.get("metadata") or {})}
    for fault in unfit(seen.contract, cast("Kind", seen.config), row):
        yield seen.place, f"{fault}; release again"


@ROW_RULES(
    "E621",
    "a row has no null where its schema allows none",
    mend="Release again.",
    example=Example("annotations", '"status": "submitted"', '"status": null'),
)
def no_nulls(seen: RowSeen) -> Iterator[Fault]:
    """Every column may be null in Parquet, or `datasets` would drop class names.

    So a text that is missing loads, and fails only in somebody's training.
    """
    for column in nulls(seen.row, seen.shape):
        yield seen.place, f"{column} is null; release again"


@ROW_RULES(
    "E622",
    "a class is one of the names, never null",
    mend="Release again.",
    example=Example("stances", '"stance": 2', '"stance": 3'),
)
def classes_in_range(seen: RowSeen) -> Iterator[Fault]:
    """Libraries take null, -1 and a number past the last name for a class without a word, and score by it."""
    for column, names in seen.classes.items():
        value = seen.row[column]
        wrong = set(value if isinstance(value, list) else [value]) - set(range(len(names)))
        if wrong:
            one = None if None in wrong else min(wrong)
            yield seen.place, f"{column}: {one!r} is no class, there are {len(names)}; release again"


@ROW_RULES(
    "E623",
    "tokens, their places and their tags are of one length",
    mend="Release again.",
    example=Example("entities", '"tokens": ["Sanggar", ', '"tokens": ['),
)
def tokens_are_aligned(seen: RowSeen) -> Iterator[Fault]:
    """With a tag too few, every later tag of the article is at another token."""
    if seen.config == "entities":
        lengths = {len(seen.row[column] or ()) for column in ("tokens", "token_spans", "ner_tags")}
        if len(lengths) > 1:
            yield seen.place, "tokens, token_spans and ner_tags differ in length; release again"


@ROW_RULES(
    "E624",
    "no annotation holds an e-mail address or a path of somebody's machine",
    mend="Take it out of the annotation in Label Studio, pull, and release again.",
    example=Example("annotations", '"comment": null', '"comment": "ask desk@pos.example"'),
)
def nobody_is_named(seen: RowSeen) -> Iterator[Fault]:
    """Who annotated stays unknown, and nobody agreed to have an address published.

    An article's own text is another matter: it is the source's words.
    """
    for words in _own_fields(seen.config, seen.row):
        if ADDRESS.search(words) or LOCAL_PATH.search(words):
            yield seen.place, "an e-mail address or an absolute path in a field of an annotation; take it out"
            return


@ROW_RULES(
    "E626",
    "an article's hash is that of its text",
    mend="Release again.",
    example=Example(
        "articles", "Sanggar Ülgar Terancam Kehilangan Atap\\n", "Sanggar Ülgar terancam kehilangan atap\\n"
    ),
)
def hash_is_of_text(seen: RowSeen) -> Iterator[Fault]:
    """The hash ties each annotation to the exact text that it is of.

    Where two texts are swapped, all offsets are wrong.
    """
    text = seen.row["text"] if seen.config == "articles" else None
    if text is not None and sha256(text.encode()) != seen.row["text_sha256"]:
        yield seen.place, f"{seen.row['id']}: text_sha256 is not that of the text; release again"


@ROW_RULES(
    "E667",
    "what is written as a word, such as a mention's label, is in the scheme",
    mend="Put the word back into schema/corpus.schema.json, deprecated, or rename it with `kliping relabel`; release.",
    example=Example("entities", '"label": "ORGANISATION"', '"label": "SHIP"'),
)
def words_are_in_the_scheme(seen: RowSeen) -> Iterator[Fault]:
    """A word that the scheme does not have has no meaning in the release, and no place in scores."""
    scheme = seen.scheme
    lists = {
        "label": {label.const for label in scheme.entity_labels},
        "stance": {stance.const for stance in scheme.stances},
        "declared": {target.const for target in scheme.targets},
        "named": {holder.const for holder in scheme.holders},
    }
    for what, word in _words(seen.config, seen.row):
        if word is not None and word not in lists[what]:
            yield seen.place, f"{word!r} is not in schema/corpus.schema.json ({what}); release again"


@ROW_RULES(
    "E668",
    "a target or a holder has the columns of its kind, and no more",
    mend="Release again.",
    example=Example("stances", '"target_start": 469', '"target_start": null'),
)
def parties_are_whole(seen: RowSeen) -> Iterator[Fault]:
    """A target without a place looks like one of the other kind, and a name beside a mention contradicts it.

    Both change who is said to be for what.
    """
    if seen.config not in PARTIES:
        return
    for side, kinds in KINDS.items():
        kind = seen.row[f"{side}_kind"]
        if kind is None and seen.config == "soft_labels" and seen.row["kind"] != "stance":
            continue
        spanned = {seen.row[f"{side}_{part}"] is not None for part in ("start", "end", "text")}
        labelled = seen.row.get(f"{side}_label") is not None and kind != "mention"
        is_whole = spanned == {kind == "mention"} and bool(seen.row[f"{side}_name"]) == (kind in NAMED)
        if kind not in kinds or not is_whole or labelled:
            message = "a mention has a place and a text, declared and named have a name, all else is null"
            yield seen.place, f"the {side} of kind {kind!r}: {message}; release again"


@ROW_RULES(
    "E669",
    "of the annotators, as many had predictions in sight as there are, or fewer",
    mend="Release again.",
    example=Example("entities", '"predictions_shown": 0', '"predictions_shown": 3'),
)
def predictions_were_shown_to_annotators(seen: RowSeen) -> Iterator[Fault]:
    """Predictions in sight pull annotators towards them; readers who leave such rows out need a count that is true."""
    if "annotators" not in seen.row:
        return
    annotators, shown = seen.row["annotators"], seen.row["predictions_shown"]
    if annotators is not None and shown is not None and not 0 <= shown <= annotators:
        yield seen.place, f"predictions_shown is {shown} of {annotators} annotators; release again"


def _given(value: object) -> object:
    """The corpus's own fields as an article has them: one that it does not have is null in Parquet."""
    if isinstance(value, dict):
        return {name: _given(inner) for name, inner in value.items() if inner is not None}
    return [_given(one) for one in value] if isinstance(value, list) else value


def _words(config: str, row: Row) -> Iterator[tuple[str, str | None]]:
    """The labels, stances and declared names of a row, each with the list it is from."""
    if config in ("entities", "annotations"):
        yield from (("label", entity["label"]) for entity in row["entities"] or () if entity)
    if config == "annotations":
        for stance in row["stances"] or ():
            if stance:
                yield "stance", stance["stance"]
                yield from ((side["kind"], side["name"]) for side in _sides(stance) if side["kind"] in NAMED)
    if config == "stances":
        yield from (("label", row[f"{side}_label"]) for side in KINDS)
    if config in PARTIES:
        yield from ((row[f"{side}_kind"], row[f"{side}_name"]) for side in KINDS if row[f"{side}_kind"] in NAMED)


def _sides(stance: Row) -> Iterator[Row]:
    return (stance[side] for side in KINDS if stance[side])


def _own_fields(config: str, row: Row) -> Iterator[str]:
    fields: dict[str, list[str | None]] = defaultdict(list)
    fields["annotations"] = [row.get("comment"), row.get("annotator"), row.get("predictions_shown")]
    for parties in PARTIES:
        fields[parties] = [row.get("target_name"), row.get("holder_name")]
    yield from (words for words in fields[config] if words)
    if config in ("entities", "annotations"):
        yield from (entity["ref"] for entity in row["entities"] or () if entity and entity["ref"])
    if config == "annotations":
        for stance in row["stances"] or ():
            yield from (side["name"] for side in _sides(stance or {"target": None, "holder": None}) if side["name"])
