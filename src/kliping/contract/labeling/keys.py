"""Which key chooses what: the scheme's own keys, and keys for the choices that have none, alike in every task.

Label Studio gives keys to choices without one by their order on the screen, so that the keys of what stands below the
holders would change with every task that brings more of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.contract.labeling.controls import AUTHOR
from kliping.contract.scheme import on_screen

if TYPE_CHECKING:
    from kliping.contract.scheme import Scheme

__all__ = ["UNSURE_KEY", "article_keys", "holder_keys"]

UNSURE_KEY = "x"
"""The meta-schema keeps it from labels, and `u` too: with that, Label Studio unselects a region."""

_KEYS = "1234567890qwetasdfgzcvbyiopjklnm"
"""In the order in which Label Studio itself gives them."""


def holder_keys(scheme: Scheme) -> dict[str, str]:
    """The key of the article's voice and of each declared holder on the screen, by its constant."""
    return dict(zip(_holders(scheme), _free(scheme), strict=False))


def article_keys(scheme: Scheme) -> dict[tuple[str, str], str]:
    """The key of each stance of the article, by the constants of target and stance; the last may have none."""
    asked = [
        (target.const, stance.const) for target in on_screen(scheme.targets) for stance in on_screen(scheme.stances)
    ]
    return dict(zip(asked, _free(scheme)[len(_holders(scheme)) :], strict=False))


def _holders(scheme: Scheme) -> list[str]:
    return [AUTHOR, *(holder.const for holder in on_screen(scheme.holders))]


def _free(scheme: Scheme) -> list[str]:
    """The keys that no label and no stance has."""
    taken = {label.key for label in (*on_screen(scheme.entity_labels), *on_screen(scheme.stances))}
    return [key for key in _KEYS if key not in taken]
