"""Train the model that tells a page's article from the rest, or cross-validate how it is trained.

    python -m benchmarks.train_extractor FOLDER --cross-validate [--seeds N] [--worst N]
    python -m benchmarks.train_extractor FOLDER --write

FOLDER holds pages with their true text (`labelled.py`). Folds are of publishers: none is both trained on and judged.
The same folder and seed give the same bytes. Needs LightGBM (the dependency group `bench`).
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import lightgbm
import msgspec
import numpy as np
from benchmarks.labelled import RUN, Labelled, Score, labelled_pages, score, site, tokens
from benchmarks.plainer import plainer_anchors, plainer_segments

from kliping.normaliser.page.choice import chances, decide
from kliping.normaliser.page.features import Measured, measure
from kliping.normaliser.page.head import read_head
from kliping.normaliser.page.layout import lay_out
from kliping.normaliser.page.parsing import parse
from kliping.normaliser.page.segments import Segments, segment
from kliping.normaliser.page.trees import FILE, LEAVES, Table, Trees, planted
from kliping.normaliser.text.decoding import declared_charset, decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kliping.normaliser.page.anchors import Anchors

__all__ = ["main"]

SEED = 20261125
FOLDS = 5
ROUNDS = 200
MODEL = Path(__file__).parents[1] / "src/kliping/normaliser/page" / FILE
PARAMETERS = {
    "objective": "cross_entropy", "num_leaves": LEAVES, "learning_rate": 0.08, "min_data_in_leaf": 40,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 127,
    "use_missing": False, "verbosity": -1, "num_threads": 1, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
DAMPED = 0.8
"""The power of a block's length that it weighs in training; what is judged is text, not blocks."""
PLAINER = 0.5
"""What a plainer version weighs beside the page."""
NEAR = 12
"""A short block is judged with the nearest long ones, at most this many blocks away."""
SHORT = 8
"""Tokens of a block that is not short."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A page as it is trained on: its publisher and features, and the tokens and true share of each row."""

    page: Labelled
    publisher: str
    measured: Measured
    tokens: tuple[list[str], ...]
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """A page as it is, and one that tells less of itself, which is trained on too, but never judged."""

    real: Sample
    plainer: Sample


@dataclass(frozen=True, slots=True)
class Judged:
    """A page that was held out: how near its choice came, and the F1 that was expected."""

    sample: Sample
    score: Score
    expected: float


def read_pair(page: Labelled) -> Pair:
    """Segment and measure a page, and a plainer version of it."""
    tree, root = parse(decode(page.html, declared_charset(page.html), lenient=True))
    segments, anchors = segment(root), read_head(tree, page.url).anchors
    chance = random.Random(page.name)  # noqa: S311 — no secret
    real = _sample(page, segments, anchors)
    return Pair(real, _sample(page, plainer_segments(segments, chance), plainer_anchors(anchors, chance)))


def _sample(page: Labelled, segments: Segments, anchors: Anchors) -> Sample:
    measured = measure(lay_out(segments, anchors.titles), anchors)
    words = tuple(tokens(block.text) for block in measured.layout.blocks)
    return Sample(page, site(page.url), measured, words, true_shares(words, tokens(page.text)))


def true_shares(blocks: Sequence[list[str]], truth: list[str]) -> NDArray[np.float64]:
    """The share of each block's shingles that the true text has; of a short one's, those that lead to neighbours."""
    known = set(_shingles(truth))
    shares = np.array([_share(block, known) for block in blocks])
    firm = [place for place, block in enumerate(blocks) if len(block) >= SHORT and shares[place] > 0.5]
    for place, block in enumerate(blocks):
        if block and len(block) < SHORT and (len(block) < RUN or shares[place] >= 0.5):
            before = [one for one in firm if place - NEAR <= one < place]
            after = [one for one in firm if place < one <= place + NEAR]
            left = _share([*blocks[before[-1]][1 - RUN :], *block], known) if before else 0.0
            right = _share([*block, *blocks[after[0]][: RUN - 1]], known) if after else 0.0
            shares[place] = max(left, right)
    return shares


def _share(words: Sequence[str], known: set[tuple[str, ...]]) -> float:
    found = [shingle in known for shingle in _shingles(words)]
    return sum(found) / len(found) if found else 0.0


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def fit(pairs: Sequence[Pair], seed: int) -> Table:
    """Trees that tell the true share of a block; every page weighs the same, a block by its length, damped."""
    samples = [*(pair.real for pair in pairs), *(pair.plainer for pair in pairs)]
    rows = np.vstack([sample.measured.rows for sample in samples])
    shares = np.concatenate([sample.shares for sample in samples])
    weights = np.concatenate(
        [_weights(pair.real) for pair in pairs] + [PLAINER * _weights(pair.plainer) for pair in pairs]
    )
    data = lightgbm.Dataset(rows, shares, weight=weights / weights.mean(), params=PARAMETERS)
    booster = lightgbm.train({**PARAMETERS, "seed": seed}, data, ROUNDS)
    return as_table(booster, samples[0].measured.columns)


def folds(pairs: Sequence[Pair], seed: int) -> list[set[int]]:
    """The places of the pages in `FOLDS` parts; all pages of a publisher are in one."""
    publishers = sorted({pair.real.publisher for pair in pairs})
    random.Random(seed).shuffle(publishers)  # noqa: S311 — no secret
    part = {name: place % FOLDS for place, name in enumerate(publishers)}
    return [{place for place, pair in enumerate(pairs) if part[pair.real.publisher] == fold} for fold in range(FOLDS)]


def _weights(sample: Sample) -> NDArray[np.float64]:
    damped = sample.measured.layout.length**DAMPED
    shares: NDArray[np.float64] = damped / damped.sum()
    return shares


def as_table(booster: lightgbm.Booster, columns: tuple[str, ...]) -> Table:
    """A booster as numbers."""
    flat = [_flattened(info["tree_structure"]) for info in booster.dump_model()["tree_info"]]
    return Table(columns, [tests for tests, _ in flat], [leaves for _, leaves in flat])


def _flattened(root: dict[str, object]) -> tuple[list[tuple[int, float, int]], list[float]]:
    """The tests of a tree with the leaves that stay where each fails, and its leaves from left to right."""
    tests: list[tuple[int, float, int]] = []
    leaves: list[float] = []

    def descend(node: dict) -> None:  # type: ignore[type-arg]
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 6))
            return
        first = len(leaves)
        descend(node["left_child"])
        left = sum(1 << leaf for leaf in range(first, len(leaves)))
        tests.append((node["split_feature"], node["threshold"], (1 << LEAVES) - 1 - left))
        descend(node["right_child"])

    descend(root)
    return tests, leaves


def cross_validate(pairs: Sequence[Pair], seed: int) -> list[Judged]:
    """Every page judged by trees that saw no page of its publisher."""
    judged = []
    for fold in folds(pairs, seed):
        trees = planted(fit([pair for place, pair in enumerate(pairs) if place not in fold], seed))
        judged += [judge(pairs[place].real, trees) for place in sorted(fold)]
    return judged


def judge(sample: Sample, trees: Trees) -> Judged:
    """The choice of blocks for a page, and how near it comes to the true text."""
    layout = sample.measured.layout
    taken, expected = decide(chances(sample.measured, trees), layout.length)
    words = [word for place in np.flatnonzero(taken) for word in sample.tokens[place]]
    return Judged(sample, score(words, tokens(sample.page.text)), expected)


def report(judged: Sequence[Judged], worst: int) -> None:
    """Print the mean scores of each set of pages, what the expectation is worth, and the worst pages."""
    print(f"{'':14}{'pages':>6}{'P':>8}{'R':>8}{'F1':>8}{'expected':>10}")
    for source in sorted({one.sample.page.source for one in judged}):
        ones = [one for one in judged if one.sample.page.source == source]
        means = (mean(getattr(one.score, name) for one in ones) for name in ("precision", "recall", "f1"))
        figures = "".join(f"{figure:8.4f}" for figure in means)
        print(f"{source:14}{len(ones):6}{figures}{mean(one.expected for one in ones):10.4f}")
    low = sorted(judged, key=lambda one: one.score.f1)[:worst]
    _report_expectation(sorted(judged, key=lambda one: one.expected), low)
    for one in low:
        page, found = one.sample.page, one.score
        figures = f"P {found.precision:.2f} R {found.recall:.2f} F1 {found.f1:.2f} expected {one.expected:.2f}"
        print(f"  {page.source:12} {page.name:44} {figures} {page.url[:70]}")


def _report_expectation(ranked: Sequence[Judged], low: Sequence[Judged]) -> None:
    """Print how the expected F1, by which the pages are ranked, tells the true one, and whether it finds the worst."""
    true, expected = [one.score.f1 for one in ranked], [one.expected for one in ranked]
    correlation = np.corrcoef(_ranks(true), _ranks(expected))[0, 1]
    tenths = [[ranked[place] for place in part] for part in np.array_split(np.arange(len(ranked)), 10)]
    told = (f"{mean(one.expected for one in part):.2f}→{mean(one.score.f1 for one in part):.2f}" for part in tenths)
    found = sum(one.sample.page.name in {other.sample.page.name for other in tenths[0]} for one in low)
    print(f"rank correlation of expected and true F1: {correlation:.3f}; tenths, expected→true:", *told)
    print(f"of the {len(low)} worst pages, in the tenth that is expected lowest: {found}")


def _ranks(values: Sequence[float]) -> NDArray[np.float64]:
    """The rank of each value; equal ones share the mean of theirs."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    shared: NDArray[np.float64] = (np.cumsum(count) - (count - 1) / 2)[place]
    return shared


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the call, and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cross-validate", action="store_true", help="print scores of pages of held-out publishers")
    parser.add_argument("--seeds", type=int, default=1, help="cross-validate with so many seeds")
    parser.add_argument("--worst", type=int, default=20, help="list so many of the worst pages")
    parser.add_argument("--write", action="store_true", help=f"train on all pages and write {MODEL.name}")
    call = parser.parse_args(arguments)
    pairs = [read_pair(page) for page in labelled_pages(call.folder)]
    if call.cross_validate:
        for seed in range(SEED, SEED + call.seeds):
            print(f"seed {seed}")
            report(cross_validate(pairs, seed), call.worst)
    if call.write:
        MODEL.write_bytes(msgspec.json.format(msgspec.json.encode(fit(pairs, SEED)), indent=0) + b"\n")
        print(f"{MODEL.name}: {MODEL.stat().st_size} bytes of {len(pairs)} pages")


if __name__ == "__main__":
    main()
