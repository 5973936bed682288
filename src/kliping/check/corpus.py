"""Checking a corpus: everything wrong with it, in one run."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kliping.annotation import adjudicate_article
from kliping.annotation.adjudication.decisions import form_faults, stated_spans
from kliping.annotation.adjudication.votes import annotation_faults
from kliping.check.annotations import ANNOTATION_RULES
from kliping.check.references import REFERENCE_RULES
from kliping.check.schema import CONTRACT_RULES, ContractSeen, open_contract
from kliping.check.survey import article_lines, survey_corpus
from kliping.check.texts import TEXT_RULES, Claimed, TextSeen
from kliping.check.versions import version_findings
from kliping.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.check.survey import Survey, TextKey
    from kliping.project import Corpus
    from kliping.records import Annotation, Article, Decision, Finding

__all__ = ["check_corpus"]


def check_corpus(corpus: Corpus) -> list[Finding]:
    """Everything wrong with a corpus, by file and line; nothing for a good one, a new and empty one included.

    A line that cannot be read is a finding, and the other rules go on with the rest.
    """
    contract, faults = open_contract(corpus.schema)
    survey = survey_corpus(corpus, contract)
    survey.findings += CONTRACT_RULES.findings(ContractSeen(corpus, contract, faults))
    _read_articles(survey)
    survey.findings += REFERENCE_RULES.findings(survey)
    survey.findings += ANNOTATION_RULES.findings(survey)
    survey.findings += version_findings(corpus, contract)
    return sorted(survey.findings, key=lambda one: (one.path, one.line or 0, one.code))


def _read_articles(survey: Survey) -> None:
    """Let each text pass once: its own rules, the spans that count in it, and what adjudication gives for it."""
    claimed = _claimed(survey)
    annotations, decisions = survey.said_of()
    for seen, current in article_lines(survey):
        article = seen.record
        spans = claimed.get((article.id, article.text_sha256), ())
        survey.findings += TEXT_RULES.findings(TextSeen(seen.place, article, spans))
        if current and article.id not in survey.derived:
            _adjudicate(survey, article, annotations.get(article.id, ()), decisions.get(article.id, ()))


def _claimed(survey: Survey) -> dict[TextKey, list[Claimed]]:
    claimed: dict[TextKey, list[Claimed]] = defaultdict(list)
    for seen in (*survey.said, *survey.carried, *survey.predictions):
        claimed[seen.record.article_id, seen.record.text_sha256] += [
            Claimed(seen.place, entity.start, entity.end, entity.text) for entity in seen.record.entities
        ]
    for decision in survey.decisions:
        claimed[decision.record.article_id, decision.record.text_sha256] += [
            Claimed(decision.place, *span) for span in stated_spans(decision.record)
        ]
    return claimed


def _adjudicate(
    survey: Survey, article: Article, annotations: Sequence[Annotation], decisions: Sequence[Decision]
) -> None:
    """Adjudicate where annotations and decisions are sound; where they are not, other rules tell."""
    if any(annotation_faults(article, annotations)) or not all(_is_sound(article, one) for one in decisions):
        return
    settings = survey.corpus.settings
    single, strategy = settings.single_annotator, settings.adjudication.strategy
    try:
        survey.derived[article.id] = adjudicate_article(
            article, annotations, decisions, single_annotator=single, strategy=strategy
        ).gold
    except DataError as error:
        survey.undecidable += str(error).splitlines()


def _is_sound(article: Article, decision: Decision) -> bool:
    if decision.text_sha256 != article.text_sha256:
        return True
    slices = all(article.text[start:end] == surface for start, end, surface in stated_spans(decision))
    return slices and not any(form_faults(decision))
