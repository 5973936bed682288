"""What the sides of arrows are called on the screen, and which side a name means.

Label Studio 1.23.2 stores of an arrow's label what it shows, and has no alias for it. So a stance's title in the
annotators' language is what results hold; where titles would not tell two stances apart, the constant is shown instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kliping.contract.scheme import Label, Scheme

__all__ = ["arrow_names", "side_of"]


def arrow_names(scheme: Scheme, language: str) -> dict[str, str]:
    """What the screen calls each stance on an arrow, by its constant, retired ones included; `side_of` reads it.

    Args:
        scheme: whose stances.
        language: of the annotators, BCP 47.
    """
    return {label.const: _shown(label, scheme, language) for label in scheme.stances}


def side_of(name: str, scheme: Scheme) -> str | None:
    """The constant of the stance that an arrow's label means: a constant, or a title in any language of the scheme.

    None where no stance has the name, or several.
    """
    if any(label.const == name for label in scheme.stances):
        return name
    meant = {label.const for label in scheme.stances if _folded(name) in _titles(label)}
    return meant.pop() if len(meant) == 1 else None


def _shown(label: Label, scheme: Scheme, language: str) -> str:
    title = _folded(label.title_in(language))
    return title if side_of(title, scheme) == label.const else label.const


def _titles(label: Label) -> set[str]:
    return {_folded(title) for title in (label.title, *label.titles.values())}


def _folded(words: str) -> str:
    return " ".join(words.split())
