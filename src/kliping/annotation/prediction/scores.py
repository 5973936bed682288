"""How well mentions are predicted: exact span and label against gold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kliping.contract import Label
    from kliping.records import Entity, Gold

__all__ = ["Marked", "Scores", "marked"]

Marked: TypeAlias = tuple[int, int, str]
"""A mention as it is compared: start and end in code points, half open, and the label."""


def marked(entities: Iterable[Entity]) -> set[Marked]:
    """Mentions as they are compared; one that is marked twice counts once."""
    return {(one.start, one.end, one.label) for one in entities}


@dataclass(slots=True)
class Scores:
    """Precision, recall and F1 by label, micro-averaged over the articles that were added."""

    articles: int = 0
    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    in_gold: Counter[str] = field(default_factory=Counter)

    def add(self, predicted: set[Marked], gold: Gold) -> None:
        """Compare what is predicted of an article with its gold."""
        held = marked(gold.entities)
        self.articles += 1
        self.right.update(label for _, _, label in predicted & held)
        self.predicted.update(label for _, _, label in predicted)
        self.in_gold.update(label for _, _, label in held)

    def sentences(self, how: str, labels: Sequence[Label]) -> Iterator[str]:
        """The scores for people, in the scheme's order; a label that neither has is left out.

        Args:
            how: what was compared, such as `leave-one-article-out`.
            labels: of the scheme.
        """
        if not self.articles:
            return
        whole = _told(self.right.total(), self.predicted.total(), self.in_gold.total())
        yield f"{how}, {self.articles} articles with gold, exact span and label: {whole}"
        for label in (one.const for one in labels):
            if self.predicted[label] or self.in_gold[label]:
                yield f"  {label}: {_told(self.right[label], self.predicted[label], self.in_gold[label])}"


def _told(right: int, predicted: int, in_gold: int) -> str:
    """Of nothing predicted there is no precision, and of nothing in gold no recall: a dash."""
    both = predicted + in_gold
    figures = (
        f"{name} {part / whole:.2f}" if whole else f"{name} –"
        for name, part, whole in (("precision", right, predicted), ("recall", right, in_gold), ("F1", 2 * right, both))
    )
    return f"{', '.join(figures)} ({right} of {predicted} predicted, {in_gold} in gold)"
