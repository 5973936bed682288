"""Exceptions are no input of a release: what is allowed later changes no version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.check.exceptions.test_rules import EXCEPTIONS, line

from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.release.building.inputs import read_inputs

if TYPE_CHECKING:
    from tests.check.folder import Folder


def test_a_release_is_made_from_the_same_with_and_without_exceptions(folder: Folder) -> None:
    corpus = Corpus.open(folder.root)
    contract = load_contract(corpus.schema)
    before = read_inputs(corpus, contract)
    folder.write(EXCEPTIONS, line().encode())

    assert read_inputs(corpus, contract).files == before.files
