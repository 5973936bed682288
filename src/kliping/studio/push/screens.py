"""What annotators of a project meet: the derived screen, and what of their work another screen would lose."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kliping.contract.labeling import RELATIONS, instruction, labeling_config
from kliping.errors import DataError
from kliping.files import sha256
from kliping.studio.client import Setup
from kliping.studio.results import chosen
from kliping.studio.screen import lacking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kliping.contract import Contract
    from kliping.project import Corpus
    from kliping.studio.client import Client, Project
    from kliping.studio.results import Item

__all__ = ["config_differs", "differs", "is_by_hand", "refuse_losses", "setup_of", "signed"]

_SIGNED = re.compile(r"(?P<config>.*)\n<!-- kliping (?P<digest>[0-9a-f]{16}) -->", re.DOTALL)


def setup_of(corpus: Corpus, contract: Contract, annotators: int) -> Setup:
    """What annotators are to meet.

    Args:
        corpus: in whose language, and whose guidelines.
        contract: what the screen is derived from.
        annotators: how many get each task.
    """
    config = labeling_config(contract.scheme, corpus.settings.language)
    return Setup(signed(config), _instruction(corpus), annotators=annotators)


def _instruction(corpus: Corpus) -> str:
    """The short form of the guidelines, shown before the work begins."""
    guidelines = corpus.annotation_folder / "guidelines.md"
    if not guidelines.is_file():
        return ""
    return instruction(guidelines.read_text(encoding="utf-8", errors="replace"), corpus.settings.language)


def signed(config: str) -> str:
    """A screen with a last line that tells it is as we derived it, from this contract or an earlier one."""
    return f"{config.strip()}\n<!-- kliping {sha256(config.strip().encode())[:16]} -->"


def config_differs(now: Setup, wanted: Setup) -> bool:
    """Whether a project's screen is another; the server drops the end of the last line."""
    return now.config.strip() != wanted.config.strip()


def differs(now: Setup, wanted: Setup) -> bool:
    """Whether annotators of a project meet something else than they should, predictions apart."""
    return config_differs(now, wanted) or (now.instruction, now.annotators) != (wanted.instruction, wanted.annotators)


def is_by_hand(now: Setup, wanted: Setup) -> bool:
    """Whether somebody changed the screen on the server: it is as no push made it."""
    signature = _SIGNED.fullmatch(now.config.strip())
    if signature is not None:
        return sha256(signature["config"].encode())[:16] != signature["digest"]
    derived = _SIGNED.fullmatch(wanted.config.strip())
    return derived is None or now.config.strip() != derived["config"]


def refuse_losses(client: Client, projects: Iterable[Project], config: str) -> None:
    """Refuse a screen that lacks what people used on the server, drafts included.

    Raises:
        DataError: something is used that the screen lacks: what, how often and where.
        ServerError: the server fails.
    """
    lost = {project.title: _lost(client, project, config) for project in projects}
    faults = [
        f"project {title!r}: {name} is used in {told}, and the contract's screen lacks it"
        for title, uses in lost.items()
        for name, told in uses.items()
    ]
    if faults:
        raise DataError(
            "\n".join(f"{client.url}: {fault}" for fault in faults)
            + "\nthe screens were left as they are: run `kliping relabel OLD=NEW` for each, "
            "or offer it again in schema/corpus.schema.json, not deprecated, until the work is done"
        )


def _lost(client: Client, project: Project, config: str) -> Mapping[str, str]:
    """What a screen lacks of what is used in a project, and how often that is used."""
    annotations: Counter[str] = Counter()
    drafts: Counter[str] = Counter()
    missing = lacking(config, _used(client, project, annotations, drafts))
    return {name: _times(annotations[name], drafts[name]) for name in missing}


def _used(client: Client, project: Project, annotations: Counter[str], drafts: Counter[str]) -> Iterator[Item]:
    """Every item of a project, counted as it goes by: how many annotations, and drafts, use each choice."""
    for marked in client.tasks.marked(project.id):
        for made in marked.submitted:
            annotations.update(_choices(made.result))
            yield from made.result
    for number in list(client.tasks.begun(project.id)):
        for draft in client.tasks.drafts(number):
            drafts.update(_choices(draft.result))
            yield from draft.result


def _choices(items: Iterable[Item]) -> set[str]:
    """The controls of some items, and their choices as `control=choice`."""
    named = [(RELATIONS if item.get("type") == "relation" else str(item.get("from_name")), item) for item in items]
    return {name for name, _ in named} | {f"{name}={choice}" for name, item in named for choice in chosen(item)}


def _times(annotations: int, drafts: int) -> str:
    told = [(annotations, "annotation"), (drafts, "draft")]
    return " and ".join(f"{times} {what}{'s' if times > 1 else ''}" for times, what in told if times) or "some"
