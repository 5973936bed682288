"""Making the next round: written to `annotations/rounds.jsonl` whole or not at all, after the rounds before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kliping.annotation.assignments import Assigned, Assignments, assignments
from kliping.annotation.sampling.chance import Chance
from kliping.annotation.sampling.choice import by_chance, by_score, stratified
from kliping.annotation.sampling.committee import committee, disagreement
from kliping.annotation.sampling.pool import Conditions, Pool, pool
from kliping.annotation.sampling.sharing import share_out
from kliping.errors import CallError, DataError
from kliping.files import encode_lines, write_bytes
from kliping.project import one_at_a_time
from kliping.records import Assignment, Count, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kliping.annotation.sampling.choice import Candidate
    from kliping.project import Corpus

__all__ = ["Wanted", "sample"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the next round is to be.

    Attributes:
        size: how many articles, from 1.
        by: how they are chosen.
        calibration: whether everybody labels all of it; else `annotators.overlap` people label each article.
        again: take what an earlier calibration round had, to calibrate a second time.
        round: its number, where a script wants it made once: nothing is done if it is there. None is the next one.
    """

    size: int
    by: Literal["random", "stratified", "disagreement"] = "random"
    calibration: bool = False
    again: bool = False
    round: int | None = None


@one_at_a_time("sample")
def sample(corpus: Corpus, wanted: Wanted) -> Receipt:
    """Choose the articles of the next round, and who labels each.

    The same seed, round, settings and files give the same round. Earlier rounds are never changed. Where no round was
    written down and articles were annotated, they were everybody's: that is written down for them first.

    Raises:
        CallError: the size or the round's number is none, the overlap is more than the people that are named, or no
            two annotators' marks are there to disagree.
        DataError: no article is left to choose; nothing is written.
    """
    earlier, known = _earlier(corpus)
    last = max(earlier.last_round, max((one.round for one in known), default=0))
    number = last + 1 if wanted.round is None else wanted.round
    _refuse(corpus, wanted, number, last)
    if number <= earlier.last_round:
        return _nothing(earlier, number)
    chance = Chance(corpus.settings.seed, number)
    people = corpus.settings.annotators.people
    least = min(2, len(people)) if wanted.calibration else corpus.settings.annotators.overlap
    annotated = {one.article_id for one in corpus.annotations()}
    found = pool(corpus.articles(), Conditions(earlier, annotated, people, least, wanted.again))
    chosen = _chosen(corpus, wanted, found, chance)
    if not chosen:
        reasons = ", ".join(f"{times} {reason}" for reason, times in sorted(found.left_out.items()))
        raise DataError(
            f"{corpus.corpus / 'articles'}: no article is left for round {number}: {reasons or 'there are none'}; "
            "normalise more, or name others in [tool.kliping.annotators]"
        )
    labels = _labels(corpus, wanted, found, chosen, chance)
    added = [Assignment(round=number, article_id=one, annotators=labels[one]) for one in sorted(labels)]
    _write(corpus, [*known, *added])
    return _receipt(corpus, number, known, added, found)


def _refuse(corpus: Corpus, wanted: Wanted, number: int, last: int) -> None:
    """Refuse what no round can be."""
    if wanted.size < 1:
        raise CallError(f"size {wanted.size}: a round has 1 article or more")
    if not 1 <= number <= last + 1:
        raise CallError(f"round {number}: the next one is {last + 1}; rounds are made one after the other")
    annotators = corpus.settings.annotators
    if annotators.people and not wanted.calibration and annotators.overlap > len(annotators.people):
        raise CallError(
            f"[tool.kliping.annotators] overlap: {annotators.overlap} annotators an article, and `people` names "
            f"{len(annotators.people)}; name more, or set overlap = {len(annotators.people)}"
        )


def _earlier(corpus: Corpus) -> tuple[Assignments, list[Assignment]]:
    """The rounds before, and those lines of them that were never written down."""
    written = assignments(corpus)
    if written.by_article is not None:
        return written, []
    annotated = sorted({(one.round, one.article_id) for one in corpus.annotations()})
    rounds: dict[str, tuple[Assigned, ...]] = {}
    for number, article_id in annotated:
        rounds[article_id] = (*rounds.get(article_id, ()), Assigned(number))
    return Assignments(rounds), [
        Assignment(round=number, article_id=article_id, annotators=()) for number, article_id in annotated
    ]


def _chosen(corpus: Corpus, wanted: Wanted, found: Pool, chance: Chance) -> list[Candidate]:
    if wanted.by == "stratified":
        return stratified(found.candidates, wanted.size, chance)
    if wanted.by == "random" or not found.candidates:
        return by_chance(found.candidates, wanted.size, chance)
    members = list(committee(corpus.annotations()).values())
    if len(members) < 2:
        raise CallError(
            f"--by disagreement: {len(members)} annotators have marked anything, and it takes two to disagree; "
            "pull their annotations first, or choose --by random"
        )
    ids = {one.id for one in found.candidates}
    scores = {one.id: disagreement(members, one.text) for one in corpus.articles() if one.id in ids}
    return by_score(found.candidates, scores, wanted.size, chance)


def _labels(
    corpus: Corpus, wanted: Wanted, found: Pool, chosen: Sequence[Candidate], chance: Chance
) -> dict[str, tuple[str, ...]]:
    """Who labels each article of the round; nobody named is everybody."""
    annotators = corpus.settings.annotators
    readers = {one.id: found.readers[one.id] for one in chosen}
    if not annotators.people:
        return dict.fromkeys(readers, ())
    if wanted.calibration:
        everybody = len(annotators.people)
        return {article: () if len(several) == everybody else several for article, several in readers.items()}
    shares = {name: person.share for name, person in annotators.people.items()}
    return share_out(readers, annotators.overlap, shares, chance)


def _write(corpus: Corpus, lines: Iterable[Assignment]) -> None:
    path = corpus.annotation_folder / "rounds.jsonl"
    before = path.read_bytes() if path.exists() else b""
    end = b"" if not before or before.endswith(b"\n") else b"\n"
    write_bytes(path, before + end + encode_lines(lines))


def _nothing(earlier: Assignments, number: int) -> Receipt:
    held = sum(any(one.round == number for one in rounds) for rounds in (earlier.by_article or {}).values())
    return Receipt(
        step="sample",
        counts=(Count(what="articles", taken=held, kept=held),),
        changes=0,
        notes=(f"round {number} is there already, with {_articles(held)}",),
    )


def _receipt(
    corpus: Corpus, number: int, known: Sequence[Assignment], added: Sequence[Assignment], found: Pool
) -> Receipt:
    not_chosen = len(found.candidates) - len(added)
    left_out = found.left_out + Counter({"not chosen this time": not_chosen})
    return Receipt(
        step="sample",
        counts=(
            Count(
                what="articles",
                taken=len(found.candidates) + found.left_out.total(),
                kept=len(added),
                set_aside=left_out.total(),
            ),
        ),
        changes=len(known) + len(added),
        notes=(
            *_known_notes(known),
            f"round {number}: {_articles(len(added))}; `kliping push` brings them to the annotators",
            *_work(corpus, added),
            *(f"{times} left out: {reason}" for reason, times in sorted(left_out.items())),
        ),
    )


def _known_notes(known: Sequence[Assignment]) -> Iterator[str]:
    for number in sorted({one.round for one in known}):
        articles = sum(one.round == number for one in known)
        yield (
            f"round {number} was everything to everybody: written down now for what was annotated in it, "
            f"{_articles(articles)}; the others can be sampled"
        )


def _work(corpus: Corpus, added: Sequence[Assignment]) -> Iterator[str]:
    """How much each of the named people got, and who got nothing."""
    people = corpus.settings.annotators.people
    if not people:
        yield "everybody labels all of it: [tool.kliping.annotators] names nobody"
        return
    loads = Counter(person for one in added for person in (one.annotators or people))
    for person in sorted(people):
        if loads[person]:
            yield f"{person}: {_articles(loads[person])}"
        else:
            yield f"{person}: nothing: no article of the round is for them by their languages, sources and share"


def _articles(number: int) -> str:
    return f"{number} article{'' if number == 1 else 's'}"
