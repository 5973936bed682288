"""Why a corpus cannot be released: every finding at once, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import regex

from kliping.records import Annotation, Finding, Gold

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from kliping.contract import Scheme
    from kliping.records import Article
    from kliping.release.inputs import Inputs, Placed

__all__ = ["ADDRESS", "refusals"]

ADDRESS = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""An e-mail address."""

PSEUDONYM = regex.compile(r"annotator-[0-9a-z]{1,32}")


class Case(NamedTuple):
    """An article with all that is said about it."""

    article: Placed[Article]
    gold: Placed[Gold] | None
    annotations: tuple[Placed[Annotation], ...]
    inputs: Inputs

    @property
    def said(self) -> tuple[Placed[Annotation] | Placed[Gold], ...]:
        """Gold, where there is some, and annotations."""
        gold: tuple[Placed[Annotation] | Placed[Gold], ...] = (self.gold,) if self.gold else ()
        return (*gold, *self.annotations)

    @property
    def about_this_text(self) -> tuple[Placed[Annotation] | Placed[Gold], ...]:
        """Gold and annotations whose offsets count in this very text."""
        return tuple(one for one in self.said if one.record.text_sha256 == self.article.record.text_sha256)


Rule: TypeAlias = "Callable[[Case], Iterator[Finding]]"


def refusals(inputs: Inputs) -> Iterator[Finding]:
    """Everything that keeps a corpus from being released."""
    yield from _documents(inputs)
    seen: dict[str, Placed[Article]] = {}
    for placed in inputs.articles():
        name = placed.record.id
        if name in seen:
            first = f"{seen[name].path}:{seen[name].line}"
            yield placed.finding("R101", f"{name} is the id of {first} too; run `kliping normalise` again")
            continue
        seen[name] = placed
        case = Case(placed, inputs.gold.get(name), inputs.annotations.get(name, ()), inputs)
        for rule in RULES:
            yield from rule(case)
    if not seen:
        yield Finding(code="R100", path="corpus/articles", line=None, message="no articles; run `kliping normalise`")
    yield from _unknown(inputs, seen.keys())
    yield from _annotation_ids(inputs)
    yield from _torn_clusters(inputs)


def has_split(case: Case) -> Iterator[Finding]:
    """An article belongs to a split."""
    name = case.article.record.id
    if name not in case.inputs.splits:
        yield case.article.finding("R102", f"{name} has no split; run `kliping split`")


def text_is_its_hash(case: Case) -> Iterator[Finding]:
    """`text_sha256` is that of the text, and the blocks lie inside it."""
    article = case.article.record
    if hashlib.sha256(article.text.encode()).hexdigest() != article.text_sha256:
        yield case.article.finding("R103", f"{article.id}: text_sha256 is not that of the text; restore it with git")
    for block in article.blocks:
        if not 0 <= block.start < block.end <= len(article.text):
            yield case.article.finding("R104", f"{article.id}: a block outside the text; run `kliping normalise` again")


def gold_is_of_this_text(case: Case) -> Iterator[Finding]:
    """Gold was decided on the text that is released."""
    if case.gold and case.gold.record.text_sha256 != case.article.record.text_sha256:
        yield case.gold.finding("R202", f"{case.article.record.id}: gold of another text; run `kliping adjudicate`")


def annotation_is_of_a_known_text(case: Case) -> Iterator[Finding]:
    """An annotation was made on this text, or on one that is kept as superseded."""
    article = case.article.record
    for placed in case.annotations:
        made_on = placed.record.text_sha256
        if made_on != article.text_sha256 and (article.id, made_on) not in case.inputs.revisions:
            yield placed.finding(
                "R204", f"{placed.record.id}: made on a text that nobody kept; restore corpus/revisions"
            )


def spans_are_slices(case: Case) -> Iterator[Finding]:
    """`text[start:end]` is the entity's text."""
    text = case.article.record.text
    for placed in case.about_this_text:
        for entity in placed.record.entities:
            inside = 0 <= entity.start < entity.end <= len(text)
            found = text[entity.start : entity.end] if inside else None
            if found != entity.text:
                there = "nothing" if found is None else repr(found)
                message = f"{entity.id}: {entity.text!r} is not what stands at {entity.start}-{entity.end}, {there} is"
                yield placed.finding("R301", f"{message}; {_remedy(placed)}")


def words_are_in_the_scheme(case: Case) -> Iterator[Finding]:
    """Labels, stances and declared targets are those of `schema/corpus.schema.json`."""
    scheme = case.inputs.contract.scheme
    for placed in case.about_this_text:
        for what, word in _foreign(placed.record, scheme):
            message = f"{what} {word!r} is not in schema/corpus.schema.json; add it there, or mend it and pull again"
            yield placed.finding("R302", message)


def references_hold(case: Case) -> Iterator[Finding]:
    """Ids are there once, and a stance points at mentions that are there."""
    for placed in case.about_this_text:
        entities, stances = placed.record.entities, placed.record.stances
        ids = [*(entity.id for entity in entities), *(stance.id for stance in stances)]
        for name, times in Counter(ids).items():
            if times > 1:
                yield placed.finding("R303", f"the id {name} is there {times} times; {_remedy(placed)}")
        mentions = {entity.id for entity in entities}
        for stance in stances:
            for party in (stance.target, stance.holder):
                if party.kind == "mention" and party.mention not in mentions:
                    message = f"{stance.id} points at {party.mention!r}, which is no mention; {_remedy(placed)}"
                    yield placed.finding("R304", message)


def nobody_is_named(case: Case) -> Iterator[Finding]:
    """No address in the fields of an annotation, and no annotator but by a pseudonym."""
    for placed in case.said:
        fields = [*(entity.ref for entity in placed.record.entities), *_names(placed.record)]
        if isinstance(placed.record, Annotation):
            fields += [placed.record.comment, placed.record.predictions_shown]
            if not PSEUDONYM.fullmatch(placed.record.annotator):
                yield placed.finding("R402", "the annotator is no pseudonym; run `kliping pull` again")
        if any(field and ADDRESS.search(field) for field in fields):
            yield placed.finding("R401", "an e-mail address in a comment, ref or name; remove it and pull again")


RULES: tuple[Rule, ...] = (
    has_split,
    text_is_its_hash,
    gold_is_of_this_text,
    annotation_is_of_a_known_text,
    spans_are_slices,
    words_are_in_the_scheme,
    references_hold,
    nobody_is_named,
)
"""What each article is asked, in order."""


def _documents(inputs: Inputs) -> Iterator[Finding]:
    corpus = inputs.corpus
    if not (corpus.corpus / "LICENSE").is_file():
        message = "missing: a release must say what others may do with it; write the licence of the data there"
        yield Finding(code="R501", path="corpus/LICENSE", line=None, message=message)
    if inputs.annotations and not (corpus.annotation_folder / "guidelines.md").is_file():
        message = "missing: a release shows what annotators were told; write it there"
        yield Finding(code="R502", path="annotations/guidelines.md", line=None, message=message)


def _unknown(inputs: Inputs, known: Container[str]) -> Iterator[Finding]:
    """Gold and annotations of articles that are not there."""
    for name, gold in inputs.gold.items():
        if name not in known:
            yield gold.finding("R201", f"gold of {name}, which is no article; run `kliping adjudicate`")
    for name, made in inputs.annotations.items():
        if name not in known:
            for placed in made:
                message = f"annotates {name}, which is no article; restore the article, or run `kliping pull` again"
                yield placed.finding("R203", message)


def _annotation_ids(inputs: Inputs) -> Iterator[Finding]:
    """An annotation's id is there once in the corpus."""
    seen: set[str] = set()
    for made in inputs.annotations.values():
        for placed in made:
            if placed.record.id in seen:
                yield placed.finding("R205", f"the id {placed.record.id} is there twice; run `kliping pull` again")
            seen.add(placed.record.id)


def _torn_clusters(inputs: Inputs) -> Iterator[Finding]:
    """Near-duplicates share a split."""
    splits: defaultdict[str, set[str]] = defaultdict(set)
    for entry in inputs.splits.values():
        splits[entry.cluster].add(entry.split)
    for cluster, found in splits.items():
        if len(found) > 1:
            message = f"the cluster {cluster} is in {' and '.join(sorted(found))}; near-duplicates share one split"
            yield Finding(code="R105", path="corpus/splits.jsonl", line=None, message=message)


def _foreign(said: Annotation | Gold, scheme: Scheme) -> Iterator[tuple[str, str | None]]:
    labels = {label.const for label in scheme.entity_labels}
    stances = {label.const for label in scheme.stances}
    targets = {label.const for label in scheme.targets}
    yield from (("the label", entity.label) for entity in said.entities if entity.label not in labels)
    for stance in said.stances:
        if stance.stance not in stances:
            yield "the stance", stance.stance
        if stance.target.kind == "declared" and stance.target.name not in targets:
            yield "the target", stance.target.name


def _names(said: Annotation | Gold) -> Iterator[str | None]:
    for stance in said.stances:
        yield stance.target.name
        yield stance.holder.name


def _remedy(placed: Placed[Annotation] | Placed[Gold]) -> str:
    return "run `kliping adjudicate`" if isinstance(placed.record, Gold) else "run `kliping pull` again"
