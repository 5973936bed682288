"""Level 5: annotations that break the scheme or name somebody, and gold that nobody's work gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.check.folder import ARTICLES, DECISIONS, GOLD, KEY, PULLED, REVISIONS, Folder
from tests.mutations.corpus.references import drop, lines_about
from tests.mutations.mutation import MutationList
from tests.mutations.sample import DIKE, FESTIVAL, LEVY, edit_about

from kliping.project import Corpus, Person, keep_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.check.folder import Json

__all__ = ["ANNOTATIONS"]

ANNOTATIONS: MutationList[Folder] = MutationList("corpus")


def side(which: str, /, **values: Any) -> Callable[[Json], None]:
    """Change the target or the holder of a line's first stance."""
    return lambda line: line["stances"][0][which].update(values)


@ANNOTATIONS("a holder that nobody declared", "E501", "E508")
def undeclared_holder(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, side("holder", kind="named", mention=None, name="RESIDENT"))


@ANNOTATIONS("a declared holder taken out of the scheme", "E501", "E204")
def retired_holder(folder: Folder) -> None:
    held = json.loads((folder.root / "schema/corpus.schema.json").read_bytes())
    del held["$defs"]["holder"]
    folder.write("schema/corpus.schema.json", json.dumps(held, indent=2).encode())


@ANNOTATIONS("a holder that is a mention, and no mention", "E502")
def holder_without_mention(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, side("holder", mention=None))


@ANNOTATIONS("a target that is both a mention and declared", "E502")
def target_of_two_kinds(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, side("target", name="MARKET_MOVE"))


@ANNOTATIONS("the author's voice with a name", "E502", "E508")
def author_by_name(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, side("holder", kind="author", mention=None, name="RESIDENTS"))


@ANNOTATIONS("a mention with a space at its end", "E503", "E508")
def untrimmed(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["entities"][0].update(end=14, text="Tanggul Senar "))


@ANNOTATIONS("a mention that is white space", "E503", "E508")
def blank_mention(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["entities"][0].update(start=13, end=14, text=" "))


@ANNOTATIONS("an e-mail address in a comment", "E504")
def address_in_comment(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line.update(comment="tanya tarsa@pos.example"))


@ANNOTATIONS("an e-mail address as a canonical name", "E504")
def address_as_name(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["entities"][0].update(ref="tarsa@pos.example"))


@ANNOTATIONS("an e-mail address of who decided", "E504")
def address_of_adjudicator(folder: Folder) -> None:
    edit_about(folder, DECISIONS, DIKE, lambda line: line.update(by="tarsa@pos.example"))


@ANNOTATIONS("an e-mail address in what is quarantined", "E504")
def address_in_quarantine(folder: Folder) -> None:
    line = {
        "article_id": DIKE, "annotator": "annotator-33c95d790b36", "studio": None, "reason": "no-such-text: x",
        "pulled": '{"completed_by": {"email": "tarsa@pos.example"}}',
    }  # fmt: skip
    folder.write("annotations/quarantine.jsonl", json.dumps(line, separators=(",", ":")).encode() + b"\n")


@ANNOTATIONS("an annotation of a scheme to come", "E505", "E508")
def scheme_to_come(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line.update(scheme="1.1.0"))


@ANNOTATIONS("annotations of another major version of the scheme", "E505")
def other_scheme(folder: Folder) -> None:
    folder.edit("schema/corpus.schema.json", lambda data: data.replace(b'"scheme": "1.0.0"', b'"scheme": "2.0.0"'))


@ANNOTATIONS("a decision about nothing", "E506")
def decision_about_nothing(folder: Folder) -> None:
    edit_about(folder, DECISIONS, DIKE, lambda line: line.update(mention=None))


@ANNOTATIONS("a decision to edit, with nothing that it makes", "E506")
def edit_to_nothing(folder: Folder) -> None:
    edit_about(folder, DECISIONS, DIKE, lambda line: line.update(verdict="edit"))


@ANNOTATIONS("a decision that another contradicts", "E507")
def contradiction(folder: Folder) -> None:
    def turned(line: bytes) -> bytes:
        return line.replace(b'"verdict":"accept"', b'"verdict":"reject"')

    folder.edit(DECISIONS, lambda data: data + turned(lines_about(folder, DECISIONS, DIKE)[0]))


@ANNOTATIONS("a gold label edited by hand", "E508")
def edited_gold(folder: Folder) -> None:
    edit_about(folder, GOLD, DIKE, lambda line: line["entities"][0].update(label="EVENT"))


@ANNOTATIONS("a gold stance turned round", "E508")
def turned_gold(folder: Folder) -> None:
    edit_about(folder, GOLD, DIKE, lambda line: line["stances"][0].update(stance="against"))


@ANNOTATIONS("a gold mention left out", "E508")
def no_gold_mention(folder: Folder) -> None:
    edit_about(folder, GOLD, DIKE, lambda line: line["entities"].pop())


@ANNOTATIONS("a holder of gold by default, where nobody chose one", "E508")
def default_holder(folder: Folder) -> None:
    edit_about(folder, GOLD, DIKE, side("holder", kind="author", mention=None))


@ANNOTATIONS("gold of an annotator more", "E508")
def gold_of_more(folder: Folder) -> None:
    edit_about(folder, GOLD, DIKE, lambda line: line.update(annotators=3))


@ANNOTATIONS("the gold of an article left out", "E508")
def no_gold(folder: Folder) -> None:
    drop(folder, GOLD, DIKE)


@ANNOTATIONS("gold of an article that one annotator marked", "E508")
def gold_of_one(folder: Folder) -> None:
    drop(folder, PULLED, DIKE)


@ANNOTATIONS("gold from before a decision was taken back", "E508")
def decision_taken_back(folder: Folder) -> None:
    drop(folder, DECISIONS, DIKE)


@ANNOTATIONS("a decision turned round, which another rests on", "E507")
def decision_turned(folder: Folder) -> None:
    edit_about(folder, DECISIONS, DIKE, lambda line: line.update(verdict="reject"))


@ANNOTATIONS("a label that an annotator changed since gold was made", "E508")
def label_changed_since(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["entities"][0].update(label="EVENT"))


@ANNOTATIONS("a stance that an annotator changed since gold was made", "E508")
def stance_changed_since(folder: Folder) -> None:
    edit_about(folder, PULLED, DIKE, lambda line: line["stances"][0].update(stance="against"))


@ANNOTATIONS("a submitted annotation that counts as skipped", "E508")
def counted_as_skipped(folder: Folder) -> None:
    edit_about(folder, PULLED, LEVY, lambda line: line.update(status="skipped"))


@ANNOTATIONS("annotations of a superseded text that count for the text of today", "E508")
def superseded(folder: Folder) -> None:
    """The article got another text, its old one was kept, and the annotations are still of that."""
    folder.write(REVISIONS, lines_about(folder, ARTICLES, DIKE)[0])

    def replace(line: Json) -> None:
        from tests.mutations.corpus.texts import retext

        retext(line, line["text"].replace("tanpa henti", "tiada henti"))

    edit_about(folder, ARTICLES, DIKE, replace)


@ANNOTATIONS("predictions that annotators are to see, and that are not there", "E515")
def no_predictions(folder: Folder) -> None:
    folder.edit("pyproject.toml", lambda data: data + b'\n[tool.kliping.annotators]\npredictions = "ours"\n')


@ANNOTATIONS("the old name of a label that was renamed", "E516", "E203 E508")
def old_name(folder: Folder) -> None:
    line = {
        "control": "label", "old": "GROUP", "new": "ORGANISATION", "annotations": 1, "decisions": 0, "scheme": "1.0.0",
        "when": "2026-01-02",
    }  # fmt: skip
    folder.write("annotations/relabelled.jsonl", json.dumps(line, separators=(",", ":")).encode() + b"\n")
    edit_about(folder, PULLED, FESTIVAL, lambda line: line["entities"][7].update(label="GROUP"))


@ANNOTATIONS("an annotator's user name in a comment", "E517")
def user_name(folder: Folder) -> None:
    keep_names(Corpus.open(folder.root), KEY, [Person("tarsa.ombilin@pos.example")])
    edit_about(folder, PULLED, DIKE, lambda line: line.update(comment="tanya Tarsa.Ombilin"))


@ANNOTATIONS("the fingerprint of the pseudonym key lost", "E518")
def no_fingerprint(folder: Folder) -> None:
    (folder.root / "annotations/key.json").unlink()
