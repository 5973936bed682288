"""Screens before the rules about texts and articles (see `kliping.check.screened`)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kliping.check.corpus.annotations import ANNOTATION_RULES
from kliping.check.corpus.article import adjudicate_seen
from kliping.check.corpus.references import REFERENCE_RULES
from kliping.check.corpus.texts import SEPARATOR, TEXT_RULES
from kliping.check.screened import Screened
from kliping.files import sha256
from kliping.records import Annotation, Carried, Gold, Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.corpus.survey import Survey
    from kliping.check.corpus.texts import TextSeen
    from kliping.records import Article, Finding


__all__ = [
    "ANNOTATIONS",
    "REFERENCES",
    "TEXTS",
    "Declared",
    "article_findings",
    "declared_by",
    "gold_is_as_derived",
    "is_plain",
    "marks_are_sound",
    "nothing_is_awaited",
    "stands_alone",
]

TEXTS = Screened(TEXT_RULES, "E401", "E402 E403 E404 E405 E406 E407 E408")
"""Behind `marks_are_sound`, and behind `is_plain`."""
REFERENCES = Screened(REFERENCE_RULES, "E307", "E301 E302 E303 E304 E305 E306 E308 E309 E313")
"""Behind `marks_are_sound`, and behind that and `stands_alone`."""
ANNOTATIONS = Screened(
    ANNOTATION_RULES,
    "E501 E502 E503 E504 E505 E506 E507 E509 E512",
    "E508",
    "E510 E511",
    "E515 E516 E517",
)
"""Behind `marks_are_sound` if adjudication found no contradiction; `gold_is_as_derived`, which marks nothing twice; the
same without predictions, where mentions may overlap; and `nothing_is_awaited`."""


Marked: TypeAlias = Annotation | Gold | Carried | Prediction


class Declared(NamedTuple):
    """What annotations are held against: the scheme's version, its holders, and whether mentions may overlap."""

    version: str
    holders: frozenset[str]
    may_overlap: bool


def declared_by(survey: Survey) -> Declared | None:
    """What the contract of a corpus declares; None without one."""
    if survey.contract is None:
        return None
    scheme = survey.contract.scheme
    return Declared(scheme.version, frozenset(holder.const for holder in scheme.holders), scheme.overlap == "allowed")


def article_findings(seen: ArticleSeen, declared: Declared | None) -> Iterator[Finding]:
    """Everything wrong with what is said of an article, and with its texts."""
    marked = (one.record for some in (seen.annotations, seen.carried, seen.predictions) for one in some)
    sound = marks_are_sound(seen, declared, marked)
    adjudicate_seen(seen, sound=sound)
    derived = gold_is_as_derived(seen)  # of sound annotations; then it is as sound as they are
    sound = sound and (derived or marks_are_sound(seen, declared, (one.record for one in seen.gold)))
    for text in seen.texts():
        yield from TEXTS.findings(text, sound, is_plain(text))
    yield from REFERENCES.findings(seen, sound, sound and stands_alone(seen))
    is_agreed = sound and not seen.undecidable
    may_be_there = derived and not seen.predictions and declared is not None and declared.may_overlap
    yield from ANNOTATIONS.findings(seen, is_agreed, derived, may_be_there, nothing_is_awaited(seen))


ASCII = bytes(range(0x20, 0x7F)) + b"\n"
ODD = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\xa0\\xad\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]"
)
"""What a text may not hold, and white space but for LF and the space."""
COMBINING = "\u0300"
"""The first character that is not, in every text, as NFC has it (Unicode Standard Annex 15, NFC_Quick_Check)."""


def is_plain(seen: TextSeen) -> bool:
    """Whether a text is the one hashed, composed, and blocks of single-spaced words under the titles it states."""
    text = seen.article.text
    data = text.encode(errors="surrogatepass")
    if sha256(data) != seen.article.text_sha256:
        return False
    if rest := data.translate(None, ASCII):
        beyond = rest.decode(errors="surrogatepass")
        if ODD.search(beyond) or (max(beyond) >= COMBINING and not unicodedata.is_normalized("NFC", text)):
            return False
    return text.rfind("  ") < 0 and _blocks_are_the_text(seen.article)


def _blocks_are_the_text(article: Article) -> bool:
    text, blocks, at = article.text, article.blocks, 0
    titles: dict[str, str] = {}
    for block in blocks:
        if block.start != at or not at < block.end <= len(text) or (at and text[at - 2 : at] != SEPARATOR):
            return False
        if text[at] == " " or text[block.end - 1] == " ":
            return False
        if block.type in ("title", "subtitle"):
            if block.type in titles:
                return False
            titles[block.type] = text[at : block.end]
        at = block.end + 2
    return (
        at - 2 == len(text)
        and text.count("\n") == 2 * (len(blocks) - 1)
        and titles.get("title") == article.title
        and titles.get("subtitle") == article.subtitle
    )


def marks_are_sound(seen: ArticleSeen, declared: Declared | None, said: Iterable[Marked]) -> bool:
    """Whether what is said of an article is of its one text, marks slices of it, and rests on what is marked."""
    if len(seen.articles) != 1 or declared is None or seen.revisions or seen.decisions or seen.quarantine:
        return False
    article = seen.articles[0].record
    return all(
        record.text_sha256 == article.text_sha256
        and _is_ours(record, declared)
        and _entities_are_sound(record, article.text)
        and _stances_are_sound(record, declared)
        for record in said
    )


def _is_ours(said: Marked, declared: Declared) -> bool:
    """Whether it was made with the scheme of today, and no field of its own may hold an address."""
    if isinstance(said, Prediction):
        return "@" not in said.model_version
    if said.scheme != declared.version:
        return False
    if isinstance(said, Annotation):
        return "@" not in f"{said.annotator} {said.comment} {said.predictions_shown}"
    return True


def _entities_are_sound(said: Marked, text: str) -> bool:
    for entity in said.entities:
        start, end, words = entity.start, entity.end, entity.text
        if start < 0 or not words or end - start != len(words) or text[start:end] != words or words.strip() != words:
            return False
        if entity.ref and "@" in entity.ref:
            return False
    return True


def _stances_are_sound(said: Marked, declared: Declared) -> bool:
    marked = {entity.id for entity in said.entities}
    if len(marked) < len(said.entities):
        return False
    for stance in said.stances:
        for side in (stance.target, stance.holder):
            if side.kind == "mention":
                if not side.mention or side.mention not in marked or side.name:
                    return False
            elif side.mention or bool(side.name) != (side.kind in ("declared", "named")) or "@" in (side.name or ""):
                return False
        if stance.holder.kind == "named" and stance.holder.name not in declared.holders:
            return False
    number = len(said.stances)
    is_once = number < 2 or len({(one.stance, one.target, one.holder) for one in said.stances}) == number
    return is_once and len({stance.id for stance in said.stances}) == number


def stands_alone(seen: ArticleSeen) -> bool:
    """Whether an article whose marks are sound has all that it needs once, in a corpus where no name is there twice."""
    survey = seen.survey
    if survey.names or survey.annotation_ids or survey.clusters:
        return False
    if not seen.sources or (survey.splits_expected and not seen.splits):
        return False
    if len(seen.splits) > 1 or len(seen.gold) > 1 or len(seen.rounds) > 1:
        return False
    made = {(one.record.annotator, one.record.round) for one in seen.annotations}
    files = {one.place.path for one in seen.predictions}
    return len(made) == len(seen.annotations) and len(files) == len(seen.predictions)


def gold_is_as_derived(seen: ArticleSeen) -> bool:
    """Whether adjudication could be run, and gave the one gold line, or none where there is none."""
    if not seen.is_derived or len(seen.gold) > 1:
        return False
    return (seen.gold[0].record if seen.gold else None) == seen.derived


def nothing_is_awaited(seen: ArticleSeen) -> bool:
    """Whether there is nothing that annotators are to be shown, no new name to come in, and nobody's name is known."""
    return not seen.predictions and not seen.survey.renames and seen.survey.people is None
