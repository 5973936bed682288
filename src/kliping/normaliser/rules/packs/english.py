"""The furniture words of English."""

from __future__ import annotations

from kliping.normaliser.rules.packs.pack import Pack

__all__ = ["ENGLISH"]

ENGLISH = Pack(
    related=(
        "read also", "also read", "read more", "read next", "see also", "more on this", "more on this story",
        "related",
    ),
    topics=("topics", "topic", "tags", "tag", "keywords", "filed under"),
    others=(
        "more stories", "more news", "related", "related articles", "related stories", "related news", "read more",
        "read next", "you may also like", "most read", "most popular", "latest news", "recommended",
        "recommended for you", "trending", "editor's picks", "editors' picks", "comments", "more from this section",
    ),
    authors=("author", "authors", "writer", "reporter", "by", "words"),
    by=("by", "written by", "reporting by", "story by", "words by"),
    editors=("editor", "edited by", "editing by", "additional reporting by", "translated by", "source"),
    credits=(
        "photo", "photos", "image", "picture", "illustration", "photo credit", "image credit", "credit",
        "photograph",
    ),
    interruptions=(
        "advertisement", "advertising", "share", "share this", "share this article", "share this story",
        "copy link",
        "print", "continue reading", "continue reading below", "story continues below",
        "story continues below advertisement",
        "article continues below", "article continues after advertisement", "scroll to continue",
        "scroll to continue with content", "sign up for our newsletter",
    ),
    conjunctions=("and", "&", "with"),
    particles=(
        "of", "the", "and", "van", "von", "de", "der", "den", "la", "le", "du", "da", "di", "al", "bin", "on",
        "upon",
    ),
    months=(
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
    ),
    newsrooms=("staff", "agencies"),
    rights=("copyright", "all rights reserved",),
)  # fmt: skip
