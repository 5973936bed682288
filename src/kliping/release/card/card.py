"""The dataset card, `README.md`: every section filled from the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.annotation.tokens import TOKENISER
from kliping.normaliser.run.near_duplicates import METHOD
from kliping.release.card.agreement import measure_agreement
from kliping.release.card.metadata import card_metadata, citation_authors

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kliping.contract import Contract, Label
    from kliping.release.card.described import Described

__all__ = ["card"]


def card(filled: Described) -> str:
    """The whole card: YAML, then Markdown."""
    head = card_metadata(filled.settings, filled.contract, filled.version, filled.parts, filled.statistics)
    sections = ("\n".join([f"## {title}", "", *section(filled)]) for title, section in SECTIONS)
    title = filled.title
    return head + "\n\n".join([f"\n# {title}, version {filled.version}", *sections]) + "\n"


def details(filled: Described) -> Iterator[str]:
    """What this is, in figures."""
    counts, settings = filled.statistics, filled.settings
    gold = sum(count for (status, _), count in counts.statuses.items() if status == "gold")
    yield f"News articles with named entities and stances: {sum(counts.articles.values())} articles, {gold} with gold."
    yield ""
    yield f"- Version: {filled.version}; scheme of labels and guidelines: {filled.contract.scheme.version}"
    yield f"- Languages (articles): {_listed(counts.languages)}"
    yield f"- Licence: {settings.licence or 'see LICENSE'}; of the sources (articles): {_listed(counts.licences)}"
    yield f"- Rights holder: {settings.rights_holder or 'see the column rights_holder'}"


def loading(filled: Described) -> Iterator[str]:
    """How to load it, decode its labels, and pin a version."""
    lines = ["from datasets import load_dataset", "", f'articles = load_dataset("{filled.folder}")  # this folder']
    for config, column, read in _DECODED:
        if config in filled.parts:
            split = next(iter(filled.parts[config]))
            lines += ["", f'{config} = load_dataset("{filled.folder}", "{config}", split="{split}")']
            lines += [line.format(column=column) for line in read]
    yield from _code(*lines)
    yield (
        "To pin a version, keep its folder: a release never changes, and each version has its own. "
        "`revision=` is ignored without a word for a local folder: name the folder. "
        f'`kliping.load("{filled.folder}")` compares every file with `manifest.json` first.'
    )


_DECODED = (
    (
        "stances",
        "stance",
        (
            'names = stances.features["{column}"].names  # classes are numbers',
            'names[stances[0]["{column}"]]',
            "frame = stances.to_pandas()  # pandas keeps the numbers and forgets the names",
            'frame["{column}"] = frame["{column}"].map(dict(enumerate(names)))',
        ),
    ),
    (
        "entities",
        "ner_tags",
        (
            'tags = entities.features["{column}"].feature.names',
            '[tags[number] for number in entities[0]["{column}"]]',
        ),
    ),
)
"""How the classes of a config are decoded: the config, its class column, lines of Python."""


def uses(_filled: Described) -> Iterator[str]:
    """What it is for and what not."""
    yield "- For: recognising named entities, detecting stances and who holds them, studying annotators' disagreement."
    yield "- Not for: judging persons or media, profiling people who are mentioned, or stating what they think today."
    yield "- A stance is what an article reports at its time. It is no fact about its holder."


def structure(filled: Described) -> Iterator[str]:
    """Configs, splits and columns."""
    yield "Rows by config and split; `id` of `articles` is `article_id`, or `id`, in the others."
    yield ""
    yield from _table(
        ("config", "a row", *filled.splits),
        (
            (
                name,
                _row_meaning(filled.contract, name),
                *(str(splits[split].rows) if split in splits else "0" for split in filled.splits),
            )
            for name, splits in filled.parts.items()
        ),
    )
    yield "A config has no file for a split where it has no row, and a table without any row is no config."
    yield ""
    yield "Offsets are Unicode code points of `text`, half open: `text[start:end]` is the surface."
    yield ""
    yield "Only articles with gold are in `entities` and `stances`. `annotation_status` of `articles` tells the rest:"
    yield ""
    yield from _counted("annotation_status", ("gold", "partial", "none"), filled.statistics.statuses, filled)
    yield "`schema/` describes every column. These tables describe the labels, in the order of their numbers,"
    yield "with counts in gold:"
    yield ""
    scheme = filled.contract.scheme
    yield from _labels("entity label", scheme.entity_labels, filled.statistics.labels, filled)
    yield from _labels("stance", scheme.stances, filled.statistics.stances, filled)
    yield f"- Holders of the stances: {_listed(filled.statistics.holders)}"
    yield f"- Declared targets: {', '.join(target.const for target in scheme.targets) or 'none'}"
    yield (
        f"- `tokens` are by `{TOKENISER}`; `ner_tags` are a BIO projection that shows all mentions but "
        f"{filled.statistics.bio_lost} nested or overlapping ones, and widens {filled.statistics.bio_widened} to whole "
        "tokens. `entities` has them all as they are."
    )
    yield f"- Near-duplicate articles share a split: {METHOD}. An article keeps its split in every version."


def creation(filled: Described) -> Iterator[str]:
    """Why and how it was made, and by how many."""
    counts = filled.statistics
    yield "Articles were normalised from the sources as received; what was dropped is recorded in the corpus, and"
    yield "`source_sha256` names the bytes that an article was made from. Texts were annotated in Label Studio"
    yield "after `guidelines.md`. What annotators agree on became gold; the rest was decided, or stayed out."
    yield ""
    made = sum(counts.annotators.values())
    yield f"- Annotators: {len(counts.annotators)}, by keyed pseudonyms; {made} annotations, {counts.skipped} skipped"
    yield f"- Annotations made with a model's predictions in sight: {counts.predictions_shown} of {made}"
    agreement = measure_agreement(counts.agreement, filled.contract.scheme)
    if agreement.exact.value is None:
        yield "- Agreement: not measured, since no two annotators marked mentions in one article"
    else:
        yield (
            f"- Agreement on mentions: F1 {agreement.exact.value:.3f} on exact span and label, over all pairs of "
            f"annotators in {agreement.articles} articles that at least two annotated"
        )
    yield "- `annotations` holds everyone's own view, before adjudication"


def personal(filled: Described) -> Iterator[str]:
    """People in the data."""
    yield "News names people. Their names stand in the texts as they were published, and are marked as entities."
    yield f"Articles whose text holds an e-mail address, in the source's own words: {filled.statistics.with_address}."
    yield "Annotators appear only as pseudonyms made with a key that is not published."


def limits(filled: Described) -> Iterator[str]:
    """What to beware of."""
    counts = filled.statistics
    open_ones = sum(count for (status, _), count in counts.statuses.items() if status == "partial")
    unused = [label.const for label in filled.contract.scheme.entity_labels if not _total(counts.labels, label.const)]
    yield "- The choice of sources and topics is the maintainers': frequencies here are not those of the press."
    yield f"- Annotated articles that are not decided in full, and so in no gold table: {open_ones}."
    yield f"- Sentences are split by rules (sentencex), tokens by `{TOKENISER}`; neither was corrected by hand."
    if unused:
        yield f"- Labels without a gold mention: {', '.join(unused)}."


def citing(filled: Described) -> Iterator[str]:
    """How to cite it."""
    title = filled.title
    yield f"{citation_authors(filled.settings)}: {title}, version {filled.version}. See `CITATION.cff`."


def contact(filled: Described) -> Iterator[str]:
    """Whom to tell."""
    yield f"Errors, questions and requests to take something out: {filled.settings.contact or 'the maintainers'}."


SECTIONS: tuple[tuple[str, Callable[[Described], Iterator[str]]], ...] = (
    ("Details", details),
    ("How to load it", loading),
    ("Uses, and uses it is not for", uses),
    ("Structure", structure),
    ("How it was made", creation),
    ("Personal and sensitive information", personal),
    ("Biases and known limits", limits),
    ("Citation", citing),
    ("Contact", contact),
)
"""The sections of a card, in order."""


def _row_meaning(contract: Contract, table: str) -> str:
    return str(contract.documents["release"]["$defs"][table]["description"])


def _labels(what: str, labels: Sequence[Label], counts: Counter[tuple[str, str]], filled: Described) -> Iterator[str]:
    rows = (
        (f"`{label.const}`", label.description, *(str(counts[label.const, split]) for split in filled.splits))
        for label in labels
    )
    yield from _table((what, "meaning", *filled.splits), rows)


def _counted(what: str, keys: Sequence[str], counts: Counter[tuple[str, str]], filled: Described) -> Iterator[str]:
    rows = ((key, *(str(counts[key, split]) for split in filled.splits)) for key in keys)
    yield from _table((what, *filled.splits), rows)


def _total(counts: Counter[tuple[str, str]], key: str) -> int:
    return sum(count for (name, _), count in counts.items() if name == key)


def _listed(counts: Counter[str]) -> str:
    """Counts by name, the most frequent first; equal ones by name, whatever came first."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {count}" for name, count in ordered) or "none"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
    yield ""


def _code(*lines: str) -> Iterator[str]:
    yield "```python"
    yield from lines
    yield "```"
    yield ""
