"""Bytes to article. Start at `article.py` for one input, and at `run/corpus.py` for a raw folder.

`text` decodes and reads dumps, `page` reads HTML, `rules` say what each line is, `inputs` opens whatever lies in the
raw folder, and `run` goes through it.
"""

from __future__ import annotations

from kliping.normaliser.article import normalise

__all__ = ["normalise"]
