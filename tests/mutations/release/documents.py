"""What people and machines read of a release: card, citation, croissant.json, plots, licence; hashes follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutations.mutation import MutationList
from tests.mutations.release.tables import turn_card
from tests.mutations.sealing import edit_croissant, edit_head, seal_files
from tests.release.breaking import drop, edit_card
from tests.release.breaking import edit as edit_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.release.altering import Row

__all__ = ["DOCUMENTS"]

DOCUMENTS: MutationList[Path] = MutationList("release")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace words of a file where they first stand, all hashes following."""
    edit_file(folder, name, old, new)
    seal_files(folder)


def card(folder: Path, *edits: tuple[str, str]) -> None:
    """Replace words of the card, all hashes following."""
    edit_card(folder, *edits)
    seal_files(folder)


@DOCUMENTS("a card that is gone, of the manifest too", "E631")
def no_card(folder: Path) -> None:
    drop(folder, "README.md")
    seal_files(folder)


@DOCUMENTS("a card with two licences, of which each reader takes another", "E631")
def two_licences(folder: Path) -> None:
    edit(folder, "README.md", "license:", "license: mit\nlicense:")


@DOCUMENTS("a card without its YAML", "E631")
def no_head(folder: Path) -> None:
    text = (folder / "README.md").read_text()
    (folder / "README.md").write_text(text.split("---\n", 2)[2])
    seal_files(folder)


@DOCUMENTS("a card without a licence", "E631", "E639")
def no_licence(folder: Path) -> None:
    card(folder, ("license: cc0-1.0\n", ""))


@DOCUMENTS("a card of another licence", "E639")
def other_licence(folder: Path) -> None:
    card(folder, ("license: cc0-1.0\n", "license: mit\n"))


@DOCUMENTS("a card that also takes another version's files", "E632")
def wide_pattern(folder: Path) -> None:
    edit_head(folder, lambda head: head["configs"][0]["data_files"][0].update(path="articles/train-*.parquet"))


@DOCUMENTS("a card whose test split is the training data", "E632")
def train_as_test(folder: Path) -> None:
    def change(head: Row) -> None:
        files = head["configs"][2]["data_files"]
        files[2]["path"] = files[0]["path"]

    edit_head(folder, change)


@DOCUMENTS("a card with the names of two splits swapped", "E632")
def swapped_splits(folder: Path) -> None:
    card(
        folder,
        ("split: validation", "split: other"),
        ("split: test", "split: validation"),
        ("split: other", "split: test"),
    )


@DOCUMENTS("a card without a default", "E632")
def no_default(folder: Path) -> None:
    card(folder, ("  default: true\n", ""))


@DOCUMENTS("a card with a config left out", "E632")
def no_config(folder: Path) -> None:
    edit_head(folder, lambda head: head["configs"].pop())


@DOCUMENTS("a card that loads some columns", "E632")
def some_columns(folder: Path) -> None:
    edit_head(folder, lambda head: head["configs"][0].update(columns=["id", "text"]))


@DOCUMENTS("a card with another label order", "E633", "E690 E691 E693", load=True)
def other_label_order(folder: Path) -> None:
    edit_head(folder, turn_card)


@DOCUMENTS("a card with another type of a column", "E633")
def other_type(folder: Path) -> None:
    card(folder, ("    dtype: float64", "    dtype: float32"))


@DOCUMENTS("a card without features", "E633", "E634")
def no_features(folder: Path) -> None:
    edit_head(folder, lambda head: head.pop("dataset_info"))


@DOCUMENTS("a card with the row counts of another version", "E634")
def other_counts(folder: Path) -> None:
    edit_head(folder, lambda head: head["dataset_info"][2]["splits"][0].update(num_examples=47))


@DOCUMENTS("a card with another size", "E634")
def other_size(folder: Path) -> None:
    edit_head(folder, lambda head: head["dataset_info"][2].update(download_size=1))


@DOCUMENTS("a card of a size that the hub does not know", "E635", "E639")
def odd_size(folder: Path) -> None:
    card(folder, ("- n<1K", "- tiny"))


@DOCUMENTS("a card of a larger size than there are rows", "E639")
def larger_size(folder: Path) -> None:
    card(folder, ("- n<1K", "- 1K<n<10K"))


@DOCUMENTS("a card of another language", "E639")
def other_language(folder: Path) -> None:
    card(folder, ("- en\n- id\n", "- en\n- ms\n"))


@DOCUMENTS("a card without its section on personal data", "E636")
def no_section(folder: Path) -> None:
    text = (folder / "README.md").read_text()
    start = text.index("## Personal")
    (folder / "README.md").write_text(text[:start] + text[text.index("\n## ", start) + 1 :])
    seal_files(folder)


@DOCUMENTS("a card with an empty section", "E636", "E640")
def empty_section(folder: Path) -> None:
    card(folder, ("## Contact\n", "## Contact\n\n## Thanks\n"))


@DOCUMENTS("a card with the heading of another version", "E637", "E640")
def other_heading(folder: Path) -> None:
    card(folder, (", version 0.2.0\n", ", version 0.1.0\n"))


@DOCUMENTS("a card that loads another version", "E637", "E640")
def loads_other(folder: Path) -> None:
    text = (folder / "README.md").read_text()
    (folder / "README.md").write_text(
        text.replace('load_dataset("kliping-sample-0.2.0"', 'load_dataset("kliping-sample-0.1.0"')
    )
    seal_files(folder)


@DOCUMENTS("a card that counts a row more in its prose", "E640")
def other_count_in_prose(folder: Path) -> None:
    card(folder, ("target. | 51 | 18 | 24 |", "target. | 52 | 18 | 24 |"))


@DOCUMENTS("a card with another count of a label", "E640")
def other_label_count(folder: Path) -> None:
    card(folder, ("| 53 | 19 | 23 |", "| 35 | 19 | 23 |"))


@DOCUMENTS("a card with another agreement", "E640")
def other_agreement(folder: Path) -> None:
    card(folder, ("| 0.969 |", "| 0.996 |"))


@DOCUMENTS("a card with another meaning of a label", "E640")
def other_meaning(folder: Path) -> None:
    card(folder, ("The holder opposes the target or wants it undone.", "The holder likes the target."))


@DOCUMENTS("a card with a path of somebody's machine", "E607", "E640")
def annotator_in_card(folder: Path) -> None:
    card(folder, ("Annotators: 2, known only by keyed pseudonyms.", "Annotators: Tarsa, /home/tarsa/kliping."))


@DOCUMENTS("a card whose plot is gone", "E638")
def no_plot(folder: Path) -> None:
    drop(folder, "plots/labels.svg")
    seal_files(folder)


@DOCUMENTS("a card that leads out of the release", "E638", "E640")
def leads_out(folder: Path) -> None:
    card(folder, ("(guidelines.md)", "(../guidelines.md)"))


@DOCUMENTS("a plot of other counts", "E649")
def other_plot(folder: Path) -> None:
    edit(folder, "plots/labels.svg", "53", "35")


@DOCUMENTS("a plot with a script in it", "E649")
def script_in_plot(folder: Path) -> None:
    edit(folder, "plots/labels.svg", "</svg>", "<script>alert(1)</script></svg>")


@DOCUMENTS("the citation of another version", "E637")
def other_citation(folder: Path) -> None:
    edit(folder, "CITATION.cff", "version: 0.2.0", "version: 0.1.0")


@DOCUMENTS("a citation that is no YAML", "E637")
def broken_citation(folder: Path) -> None:
    edit(folder, "CITATION.cff", "authors:", "}{")


@DOCUMENTS("a citation of another licence", "E648")
def licence_of_citation(folder: Path) -> None:
    edit(folder, "CITATION.cff", "license: CC0-1.0", "license: MIT")


@DOCUMENTS("a citation of other authors", "E648", "E640 E647")
def other_authors(folder: Path) -> None:
    edit(folder, "CITATION.cff", "The Kliping maintainers", "Tarsa Ombilin")


@DOCUMENTS("a citation without authors", "E648")
def no_authors(folder: Path) -> None:
    edit(folder, "CITATION.cff", "authors:\n- name: The Kliping maintainers\n", "")


@DOCUMENTS("another licence's text", "E608")
def other_licence_text(folder: Path) -> None:
    (folder / "LICENSE").write_text("All rights reserved.\n")
    seal_files(folder)


@DOCUMENTS("no croissant.json, in the manifest neither", "E641")
def no_croissant(folder: Path) -> None:
    drop(folder, "croissant.json")
    seal_files(folder)


@DOCUMENTS("the croissant.json of another version", "E642")
def other_croissant(folder: Path) -> None:
    edit_croissant(folder, lambda described: described.update(version="0.1.0"))


@DOCUMENTS("a croissant.json of another licence", "E647")
def licence_of_croissant(folder: Path) -> None:
    edit_croissant(folder, lambda described: described.update(license="https://spdx.org/licenses/MIT"))


@DOCUMENTS("a croissant.json that cites another version", "E647")
def citation_of_croissant(folder: Path) -> None:
    edit_croissant(folder, lambda described: described.update(citeAs=described["citeAs"].replace("0.2.0", "0.1.0")))


@DOCUMENTS("a croissant.json without the protocol of annotation", "E647")
def no_protocol(folder: Path) -> None:
    edit_croissant(folder, lambda described: described.pop("rai:dataAnnotationProtocol"))


@DOCUMENTS("a croissant.json with a wrong hash of a file", "E643")
def other_hash(folder: Path) -> None:
    edit_croissant(folder, lambda described: described["distribution"][0].update(sha256="0" * 64))


@DOCUMENTS("a croissant.json that loads a file from elsewhere", "E643")
def from_elsewhere(folder: Path) -> None:
    edit_croissant(folder, lambda described: described["distribution"][0].update(contentUrl="https://pos.example/x"))


@DOCUMENTS("a croissant.json that leaves a file out", "E643")
def file_left_out(folder: Path) -> None:
    edit_croissant(folder, lambda described: described["distribution"].pop(0))


@DOCUMENTS("a croissant.json whose set of files takes more", "E644")
def wide_set(folder: Path) -> None:
    def change(described: Row) -> None:
        next(one for one in described["distribution"] if one["@type"] == "cr:FileSet")["includes"] = (
            "articles/*.parquet"
        )

    edit_croissant(folder, change)


@DOCUMENTS("a croissant.json with classes in another order", "E645")
def turned_classes(folder: Path) -> None:
    def change(described: Row) -> None:
        (listed,) = (one for one in described["recordSet"] if one["@id"] == "stance_enum")
        listed["data"][0]["stance_enum/name"], listed["data"][2]["stance_enum/name"] = "favor", "against"

    edit_croissant(folder, change)


@DOCUMENTS("a croissant.json without a table", "E645")
def no_record_set(folder: Path) -> None:
    edit_croissant(folder, lambda described: described["recordSet"].pop())


@DOCUMENTS("a croissant.json without its terms", "E646")
def no_terms(folder: Path) -> None:
    edit_croissant(folder, lambda described: described.pop("@context"))


@DOCUMENTS("a contract in the release whose stance means the contrary", "E640", "E645")
def turned_meaning(folder: Path) -> None:
    edit(folder, "schema/corpus.schema.json", "The holder opposes the target", "The holder supports the target")


@DOCUMENTS("a core schema in the release that says less", "E609")
def core_drift(folder: Path) -> None:
    edit(folder, "schema/article.schema.json", '"minLength": 1', '"minLength": 0')
