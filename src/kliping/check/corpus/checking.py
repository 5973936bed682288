"""Checking a corpus: everything wrong with it, in one run, article by article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.corpus.annotations import ANNOTATION_RULES, CORPUS_RULES
from kliping.check.corpus.article import articles_seen
from kliping.check.corpus.leaks import LEAK_RULES
from kliping.check.corpus.references import REFERENCE_RULES
from kliping.check.corpus.survey import survey_corpus
from kliping.check.corpus.texts import TEXT_RULES
from kliping.check.corpus.versions import version_findings
from kliping.check.exceptions.rules import exception_findings
from kliping.check.schema import CONTRACT_RULES, ContractSeen, open_contract

if TYPE_CHECKING:
    from kliping.project import Corpus
    from kliping.records import Finding

__all__ = ["check_corpus"]


def check_corpus(corpus: Corpus) -> list[Finding]:
    """Everything wrong with a corpus, by file and line; nothing for a good one, a new and empty one included.

    A line that cannot be read is a finding, and the other rules go on with the rest. What is held at a time is what is
    said of one article, and some bytes of each other.
    """
    contract, faults = open_contract(corpus.schema)
    survey = survey_corpus(corpus, contract)
    survey.findings += CONTRACT_RULES.findings(ContractSeen(corpus, contract, faults))
    survey.findings += [*CORPUS_RULES.findings(survey), *LEAK_RULES.findings(survey)]
    for seen in articles_seen(survey):
        for text in seen.texts():
            survey.findings += TEXT_RULES.findings(text)
        survey.findings += REFERENCE_RULES.findings(seen)
        survey.findings += ANNOTATION_RULES.findings(seen)
    survey.findings += version_findings(corpus, contract)
    survey.findings += exception_findings(corpus)
    return sorted(survey.findings, key=lambda one: (one.path, one.line or 0, one.code))
