"""Language packs: the words of furniture, as data. A rule says what is done with them.

All packs are asked at once, whatever the article's language: many Indonesian pages carry English furniture. Words of
one page or one publisher have no place here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache

__all__ = ["PACKS", "Pack", "Words", "words"]


@dataclass(frozen=True, slots=True)
class Pack:
    """The furniture words of one language, lower-case, without the colon."""

    related: tuple[str, ...]
    """Before the title of another article that the body points to."""
    topics: tuple[str, ...]
    """Before the article's topics."""
    others: tuple[str, ...]
    """Above a list of other articles at the end."""
    authors: tuple[str, ...]
    """Before a colon and the authors' names."""
    by: tuple[str, ...]
    """Before the authors' names, without a colon."""
    editors: tuple[str, ...]
    """Before a colon and someone who is no author."""
    credits: tuple[str, ...]
    """Before the credit, or the caption, of a picture."""
    interruptions: tuple[str, ...]
    """Lines that interrupt an article and mean nothing: advertisements, buttons."""
    conjunctions: tuple[str, ...]
    """Between two names."""
    particles: tuple[str, ...]
    """Lower-case words inside names of people, places and media."""
    months: tuple[str, ...]
    """Names of months and days, whole and cut short."""


PACKS: dict[str, Pack] = {
    "id": Pack(
        related=("baca juga", "baca", "simak juga", "lihat juga", "baca selengkapnya", "tonton juga"),
        topics=("topik", "tag", "tags", "kata kunci", "label"),
        others=(
            "artikel terkait", "berita terkait", "berita lainnya", "berita terkini", "berita terkini lainnya",
            "baca berita lainnya", "artikel lainnya", "artikel terpopuler", "berita terpopuler", "terpopuler",
            "rekomendasi", "rekomendasi untuk anda", "pilihan editor", "baca selanjutnya", "komentar",
            "terkini lainnya",
        ),
        authors=("penulis", "reporter", "pewarta", "wartawan", "kontributor", "oleh", "laporan"),
        by=("oleh", "laporan", "ditulis oleh"),
        editors=("editor", "penyunting", "redaktur", "penerjemah", "sumber"),
        credits=("foto", "gambar", "ilustrasi", "sumber foto", "sumber gambar", "kredit foto", "dok", "dok."),
        interruptions=(
            "iklan", "advertisement", "bagikan", "bagikan artikel", "bagikan artikel ini", "salin tautan",
            "lanjutkan membaca", "gulir untuk lanjut membaca", "artikel ini berlanjut di bawah iklan", "cetak",
        ),
        conjunctions=("dan",),
        particles=("bin", "binti", "di", "dan", "dari", "van", "de", "der", "al"),
        months=(
            "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
            "november", "desember", "jan", "feb", "mar", "apr", "jun", "jul", "agu", "agt", "sep", "sept", "okt",
            "nov", "des",
            "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad",
        ),
    ),
    "en": Pack(
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
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some packs together: each set as one, and the labelled lines as patterns."""

    pack: Pack
    related: re.Pattern[str]
    topics: re.Pattern[str]
    authors: re.Pattern[str]
    by: re.Pattern[str]
    editors: re.Pattern[str]
    credits: re.Pattern[str]
    others: frozenset[str]
    interruptions: frozenset[str]
    conjunctions: re.Pattern[str]
    particles: frozenset[str]
    months: frozenset[str]


@cache
def words(*languages: str) -> Words:
    """The words of the packs of some languages; of all, where none is named."""
    pack = _together([PACKS[language] for language in languages or PACKS])
    return Words(
        pack=pack,
        related=_labelled(pack.related),
        topics=_labelled(pack.topics),
        authors=_labelled(pack.authors),
        by=re.compile(rf"(?P<label>{_any(pack.by)})\s+(?P<rest>\S.*)", re.IGNORECASE),
        editors=_labelled(pack.editors),
        credits=_labelled(pack.credits),
        others=frozenset(pack.others),
        interruptions=frozenset(pack.interruptions),
        conjunctions=re.compile(rf"\s*[,;]\s*|\s+/\s+|\s+(?P<word>{_any(pack.conjunctions)})\s+", re.IGNORECASE),
        particles=frozenset(pack.particles),
        months=frozenset(pack.months),
    )


def _together(packs: list[Pack]) -> Pack:
    names = [field.name for field in fields(Pack)]
    return Pack(
        **{name: tuple(dict.fromkeys(word for pack in packs for word in getattr(pack, name))) for name in names}
    )


def _any(labels: tuple[str, ...]) -> str:
    """Alternatives, the longest first."""
    return "|".join(re.escape(label) for label in sorted(labels, key=lambda label: (-len(label), label)))


def _labelled(labels: tuple[str, ...]) -> re.Pattern[str]:
    """A line that begins with a label and a colon; `label` holds both, `rest` what follows."""
    return re.compile(rf"(?P<label>(?:{_any(labels)})\s*[:：])\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
