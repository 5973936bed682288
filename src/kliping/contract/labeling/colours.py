"""Which colours people can hardly tell apart."""

from __future__ import annotations

from itertools import combinations
from math import dist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.contract.scheme import Label

__all__ = ["alike"]

LEAST_DISTANCE = 0.06
"""In OKLab, where 0.02 is about the least that is noticed side by side; marked words lie apart, and are light."""


def alike(labels: Iterable[Label]) -> Iterator[tuple[str, str]]:
    """The pairs of labels, by their constants, whose colours are hard to tell apart; retired ones do not count."""
    coloured = [(label.const, label.colour) for label in labels if label.colour and not label.deprecated]
    for (one, first), (other, second) in combinations(coloured, 2):
        if dist(_oklab(first), _oklab(second)) < LEAST_DISTANCE:
            yield one, other


def _oklab(colour: str) -> tuple[float, float, float]:
    """A colour `#rrggbb` in OKLab (Björn Ottosson, 2020, "A perceptual color space for image processing")."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(channel: float) -> float:
    """A channel of sRGB, 0 to 1, as an amount of light (IEC 61966-2-1)."""
    linear: float = channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
    return linear
