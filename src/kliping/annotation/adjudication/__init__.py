"""Adjudication: gold from what annotators agree on and what an adjudicator decided.

- Only submitted annotations on an article's current text count, each annotator's latest round.
- A mention (start, end, label) or a stance (target and holder by span or name, and the side) is agreed where a named
  strategy says so (`strategies.py`): by default where every annotator who submitted the article has it and there are
  at least two; one suffices only where the corpus's settings say `single_annotator`.
- A decision stands above agreement: accept puts in, edit puts in what it was edited to, reject leaves out. Accepting
  what nobody marked adds it. Edits of mentions move the stances on them before stances are compared.
- A stance falls with a rejected mention it rests on, unless another mention stays at the same span. Votes never put two
  sides of one holder towards one target into gold: they are open.
- One thing open, and the article has no gold line: a missing mention would read as "none". The same where a single
  annotator marked nothing and nothing was decided: nobody agreed that there is nothing.
"""

from __future__ import annotations

from kliping.annotation.adjudication.article import Adjudicated, adjudicate_article
from kliping.annotation.adjudication.corpus import adjudicate, adjudicate_corpus
from kliping.annotation.adjudication.outcome import Outcome

__all__ = ["Adjudicated", "Outcome", "adjudicate", "adjudicate_article", "adjudicate_corpus"]
