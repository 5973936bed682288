"""Where a report goes: standard output, which a reader may close, and the summary of a step at GitHub."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from kliping.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kliping.check.reporting import Report

__all__ = ["FORMATS", "Form", "show", "write_lines"]

Form: TypeAlias = Literal["people", "json", "github"]
FORMATS: tuple[Form, ...] = ("people", "json", "github")

SUMMARY = "GITHUB_STEP_SUMMARY"
WORKSPACE = "GITHUB_WORKSPACE"


def show(report: Report, form: Form, *, everything: bool) -> None:
    """Print a report in one of its forms.

    Raises:
        CallError: GITHUB_STEP_SUMMARY names a file that cannot be written.
    """
    from kliping.check.reporting import for_github, for_machines, for_people

    if form == "json":
        _write(for_machines(report))
    elif form == "github":
        workspace = os.environ.get(WORKSPACE)
        lines = for_github(report, Path(workspace).resolve() if workspace else None, everything=everything)
        _write(_encoded(line, "utf-8") for line in lines)
        _summarise(report, everything=everything)
    else:
        write_lines(for_people(report, everything=everything))


def write_lines(lines: Iterable[str]) -> None:
    """Print lines in the terminal's charset; what it does not have is told by its code."""
    charset = getattr(sys.stdout, "encoding", None) or "utf-8"
    _write(_encoded(line, charset) for line in lines)


def _encoded(line: str, charset: str) -> bytes:
    return f"{line}\n".encode(charset, "backslashreplace")


def _write(pieces: Iterable[bytes]) -> None:
    """Write to standard output; a reader that wants no more, such as `head`, ends that and nothing else."""
    if sys.stdout is None:  # the process was started without one
        return
    try:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would be written at the end of the process, and fail again.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _summarise(report: Report, *, everything: bool) -> None:
    from kliping.check.reporting import summary

    place = os.environ.get(SUMMARY)
    if not place:
        return
    try:
        with Path(place).open("ab") as file:
            file.write(summary(report, everything=everything).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise CallError(f"{SUMMARY}={place}: {error.strerror}; unset it, or name a file that can be written") from None
