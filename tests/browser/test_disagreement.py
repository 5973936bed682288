"""Two people who disagree on the screen are both kept, and nothing of it is gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Annotated

pytestmark = pytest.mark.browser


def test_both_versions_come_back_and_the_article_stays_open(disagreement: Annotated) -> None:
    assert "annotations: 2 = 2 kept + 0 set aside" in disagreement.kliping("pull")
    said = {
        (tuple(entity.text for entity in one.entities), tuple(stance.stance for stance in one.stances))
        for one in disagreement.corpus.annotations()
    }
    assert said == {
        (("Sena Waluyo", "relokasi Pasar Lama"), ("against",)),
        (("Sena Waluyo", "relokasi Pasar Lama", "Rina Belida"), ("favor",)),
    }
    disagreement.kliping("adjudicate")
    assert list(disagreement.corpus.gold()) == []
