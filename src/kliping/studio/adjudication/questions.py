"""What is open in an article, as questions for an adjudicator who is not told whose version is whose."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from kliping.annotation.adjudication.votes import votes
from kliping.files import sha256
from kliping.records import Party, Span, Stated
from kliping.studio.adjudication.words import Words, in_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.annotation import Adjudicated
    from kliping.annotation.adjudication.ledger import Claim, Mention, Side
    from kliping.contract import Scheme
    from kliping.records import Annotation, Article

__all__ = ["ACCEPT", "EDIT", "REJECT", "Choice", "Question", "digest", "letters", "questions", "side"]

ACCEPT, EDIT, REJECT = "accept", "edit", "reject"

_SIDE = "side:"
"""Before a stance, in the alias of a choice: the other choices have names of their own."""


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: what the screen shows, and what is stored."""

    value: str
    alias: str


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A row of the screen, and what its answers decide.

    Attributes:
        shown: what is asked, and what each annotator said, by letters.
        choices: the answers.
        mention: what is asked about, or None for a stance.
        claims: the stances of one holder towards one target that are not rejected: one side is chosen for all.
        rejected: those that were rejected earlier; choosing their side accepts them.
    """

    shown: str
    choices: tuple[Choice, ...]
    mention: Span | None = None
    claims: tuple[Stated, ...] = ()
    rejected: tuple[Stated, ...] = ()


def side(alias: str) -> str | None:
    """The stance that a choice stands for, or None."""
    return alias.removeprefix(_SIDE) if alias.startswith(_SIDE) else None


def digest(guidelines: str, asked: Sequence[Question]) -> str:
    """16 hexadecimal digits of SHA-256 over questions, and the version of the guidelines they are asked under."""
    return sha256(msgspec.json.encode([guidelines, asked]))[:16]


def letters(article_id: str, annotators: Iterable[str]) -> dict[str, str]:
    """The letter of each annotator in one article: `A`, `B`, … in an order that another article does not have."""
    mixed = sorted(annotators, key=lambda who: sha256(f"{article_id}:{who}".encode()))
    return {who: _letter(number) for number, who in enumerate(mixed)}


def _letter(number: int) -> str:
    return ("" if number < 26 else _letter(number // 26 - 1)) + chr(ord("A") + number % 26)


def questions(article: Article, one: Adjudicated, scheme: Scheme, language: str) -> list[Question]:
    """A question for each open mention, by place, then for each holder and target between whom something is open."""
    words = Words(scheme, language)
    named = letters(article.id, (annotation.annotator for annotation in one.voters.counted))
    versions = {named[annotation.annotator]: annotation for annotation in one.voters.counted}
    asked = [
        *(_about_mention(article, mention, versions, words) for mention in _open(one.mentions.fates)),
        *_about_stances(article, one, {named[who]: claims for who, claims in _claims(one).items()}, words),
    ]
    return [
        msgspec.structs.replace(question, shown=f"{number}. {question.shown}")
        for number, question in enumerate(asked, 1)
    ]


def _open(fates: Mapping[Mention, str]) -> list[Mention]:
    return sorted(mention for mention, fate in fates.items() if fate == "open")


def _about_mention(article: Article, mention: Mention, versions: Mapping[str, Annotation], words: Words) -> Question:
    shown = f"{words.label(mention.label)}: {in_context(article.text, *mention.place)}"
    said = [f"{letter}: {_said(mention, versions[letter], words)}" for letter in sorted(versions)]
    return Question(
        shown=f"{shown}\n{' · '.join(said)}",
        choices=tuple(Choice(words[alias], alias) for alias in (ACCEPT, REJECT, EDIT)),
        mention=Span(
            start=mention.start, end=mention.end, text=article.text[slice(*mention.place)], label=mention.label
        ),
    )


def _said(mention: Mention, version: Annotation, words: Words) -> str:
    """What an annotator marked there: labels, with the words where these are others."""
    there = [one for one in version.entities if one.start < mention.end and mention.start < one.end]
    said = [
        words.label(one.label)
        + ("" if (one.start, one.end) == mention.place else f" “{one.text}”")
        + (f" ({words['unsure']})" if one.unsure else "")
        for one in there
    ]
    return ", ".join(said) or words["unmarked"]


def _claims(one: Adjudicated) -> dict[str, set[Claim]]:
    """Each annotator's stances, on the places that mentions have after decisions."""
    return {
        annotation.annotator: {vote.claim for vote in votes(annotation, one.mentions.into)}
        for annotation in one.voters.counted
    }


def _about_stances(
    article: Article, one: Adjudicated, said: Mapping[str, set[Claim]], words: Words
) -> Iterator[Question]:
    groups: dict[tuple[Side, Side], list[Claim]] = defaultdict(list)
    for claim in sorted(one.stances.fates):
        if one.stances.fates[claim] not in ("outvoted", "fallen"):
            groups[claim.target, claim.holder].append(claim)
    for (target, holder), claims in groups.items():
        fates = [one.stances.fates[claim] for claim in claims]
        if "open" not in fates:
            continue
        views = [f"{letter}: {_sides(said[letter], target, holder, words)}" for letter in sorted(said)]
        shown = words.stance(_shown(article, holder, words), _shown(article, target, words))
        stated = [_stated(article, claim) for claim in claims]
        yield Question(
            shown=f"{shown}\n{' · '.join(views)}",
            choices=(
                *(Choice(title, f"{_SIDE}{const}") for const, title in words.sides()),
                Choice(words["no stance"], REJECT),
            ),
            claims=tuple(claim for claim, fate in zip(stated, fates, strict=True) if fate != "rejected"),
            rejected=tuple(claim for claim, fate in zip(stated, fates, strict=True) if fate == "rejected"),
        )


def _sides(claims: Iterable[Claim], target: Side, holder: Side, words: Words) -> str:
    """What an annotator said of one holder towards one target, else of others towards it, else nothing."""
    towards = sorted(claim for claim in claims if claim.target == target)
    own = [words.side(claim.stance) for claim in towards if claim.holder == holder]
    return ", ".join(own) or (words["other holder"] if towards else words["unsaid"])


def _shown(article: Article, party: Side, words: Words) -> str:
    """A holder or a target in words."""
    if party.place is not None:
        return f"“{article.text[slice(*party.place)]}”"
    return words.party(party.kind, party.name)


def _stated(article: Article, claim: Claim) -> Stated:
    return Stated(stance=claim.stance, target=_party(article, claim.target), holder=_party(article, claim.holder))


def _party(article: Article, party: Side) -> Party:
    if party.place is not None:
        start, end = party.place
        return Party(kind="mention", start=start, end=end, text=article.text[start:end])
    return Party(kind=party.kind, name=party.name or None)  # type: ignore[arg-type]
