"""What is mended is what is checked, but for what releases held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpora import write_corpus

from kliping.check import check_corpus
from kliping.check.mending.files import FILES

if TYPE_CHECKING:
    from pathlib import Path


def test_every_file_in_which_the_check_finds_a_byte_order_mark_may_be_mended(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, ())
    for mendable in FILES:
        place = tmp_path / mendable.pattern.replace("*", "00000")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"\xef\xbb\xbf{}\n")
    marked = {finding.path for finding in check_corpus(corpus) if finding.code == "E102"}

    assert marked == {mendable.pattern.replace("*", "00000") for mendable in FILES}
    assert not any("versions" in mendable.pattern for mendable in FILES)
