"""Plain files as inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kliping.normaliser.raw import Raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path


class Refused(NamedTuple):
    """An input that cannot be handed on, with the reason."""

    path: str
    sha256: str
    reason: str
    detail: str


def read_inputs(
    raw: Path,
    paths: Sequence[str],
    mapping_for: Callable[[str], Mapping[str, str]],  # noqa: ARG001 — a plain file has no columns
) -> Iterator[Raw | Refused]:
    """Each file as it is."""
    folder = str(raw)
    for path in paths:
        yield Raw(_bytes(f"{folder}/{path}"), path=path)


def _bytes(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 — a tenth of the time of a small file goes into Path objects
        return file.read()
