"""A group's own model: a callable that a distribution names under the entry point group `kliping.predictors`.

    [project.entry-points."kliping.predictors"]
    our-model = "our_package:predict"

It is handed the articles that have no gold, and yields a prediction for each that it can say something about, in any
order. What it yields is proven like anybody else's.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kliping.annotation.prediction.offers import Fault, Offer, gold_of
from kliping.contract.addresses import ADDRESS
from kliping.errors import CallError, DataError, KlipingError
from kliping.records import Prediction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.records import Article, Gold

__all__ = ["GROUP", "Plugin", "Predictor", "find_plugin", "plugin_offers"]

GROUP = "kliping.predictors"


class Predictor(Protocol):
    """What an entry point names."""

    def __call__(self, articles: Iterable[Article], /) -> Iterable[Prediction]:
        """What the model says of the articles, which can be gone through once.

        A prediction takes `article_id` and `text_sha256` from its article, has a `model_version`, and offsets in code
        points of the article's `text`.
        """
        ...


class Plugin(NamedTuple):
    """A model that was found, and what it is called in sentences."""

    told: str
    predictor: Predictor


def find_plugin(name: str) -> Plugin:
    """The model that an installed distribution offers under a name.

    Raises:
        CallError: none does, two do, or it cannot be loaded.
    """
    found = entry_points(group=GROUP, name=name)
    if not found:
        known = sorted({one.name for one in entry_points(group=GROUP)})
        there = f"there are {', '.join(known)}" if known else "none is installed"
        raise CallError(
            f"--model {name}: no such model; of the entry points {GROUP}, {there}; install its distribution"
        )
    if len(found) > 1:
        raise CallError(f"--model {name}: {' and '.join(sorted(map(_told, found)))} offer it; uninstall one")
    (entry,) = found
    try:
        predictor = entry.load()
    except (Exception, SystemExit) as error:
        raise CallError(
            f"{_told(entry)}: cannot be loaded: {_reason(error)}; mend it, or install what it needs"
        ) from None
    if not callable(predictor):
        raise CallError(f"{_told(entry)}: {entry.value} cannot be called; see docs/how-to/pre-annotation.md")
    return Plugin(_told(entry), predictor)


def _told(entry: EntryPoint) -> str:
    owner = f" of {entry.dist.name} {entry.dist.version}" if entry.dist is not None else ""
    return f"the model {entry.name}{owner}"


def _reason(error: BaseException) -> str:
    """An error as part of a sentence, in one line and without addresses."""
    words = ADDRESS.sub("…", " ".join(str(error).split()))
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def plugin_offers(plugin: Plugin, articles: Iterable[Article], gold: Mapping[str, Gold]) -> Iterator[Offer | Fault]:
    """What a model says of the articles that have no gold. An article is kept until its prediction is there.

    Raises:
        DataError: the model fails.
    """
    waiting: dict[str, tuple[int, Article]] = {}
    handed: set[str] = set()

    def handing() -> Iterator[Article]:
        for order, article in enumerate(articles):
            if gold_of(gold, article) is None:
                waiting[article.id] = (order, article)
                handed.add(article.id)
                yield article

    for said in _said(plugin, handing()):
        if not isinstance(said, Prediction):
            yield Fault(plugin.told, f"gave a {type(said).__name__}; it is to yield kliping.records.Prediction")
        elif said.article_id in waiting:
            order, article = waiting.pop(said.article_id)
            yield Offer(f"{plugin.told}: {article.id}", order, article, said)
        else:
            what = "a second time" if said.article_id in handed else "which it was not handed"
            yield Fault(plugin.told, f"predicted {said.article_id!r}, {what}; it is to predict each article once")


def _said(plugin: Plugin, articles: Iterator[Article]) -> Iterator[object]:
    """What a model yields, its errors as sentences."""
    try:
        yield from plugin.predictor(articles)
    except KlipingError:
        raise
    except (Exception, SystemExit) as error:
        sentence = f"{plugin.told}: failed: {_reason(error)}; mend it, or ask its makers; nothing was written"
        raise DataError(sentence) from None
