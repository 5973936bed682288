"""Of what adjudicators submitted, only what leaves the ledger without a contradiction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kliping.annotation import adjudicate_article
from kliping.errors import DataError
from kliping.studio.adjudication.merging import Merged, merge, sort_key
from kliping.studio.adjudication.reading import subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kliping.project import Corpus
    from kliping.records import Annotation, Article, Decision
    from kliping.studio.adjudication.merging import Submission

__all__ = ["leave_out_contradictions"]


def leave_out_contradictions(
    corpus: Corpus,
    held: Mapping[tuple[str, str], Sequence[Decision]],
    submissions: Mapping[tuple[str, str], Sequence[Submission]],
    changed: dict[tuple[str, str], Merged],
) -> None:
    """Take from submissions as much as holds together with the ledger, decision by decision; the rest is told.

    Args:
        corpus: whose annotations the decisions are about.
        held: the ledger's lines, by article and text.
        submissions: what was submitted, likewise.
        changed: what merging made of both where it changed the ledger; contradictory ones are replaced.
    """
    about = {article_id for article_id, _ in changed}
    annotations: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in corpus.annotations():
        if annotation.article_id in about:
            annotations[annotation.article_id].append(annotation)
    for article in corpus.articles():
        text = (article.id, article.text_sha256)
        if text not in changed:
            continue
        trial = _Trial(corpus, article, annotations[article.id])
        before = held.get(text, ())
        if trial.fault(changed[text].decisions) is not None and trial.fault(before) is None:
            changed[text] = _as_much_as_holds(trial, before, submissions[text])


class _Trial:
    """An article and its annotations, to try decisions on."""

    def __init__(self, corpus: Corpus, article: Article, annotations: Sequence[Annotation]) -> None:
        self._settings, self.article, self._annotations = corpus.settings, article, annotations

    def fault(self, decisions: Sequence[Decision]) -> str | None:
        """Why the article cannot be adjudicated with these; None where it can."""
        try:
            adjudicate_article(
                self.article,
                self._annotations,
                decisions,
                single_annotator=self._settings.single_annotator,
                strategy=self._settings.adjudication.strategy,
            )
        except DataError as error:
            return str(error).replace("\n", "; ")
        return None


def _as_much_as_holds(trial: _Trial, before: Sequence[Decision], submissions: Sequence[Submission]) -> Merged:
    decisions = sorted((one for submission in submissions for one in submission.decisions), key=sort_key)
    taken: set[int] = set()
    told: dict[int, str] = {}
    merged, known = Merged(list(before)), -1
    while len(taken) > known:
        known = len(taken)
        for one in decisions:
            if id(one) in taken:
                continue
            part = merge(before, _only(submissions, {*taken, id(one)}))
            fault = trial.fault(part.decisions)
            if fault is None:
                taken.add(id(one))
                merged = part
            else:
                told[id(one)] = f"the submission of {one.when} to {one.verdict} {subject(one)[2]} is left out: {fault}"
    merged.notes += [note for number, note in told.items() if number not in taken]
    return merged


def _only(submissions: Iterable[Submission], taken: set[int]) -> list[Submission]:
    return [
        replace(one, decisions=tuple(decision for decision in one.decisions if id(decision) in taken))
        for one in submissions
    ]
