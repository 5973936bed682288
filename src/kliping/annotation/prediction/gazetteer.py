"""The baseline: names that gold knows, found again.

A surface is learned with every label that gold gives it, and with how often it stands in the same articles unmarked. In
a text, the longest known surface between two borders is taken, from left to right, without overlaps. Case may rise but
not fall: `larangan lampion` is found in `LARANGAN LAMPION` and at the start of a sentence, `Vale` not in `vale`.
Where gold shows the habit, a name that was found is found again by its first or last word (`short_forms`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import msgspec

from kliping.annotation.prediction.offers import Offer, gold_of
from kliping.annotation.prediction.scores import Scores
from kliping.annotation.prediction.short_forms import Tally, follows, short_forms, tally_short_forms
from kliping.annotation.prediction.spans import Piece, pieces
from kliping.files import sha256
from kliping.records import Entity, Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.annotation.prediction.scores import Marked
    from kliping.records import Article, Gold

__all__ = ["GAZETTEER", "LEAST_SHARE", "Gazetteer", "cross_validated", "gazetteer_offers", "learn"]

GAZETTEER = "gazetteer"

LEAST_SHARE = 0.5
"""A surface is taken where one label has more than this share of its occurrences in gold, unmarked ones included."""

_BEHAVIOUR = "1"
"""Of the gazetteer: another behaviour gets another number in the model version."""

_UNMARKED = ""
"""Stands for a label where a surface was seen and nobody marked it."""

Key: TypeAlias = tuple[str, ...]
"""A surface as it is looked up: its pieces without case."""

Seen: TypeAlias = dict[str, Counter[str]]
"""How often each surface, as it was written, had each label."""


class _Node(dict[str, "_Node"]):
    """A step into the known surfaces, piece by piece; `ends` is the key where one ends here."""

    ends: Key | None = None


class _Match(NamedTuple):
    """A known surface in a text: up to which piece, and its key."""

    until: int
    key: Key


@dataclass(slots=True)
class Gazetteer:
    """What was learned.

    Attributes:
        labels: those that are offered; what gold has besides is not learned.
        seen: how often each surface, as it was written, had each label.
        by_article: the same, by the article it was seen in.
        short: how often short forms were marked.
        short_by_article: the same, by article.
    """

    labels: frozenset[str]
    seen: Seen = field(default_factory=dict)
    by_article: dict[str, Seen] = field(default_factory=dict)
    short: Tally = field(default_factory=Counter)
    short_by_article: dict[str, Tally] = field(default_factory=dict)
    _forms: dict[Key, list[str]] = field(default_factory=dict)
    _root: _Node = field(default_factory=_Node)

    @property
    def version(self) -> str:
        """`gazetteer-1+` and 8 digits of a hash of what was learned: the same gold, the same version."""
        names = sorted((surface, sorted(counts.items())) for surface, counts in self.seen.items())
        learned = (names, sorted(self.short.items()))
        return f"{GAZETTEER}-{_BEHAVIOUR}+{sha256(msgspec.json.encode(learned))[:8]}"

    def mentions(self, text: str, without: str | None = None) -> Iterator[Marked]:
        """The known names in a text, from left to right.

        Args:
            text: of an article.
            without: the id of an article whose gold is to be forgotten, to see how well the rest does on it.
        """
        forgotten = self.by_article.get(without or "", {})
        short = self.short - self.short_by_article.get(without or "", Counter())
        cut = list(pieces(text))
        folded = [piece.text.casefold() for piece in cut]
        told: dict[str, str] = {}
        at = 0
        while at < len(cut):
            until, label = self._longest(text, cut, folded, at, forgotten) or (at + 1, told.get(cut[at].text))
            if label is not None:
                yield cut[at].start, cut[until - 1].end, label
                told |= {word: label for word, habit in short_forms(cut[at:until], label) if follows(short, habit)}
            at = until

    def _longest(
        self, text: str, cut: Sequence[Piece], folded: Sequence[str], at: int, forgotten: Seen
    ) -> tuple[int, str | None] | None:
        """Up to which piece the longest name goes that begins at one, and its label, or None where that is in doubt.

        The longest name that gold knows is what stands there: no shorter one is looked for inside it.
        """
        for match in _matches(self._root, folded, at):
            counts = self._counts(text[cut[at].start : cut[match.until - 1].end], match.key, forgotten)
            if counts.total() > counts[_UNMARKED]:
                return match.until, _settled(counts)
        return None

    def _counts(self, written: str, key: Key, forgotten: Seen) -> Counter[str]:
        """How often what is written had each label: as it is written, else in what it may be written from."""
        exact = self._of(written, forgotten)
        if exact.total() > exact[_UNMARKED]:
            return exact
        risen: Counter[str] = Counter()
        for form in self._forms.get(key, ()):
            if form != written and _rises(form, written):
                risen += self._of(form, forgotten)
        return risen

    def _of(self, form: str, forgotten: Seen) -> Counter[str]:
        counts = self.seen.get(form, Counter())
        return counts - forgotten[form] if form in forgotten else counts

    def _know(self, surface: str) -> None:
        key = _key(surface)
        node = self._root
        for piece in key:
            node = node.setdefault(piece, _Node())
        node.ends = key

    def _see(self, article_id: str, seen: Seen, short: Tally) -> None:
        self.by_article[article_id] = seen
        self.short_by_article[article_id] = short
        self.short += short
        for form, counts in seen.items():
            if form not in self.seen:
                self.seen[form] = Counter()
                self._forms.setdefault(_key(form), []).append(form)
            self.seen[form] += counts


def learn(gold: Mapping[str, Gold], articles: Iterable[Article], labels: Iterable[str]) -> Gazetteer:
    """Learn from the gold of texts of today.

    Args:
        gold: by article.
        articles: those of the corpus; they are gone through once.
        labels: those that the screen offers.
    """
    made = Gazetteer(frozenset(labels))
    for one in gold.values():
        for entity in one.entities:
            if entity.label in made.labels:
                made._know(entity.text)
    for article in articles:
        held = gold_of(gold, article)
        if held is not None:
            entities = [entity for entity in held.entities if entity.label in made.labels]
            cut = list(pieces(article.text))
            made._see(article.id, _seen(made, article.text, cut, entities), tally_short_forms(cut, entities))
    return made


def _seen(made: Gazetteer, text: str, cut: Sequence[Piece], entities: Sequence[Entity]) -> Seen:
    """The known surfaces in a text of gold: as marked, and where nothing was marked that holds them."""
    seen: Seen = defaultdict(Counter)
    inside = bytearray(len(text))
    for entity in entities:
        seen[entity.text][entity.label] += 1
        inside[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
    folded = [piece.text.casefold() for piece in cut]
    for at, piece in enumerate(cut):
        for match in _matches(made._root, folded, at):
            end = cut[match.until - 1].end
            if not any(inside[piece.start : end]):
                seen[text[piece.start : end]][_UNMARKED] += 1
    return dict(seen)


def _matches(root: _Node, folded: Sequence[str], at: int) -> list[_Match]:
    """The known surfaces that begin at a piece, longest first."""
    found: list[_Match] = []
    node = root.get(folded[at])
    until = at + 1
    while node is not None:
        if node.ends is not None:
            found.append(_Match(until, node.ends))
        node = node.get(folded[until]) if until < len(folded) else None
        until += 1
    return found[::-1]


def _key(surface: str) -> Key:
    return tuple(piece.text.casefold() for piece in pieces(surface))


def _rises(form: str, written: str) -> bool:
    """Whether what is written is a known form, each word as it is, with a capital, or in capitals."""
    pairs = zip(pieces(form), pieces(written), strict=True)
    return all(word.text in {known.text, _capital(known.text), known.text.upper()} for known, word in pairs)


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _settled(counts: Counter[str]) -> str | None:
    """The label that has more than `LEAST_SHARE` of the occurrences, or None."""
    label, times = max(((one, times) for one, times in counts.items() if one != _UNMARKED), key=lambda one: one[1])
    return label if times > LEAST_SHARE * counts.total() else None


def gazetteer_offers(made: Gazetteer, articles: Iterable[Article], gold: Mapping[str, Gold]) -> Iterator[Offer]:
    """What was learned, found in every article that has no gold."""
    version = made.version
    for order, article in enumerate(articles):
        if gold_of(gold, article) is None:
            mentions = enumerate(made.mentions(article.text), 1)
            prediction = Prediction(
                article_id=article.id,
                text_sha256=article.text_sha256,
                model_version=version,
                score=None,
                entities=tuple(
                    Entity(
                        id=f"e{number}",
                        start=start,
                        end=end,
                        text=article.text[start:end],
                        label=label,
                        origin="prediction",
                    )
                    for number, (start, end, label) in mentions
                ),
                stances=(),
            )
            yield Offer(version, order, article, prediction)


def cross_validated(made: Gazetteer, articles: Iterable[Article], gold: Mapping[str, Gold]) -> Scores:
    """How well each article's mentions are found by what the gold of all the others teaches."""
    scores = Scores()
    for article in articles:
        held = gold_of(gold, article)
        if held is not None:
            scores.add(set(made.mentions(article.text, without=article.id)), held)
    return scores
