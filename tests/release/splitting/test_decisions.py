from __future__ import annotations

import pytest

from kliping.errors import CallError
from kliping.release.splitting.decisions import resolutions


def test_decisions_are_read_by_article() -> None:
    assert resolutions(["a=test", "b-1=train", "a=test"]) == {"a": "test", "b-1": "train"}


def test_every_wrong_decision_is_told() -> None:
    with pytest.raises(CallError) as refused:
        resolutions(["a", "=test", "b=dev", "c=test", "c=train"])
    assert str(refused.value).splitlines() == [
        "--resolve a: write ID=SPLIT, with SPLIT one of train, validation, test",
        "--resolve =test: write ID=SPLIT, with SPLIT one of train, validation, test",
        "--resolve b=dev: write ID=SPLIT, with SPLIT one of train, validation, test",
        "--resolve c=train: c was sent to test too; give one of them",
    ]
