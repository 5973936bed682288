"""`kliping publish`: one way in for both kinds of destination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kliping.records import Count, Receipt
from kliping.release.publishing.destination import Hub
from kliping.release.publishing.hub import publish_to_hub
from kliping.release.publishing.proof import prove
from kliping.release.publishing.store import publish_to_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kliping.project import Corpus
    from kliping.records import Finding
    from kliping.release.publishing.destination import Destination
    from kliping.release.publishing.plan import Plan

__all__ = ["Options", "publish"]


@dataclass(frozen=True, slots=True)
class Options:
    """How to publish: whether a dataset that has to be made is private, and whether only to look."""

    private: bool = True
    dry_run: bool = False


def publish(
    corpus: Corpus,
    version: str,
    to: Destination,
    check: Callable[[Path], Sequence[Finding]],
    options: Options = Options(),
) -> tuple[Receipt, Plan]:
    """Publish a release, whole or not at all; the same one again changes nothing.

    Args:
        corpus: an opened corpus.
        version: MAJOR.MINOR.PATCH, built and recorded.
        to: where it goes.
        check: gives the findings about a release folder; a room above this one knows how.
        options: how.

    Returns:
        The receipt, and what was to be done.

    Raises:
        CallError: the version is none, an extra is missing, or there is no token.
        DataError: the release is not what was recorded or not good; or there is other content under its name there.
        ServerError: the hub or the network failed, or refused us.
    """
    proven = prove(corpus, version, check)
    if isinstance(to, Hub):
        plan = publish_to_hub(proven, to, private=options.private, dry_run=options.dry_run)
    else:
        plan = publish_to_store(proven, to, dry_run=options.dry_run)
    count = Count(what="files", taken=len(proven.files), kept=len(plan.send) + len(plan.there))
    changes = 0 if options.dry_run else plan.changes
    return Receipt(step="publish", counts=(count,), changes=changes, notes=plan.notes), plan
