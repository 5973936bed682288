"""Targets that are kept out of training, for stance detection across targets: whose articles go to the test.

An article is one of a held-out target where an annotation or gold has a stance, of any side, whose target is that
declared target, or a mention whose `ref` is its constant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from kliping.contract import load_contract
from kliping.errors import CallError
from kliping.files import read_lines, read_shards
from kliping.records import Target  # noqa: TC001 — msgspec reads it at run time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kliping.project import Corpus

__all__ = ["held_out", "told"]


class _Present(msgspec.Struct, frozen=True):
    id: str


class _Mention(msgspec.Struct, frozen=True):
    id: str
    ref: str | None = None


class _Stance(msgspec.Struct, frozen=True):
    target: Target


class _Said(msgspec.Struct, frozen=True):
    """The fields of an annotation or of gold that are looked at."""

    article_id: str
    entities: tuple[_Mention, ...]
    stances: tuple[_Stance, ...]
    status: Literal["submitted", "skipped"] = "submitted"


def held_out(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """The articles that have a stance towards what the settings hold out, each with those targets, sorted.

    Annotations count whatever text of the article they were made on.

    Raises:
        CallError: a target is not declared in `corpus.schema.json`.
        DataError: a line is no annotation, or no article.
    """
    names = corpus.settings.splits.held_out
    if not names:
        return {}
    declared = [target.const for target in load_contract(corpus.schema).scheme.targets]
    strange = [name for name in names if name not in declared]
    if strange:
        raise CallError(
            f"[tool.kliping.splits] held_out: no declared target {', '.join(strange)}; schema/corpus.schema.json "
            f"declares {', '.join(declared) or 'none'}"
        )
    found: dict[str, set[str]] = {}
    for said in _all_said(corpus):
        if targets := _targets(said) & set(names):
            found.setdefault(said.article_id, set()).update(targets)
    present = {one.id for one in read_shards(corpus.corpus / "articles", _Present)} if found else set()
    return {article: tuple(sorted(targets)) for article, targets in found.items() if article in present}


def told(article: str, split: str, held: Mapping[str, tuple[str, ...]]) -> str:
    """What is wrong with an article of a held-out target that is not in the test, and what to do."""
    targets = ", ".join(held[article])
    return (
        f"{article} is in {split} and has a stance towards the held-out target {targets}; move it with "
        f"`kliping split --resolve {article}=test`, or take {targets} out of held_out in [tool.kliping.splits]"
    )


def _all_said(corpus: Corpus) -> Iterator[_Said]:
    yield from read_shards(corpus.annotation_folder / "pulled", _Said)
    yield from read_lines(corpus.annotation_folder / "gold.jsonl", _Said)


def _targets(said: _Said) -> set[str]:
    """What the stances of an annotation are about, by constant or `ref`."""
    if said.status == "skipped" or not said.stances:
        return set()
    refs = {mention.id: mention.ref for mention in said.entities}
    targets = (one.target for one in said.stances)
    names = (one.name if one.kind == "declared" else refs.get(one.mention or "") for one in targets)
    return {name for name in names if name is not None}
