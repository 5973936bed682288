"""Rules that find what is wrong with a corpus or a release.

A rule is a small function in a list. The first digit of its code is its level: 1 files, 2 schema, 3 references,
4 offsets and text, 5 annotations, 6 release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kliping.check.bounds import BOUND_RULES
from kliping.check.contract import CONTRACT_RULES
from kliping.check.corpus.annotations import ANNOTATION_RULES, CORPUS_RULES
from kliping.check.corpus.checking import check_corpus
from kliping.check.corpus.references import REFERENCE_RULES
from kliping.check.corpus.texts import TEXT_RULES
from kliping.check.corpus.versions import VERSION_RULES
from kliping.check.exceptions.rules import EXCEPTION_RULES, EXPIRY_RULES, NEED_RULES
from kliping.check.lines import LINE_RULES
from kliping.check.release.card import CARD_RULES
from kliping.check.release.card_body import CARD_BODY_RULES
from kliping.check.release.checking import check_release
from kliping.check.release.contents import CONTENTS_RULES
from kliping.check.release.croissant import CROISSANT_RULES
from kliping.check.release.described import DESCRIBED_RULES
from kliping.check.release.disclosure import DISCLOSURE_RULES
from kliping.check.release.files import RELEASE_RULES
from kliping.check.release.gold import GOLD_RULES
from kliping.check.release.joins import JOIN_RULES
from kliping.check.release.load import LOAD_RULES
from kliping.check.release.rows import ROW_RULES
from kliping.check.release.sentences import SENTENCE_RULES
from kliping.check.release.soft_labels import SOFT_LABEL_JOIN_RULES, SOFT_LABEL_RULES
from kliping.check.release.survey import ORDER_RULES
from kliping.check.release.tables import FILE_RULES, PART_RULES
from kliping.check.release.tags import TAG_RULES
from kliping.check.schema import RECORD_RULES

if TYPE_CHECKING:
    from kliping.check.rules import Rule, RuleList

__all__ = ["all_rules", "check_corpus", "check_release"]


_LISTS: tuple[RuleList[Any], ...] = (
    BOUND_RULES,
    LINE_RULES,
    CONTRACT_RULES,
    RECORD_RULES,
    REFERENCE_RULES,
    TEXT_RULES,
    ANNOTATION_RULES,
    CORPUS_RULES,
    VERSION_RULES,
    EXCEPTION_RULES,
    EXPIRY_RULES,
    NEED_RULES,
    RELEASE_RULES,
    CONTENTS_RULES,
    FILE_RULES,
    PART_RULES,
    ORDER_RULES,
    ROW_RULES,
    TAG_RULES,
    SOFT_LABEL_RULES,
    JOIN_RULES,
    SENTENCE_RULES,
    GOLD_RULES,
    SOFT_LABEL_JOIN_RULES,
    CARD_RULES,
    CARD_BODY_RULES,
    DESCRIBED_RULES,
    DISCLOSURE_RULES,
    CROISSANT_RULES,
    LOAD_RULES,
)


def all_rules() -> tuple[Rule[Any], ...]:
    """Every rule, by code."""
    return tuple(sorted((rule for rules in _LISTS for rule in rules.rules), key=lambda rule: rule.code))
