"""Level 5, people: nothing that annotators made says who they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kliping.check.corpus.words import fault
from kliping.check.excerpts import around
from kliping.check.rules import Example, Place, RuleList
from kliping.contract.addresses import ADDRESS
from kliping.project import PSEUDONYM
from kliping.records import Annotation, Decision, Prediction, Quarantined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.check.corpus.article import ArticleSeen
    from kliping.check.corpus.survey import Survey
    from kliping.check.rules import Fault
    from kliping.project import Corpus
    from kliping.records import Carried, Excerpt, Gold


__all__ = ["KEY_RULES", "PEOPLE_RULES"]

PEOPLE_RULES: RuleList[ArticleSeen] = RuleList()
KEY_RULES: RuleList[Survey] = RuleList()
"""About the key of the pseudonyms."""
PULLED = "annotations/pulled/00000.jsonl"
KEY = "annotations/key.json"
FREE = frozenset(("comment", "why", "by", "annotator", "pulled"))
"""Fields where people write of people: that an address stands there is told, and nothing of it is shown."""


@PEOPLE_RULES(
    "E504",
    "no field of an annotation holds an e-mail address",
    mend="Take it out where it was made, in the comment or the name, and pull, adjudicate or predict again.",
    example=Example(PULLED, '"comment":null', '"comment":"tanya desk@pos.example"'),
)
def nobody_is_named(seen: ArticleSeen) -> Iterator[Fault]:
    """Annotators are promised pseudonyms, and what is published cannot be taken back.

    An article's own text is the source's words, and is not looked through here.
    """
    for place, said in (*seen.stated, *seen.carried, *seen.quarantine, *seen.predictions):
        for name, field in _own_fields(said):
            found = ADDRESS.search(field) if "@" in field else None
            if found is not None:
                message = "an e-mail address in a field of its own; take it out where it was made"
                shown = None if name in FREE else _shown(name, field, *found.span())
                yield fault(place, f"{message} ({name}), and pull or predict again", shown)
                break


def _shown(name: str, field: str, start: int, end: int) -> Excerpt:
    """A part of a field with the field's name."""
    key = f'"{name}":"'
    return around(f'{key}{field}"', len(key) + start, len(key) + end)


@KEY_RULES(
    "E518",
    "the fingerprint of the pseudonym key is kept with the annotations",
    mend="Restore `annotations/key.json` with git, or run `kliping pull` with the key that the pseudonyms are from.",
    example=Example(KEY, "the fingerprint that the first pull wrote", "no such file"),
)
def key_is_known(survey: Survey) -> Iterator[Fault]:
    """Without it, the next pull takes any key.

    With another than before, each annotator would become two, and what was pulled already would be nobody's.
    """
    if not (survey.corpus.root / KEY).exists() and _has_pseudonyms(survey.corpus):
        message = "missing, and annotations have pseudonyms; restore it with git"
        yield Place(KEY), f"{message}, or pull with the key that they are from"


def _has_pseudonyms(corpus: Corpus) -> bool:
    """Whether the first annotation that was pulled has a keyed pseudonym for its annotator."""
    for path in sorted((corpus.annotation_folder / "pulled").glob("*.jsonl")):
        with path.open("rb") as file:
            for line in file:
                return _KEYED.search(line) is not None
    return False


_KEYED = re.compile(rb'"annotator":"annotator-[0-9a-f]{12}"')
"""As a pull makes them; an annotator that was named by hand needs no key."""


@PEOPLE_RULES(
    "E517",
    "no annotation or decision names somebody whom the server names",
    mend="Take the name out where it was written, in the comment or the reason, and pull again.",
    example=Example(PULLED, "a comment about the text", "a comment with the user name of an annotator"),
)
def no_annotator_is_named(seen: ArticleSeen) -> Iterator[Fault]:
    """Annotators are promised pseudonyms, which one comment gives away. Known only with the pseudonym key.

    A user name, the first part of an address, or a full name counts where it stands whole: not a first name alone, nor
    a word of fewer than five letters. Who is named is not said.
    """
    people = seen.survey.people
    if people is None:
        return
    for place, said in (*seen.stated, *seen.carried):
        if any(people.are_in(field) for field in _words_of_people(said)):
            message = "a name that the server has for an annotator, in a field of its own"
            yield place, f"{message}; take it out where it was made, and pull again"


def _words_of_people(record: Annotation | Carried | Gold | Decision) -> Iterator[str]:
    """What people wrote: not the source's words."""
    yield from (field for _, field in _own_fields(record) if not PSEUDONYM.fullmatch(field))


def _own_fields(
    record: Annotation | Carried | Gold | Decision | Quarantined | Prediction,
) -> Iterator[tuple[str, str]]:
    """What a record holds beside the source's words and the scheme's constants: each with the name of its field."""
    if isinstance(record, Quarantined):
        yield from (("annotator", record.annotator), ("reason", record.reason), ("pulled", record.pulled))
    elif isinstance(record, Decision):
        yield from (("by", record.by), ("why", record.why), ("guidelines", record.guidelines))
        for stated in (record.stance, record.edited_stance):
            if stated is not None:
                yield from (("name", side.name) for side in (stated.target, stated.holder) if side.name)
    else:
        yield from (("ref", entity.ref) for entity in record.entities if entity.ref)
        yield from (("name", side.name) for one in record.stances for side in (one.target, one.holder) if side.name)
    if isinstance(record, Annotation):
        yield "annotator", record.annotator
        yield from (("comment", field) for field in (record.comment,) if field)
        yield from (("predictions_shown", field) for field in (record.predictions_shown,) if field)
    if isinstance(record, Prediction):
        yield "model_version", record.model_version
