"""How far annotators agree on entities, stances and holders, with intervals. Needs numpy (the extra `agree`).

`corpus` sorts out what is compared, `reading` makes it comparable, `evidence` turns an article into sums, `totals` adds
and resamples them, `ratios` are the measures, `comparison` makes the records of `report`.
"""

from __future__ import annotations

from kliping.annotation.agreement.corpus import SAMPLES, agree_corpus
from kliping.annotation.agreement.report import Agreement, Comparison, Measure

__all__ = ["SAMPLES", "Agreement", "Comparison", "Measure", "agree_corpus"]
