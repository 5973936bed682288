"""Predictions into `annotations/predictions/NAME.jsonl`: all of them proven, or nothing written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from kliping.annotation.prediction.offers import Fault, Offer, gold_of
from kliping.annotation.prediction.reading import faults, predictions_place
from kliping.annotation.prediction.scores import Scores, marked
from kliping.contract import violations
from kliping.errors import DataError
from kliping.files import encode_lines, sha256, write_bytes
from kliping.project import alone
from kliping.records import Count, Prediction, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Gold

__all__ = ["NAMED_FAULTS", "Ground", "Screen", "write_predictions"]

NAMED_FAULTS = 100
"""Faults that are told one by one; the rest are counted."""

Screen: TypeAlias = "Callable[[Prediction], Iterable[str]]"
"""What an annotator's screen could not show of a prediction, in sentences."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What predictions are proven against.

    Attributes:
        corpus: whose articles are predicted.
        contract: that the predictions keep.
        gold: by article.
        screen: what an annotator's screen could not show; the room that knows screens hands it down.
        share: of the articles without gold whose predictions are written; the others stay free of them, to compare.
    """

    corpus: Corpus
    contract: Contract
    gold: Mapping[str, Gold]
    screen: Screen = lambda _: ()
    share: float = 1.0


@dataclass(slots=True)
class _Taken:
    """What was offered, as far as it goes."""

    lines: dict[int, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    mentions: int = 0
    mentions_aside: int = 0
    stances: int = 0
    stances_aside: int = 0
    left_out: int = 0
    versions: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    scores: Scores = field(default_factory=Scores)


def write_predictions(ground: Ground, name: str, offers: Iterable[Offer | Fault], notes: Iterable[str] = ()) -> Receipt:
    """Write the predictions of the articles that have no gold, in the order of the articles.

    An article that has gold is done: what is predicted of it is set aside, and compared with its gold.

    Args:
        ground: what the predictions are proven against.
        name: of the file, without its ending.
        offers: what a model says.
        notes: more sentences for the receipt.

    Raises:
        DataError: something is wrong with what is offered; every fault, a line each. Nothing is written then.
    """
    with alone(ground.corpus, "predict"):
        return _written(ground, name, offers, notes)


def _written(ground: Ground, name: str, offers: Iterable[Offer | Fault], notes: Iterable[str]) -> Receipt:
    taken = _Taken()
    for offer in offers:
        found = [offer] if isinstance(offer, Fault) else list(_take(taken, offer, ground))
        taken.faults += found
    if taken.faults:
        raise DataError("\n".join(_first(taken.faults)))
    data = b"".join(line for _, line in sorted(taken.lines.items()))
    place = predictions_place(ground.corpus, name)
    before = place.read_bytes() if place.exists() else None
    write_bytes(place, data)
    articles = Counter(gold_of(ground.gold, article) is not None for article in ground.corpus.articles())
    return Receipt(
        step="predict",
        counts=tuple(_counts(taken, articles)),
        changes=_changes(before, data),
        notes=(
            *_notes(ground.corpus, name, taken, articles),
            *taken.scores.sentences("against gold", ground.contract.scheme.entity_labels),
            *notes,
        ),
    )


def _take(taken: _Taken, offer: Offer, ground: Ground) -> Iterator[Fault]:
    try:
        prediction = _proven_kinds(offer.prediction)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:  # msgspec's own are ValueErrors
        yield Fault(offer.place, f"no prediction: {error}; see docs/how-to/pre-annotation.md for the fields")
        return
    found = list(faults(prediction, offer.article, ground.contract.scheme))
    found = found or [f"{fault}; mend the field" for fault in violations(ground.contract, "prediction", prediction)]
    found = found or list(ground.screen(prediction))
    if found:
        yield from (Fault(offer.place, fault) for fault in found)
        return
    for what in ("trimmed", "unproven", "torn", "unkept"):
        taken.sums[what] += getattr(offer, what)
    held = gold_of(ground.gold, offer.article)
    if held is None and _is_in(ground, offer.article.id):
        taken.lines[offer.order] = encode_lines([prediction])
        taken.versions[prediction.model_version] += 1
    else:
        if held is not None:
            taken.scores.add(marked(prediction.entities), held)
        taken.left_out += held is None
        taken.mentions_aside += len(prediction.entities)
        taken.stances_aside += len(prediction.stances)
    taken.mentions += len(prediction.entities)
    taken.stances += len(prediction.stances)


def _is_in(ground: Ground, article_id: str) -> bool:
    """Whether an article is in the share: by the corpus's seed and its id, so that a larger share only adds."""
    drawn = int(sha256(f"{ground.corpus.settings.seed}:{article_id}".encode())[:12], 16)
    return drawn < ground.share * 16**12


def _proven_kinds(prediction: Prediction) -> Prediction:
    """A prediction of the right kinds: a record that code makes may hold anything. No person marked any of it."""
    checked = msgspec.json.decode(msgspec.json.encode(prediction), type=Prediction)
    entities = tuple(msgspec.structs.replace(one, origin="prediction") for one in checked.entities)
    return msgspec.structs.replace(checked, entities=entities)


def _first(found: list[Fault]) -> Iterator[str]:
    yield from (f"{one.place}: {one.sentence}" for one in sorted(found, key=_line)[:NAMED_FAULTS])
    if len(found) > NAMED_FAULTS:
        yield f"and {len(found) - NAMED_FAULTS} more; mend these first"


def _line(fault: Fault) -> int:
    """The line that a fault is in; 0 where it is in none, and the order stays."""
    number = fault.place.rpartition(":")[2]
    return int(number) if number.isdecimal() else 0


def _changes(before: bytes | None, after: bytes) -> int:
    """Lines that are new, other or gone; a file that is new or in another order is a change."""
    if before == after:
        return 0
    old, new = Counter((before or b"").splitlines()), Counter(after.splitlines())
    return max((new - old).total(), (old - new).total(), 1)


def _counts(taken: _Taken, articles: Counter[bool]) -> Iterator[Count]:
    """Of the articles, those that are predicted are kept; set aside are those with gold, and those without either."""
    kept = len(taken.lines)
    yield Count(what="articles", taken=articles.total(), kept=kept, set_aside=articles.total() - kept)
    mentions, aside = taken.mentions, taken.mentions_aside
    yield Count(what="mentions", taken=mentions, kept=mentions - aside, set_aside=aside)
    if taken.stances:
        stances, aside = taken.stances, taken.stances_aside
        yield Count(what="stances", taken=stances, kept=stances - aside, set_aside=aside)


def _notes(corpus: Corpus, name: str, taken: _Taken, articles: Counter[bool]) -> Iterator[str]:
    """Sentences about what was written, and about what was set aside, changed or could not be proven."""
    place = predictions_place(corpus, name).relative_to(corpus.root)
    yield f"{place}: by {', '.join(sorted(taken.versions)) or 'nobody: no article without gold is predicted'}"
    inside = f"{taken.sums['torn']} of them begin or end inside a word: look at those, or give each its `text`"
    for number, told in (
        (articles[True], "articles have gold: nothing is offered on them"),
        (taken.left_out, "articles are left out, to be labelled without predictions"),
        (articles[False] - len(taken.lines) - taken.left_out, "articles have neither gold nor a prediction"),
        (taken.sums["trimmed"], "mentions lost white space at their edges"),
        (taken.sums["unkept"], "scores of single mentions are not kept: a prediction has one, of the whole"),
        (taken.sums["unproven"], f"mentions came without their words, so nothing proves their offsets; {inside}"),
    ):
        if number:
            yield f"{number} {told}"
    if corpus.settings.annotators.predictions != name:
        yield f'to show them to annotators: predictions = "{name}" in [tool.kliping.annotators], then `kliping push`'
