"""The names of the screen's controls, as results have them."""

from __future__ import annotations

__all__ = ["ARTICLE_STANCE", "AUTHOR", "COMMENT", "HOLDER", "LABEL", "RELATIONS", "STANCE", "TEXT", "UNSURE"]

TEXT, LABEL, STANCE, HOLDER, UNSURE, COMMENT = "text", "label", "stance", "holder", "unsure", "comment"

ARTICLE_STANCE = "article_stance"
"""Prefix of the control of each declared target: `article_stance_TARGET`."""

RELATIONS = "relations"
"""Stands for the control of arrows, which has no name in Label Studio."""

AUTHOR = "author"
"""The holder that stands for the article's own voice."""
