"""One change in words, without the id of its article."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kliping.release.versions.changes import Change

__all__ = ["in_words"]

Values: TypeAlias = tuple[int | str, ...]


def in_words(change: Change) -> str:
    """What changed, in a few words; empty where the kind and the article say it all.

    A mention is `START-END LABEL`, offsets in code points; a stance `TARGET by HOLDER: SIDE`.
    """
    words = _WORDS.get(change.kind.partition("_")[0])
    return words(change.was or (), change.now or ()) if words else ""


def _arrow(was: Values, now: Values, place: slice) -> str:
    """What stood at a place of the values and what stands there, once where it is the same."""
    told = ("-".join(map(str, one[place])) for one in (was, now) if one)
    return " → ".join(dict.fromkeys(told))


def _first(was: Values, now: Values) -> str:
    return str((now or was)[0])


def _column(was: Values, now: Values) -> str:
    return f"{_first(was, now)}.{(now or was)[1]}: {_arrow(was, now, slice(2, 3))}"


def _split(was: Values, now: Values) -> str:
    return f"{_first(was, now)}/{(now or was)[1]}"


def _label(was: Values, now: Values) -> str:
    """Numbers are those of classes, from 0; only what was reordered has any."""
    numbers = _arrow(was, now, slice(2, 3))
    return f"{_first(was, now)} {(now or was)[1]}" + (f": {numbers}" if numbers else "")


def _mention(was: Values, now: Values) -> str:
    return f"{_arrow(was, now, slice(2))} {_arrow(was, now, slice(2, 3))}"


def _stance(was: Values, now: Values) -> str:
    return f"{_first(was, now)} by {(now or was)[1]}: {_arrow(was, now, slice(2, 3))}"


def _article(was: Values, now: Values) -> str:
    """Its splits where it moved; else whether it is gold."""
    if was and now:
        return _arrow(was, now, slice(1))
    return "gold" if "gold" in (*was, *now) else ""


_WORDS: Mapping[str, Callable[[Values, Values], str]] = {
    "config": _first,
    "column": _column,
    "split": _split,
    "label": _label,
    "article": _article,
    "mention": _mention,
    "stance": _stance,
    "annotation": _first,
    "derived": _first,
}
"""The words by the first part of a kind."""
