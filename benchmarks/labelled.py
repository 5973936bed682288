"""Real pages with their article's true text, and how near a text comes to it: F1 of runs of four tokens.

The folder of pages holds `scrapinghub/` (`ground-truth.json`, `html/*.html.gz`) and `fundus/` (a folder a country with
`meta.info`, a JSON a publisher and `*.html.gz`), as their projects publish them; both are under the MIT licence.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["RUN", "Labelled", "Score", "labelled_pages", "score", "site", "tokens"]

RUN = 4
"""Tokens of a shingle."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_DATED = re.compile(r"_\d{4}_\d{2}_\d{2}\.html\.gz$")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "go", "net", "or", "org", "web"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page as fetched, and its article's text: the summary, headlines and paragraphs, a line each."""

    source: str
    name: str
    url: str
    html: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """How near a text comes to the true one, each from 0 to 1."""

    precision: float
    recall: float
    f1: float


def labelled_pages(folder: Path) -> Iterator[Labelled]:
    """The pages of a folder that have a true text, always in the same order."""
    yield from _scrapinghub(folder / "scrapinghub")
    yield from _fundus(folder / "fundus")


def _scrapinghub(folder: Path) -> Iterator[Labelled]:
    for key, item in json.loads((folder / "ground-truth.json").read_text(encoding="utf-8")).items():
        page = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        yield Labelled("scrapinghub", key[:12], item["url"], page, item["articleBody"])


def _fundus(folder: Path) -> Iterator[Labelled]:
    """Versions of a publisher's parser and its pages are paired in their order; else the last ones."""
    for meta in sorted(folder.glob("*/meta.info")):
        pages = json.loads(meta.read_text(encoding="utf-8"))
        publishers: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(pages, key=lambda name: str(pages[name]["crawl_date"])):
            publishers[_DATED.sub("", name)].append(name)
        for publisher, names in publishers.items():
            path = meta.parent / f"{publisher}.json"
            if not path.exists():
                continue
            versions = json.loads(path.read_text(encoding="utf-8"))
            keys = sorted(versions, key=lambda key: [int(number) for number in re.findall(r"\d+", key)])
            for name, key in zip(names, keys, strict=True) if len(names) == len(keys) else [(names[-1], keys[-1])]:
                text = _fundus_text(versions[key].get("body"))
                if text:
                    page = gzip.decompress((meta.parent / name).read_bytes())
                    yield Labelled("fundus", f"{meta.parent.name}/{name[:-8]}", pages[name]["url"], page, text)


def _fundus_text(body: dict[str, list[dict[str, list[str]]]] | None) -> str:
    if not body:
        return ""
    sections = (line for section in body["sections"] for line in (*section["headline"], *section["paragraphs"]))
    return "\n".join((*map(str, body["summary"]), *sections))


def site(url: str) -> str:
    """The name that a publisher registered as its domain, the same in all countries: `kabar` of `www.kabar.co.id`."""
    labels = (urlsplit(url).hostname or "").split(".")
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else labels[0]


def tokens(text: str) -> list[str]:
    """Words and single marks."""
    return _TOKEN.findall(text)


def score(predicted: Sequence[str], truth: Sequence[str]) -> Score:
    """Precision, recall and F1 of the shingles of two lists of tokens."""
    found, wanted = _shingles(predicted), _shingles(truth)
    if not found or not wanted:
        same = float(bool(found) == bool(wanted))
        return Score(same, same, same)
    common = (found & wanted).total()
    precision, recall = common / found.total(), common / wanted.total()
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0)


def _shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))
