"""One input by the name that people give it: a file, a path of the raw folder, or the id of an article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kliping.contract import load_contract
from kliping.errors import CallError
from kliping.normaliser.inputs import Refused, own_fields, read_inputs
from kliping.normaliser.run.treatment import Treatment, Treatments
from kliping.project import Corpus, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kliping.normaliser.raw import Raw

__all__ = ["Found", "look_up"]


NO_CORPUS = Settings(name="none")
"""How a file outside of every corpus is read: as a corpus that says nothing would."""


class Found(NamedTuple):
    """An input, how its corpus treats it, and the id that the corpus knows it by; None and None outside of a corpus."""

    raw: Raw | Refused
    treatment: Treatment | None = None
    id: str | None = None


def look_up(name: str, corpus: Corpus | None) -> Found:
    """The input that a name stands for.

    A file on disk comes first, then a path relative to the raw folder, as `corpus/rejected.jsonl` gives it, then an id.
    What lies inside a file is named by the file's path and its own: `old.zip/a.html`, `articles.csv/17`.

    Args:
        name: what people gave.
        corpus: where paths and ids are looked up; a file that lies in another corpus's raw folder is that one's.

    Raises:
        CallError: there is no such input, or it holds several.
        OSError: a file cannot be read.
    """
    file = _file_of(Path(name))
    if file:
        home = next((one for one in (corpus, _corpus_above(file)) if one and _is_below(file, one.raw)), None)
        if home is None:
            return Found(_one(file.parent, file.name, _inside(Path(name), file), Treatments(NO_CORPUS), {}))
        return _in_corpus(home, _relative(Path(name), file, home.raw))
    if corpus and (file := _file_of(corpus.raw / name)) and _is_below(file, corpus.raw):
        return _in_corpus(corpus, name)
    path = _path_of_id(name, corpus) if corpus else None
    if corpus and path:
        if not _file_of(corpus.raw / path):
            raise CallError(
                f"{name}: its raw file {path} is no longer in {corpus.raw}; put it back to have it explained"
            )
        return _in_corpus(corpus, path)
    raise CallError(f"{name}: {_nothing(name, corpus)}")


def _in_corpus(corpus: Corpus, path: str) -> Found:
    treatments = Treatments(corpus.settings)
    file = _file_of(corpus.raw / path) or corpus.raw / path
    fields = own_fields(load_contract(corpus.schema))
    raw = _one(corpus.raw, file.relative_to(corpus.raw).as_posix(), path, treatments, fields)
    known = next(
        (one.id for one in corpus.sources() if path in {one.path, *(two.path for two in one.duplicates)}), None
    )
    return Found(raw, treatments.of(path), known)


def _one(
    folder: Path, file: str, path: str, treatments: Treatments, fields: Mapping[str, Mapping[str, Any]]
) -> Raw | Refused:
    """The input with a path among those that a file holds."""
    first = None
    for one in read_inputs(folder, (file,), treatments, fields):
        if one.path == path:
            return one
        first = first or one.path
    if path == file and first:
        raise CallError(f"{path}: holds several inputs; name one of them, such as {first}")
    raise CallError(f"{path}: there is no such input in {file}; see corpus/sources.jsonl for those there are")


def _file_of(path: Path) -> Path | None:
    """The file that a path names, or inside which it lies; None where there is none."""
    return next((place for place in (path, *path.parents) if place.is_file()), None)


def _inside(path: Path, file: Path) -> str:
    return (Path(file.name) / path.relative_to(file)).as_posix()


def _relative(path: Path, file: Path, raw: Path) -> str:
    """A path on disk as one relative to the raw folder."""
    return (_real(file).relative_to(raw.resolve()) / path.relative_to(file)).as_posix()


def _is_below(file: Path, folder: Path) -> bool:
    return _real(file).is_relative_to(folder.resolve())


def _real(file: Path) -> Path:
    """Where a file lies; one that is itself a link lies where the link does, as in a run."""
    return file.parent.resolve() / file.name


def _corpus_above(file: Path) -> Corpus | None:
    try:
        return Corpus.open(file.parent)
    except CallError:
        return None


def _path_of_id(name: str, corpus: Corpus) -> str | None:
    return next((entry.path for entry in corpus.sources() if name in {entry.id, *entry.aliases}), None)


def _nothing(name: str, corpus: Corpus | None) -> str:
    if Path(name).is_dir():
        return "is a folder; name one file in it"
    if corpus is None:
        return "no such file; to name an article by its id, go to its corpus, or give -C DIR"
    return f"no such file, no raw file of {corpus.settings.name}, and no id in its corpus/sources.jsonl"
