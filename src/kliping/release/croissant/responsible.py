"""The fields of Croissant's vocabulary for responsible AI (http://mlcommons.org/croissant/RAI/1.0).

Each says what the corpus's files tell, and "not recorded" where they do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kliping.annotation.tokens import TOKENISER
from kliping.normaliser.run.near_duplicates import METHOD
from kliping.release.card.agreement import measure_agreement
from kliping.release.card.overview import PURPOSES

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from kliping.release.card.agreement import Measure
    from kliping.release.card.described import Described

__all__ = ["responsible"]


def responsible(filled: Described) -> dict[str, Any]:
    """All fields that can be filled, with their prefix; a list is of statements that stand alone."""
    return {
        "rai:dataCollection": _collection(filled),
        "rai:dataCollectionMissingData": "What a source does not state is null; nothing was filled in.",
        "rai:dataCollectionRawData": "The files as received are no part of the release; source_sha256 in articles "
        "names the bytes that each article was made from.",
        "rai:dataPreprocessingProtocol": list(_preprocessing(filled)),
        **_annotation(filled),
        "rai:personalSensitiveInformation": list(_personal(filled)),
        "rai:dataUseCases": list(_use_cases(filled)),
        "rai:dataBiases": list(_biases(filled)),
        "rai:dataLimitations": list(_limitations(filled)),
        "rai:dataReleaseMaintenancePlan": _maintenance(filled),
    }


def _collection(filled: Described) -> str:
    counts = filled.statistics
    return (
        f"{sum(counts.articles.values())} news articles of sources that the maintainers chose. "
        f"Licences of the sources (articles): {_listed(counts.licences)}. "
        "When and how they were received is not recorded here."
    )


def _preprocessing(filled: Described) -> Iterator[str]:
    yield (
        "Articles were normalised from the sources as received: text, title, authors, dates and the like were told "
        f"from the rest of the page. Normaliser (articles): {_listed(filled.statistics.normalisers)}."
    )
    if filled.statistics.gold:
        yield f"Tokens by {TOKENISER}, sentences by sentencex; neither was corrected by hand."
    yield f"Near-duplicate articles share a split: {METHOD}."
    if filled.statistics.gold:
        yield (
            f"BIO tags are a projection of the mentions: {filled.statistics.bio_lost} nested or overlapping mentions "
            f"are not shown in it, {filled.statistics.bio_widened} are widened to whole tokens."
        )


def _annotation(filled: Described) -> dict[str, Any]:
    """Who annotated what, how, and how far they agree."""
    counts = filled.statistics
    if not counts.annotators:
        return {"rai:dataAnnotationProtocol": ["The release has no submitted annotations."]}
    return {
        "rai:dataAnnotationProtocol": list(_protocol(filled)),
        "rai:dataAnnotationPlatform": ["Label Studio"],
        "rai:dataAnnotationAnalysis": list(_agreement(filled)),
        "rai:annotationsPerItem": _per_item(filled),
        "rai:annotatorDemographics": list(_demographics(filled)),
        "rai:machineAnnotationTools": list(_tools(filled)),
    }


def _protocol(filled: Described) -> Iterator[str]:
    yield (
        "Named entities, and stances with their targets and holders, by the labels and guidelines of scheme (submitted "
        f"annotations): {_listed(filled.statistics.schemes)}. The labels with their meanings are the enumerations "
        "among the record sets."
    )
    yield (
        "The record set annotations has everyone's own view, before adjudication. What annotators agree on, and what "
        "was decided, is gold; the rest stayed out of entities and stances."
    )
    if filled.statistics.single:
        yield f"Articles whose gold rests on one annotator: {filled.statistics.single}."


def _agreement(filled: Described) -> Iterator[str]:
    found = measure_agreement(filled.statistics.agreement, filled.contract.scheme)
    if not found.articles:
        yield "Agreement was not measured, since no two annotators submitted the same article."
        return
    yield f"Before adjudication, over the {found.articles} articles that two annotators or more submitted."
    for what, measure in (
        ("mentions, exact span and label: F1", found.exact),
        ("labels of tokens: Krippendorff's nominal alpha", found.tokens),
        ("stances on declared targets: Krippendorff's nominal alpha", found.declared),
        ("stances on mentions: Krippendorff's nominal alpha", found.mentions),
    ):
        yield f"Agreement on {what} {_told(measure)}."


def _told(measure: Measure) -> str:
    """A measure to three decimals, with its 95 % interval where there is one."""
    if measure.value is None:
        return "is not defined here"
    interval = f", 95 % interval {measure.low:.3f} to {measure.high:.3f}" if _has_interval(measure) else ""
    return f"{measure.value:.3f}{interval}, {measure.units} units in {measure.articles} articles"


def _has_interval(measure: Measure) -> bool:
    return measure.low is not None and measure.high is not None


def _per_item(filled: Described) -> str:
    counts = filled.statistics
    voters = ", ".join(f"{number}: {articles}" for number, articles in sorted(counts.voters.items()))
    return (
        f"{sum(counts.annotators.values())} submitted annotations of articles, {counts.skipped} skipped. Articles by "
        f"their number of annotators: {voters}."
    )


def _demographics(filled: Described) -> Iterator[str]:
    yield f"Annotators: {len(filled.statistics.annotators)}, known by keyed pseudonyms alone."
    if filled.settings.card.annotators:
        yield f"What the maintainers say of them: {filled.settings.card.annotators.strip()}"
    else:
        yield "Their age, gender, languages, education, region and pay are not recorded."


def _tools(filled: Described) -> Iterator[str]:
    counts = filled.statistics
    if not counts.predictions_shown:
        yield "None: no annotation was made with a model's predictions in sight."
        return
    yield (
        f"{counts.predictions_shown} of {sum(counts.annotators.values())} submitted annotations were made with a "
        f"model's predictions in sight. Models (annotations): {_listed(counts.models)}."
    )


def _personal(filled: Described) -> Iterator[str]:
    if filled.statistics.annotators:
        yield (
            "The texts name people as they were published, and their names are marked as entities; nothing was hidden."
        )
        yield "A stance tells what an article reports of its holder, which may be a political opinion."
    else:
        yield "The texts name people as they were published; nothing was hidden."
    yield f"Articles whose text holds an e-mail address, in the source's own words: {filled.statistics.with_address}."
    if filled.statistics.annotators:
        yield "Annotators appear only as pseudonyms made with a key that is not published."


def _use_cases(filled: Described) -> Iterator[str]:
    if purposes := ", ".join(words for config, words in PURPOSES.items() if config in filled.parts):
        yield f"{purposes[0].upper()}{purposes[1:]}."
    yield "Not for judging persons or media, profiling people who are mentioned, or stating what they think today."


def _biases(filled: Described) -> Iterator[str]:
    counts = filled.statistics
    yield "The choice of sources and topics is the maintainers': frequencies here are not those of the press."
    yield f"Languages (articles): {_listed(counts.languages)}."
    if counts.predictions_shown:
        yield f"{counts.predictions_shown} annotations were made with predictions in sight, and may lean towards them."


def _limitations(filled: Described) -> Iterator[str]:
    counts = filled.statistics
    partial = sum(count for (status, _), count in counts.statuses.items() if status == "partial")
    marked = {label for (label, _), count in counts.labels.items() if count}
    unused = [label.const for label in filled.contract.scheme.entity_labels if label.const not in marked]
    if counts.annotators:
        yield "A stance is what an article reports at its time; it is no fact about its holder."
    yield f"Annotated articles that are not decided in full, and so in no gold table: {partial}."
    if unused:
        yield f"Labels without a gold mention: {', '.join(unused)}."


def _maintenance(filled: Described) -> str:
    contact = filled.settings.contact or "the maintainers"
    return (
        "A release never changes. Corrections, additions and requests to take something out lead to a new version: "
        "major where columns, labels or articles go or a split moves, minor where something is added, patch for "
        f"corrections. Contact: {contact}."
    )


def _listed(counts: Counter[str]) -> str:
    """Counts by name, the most frequent first; equal ones by name."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {count}" for name, count in ordered) or "none"
