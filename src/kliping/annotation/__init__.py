"""From annotations to gold: what annotators agree on, and what an adjudicator decided."""

from __future__ import annotations

from kliping.annotation.adjudication import Outcome, adjudicate, adjudicate_corpus
from kliping.annotation.article import Adjudicated, adjudicate_article

__all__ = ["Adjudicated", "Outcome", "adjudicate", "adjudicate_article", "adjudicate_corpus"]
