"""Which language a text is in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kliping.errors import CallError

__all__ = ["CERTAIN", "UNKNOWN", "identify_language", "language_tag", "stated_language"]

UNKNOWN = "und"
"""BCP 47 for a language that nobody knows."""

CERTAIN = 0.5
"""A language is named only from this probability on; news of 300 characters scores above 0.75 with py3langid."""

_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
_OLD = {"in": "id", "iw": "he", "ji": "yi"}
_NOTHING = frozenset({"zxx", "und", "mul", "mis"})


def identify_language(text: str) -> str | None:
    """The language of a text as a BCP 47 tag, or None where it is not sure; the same for the same text, always."""
    tag, score = _identifier().classify(text)
    return tag if score >= CERTAIN and tag not in _NOTHING else None


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


@cache
def _identifier() -> Any:  # noqa: ANN401 — py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
