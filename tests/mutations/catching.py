"""Breaking a copy, and what `kliping check` finds in it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tests.check.folder import Folder
from tests.mutations.corpus.annotations import ANNOTATIONS
from tests.mutations.corpus.files import FILES
from tests.mutations.corpus.references import REFERENCES
from tests.mutations.corpus.schema import SCHEMA
from tests.mutations.corpus.texts import TEXTS
from tests.mutations.corpus.versions import VERSIONS
from tests.mutations.release.documents import DOCUMENTS
from tests.mutations.release.files import FILES as RELEASE_FILES
from tests.mutations.release.joins import JOINS
from tests.mutations.release.rows import ROWS
from tests.mutations.release.tables import TABLES
from tests.mutations.sample import copy_sample

from kliping.check import check_corpus, check_release
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutations.mutation import Mutation

    from kliping.records import Finding

__all__ = ["CORPUS_MUTATIONS", "MUTATIONS", "RELEASE_MUTATIONS", "AnyMutation", "find"]

AnyMutation: TypeAlias = "Mutation[Folder] | Mutation[Path]"

CORPUS_MUTATIONS = tuple(
    one
    for listed in (FILES, SCHEMA, REFERENCES, TEXTS, ANNOTATIONS, VERSIONS)
    for one in listed.mutations
)
RELEASE_MUTATIONS = tuple(
    one for listed in (RELEASE_FILES, TABLES, ROWS, JOINS, DOCUMENTS) for one in listed.mutations
)
MUTATIONS: tuple[AnyMutation, ...] = (*CORPUS_MUTATIONS, *RELEASE_MUTATIONS)


def find(mutation: AnyMutation, release: Path) -> set[str]:
    """The codes of what is found where a mutation was made; `release` is a whole one, of which a copy is broken."""
    with tempfile.TemporaryDirectory() as place:
        if mutation.subject == "corpus":
            folder = copy_sample(Path(place) / "sample")
            mutation.breaks(folder)
            return {one.code for one in check_corpus(Corpus.open(folder.root))}
        copy = shutil.copytree(release, Path(place) / release.name)
        mutation.breaks(copy)
        return {one.code for one in check_release(copy, load=mutation.load)}
