"""The card's section on structure: configs, splits, columns, labels and how often each is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kliping.annotation.tokens import TOKENISER
from kliping.contract.tables import column_meanings, features, row_meaning
from kliping.normaliser.run.near_duplicates import METHOD
from kliping.release.card.markdown import folded, listed, number, plain, table
from kliping.release.card.plot import PLOT

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping, Sequence

    from kliping.contract import Label
    from kliping.release.card.described import Described

__all__ = ["structure"]


def structure(filled: Described) -> Iterator[str]:
    """Everything that a row may hold."""
    yield from _configs(filled)
    yield from _splits(filled)
    yield from _columns(filled)
    yield from _labels(filled)


def _configs(filled: Described) -> Iterator[str]:
    yield "### Configs"
    yield ""
    yield "Rows by config and split. `id` of `articles` is `article_id`, or `id`, in the others, and joins them."
    yield ""
    rows = (
        (
            f"`{name}`",
            row_meaning(filled.contract, name),
            *(number(splits[split].rows) if split in splits else "0" for split in filled.splits),
        )
        for name, splits in filled.parts.items()
    )
    yield from table(("config", "a row", *filled.splits), rows)
    yield "A config has no file for a split where it has no row, and a table without any row is no config."
    yield ""
    yield (
        "Only articles with gold are in `entities` and `stances`, so that not annotated never looks like none; "
        "`annotation_status` of `articles` tells the rest:"
    )
    yield ""
    statuses = filled.statistics.statuses
    yield from table(
        ("`annotation_status`", "meaning", *filled.splits),
        (
            (f"`{name}`", meaning, *(number(statuses[name, split]) for split in filled.splits))
            for name, meaning in _STATUSES.items()
        ),
    )


_STATUSES = {
    "gold": "annotated, and everything in it is decided",
    "partial": "annotated, and something is open",
    "none": "not annotated",
}


def _splits(filled: Described) -> Iterator[str]:
    total = sum(filled.statistics.articles.values())
    shares = [
        f"`{split}` {number(count)} ({100 * count / total:.1f} %)"
        for split in filled.splits
        if (count := filled.statistics.articles[split])
    ]
    yield "### Splits"
    yield ""
    yield (
        f"Articles: {', '.join(shares)}. An article keeps its split in every version. Near-duplicates share one, so "
        f"that no test article is known from training: {METHOD}. Articles that are near-duplicates of another one: "
        f"{number(filled.statistics.duplicates)} (column `cluster`)."
    )
    yield ""


def _columns(filled: Described) -> Iterator[str]:
    yield "### Columns"
    yield ""
    yield (
        "Offsets are Unicode code points of `text`, half open: `text[start:end]` is the surface. `schema/` holds the "
        "contract that these tables are made from, as JSON Schema."
    )
    yield ""
    for name in filled.parts:
        meanings = column_meanings(filled.contract, name)
        rows = (
            (f"`{column}`", _kind(kind), meanings[column].replace("<", "&lt;"))
            for column, kind in features(filled.contract, name).items()
        )
        yield from folded(f"Columns of <code>{name}</code>", table(("column", "type", "meaning"), rows))
    if "entities" in filled.parts:
        counts = filled.statistics
        yield (
            f"`tokens` are by `{TOKENISER}`; `ner_tags` are a BIO projection that shows all mentions but "
            f"{number(counts.bio_lost)} nested or overlapping ones, and widens {number(counts.bio_widened)} to whole "
            "tokens. `entities` has them all as they are."
        )
        yield ""


def _kind(feature: Mapping[str, Any]) -> str:
    """A feature's type in words."""
    kind = feature.get("_type")
    if kind == "Value":
        return str(feature["dtype"])
    if kind == "ClassLabel":
        return f"class, {len(feature['names'])} names"
    if kind == "List":
        return f"list of {_kind(feature['feature'])}"
    return f"struct of {', '.join(f'`{name}`' for name in feature)}"


def _labels(filled: Described) -> Iterator[str]:
    scheme, counts = filled.contract.scheme, filled.statistics
    yield "### Labels"
    yield ""
    yield (
        "In the order of their numbers, with counts in gold. In `ner_tags`, `O` comes first, then `B-` and `I-` of "
        "each label."
    )
    yield ""
    yield from _counted("entity label", scheme.entity_labels, counts.labels, filled)
    yield from _counted("stance", scheme.stances, counts.stances, filled)
    yield from _targets(filled)
    yield f"Holders of the stances, by kind: {listed(counts.holders)}."
    yield ""
    if counts.labels or counts.stances:
        yield f"![How often each label and stance is in gold, by split; the tables above have the numbers]({PLOT})"


def _counted(what: str, labels: Sequence[Label], counts: Counter[tuple[str, str]], filled: Described) -> Iterator[str]:
    """Labels with their titles, in the corpus's language too where the scheme has that, and counts by split."""
    if not labels:
        return
    language = filled.settings.language
    titles = [label.title_in(language) for label in labels]
    own = titles != [label.title for label in labels]
    rows = (
        (
            f"`{label.const}`",
            plain(label.title),
            *([plain(title)] if own else []),
            plain(label.description) + (" Retired." if label.deprecated else ""),
            *(number(counts[label.const, split]) for split in filled.splits),
        )
        for label, title in zip(labels, titles, strict=True)
    )
    yield from table((what, "title", *([f"in `{language}`"] if own else []), "meaning", *filled.splits), rows)


def _targets(filled: Described) -> Iterator[str]:
    """Declared targets, and mentions as targets, with the sides taken towards them in gold."""
    scheme, counts = filled.contract.scheme, filled.statistics.targets
    stances = [stance.const for stance in scheme.stances]
    named = [(f"`{target.const}`", plain(target.description), target.const) for target in scheme.targets]
    rows = (
        (name, meaning, *(number(counts[const, stance]) for stance in stances))
        for name, meaning, const in (*named, ("a mention", "anything that is marked as an entity", ""))
    )
    yield from table(("target", "meaning", *(f"`{stance}`" for stance in stances)), rows)
