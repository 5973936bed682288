"""The card's beginning: what the release is, how to load it, and what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kliping.release.card.markdown import code, linked, listed, number, paragraphs, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.release.card.described import Described

__all__ = ["PURPOSES", "details", "loading", "summary", "uses"]


def summary(filled: Described) -> Iterator[str]:
    """What it is, in a few words: the makers' own, and figures."""
    counts = filled.statistics
    yield from paragraphs(filled.settings.citation.abstract)
    made = sum(counts.annotators.values())
    if not made:
        yield f"{number(sum(counts.articles.values()))} news articles. Nobody has annotated them yet."
        return
    yield (
        f"{number(sum(counts.articles.values()))} news articles; {number(counts.gold)} of them with gold entities "
        f"({number(sum(counts.labels.values()))} mentions) and stances ({number(sum(counts.stances.values()))}), from "
        f"{number(made)} annotations by {number(len(counts.annotators))} annotators."
    )


def details(filled: Described) -> Iterator[str]:
    """What this is, line by line."""
    counts, settings, told = filled.statistics, filled.settings, filled.settings.citation
    yield f"- Version: {filled.version}{f', released on {filled.date}' if filled.date else ''}"
    yield f"- Scheme of labels and guidelines: version {plain(filled.contract.scheme.version)}"
    yield f"- Languages (articles): {listed(counts.languages)}"
    yield f"- Published (articles by year): {_years(filled)}"
    if counts.articles:
        mean = counts.characters / sum(counts.articles.values())
        yield f"- Length: {number(counts.characters)} characters (code points), {mean:,.0f} an article"
    whole = f"{plain(settings.licence)} ([LICENSE](LICENSE))" if settings.licence else "[LICENSE](LICENSE)"
    yield f"- Licence: {whole}; see [Licences](#licences)"
    yield f"- Rights holder: {plain(settings.rights_holder) if settings.rights_holder else 'not stated'}"
    yield from (
        f"- {name}: {linked(place)}" for name, place in (("Page", told.url), ("Kept at", told.repository)) if place
    )
    if told.doi:
        yield f"- DOI: <https://doi.org/{told.doi}>"
    yield "- In Croissant's words: `croissant.json`; as a citation: [CITATION.cff](CITATION.cff)"


def loading(filled: Described) -> Iterator[str]:
    """How to load it, decode its labels, read it with other libraries, and pin a version."""
    folder = filled.folder
    yield f"From the folder `{folder}`, wherever it lies; with a hub's repository, write `OWNER/NAME` in its place."
    yield ""
    lines = ["from datasets import load_dataset", "", f'articles = load_dataset("{folder}")  # all splits']
    for config, decoded in _DECODED.items():
        if config in filled.parts:
            split = next(iter(filled.parts[config]))
            lines += ["", f'{config} = load_dataset("{folder}", "{config}", split="{split}")']
            lines += [line.format(column=decoded.column) for line in decoded.lines]
    yield from code("python", *lines)
    yield (
        "Classes are numbers in the files, and their names are in the features: compare decoded names, never numbers, "
        "between versions or datasets. Other libraries read the Parquet files, one folder a config, and know no names:"
    )
    yield ""
    split = filled.splits[0]
    yield from code(
        "python",
        "import duckdb, pandas, polars",
        "",
        f'pandas.read_parquet("{folder}/articles")',
        f'polars.read_parquet("{folder}/articles/{split}-*.parquet")',
        f"duckdb.sql(\"FROM '{folder}/articles/{split}-*.parquet'\")",
    )
    yield "### Pin a version"
    yield ""
    yield (
        f"A release never changes, and each version has its own folder: keep `{folder}` and name it. `revision=` pins "
        "a version on a hub while it can be reached; for a local folder and for what lies in the cache offline it is "
        "ignored without a word, and the newest is taken. Nor does `datasets` see that a folder's content was "
        "replaced under its old name: it answers from its cache. `kliping` guards against both:"
    )
    yield ""
    yield from code(
        "python", "import kliping", "", f'articles = kliping.load("{folder}", "articles", version="{filled.version}")'
    )
    yield "It compares every file with `manifest.json` first; so does `kliping verify` alone, offline:"
    yield ""
    yield from code("console", f"$ kliping verify {folder}")


class _Decoding(NamedTuple):
    column: str
    lines: tuple[str, ...]


_DECODED = {
    "stances": _Decoding(
        "stance",
        (
            'names = stances.features["{column}"].names  # classes are numbers',
            'names[stances[0]["{column}"]]',
            "frame = stances.to_pandas()  # pandas keeps the numbers and forgets the names",
            'frame["{column}"] = frame["{column}"].map(dict(enumerate(names)))',
        ),
    ),
    "entities": _Decoding(
        "ner_tags",
        (
            'tags = entities.features["{column}"].feature.names',
            '[tags[number] for number in entities[0]["{column}"]]',
        ),
    ),
}
"""How the classes of a config are decoded: its class column, lines of Python."""


PURPOSES = {
    "entities": "recognising named entities",
    "stances": "detecting stances and who holds them",
    "soft_labels": "studying annotators' disagreement",
}
"""What each config is for."""


def uses(filled: Described) -> Iterator[str]:
    """What it is for, as far as its configs go, and what not."""
    if purposes := [words for config, words in PURPOSES.items() if config in filled.parts]:
        yield f"- For: {', '.join(purposes)}."
    yield "- Not for: judging persons or media, profiling people who are mentioned, or stating what they think today."
    yield "- Not for: counting what the press writes; the articles are no sample of it."
    if filled.statistics.annotators:
        yield "- A stance is what an article reports at its time. It is no fact about its holder."


def _years(filled: Described) -> str:
    years = filled.statistics.years
    told = [f"{plain(year)} ({number(count)})" for year, count in sorted(years.items()) if year]
    if years[""]:
        told.append(f"not stated ({number(years[''])})")
    return ", ".join(told) or "none"
