"""Breaking a copy, and what `kliping check` finds in it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutations.corpus.annotations import ANNOTATIONS
from tests.mutations.corpus.exceptions import EXCEPTIONS
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
    from tests.check.folder import Folder
    from tests.mutations.mutation import Mutation

__all__ = ["CORPUS_MUTATIONS", "RELEASE_MUTATIONS", "found_in_corpus", "found_in_release"]

CORPUS_MUTATIONS = tuple(
    one for listed in (FILES, SCHEMA, REFERENCES, TEXTS, ANNOTATIONS, VERSIONS, EXCEPTIONS) for one in listed.mutations
)
RELEASE_MUTATIONS = tuple(one for listed in (RELEASE_FILES, TABLES, ROWS, JOINS, DOCUMENTS) for one in listed.mutations)


def found_in_corpus(mutation: Mutation[Folder]) -> set[str]:
    """The codes of what is found in a copy of the sample that was broken."""
    with tempfile.TemporaryDirectory() as place:
        folder = copy_sample(Path(place) / "sample")
        mutation.breaks(folder)
        return {one.code for one in check_corpus(Corpus.open(folder.root))}


def found_in_release(mutation: Mutation[Path], release: Path) -> set[str]:
    """The same in a copy of a release."""
    with tempfile.TemporaryDirectory() as place:
        copy = shutil.copytree(release, Path(place) / release.name)
        mutation.breaks(copy)
        return {one.code for one in check_release(copy, load=mutation.load)}
