"""The toy corpus, released once and then changed in one way after the other: what each change is, and what it asks for.

All people, places and organisations are invented.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tests.corpora import article, entity, gold

from kliping.files import encode_lines, write_bytes, write_shards
from kliping.records import Holder, SplitEntry, Stance, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kliping.project import Corpus
    from kliping.records import Gold
    from kliping.release.versions.changes import Kind

Json: TypeAlias = dict[str, Any]
Changed: TypeAlias = "Callable[[Corpus], None]"


class Case(NamedTuple):
    """A change, the counts that a comparison tells of it, and the least version after 0.1.0."""

    change: Changed
    counts: Mapping[Kind, int]
    smallest: str
    before: Changed | None = None
    """What is changed before 0.1.0 is released."""


def edit(corpus: Corpus, path: str, change: Callable[[list[Json]], object]) -> None:
    """Change the lines of a file, as JSON, in place."""
    lines = [json.loads(line) for line in (corpus.root / path).read_bytes().splitlines()]
    change(lines)
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    write_bytes(corpus.root / path, text.encode())


def scheme(change: Callable[[Json], object]) -> Changed:
    """Change the definitions of `corpus.schema.json`."""

    def changed(corpus: Corpus) -> None:
        path = corpus.schema / "corpus.schema.json"
        document = json.loads(path.read_bytes())
        change(document["$defs"])
        write_bytes(path, json.dumps(document, ensure_ascii=False).encode())

    return changed


def field(**fields: str) -> Changed:
    """Give articles these fields of the corpus's own, by type."""
    return scheme(lambda found: found["metadata"].update(properties={k: _typed(v) for k, v in fields.items()}))


def _typed(kind: str) -> Json:
    return {"type": kind, "title": "Edition", "description": "Which edition it was in."}


def no_label(name: str, label: str) -> Changed:
    return scheme(
        lambda found: found[name].update(oneOf=[one for one in found[name]["oneOf"] if one["const"] != label])
    )


def more_labels(name: str, label: str, at: int) -> Changed:
    """Put a label into a list, made like its first one."""

    def put(found: Json) -> None:
        like = json.loads(json.dumps(found[name]["oneOf"][0]))
        like["const"] = label
        like["x-kliping"].pop("key", None)
        found[name]["oneOf"].insert(at, like)

    return scheme(put)


def in_gold(name: str, change: Callable[[Json], object]) -> Changed:
    """Change the gold of an article."""

    def changed(corpus: Corpus) -> None:
        edit(
            corpus, "annotations/gold.jsonl", lambda lines: [change(one) for one in lines if one["article_id"] == name]
        )

    return changed


def in_article(name: str, **fields: object) -> Changed:
    def changed(corpus: Corpus) -> None:
        edit(corpus, ARTICLES, lambda lines: [one.update(fields) for one in lines if one["id"] == name])

    return changed


def in_pulled(change: Callable[[list[Json]], object]) -> Changed:
    """Change what annotators made: dike-aa, dike-bb, ferry-aa, ferry-bb, lamps-bb, market-aa, market-bb."""
    return lambda corpus: edit(corpus, "annotations/pulled/00000.jsonl", change)


def no_gold(name: str) -> Changed:
    def changed(corpus: Corpus) -> None:
        kept = [one for one in corpus.gold() if one.article_id != name]
        write_bytes(corpus.annotation_folder / "gold.jsonl", encode_lines(kept))

    return changed


def no_gold_at_all(corpus: Corpus) -> None:
    write_bytes(corpus.annotation_folder / "gold.jsonl", b"")


def more_gold(name: str) -> Changed:
    """Gold of an article in which there is one place."""

    def changed(corpus: Corpus) -> None:
        (about,) = (one for one in corpus.articles() if one.id == name)
        place = entity(about, 1, {"dike": "Senar", "lamps": "Tanjung Belida"}[name], "PLACE")
        found: list[Gold] = [*corpus.gold(), gold(about, [place], [_ASIDE])]
        write_bytes(corpus.annotation_folder / "gold.jsonl", encode_lines(found))

    return changed


def in_split(name: str, split: str) -> Changed:
    def changed(corpus: Corpus) -> None:
        edit(
            corpus, "corpus/splits.jsonl", lambda lines: [one.update(split=split) for one in lines if one["id"] == name]
        )

    return changed


def fewer_articles(corpus: Corpus) -> None:
    edit(corpus, ARTICLES, lambda lines: lines.pop())


def more_articles(corpus: Corpus) -> None:
    quay = article("quay", "Old bell rings", "The bell on the quay of Rimbia rings again.", language="en")
    write_shards(corpus.corpus / "articles", [*corpus.articles(), quay])
    entries = [*corpus.splits(), SplitEntry(id="quay", split="train", cluster="quay")]
    write_bytes(corpus.corpus / "splits.jsonl", encode_lines(entries))


def other_text(corpus: Corpus) -> None:
    fish = article("fish", "Fish prices", "Prices fell at the pier, said a trader.", language="en")
    write_shards(corpus.corpus / "articles", [fish if one.id == "fish" else one for one in corpus.articles()])


def reworded(corpus: Corpus) -> None:
    write_bytes(corpus.annotation_folder / "guidelines.md", b"Other words.\n")


def swapped(found: Json) -> None:
    found["stance"]["oneOf"][:2] = reversed(found["stance"]["oneOf"][:2])


def moved(one: Json) -> None:
    """`Sena Waluyo`, who holds a stance, becomes `Waluyo`."""
    one["entities"][1].update(start=one["entities"][1]["start"] + 5, text="Waluyo")


def commissioned(lines: list[Json]) -> None:
    """The second annotator of the dike takes on the fish, too."""
    fish = {"id": "fish-annotator-bb-1", "article_id": "fish", "text_sha256": FISH}
    lines.append(lines[1] | fish)


def another_mention(one: Json) -> None:
    one["entities"].append({"id": "e5", "start": 0, "end": 10, "text": "Pasar Lama", "label": "PLACE"})


def another_stance(one: Json) -> None:
    one["stances"].append(
        {"id": "s3", "stance": "favor", "target": {"kind": "mention", "mention": "e4"}, "holder": {"kind": "author"}}
    )


ARTICLES = "corpus/articles/00000.jsonl"
FISH = article("fish", "Fish prices", "Prices rose at the pier, said a trader.", language="en").text_sha256
_ASIDE = Stance(
    id="s1", stance="none", target=Target(kind="declared", name="MARKET_MOVE"), holder=Holder(kind="author")
)

CASES: Mapping[str, Case] = {
    "annotators are left out": Case(in_pulled(list.clear), {"config_removed": 2, "annotation_removed": 7}, "1.0.0"),
    "a field of the corpus's own is gone": Case(field(), {"column_removed": 1}, "1.0.0", field(edition="string")),
    "a field has another type": Case(field(edition="integer"), {"column_retyped": 1}, "1.0.0", field(edition="string")),
    "the only gold of a split is withdrawn": Case(no_gold("ferry"), {"split_removed": 2, "no_longer_gold": 1}, "1.0.0"),
    "an unused label is removed": Case(no_label("entity_label", "EVENT"), {"label_removed": 1}, "1.0.0"),
    "a target is removed": Case(no_label("target", "PLASTIC_LEVY"), {"label_removed": 1}, "1.0.0"),
    "two stances change places": Case(scheme(swapped), {"label_reordered": 2}, "1.0.0"),
    "a label is put before others": Case(
        more_labels("entity_label", "SHIP", 3), {"label_reordered": 2, "label_added": 1}, "1.0.0"
    ),
    "an article is removed": Case(fewer_articles, {"article_removed": 1}, "1.0.0"),
    "an article moves": Case(in_split("fish", "test"), {"article_moved": 1}, "1.0.0"),
    "the first gold": Case(
        more_gold("dike"),
        {"config_added": 2, "newly_gold": 1},
        "0.2.0",
        no_gold_at_all,
    ),
    "a new field": Case(field(edition="string"), {"column_added": 1}, "0.2.0"),
    "the first gold of a split": Case(more_gold("lamps"), {"split_added": 2, "newly_gold": 1}, "0.2.0"),
    "a label after the others": Case(more_labels("entity_label", "SHIP", 5), {"label_added": 1}, "0.2.0"),
    "a holder after the others": Case(more_labels("holder", "SCHOLARS", 1), {"label_added": 1}, "0.2.0"),
    "an article is added": Case(more_articles, {"article_added": 1}, "0.2.0"),
    "an article is newly gold": Case(more_gold("dike"), {"newly_gold": 1}, "0.2.0"),
    "an annotation is added": Case(in_pulled(commissioned), {"annotation_added": 1}, "0.2.0"),
    "a text is mended": Case(other_text, {"text_changed": 1}, "0.1.1"),
    "a publisher is named": Case(in_article("fish", publisher="The Rimbia Post"), {"metadata_changed": 1}, "0.1.1"),
    "an article is no longer gold": Case(no_gold("dike"), {"no_longer_gold": 1}, "0.1.1", more_gold("dike")),
    "a mention is added": Case(in_gold("market", another_mention), {"mention_added": 1}, "0.1.1"),
    "a mention is removed": Case(
        in_gold("market", lambda one: one["entities"].pop(0)), {"mention_removed": 1}, "0.1.1"
    ),
    "a holder's mention moves": Case(in_gold("market", moved), {"mention_moved": 1}, "0.1.1"),
    "a mention is relabelled": Case(
        in_gold("market", lambda one: one["entities"][0].update(label="ORGANISATION")),
        {"mention_relabelled": 1},
        "0.1.1",
    ),
    "a stance is added": Case(in_gold("market", another_stance), {"stance_added": 1}, "0.1.1"),
    "a stance is removed": Case(in_gold("market", lambda one: one["stances"].pop()), {"stance_removed": 1}, "0.1.1"),
    "a stance is flipped": Case(
        in_gold("market", lambda one: one["stances"][0].update(stance="favor")), {"stance_flipped": 1}, "0.1.1"
    ),
    "an annotation is withdrawn": Case(in_pulled(lambda lines: lines.pop(1)), {"annotation_removed": 1}, "0.1.1"),
    "an annotator's comment changes": Case(
        in_pulled(lambda lines: lines[1].update(comment="yakin")), {"annotation_changed": 1}, "0.1.1"
    ),
    "a mention gets a reference": Case(
        in_gold("market", lambda one: one["entities"][0].update(ref="Rimbia")), {"derived_changed": 1}, "0.1.1"
    ),
    "the guidelines are reworded": Case(reworded, {"inputs_changed": 1}, "0.1.1"),
}
