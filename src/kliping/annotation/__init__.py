"""From annotations to gold: what annotators agree on, and what an adjudicator decided."""

from __future__ import annotations

from kliping.annotation.adjudication import Adjudicated, Outcome, adjudicate, adjudicate_article, adjudicate_corpus

__all__ = ["Adjudicated", "Outcome", "adjudicate", "adjudicate_article", "adjudicate_corpus"]
