"""A constant that got another name, renamed in what annotators, adjudicators and models said.

The schema comes first: there the old constant is deprecated or gone, and the new one offered. Renaming a record twice
is renaming it once, so that a run that was killed may be run again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypeVar, get_args

import msgspec

from kliping.annotation.adjudication.decisions import mention_rulings, stance_rulings
from kliping.annotation.adjudication.ledger import contradictions
from kliping.errors import CallError, DataError
from kliping.files import write_bytes
from kliping.records import Annotation, Carried, Decision, Prediction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kliping.contract import Label, Scheme
    from kliping.project import Corpus
    from kliping.records import Entity, Holder, Party, Span, Stance, Stated, Target

__all__ = [
    "CONTROLS",
    "Control",
    "Files",
    "Rename",
    "is_offered",
    "read_rename",
    "refuse_contradictions",
    "rename_files",
    "renamed",
]

Control: TypeAlias = Literal["label", "stance", "target", "holder"]
"""What a constant is one of: an entity's labels, the stances, the declared targets or the declared holders."""

CONTROLS: tuple[Control, ...] = get_args(Control)

T = TypeVar("T", Annotation, Carried, Prediction, Decision)


class Rename(NamedTuple):
    """A constant of a control, before and after."""

    control: Control
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.control} {self.old} to {self.new}"


class Files(NamedTuple):
    """How many records of each kind were renamed, or would be."""

    annotations: int = 0
    decisions: int = 0
    predictions: int = 0
    carried: int = 0


def read_rename(stated: str, control: Control | None, scheme: Scheme) -> Rename:
    """What `OLD=NEW` means by the schema.

    Args:
        stated: as it was typed.
        control: what both are constants of; None infers it.
        scheme: the schema of today.

    Raises:
        CallError: it is not of this form, the new constant is not offered, the old one still is, or several lists have
            the new one.
    """
    old, sign, new = (part.strip() for part in stated.partition("="))
    if not (old and sign and new) or old == new:
        raise CallError(f"{stated!r}: give the old constant and the new one as OLD=NEW")
    lists = {one: _constants(scheme, one) for one in ((control,) if control else CONTROLS)}
    offering = [one for one, labels in lists.items() if new in labels and not labels[new].deprecated]
    knowing = [one for one in offering if old in lists[one]] or offering
    if not offering:
        where = f"list of {control}s" if control else "list"
        raise CallError(f"{new!r} is in no {where} of schema/corpus.schema.json, or deprecated; add it there first")
    if len(knowing) > 1:
        raise CallError(f"{new!r} is in several lists of schema/corpus.schema.json; give one of --control {knowing}")
    known = lists[knowing[0]].get(old)
    if known is not None and not known.deprecated:
        raise CallError(f"{old!r} is still offered; deprecate it in schema/corpus.schema.json first, or take it out")
    return Rename(knowing[0], old, new)


def is_offered(scheme: Scheme, control: Control, const: str) -> bool:
    """Whether a constant is on the screen by the schema of today."""
    known = _constants(scheme, control).get(const)
    return known is not None and not known.deprecated


def _constants(scheme: Scheme, control: Control) -> dict[str, Label]:
    labels = {
        "label": scheme.entity_labels, "stance": scheme.stances, "target": scheme.targets, "holder": scheme.holders
    }[control]  # fmt: skip
    return {label.const: label for label in labels}


def renamed(record: T, rename: Rename) -> T:
    """A record with the new constant for the old one; the record itself where it has none."""
    changed: dict[str, object]
    if isinstance(record, Decision):
        changed = {
            "mention": _span(record.mention, rename),
            "stance": _stated(record.stance, rename),
            "edited_mention": _span(record.edited_mention, rename),
            "edited_stance": _stated(record.edited_stance, rename),
        }
    else:
        changed = {
            "entities": tuple(_labelled(one, rename) for one in record.entities),
            "stances": tuple(_stance(one, rename) for one in record.stances),
        }
    made = msgspec.structs.replace(record, **changed)
    return record if made == record else made


def _labelled(one: Entity | Span, rename: Rename) -> Entity | Span:
    if rename.control == "label" and one.label == rename.old:
        return msgspec.structs.replace(one, label=rename.new)
    return one


def _span(span: Span | None, rename: Rename) -> Entity | Span | None:
    return None if span is None else _labelled(span, rename)


def _stance(stance: Stance, rename: Rename) -> Stance:
    """A stance renamed; its id, which says what it is about, too."""
    made = msgspec.structs.replace(
        stance,
        stance=rename.new if (rename.control, rename.old) == ("stance", stance.stance) else stance.stance,
        target=_side(stance.target, "target", "declared", rename),
        holder=_side(stance.holder, "holder", "named", rename),
    )
    return msgspec.structs.replace(made, id=_renamed_id(stance.id, rename))


def _renamed_id(identity: str, rename: Rename) -> str:
    """A stance's id as `results.stance_id` makes it: `article:TARGET:author`, `MENTION:named:HOLDER`."""
    parts = identity.split(":")
    if rename.control == "target" and parts[0] == "article" and parts[1:2] == [rename.old]:
        return ":".join(("article", rename.new, *parts[2:]))
    if rename.control == "holder" and parts[-2:] == ["named", rename.old]:
        return ":".join((*parts[:-1], rename.new))
    return identity


def _stated(stated: Stated | None, rename: Rename) -> Stated | None:
    if stated is None:
        return None
    return msgspec.structs.replace(
        stated,
        stance=rename.new if (rename.control, rename.old) == ("stance", stated.stance) else stated.stance,
        target=_side(stated.target, "target", "declared", rename),
        holder=_side(stated.holder, "holder", "named", rename),
    )


S = TypeVar("S", "Target", "Holder", "Party")


def _side(side: S, control: Control, kind: str, rename: Rename) -> S:
    if rename.control == control and side.kind == kind and side.name == rename.old:
        return msgspec.structs.replace(side, name=rename.new)
    return side


def refuse_contradictions(corpus: Corpus, rename: Rename) -> None:
    """Refuse a name by which decisions would contradict each other, such as one that accepts what another rejects.

    Raises:
        DataError: they would; nothing was changed.
    """
    by_article: dict[str, list[Decision]] = {}
    for one in corpus.decisions():
        by_article.setdefault(one.article_id, []).append(renamed(one, rename))
    faults = [
        f"{corpus.annotation_folder / 'decisions.jsonl'}: {name}: with {rename.new} for {rename.old}, {fault}"
        for name, decisions in by_article.items()
        for fault in (*contradictions(mention_rulings(decisions)), *contradictions(stance_rulings(decisions)))
    ]
    if faults:
        raise DataError("\n".join(faults))


def rename_files(corpus: Corpus, rename: Rename, *, pulled: bool, write: bool = True) -> Files:
    """Rename a constant in the corpus's files, each whole or not at all; lines without it stay as they are.

    Args:
        corpus: whose `decisions.jsonl`, `carried.jsonl`, `predictions/` and `pulled/`.
        rename: the constant.
        pulled: whether annotations that came from a server are renamed too; those that came from none always are.
        write: whether to write, or only to count.

    Raises:
        DataError: a line is broken.
    """
    folder = corpus.annotation_folder

    def annotation(one: Annotation) -> Annotation:
        return renamed(one, rename) if pulled or one.studio is None else one

    return Files(
        sum(_rewrite(path, Annotation, annotation, write) for path in sorted((folder / "pulled").glob("*.jsonl"))),
        _rewrite(folder / "decisions.jsonl", Decision, lambda one: renamed(one, rename), write),
        sum(
            _rewrite(path, Prediction, lambda one: renamed(one, rename), write)
            for path in sorted((folder / "predictions").glob("*.jsonl"))
        ),
        _rewrite(folder / "carried.jsonl", Carried, lambda one: renamed(one, rename), write),
    )


def _rewrite(path: Path, kind: type[T], change: Callable[[T], T], write: bool) -> int:
    """Change the lines of a file; how many changed."""
    if not path.exists():
        return 0
    changed, lines = 0, []
    for line, record in _lines(path, kind):
        made = change(record)
        changed += made is not record
        lines.append(line if made is record else msgspec.json.encode(made) + b"\n")
    if changed and write:
        write_bytes(path, b"".join(lines))
    return changed


def _lines(path: Path, kind: type[T]) -> Iterator[tuple[bytes, T]]:
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield line, decoder.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise DataError(f"{path}:{number}: {error}; mend the line, or restore it with git") from None
