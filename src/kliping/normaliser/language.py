"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kliping.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = [
    "CERTAIN",
    "SURE",
    "UNKNOWN",
    "Identified",
    "identify_language",
    "is_accepted",
    "language_tag",
    "stated_language",
]

UNKNOWN = "und"
"""BCP 47 for a language that nobody knows."""

CERTAIN = 0.5
"""A language is named only from this probability on; news of 300 characters scores above 0.75 with py3langid."""

SURE = 0.95
"""A text is turned down for its language only from this probability on, where nobody stated the language."""

_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
_OLD = {"in": "id", "iw": "he", "ji": "yi"}
_NOTHING = frozenset({"zxx", "und", "mul", "mis"})
_ALIKE = (
    frozenset({"id", "ms", "jv"}),
    frozenset({"da", "nb", "nn", "no"}),
    frozenset({"bs", "hr", "sr"}),
    frozenset({"cs", "sk"}),
    frozenset({"es", "gl"}),
    frozenset({"gl", "pt"}),
)
"""Languages that the identifier takes for each other: one of them is not turned down where another is accepted."""


class Identified(NamedTuple):
    """A BCP 47 tag, or None where it is not sure, and the probability of the likeliest language, from 0 to 1."""

    tag: str | None
    score: float


def identify_language(text: str) -> Identified:
    """The language of a text, told from its characters; the same for the same text, always."""
    tag, probability = _identifier().classify(text)
    score = round(float(probability), 4)
    return Identified(tag if score >= CERTAIN and tag not in _NOTHING else None, score)


def is_accepted(tag: str, accepted: AbstractSet[str], score: float | None = None) -> bool:
    """Whether a corpus takes a language; empty takes all. Only the first part of a tag counts.

    Args:
        tag: the language of a text.
        accepted: tags that the corpus takes.
        score: where the language was identified from the text, how sure that is: a doubtful one is taken.
    """
    if not accepted or tag == UNKNOWN:
        return True
    language, languages = _first_part(tag), {_first_part(one) for one in accepted}
    if language in languages:
        return True
    return score is not None and (score < SURE or any(language in alike and alike & languages for alike in _ALIKE))


def stated_language(tag: str | None) -> str | None:
    """A tag as a page states it, mended (`id_ID`, the old `in`); None where it is none or says nothing."""
    parts = (tag or "").strip().replace("_", "-").split("-")
    mended = "-".join([_OLD.get(parts[0].lower(), parts[0].lower()), *parts[1:]])
    return mended if _TAG.fullmatch(mended) and parts[0].lower() not in _NOTHING else None


def language_tag(tag: str) -> str:
    """A tag that the caller gave.

    Raises:
        CallError: it is no language tag.
    """
    if not _TAG.fullmatch(tag):
        raise CallError(f"{tag!r} is no language tag; give one of BCP 47, such as id, en or pt-BR")
    return tag


def _first_part(tag: str) -> str:
    return tag.split("-", 1)[0].lower()


@cache
def _identifier() -> Any:  # noqa: ANN401 — py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
