"""Articles to the server: each once, however often a push is killed or run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kliping.contract.labeling import labeling_config
from kliping.errors import ServerError
from kliping.files import write_bytes
from kliping.project import one_at_a_time
from kliping.studio.push.execution import Done, carry_out, done_between
from kliping.studio.push.planning import plan_push
from kliping.studio.push.telling import receipt

if TYPE_CHECKING:
    from collections.abc import Callable

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.records import Receipt
    from kliping.studio.client import Client

__all__ = ["push"]

ATTEMPTS = 3
"""How often a push is planned anew after the server failed, from what it then has."""


@one_at_a_time("push")
def push(
    corpus: Corpus, contract: Contract, client: Client, progress: Callable[[str], None] = lambda _: None
) -> Receipt:
    """Make the corpus's projects what the corpus is: their screens, and a task for each article that is to be labelled.

    The server recognises nothing that it has, and may have done what it did not confirm. So everything goes by the
    inventory of the tasks' keys, taken again after each failure.

    Raises:
        CallError: a setting is wrong.
        DataError: there are no articles, a prediction cannot be offered, two projects are one, or annotations use what
            the screen would lose; nothing was changed.
        ServerError: the server failed `ATTEMPTS` times.
    """
    done, before, derived = Done(), None, False
    for attempt in range(1, ATTEMPTS + 1):
        try:
            plan = plan_push(corpus, contract, client)
            done = done if before is None else done.plus(done_between(before, plan))
            before = plan
            derived |= _derive(corpus, contract)
            now = Done()
            carry_out(plan, client, now, progress)
        except ServerError as error:
            if attempt == ATTEMPTS:
                raise
            progress(f"{error}; taking the inventory and going on with what is missing")
        else:
            return receipt(plan, now, done.plus(now), derived=derived)
    raise AssertionError  # the last attempt returns or raises


def _derive(corpus: Corpus, contract: Contract) -> bool:
    """Write the screen beside the annotations; whether it changed."""
    return write_bytes(corpus.labeling, labeling_config(contract.scheme, corpus.settings.language).encode())
