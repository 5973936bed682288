from __future__ import annotations

import pytest

from kliping.errors import CallError, Rejected
from kliping.normaliser.failure import Failed, failing_alone


def test_what_has_no_name_is_a_rejection_that_says_whose_fault_it_is() -> None:
    words = "kliping failed on it, please report this: ZeroDivisionError: "
    with pytest.raises(Failed, match=words) as raised, failing_alone():
        _ = 1 / 0
    assert raised.value.reason == "broken"


@pytest.mark.parametrize("error", [Rejected("empty", "there is nothing"), CallError("install it"), KeyboardInterrupt()])
def test_what_has_a_name_stays_what_it_is(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised, failing_alone():
        raise error
    assert raised.value is error
