"""What only people decide of splits: where a cluster goes that bridges two, or that a held-out target is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kliping.errors import CallError, DataError
from kliping.release.splitting.held_out import told
from kliping.release.splitting.names import SPLITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kliping.normaliser.run.resemblance import NearDuplicate
    from kliping.records import SplitEntry, SplitName
    from kliping.release.splitting.groups import Group

__all__ = ["decided", "resolutions"]

SHOWN = 10
"""Near-duplicates of one cluster that a message names."""


def resolutions(asked: Iterable[str]) -> dict[str, SplitName]:
    """What `--resolve ID=SPLIT` says, by id.

    Raises:
        CallError: it says something else, or two things of one article.
    """
    made: dict[str, SplitName] = {}
    faults = []
    for one in asked:
        name, _, said = one.rpartition("=")
        split = next((split for split in SPLITS if split == said), None)
        if not name or split is None:
            faults.append(f"--resolve {one}: write ID=SPLIT, with SPLIT one of {', '.join(SPLITS)}")
        elif made.setdefault(name, split) != split:
            faults.append(f"--resolve {one}: {name} was sent to {made[name]} too; give one of them")
    if faults:
        raise CallError("\n".join(faults))
    return made


def decided(
    groups: Sequence[Group],
    held: Mapping[str, tuple[str, ...]],
    resolve: Mapping[str, SplitName],
    pairs: Sequence[NearDuplicate],
) -> dict[str, SplitEntry]:
    """The lines that decisions move, by id, each as it is then.

    A cluster goes as a whole, with what is gone of it. A decision that was carried out before moves nothing.

    Args:
        groups: all articles.
        held: the articles of held-out targets.
        resolve: what was decided, by any article of the cluster.
        pairs: the near-duplicates, to be told.

    Raises:
        CallError: a decision is about no article, is not needed, or cannot be carried out.
        DataError: a decision is needed; a line for each.
    """
    faults = [f"--resolve {name}: no article of this corpus" for name in resolve.keys() - _names(groups)]
    open_ones: list[str] = []
    moved: dict[str, SplitEntry] = {}
    for group in groups:
        asked = {name: resolve[name] for name in group.present if name in resolve}
        if not asked:
            open_ones.extend(_open(group, held, pairs))
        elif fault := _cannot(group, held, asked):
            faults.append(fault)
        else:
            moved.update(_moved(group, next(iter(asked.values()))))
    if faults:
        raise CallError("\n".join(sorted(faults)))
    if open_ones:
        raise DataError("\n".join(f"corpus/splits.jsonl: {one}" for one in open_ones))
    return moved


def _names(groups: Iterable[Group]) -> set[str]:
    return {name for group in groups for name in group.present}


def _open(group: Group, held: Mapping[str, tuple[str, ...]], pairs: Sequence[NearDuplicate]) -> Iterator[str]:
    """What is to be decided about a cluster."""
    if len(group.splits) > 1:
        yield _bridge(group, held, pairs)
    elif group.splits - {"test"}:
        (split,) = group.splits
        yield from (told(name, split, held) for name in group.present if name in held)


def _cannot(group: Group, held: Mapping[str, tuple[str, ...]], asked: Mapping[str, SplitName]) -> str | None:
    """Why a decision cannot be carried out, if so."""
    (name, split), *others = asked.items()
    if any(other != split for _, other in others):
        said = " and ".join(f"{one}={to}" for one, to in asked.items())
        return f"--resolve {said}: they are one cluster, which goes to one split"
    if group.splits == {split}:
        return None
    targets = sorted({target for one in group.present for target in held.get(one, ())})
    if targets and split != "test":
        return (
            f"--resolve {name}={split}: its cluster has a stance towards the held-out target {', '.join(targets)}; "
            "it can go to the test only"
        )
    if len(group.splits) > 1 or (targets and group.splits):
        return None
    where = f"is in {next(iter(group.splits))} for ever" if group.splits else "gets its split by `kliping split`"
    return f"--resolve {name}={split}: there is nothing to decide: its cluster {where}"


def _moved(group: Group, split: SplitName) -> dict[str, SplitEntry]:
    """The lines of a cluster that are elsewhere, as they are in a split, under the name of what is there already."""
    there = next((entry.cluster for entry in group.settled if entry.split == split), None)
    return {
        entry.id: msgspec.structs.replace(entry, split=split, cluster=there or entry.cluster)
        for entry in group.settled
        if entry.split != split
    }


def _bridge(group: Group, held: Mapping[str, tuple[str, ...]], pairs: Sequence[NearDuplicate]) -> str:
    """That near-duplicates are in two splits, by what they are so, and what to do."""
    split_of = {entry.id: entry.split for entry in group.settled}
    here = set(group.present)

    def shown(name: str) -> str:
        return f"{name} ({split_of.get(name, 'new')})"

    joining = [
        f"{shown(pair.of)} and {shown(pair.id)}, similarity {pair.similarity}"
        for pair in pairs
        if pair.id in here and (pair.id not in split_of or split_of[pair.id] != split_of.get(pair.of))
    ]
    if not joining:
        joining = [shown(entry.id) for entry in group.settled]
    said = "; ".join(joining[:SHOWN]) + (f"; and {len(joining) - SHOWN} more" if len(joining) > SHOWN else "")
    may = group.splits if held.keys().isdisjoint(group.present) else {"test"}
    choices = ", or ".join(f"{group.present[0]}={split}" for split in SPLITS if split in may)
    fresh = [name for name in group.present if name not in split_of]
    instead = f"; or take {', '.join(fresh[:SHOWN])} out of the raw folder" if 0 < len(fresh) <= SHOWN else ""
    return (
        f"near-duplicates in two splits: {said}; decide where the whole cluster goes with `kliping split --resolve`: "
        f"{choices} (a moved split makes the next release a major one){instead}"
    )
