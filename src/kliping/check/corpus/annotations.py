"""Level 5, annotations: they are whole, keep the scheme, name nobody, and gold is what they and the decisions give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.check.corpus.decided import DECISION_RULES
from kliping.check.corpus.documents import DOCUMENT_RULES
from kliping.check.corpus.layout import LAYOUT_RULES
from kliping.check.corpus.marks import MARK_RULES
from kliping.check.corpus.people import KEY_RULES, PEOPLE_RULES
from kliping.check.corpus.scheme import SCHEME_RULES, SETTING_RULES
from kliping.check.rules import RuleList

if TYPE_CHECKING:
    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.corpus.survey import Survey

__all__ = ["ANNOTATION_RULES", "CORPUS_RULES"]

ANNOTATION_RULES: RuleList[ArticleSeen] = RuleList(
    [*MARK_RULES.rules, *SCHEME_RULES.rules, *DECISION_RULES.rules, *PEOPLE_RULES.rules]
)
CORPUS_RULES: RuleList[Survey] = RuleList(
    [*LAYOUT_RULES.rules, *DOCUMENT_RULES.rules, *SETTING_RULES.rules, *KEY_RULES.rules],
    [*LAYOUT_RULES.further, *DOCUMENT_RULES.further, *SETTING_RULES.further],
)
"""About a corpus as a whole."""
