"""The card's end: people in the data, limits, licences, changes, citation and contact."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kliping.annotation.tokens import TOKENISER
from kliping.release.card.citation import bibtex, cite_as
from kliping.release.card.markdown import code, linked, nested, number, plain, share, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.release.card.described import Described

__all__ = ["changes", "citing", "contact", "licences", "limits", "personal"]

_FEW_ARTICLES = 50
_FEW_ANNOTATORS = 3


def personal(filled: Described) -> Iterator[str]:
    """People in the data."""
    counts = filled.statistics
    is_annotated = bool(counts.annotators)
    marked = (
        ", are marked as entities, and may stand beside what an article says they are for or against: political "
        "opinions among it"
    )
    yield (
        f"News names people. Their names stand in the texts as they were published{marked if is_annotated else ''}. "
        "Nothing was made anonymous."
    )
    yield ""
    yield f"- Articles whose text holds an e-mail address, in the source's own words: {number(counts.with_address)}."
    yield "- `authors` names who wrote an article, where its source does."
    if is_annotated:
        yield (
            "- Annotators appear only as pseudonyms made with a key that is not published. What they wrote in "
            "`comment` is"
        )
        yield "  released as they wrote it; a comment that holds an address is refused before a release."


def limits(filled: Described) -> Iterator[str]:
    """What to beware of, as far as it can be counted."""
    yield "- The choice of sources and topics is the maintainers': frequencies here are not those of the press."
    yield from _limits_of_annotation(filled)
    yield from _limits_of_languages(filled)
    if filled.statistics.gold:
        yield f"- Sentences are split by rules (sentencex), tokens by `{TOKENISER}`; neither was corrected by hand."


def _limits_of_annotation(filled: Described) -> Iterator[str]:
    counts, total = filled.statistics, sum(filled.statistics.articles.values())
    statuses = Counter[str]()
    for (name, _), count in counts.statuses.items():
        statuses[name] += count
    if statuses["none"]:
        yield f"- Not annotated: {share(statuses['none'], total)} of the articles."
    if statuses["partial"]:
        yield (
            f"- Annotated and not decided in full, so in no gold table: {share(statuses['partial'], total)} of the "
            "articles."
        )
        yield "  They may be the harder ones: what is in gold is easier to agree on than what is not."
    if 0 < len(counts.annotators) < _FEW_ANNOTATORS:
        yield f"- Annotators: {len(counts.annotators)} only, so agreement says little about others."
    if counts.single:
        yield f"- Gold that rests on one annotator: {share(counts.single, counts.gold)} of the articles with gold."
    if counts.predictions_shown:
        made = sum(counts.annotators.values())
        yield (
            "- Made with a model's predictions in sight, which people tend to keep: "
            f"{share(counts.predictions_shown, made)}"
        )
        yield "  of the annotations."
    for what, unused in _unused(filled):
        yield f"- {what} that gold does not have: {', '.join(f'`{name}`' for name in unused)}."
    if counts.bio_lost or counts.bio_widened:
        mentions = sum(counts.labels.values())
        yield (
            f"- Of the mentions, `ner_tags` lose {share(counts.bio_lost, mentions)}, nested or overlapping, and widen "
            f"{share(counts.bio_widened, mentions)} to whole tokens."
        )
    if len(counts.schemes) > 1:
        yield f"- Annotated with several versions of the scheme: {', '.join(map(plain, sorted(counts.schemes)))}."


def _unused(filled: Described) -> Iterator[tuple[str, list[str]]]:
    scheme, counts = filled.contract.scheme, filled.statistics
    if not counts.gold:
        return
    labels, stances = {name for name, _ in counts.labels}, {name for name, _ in counts.stances}
    targets = {name for name, _ in counts.targets}
    for what, known, used in (
        ("Entity labels", scheme.entity_labels, labels),
        ("Stances", scheme.stances, stances),
        ("Declared targets", scheme.targets, targets),
    ):
        unused = [label.const for label in known if label.const not in used]
        if unused:
            yield what, unused


def _limits_of_languages(filled: Described) -> Iterator[str]:
    counts = filled.statistics
    few = {name: count for name, count in counts.languages.items() if count < _FEW_ARTICLES}
    if few:
        told = ", ".join(f"{plain(name)} {count}" for name, count in sorted(few.items()))
        yield f"- Languages with fewer than {_FEW_ARTICLES} articles: {told}."
    if alike := filled.leakage.near_duplicates:
        yield f"- Articles that resemble another one are kept: {number(alike)}. They share its split."
    if counts.years[""]:
        yield f"- Articles without a date of publication: {number(counts.years[''])}."


def licences(filled: Described) -> Iterator[str]:
    """Whose rights, on which terms."""
    counts, settings = filled.statistics, filled.settings
    whole = f"is under the licence {plain(settings.licence)}:" if settings.licence else "may be used as this file says:"
    yield (
        f"The release as a whole, annotations included, {whole} [LICENSE](LICENSE). The rights "
        "in an article are its source's; the columns `licence` and `rights_holder` of `articles` say what is known:"
    )
    yield ""
    ordered = sorted(counts.licences.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from table(
        ("licence of the source", "articles", "rights holders"),
        ((plain(name), number(count), number(len(_holders(filled, name)))) for name, count in ordered),
    )
    if counts.licences["not stated"]:
        yield "Where no licence is stated, ask the rights holder before you publish an article again."


def _holders(filled: Described, licence: str) -> set[str]:
    """The rights holders that are stated under a licence."""
    return {
        origin.rights_holder
        for origin in filled.statistics.origins
        if (origin.licence or "not stated") == licence and origin.rights_holder
    }


def changes(filled: Described) -> Iterator[str]:
    """What the changelog of the data says, this version first."""
    if not filled.changes:
        yield "The makers do not say. `kliping diff` compares two versions in the corpus."
    for change in filled.changes:
        yield f"### {change.version}{f', {change.date}' if change.date else ''}"
        yield ""
        yield nested(change.words) or "No words."
        yield ""


def citing(filled: Described) -> Iterator[str]:
    """How to cite it."""
    yield from (plain(cite_as(filled)), "")
    yield from code("bibtex", *bibtex(filled))
    yield (
        "[CITATION.cff](CITATION.cff) says the same for machines. Name the version: another one may say something else."
    )


def contact(filled: Described) -> Iterator[str]:
    """Whom to tell."""
    to = linked(filled.settings.contact) if filled.settings.contact else "the maintainers"
    yield f"Errors, questions and requests to take something out: {to}."
