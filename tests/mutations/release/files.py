"""A release's files: the manifest, hashes that follow or do not, what is missing and what lies there besides."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.check.release.altering import edit_manifest, rows_into
from tests.mutations.mutation import MutationList
from tests.mutations.sealing import change_rows, reseal, seal_files
from tests.release.breaking import drop, edit, table_file

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FILES"]

FILES: MutationList[Path] = MutationList("release")

MANIFEST = "manifest.json"


@FILES("no manifest", "E601")
def no_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


@FILES("a manifest with two versions, of which each reader takes another", "E601")
def two_versions(folder: Path) -> None:
    text = (folder / "manifest.json").read_text()
    (folder / "manifest.json").write_text(text.replace('"version"', '"version": "9.9.9", "version"', 1))


@FILES("a manifest that is cut short", "E601")
def cut_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_bytes((folder / MANIFEST).read_bytes()[:-100])


@FILES("a manifest without a version", "E601")
def no_version(folder: Path) -> None:
    edit_manifest(folder, lambda held: held.pop("version"))


@FILES("a manifest without a file's hash", "E601")
def no_hash(folder: Path) -> None:
    edit_manifest(folder, lambda held: held["files"]["LICENSE"].pop("sha256"))


@FILES("a manifest without a row count", "E601")
def no_row_count(folder: Path) -> None:
    edit_manifest(folder, lambda held: held["configs"]["stances"]["test"].pop("rows"))


@FILES("a manifest of another version", "E637", "E640 E642 E647 E649")
def other_version(folder: Path) -> None:
    edit_manifest(folder, lambda held: held.update(version="0.3.0"))


@FILES("a manifest of another release", "E637", "E640 E642 E647")
def other_name(folder: Path) -> None:
    edit_manifest(folder, lambda held: held.update(name="kliping-simple"))


@FILES("a manifest that says v0.2.0", "E601")
def version_with_v(folder: Path) -> None:
    edit_manifest(folder, lambda held: held.update(version="v0.2.0"))


@FILES("a manifest that counts a row more", "E613")
def other_row_count(folder: Path) -> None:
    edit_manifest(folder, lambda held: held["configs"]["stances"]["test"].update(rows=25))


@FILES("a manifest without a split that is there", "E613", "E645")
def unlisted_split(folder: Path) -> None:
    edit_manifest(folder, lambda held: held["configs"]["stances"].pop("test"))


@FILES("a manifest with a file's hash of another version", "E602", "E643")
def other_hash(folder: Path) -> None:
    edit_manifest(folder, lambda held: held["files"]["guidelines.md"].update(sha256="0" * 64))


@FILES("a manifest that names a file outside", "E602", "E643")
def file_outside(folder: Path) -> None:
    edit_manifest(folder, lambda held: held["files"].update({"../x": {"sha256": "0" * 64, "bytes": 1}}))


@FILES("a manifest of another version of the scheme", "E606")
def other_scheme(folder: Path) -> None:
    edit_manifest(folder, lambda held: held.update(scheme="2.0.0"))


@FILES("a file edited, no hash following", "E602")
def edited_file(folder: Path) -> None:
    with (folder / "guidelines.md").open("a") as file:
        file.write("\nMark no places.\n")


@FILES("a file edited, the manifest's hash following, that in croissant.json not", "E643")
def edited_and_listed(folder: Path) -> None:
    edit(folder, "guidelines.md", "# ", "# My ")


@FILES("a file that is gone", "E602", "E637")
def file_gone(folder: Path) -> None:
    (folder / "CITATION.cff").unlink()


@FILES("a table that is gone", "E602", "E613 E632 E634 E640 E647 E679")
def table_gone(folder: Path) -> None:
    shutil.rmtree(folder / "soft_labels")


@FILES("a file saved with CR LF", "E602")
def cr_lf(folder: Path) -> None:
    path = folder / "schema/corpus.schema.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


@FILES("a file of an older version left in a config's folder", "E603", "E613 E614 E615 E627 E632 E634 E640 E649 E678")
def stale_file(folder: Path) -> None:
    path = table_file(folder, "stances", "train")
    shutil.copy(path, path.with_name("train-00000-of-00001-deadbeef.parquet"))


@FILES("an older release inside the release", "E603")
def release_inside(folder: Path) -> None:
    shutil.copytree(folder, folder / "kliping-sample-0.1.0")


@FILES("an editor's copy of the card", "E603")
def copy_of_card(folder: Path) -> None:
    shutil.copy(folder / "README.md", folder / "README.md~")


@FILES("a link in the place of a file", "E109")
def link(folder: Path) -> None:
    (folder / "guidelines.md").rename(folder.parent / "guidelines.md")
    (folder / "guidelines.md").symlink_to(folder.parent / "guidelines.md")


@FILES("no contract", "E604")
def no_contract(folder: Path) -> None:
    (folder / "schema/corpus.schema.json").unlink()
    seal_files(folder)


@FILES("a licence that is missing, in the manifest too", "E605", "E638")
def no_licence(folder: Path) -> None:
    drop(folder, "LICENSE")
    seal_files(folder)


@FILES("an empty licence, its hash following", "E605")
def empty_licence(folder: Path) -> None:
    (folder / "LICENSE").write_text("\n")
    seal_files(folder)


@FILES("a truncated Parquet", "E611", "E602 E627 E629 E634")
def truncated(folder: Path) -> None:
    path = table_file(folder, "articles", "train")
    path.write_bytes(path.read_bytes()[:20_000])


@FILES("an empty file for a Parquet, its hash following", "E611", "E634 E674")
def empty_parquet(folder: Path) -> None:
    table_file(folder, "stances", "test").write_bytes(b"")
    seal_files(folder)


@FILES("a page of a Parquet damaged, its hash following", "E611", "E627 E629 E634")
def damaged_page(folder: Path) -> None:
    path = table_file(folder, "articles", "train")
    data = bytearray(path.read_bytes())
    data[4:2_000] = bytes(1_996)
    path.write_bytes(data)
    seal_files(folder)


@FILES("the files of two splits swapped, their names left", "E602", "E613 E615 E628 E634 E640")
def swapped_files(folder: Path) -> None:
    first, second = (table_file(folder, "stances", split) for split in ("train", "test"))
    held = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(held)


@FILES("a row changed, and no digest following", "E613", "E615 E634 E640")
def changed_row(folder: Path) -> None:
    rows_into(table_file(folder, "articles", "train"), lambda rows: rows[0].update(publisher="Warta Rimbia"))
    seal_files(folder)


@FILES("a row lost, and no count following", "E613", "E615 E627 E629 E634")
def lost_row(folder: Path) -> None:
    rows_into(table_file(folder, "articles", "train"), lambda rows: rows.pop())
    seal_files(folder)


@FILES("rows changed under the old file name, all else following", "E615", "E640")
def old_name(folder: Path) -> None:
    path = table_file(folder, "articles", "train")
    change_rows(folder, "articles", "train", lambda rows: rows[0].update(publisher="Warta Rimbia"))
    new = table_file(folder, "articles", "train")
    new.rename(path)
    edit(folder, "README.md", new.name, path.name)
    seal_files(folder)


@FILES("rows in another order, all else following", "E614")
def other_order(folder: Path) -> None:
    change_rows(folder, "articles", "train", lambda rows: rows.reverse())


@FILES("rows sorted by text, all else following", "E614")
def sorted_rows(folder: Path) -> None:
    change_rows(folder, "entities", "test", lambda rows: rows.sort(key=lambda row: str(row["text"])))


@FILES("the split of a config emptied, all else following", "E679", "E640")
def emptied_split(folder: Path) -> None:
    table_file(folder, "soft_labels", "test").unlink()
    reseal(folder)


@FILES("a config without its test articles, all else following", "E629", "E640 E647 E649 E674 E678")
def no_test_entities(folder: Path) -> None:
    table_file(folder, "entities", "test").unlink()
    reseal(folder)


@FILES("a split with a file and no row, all else following", "E674", "E640 E649")
def rowless_split(folder: Path) -> None:
    change_rows(folder, "stances", "test", lambda rows: rows.clear())
