"""`plots/labels.svg`: how often each label and stance is in gold, by split.

Drawn by hand from whole numbers, so that the same counts give the same bytes. Words are text in the reader's own
sans-serif; a panel of its own keeps it readable on any page, and colours change where the reader prefers dark ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from kliping.contract import Label
    from kliping.release.card.described import Described

__all__ = ["PLOT", "plot"]

PLOT = "plots/labels.svg"
"""Its place in a release."""

_WIDTH, _BAR, _ROW, _PADDING = 720, 16, 26, 20
_LONGEST = 24
"""Characters of a label that are shown; the whole one is in the bar's title."""
_CHARACTER = 8
"""Pixels that a character takes at most, at 13 pixels, in most fonts."""

_STYLE = """\
text{font:13px system-ui,sans-serif;fill:#1b1f24}.head{font-weight:600}
.panel{fill:#fff;stroke:#d0d7de}.train{fill:#1f5fa8}.validation{fill:#b35900}.test{fill:#2f7d4f}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.panel{fill:#161b22;stroke:#3d444d}\
.train{fill:#6cb0ff}.validation{fill:#ffb066}.test{fill:#6fd39a}}"""
_FILLS = {"train": "#1f5fa8", "validation": "#b35900", "test": "#2f7d4f"}
"""For readers that leave styles out."""


class _Chart(NamedTuple):
    title: str
    labels: Sequence[Label]
    counts: Counter[tuple[str, str]]

    def total(self, label: Label, splits: Sequence[str]) -> int:
        return sum(self.counts[label.const, split] for split in splits)


def plot(filled: Described) -> str | None:
    """The drawing, or None where there is no gold to draw."""
    scheme, counts = filled.contract.scheme, filled.statistics
    charts = [
        _Chart("Mentions in gold", scheme.entity_labels, counts.labels),
        _Chart("Stances in gold", scheme.stances, counts.stances),
    ]
    charts = [chart for chart in charts if sum(chart.counts.values())]
    return "".join(f"{line}\n" for line in _drawing(filled, charts)) if charts else None


def _drawing(filled: Described, charts: Sequence[_Chart]) -> Iterator[str]:
    height = _PADDING + sum(_ROW * (len(chart.labels) + 1) + _PADDING for chart in charts) + _ROW
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        'role="img" aria-labelledby="title description">'
    )
    yield f'<title id="title">{escape(f"Labels of {filled.title}, version {filled.version}")}</title>'
    yield f'<desc id="description">{escape(" ".join(_told(filled, charts)))}</desc>'
    yield f"<style>{_STYLE}</style>"
    yield (
        f'<rect class="panel" x="0.5" y="0.5" width="{_WIDTH - 1}" height="{height - 1}" rx="6" '
        'fill="#fff" stroke="#d0d7de"/>'
    )
    top = _PADDING
    for chart in charts:
        yield from _bars(chart, filled.splits, top)
        top += _ROW * (len(chart.labels) + 1) + _PADDING
    yield from _legend(filled.splits, top)
    yield "</svg>"


def _told(filled: Described, charts: Sequence[_Chart]) -> Iterator[str]:
    """The drawing in words."""
    for chart in charts:
        counted = ", ".join(f"{label.const} {chart.total(label, filled.splits)}" for label in chart.labels)
        yield f"{chart.title}: {counted}."


def _bars(chart: _Chart, splits: Sequence[str], top: int) -> Iterator[str]:
    left = _PADDING + 10 + _CHARACTER * max(min(len(label.const), _LONGEST) for label in chart.labels)
    room = _WIDTH - left - _PADDING - 70
    most = max(chart.total(label, splits) for label in chart.labels)
    yield f'<text class="head" x="{_PADDING}" y="{top + 13}" fill="#1b1f24">{chart.title}</text>'
    for number, label in enumerate(chart.labels, 1):
        y, x = top + _ROW * number, left
        yield (
            f'<text x="{left - 10}" y="{y + 13}" text-anchor="end" fill="#1b1f24">{escape(_short(label.const))}</text>'
        )
        for split in splits:
            count = chart.counts[label.const, split]
            width = room * count // most
            if count:
                yield (
                    f'<rect class="{split}" x="{x}" y="{y}" width="{max(width, 1)}" height="{_BAR}" '
                    f'fill="{_FILLS[split]}"><title>{escape(f"{label.const}, {split}: {count}")}</title></rect>'
                )
                x += max(width, 1) + 1
        yield f'<text x="{x + 6}" y="{y + 13}" fill="#1b1f24">{chart.total(label, splits):,}</text>'


def _legend(splits: Sequence[str], top: int) -> Iterator[str]:
    for number, split in enumerate(splits):
        x = _PADDING + 120 * number
        yield f'<rect class="{split}" x="{x}" y="{top}" width="{_BAR}" height="{_BAR}" fill="{_FILLS[split]}"/>'
        yield f'<text x="{x + _BAR + 6}" y="{top + 13}" fill="#1b1f24">{split}</text>'


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
