"""Killing a step of ours at some instant: a process of its own that says when it begins, and SIGKILL."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PUSH", "killed_after"]

PUSH = """
import sys
from kliping.contract import load_contract
from kliping.project import Corpus
from kliping.studio import tasks
from kliping.studio.client import tasks as listed
from kliping.studio.connection import connect
from kliping.studio.push import push
tasks.BATCH_TASKS = listed.DELETED_AT_ONCE = 2
corpus = Corpus.open(sys.argv[1])
contract = load_contract(corpus.schema)
with connect(corpus) as client:
    print("begun", flush=True)
    push(corpus, contract, client)
"""
"""A push in requests of two tasks, so that there are many instants to be killed at."""


def killed_after(seconds: float, program: str, arguments: Sequence[str]) -> bool:
    """Run a program that prints a line when it begins, and kill it that long after; whether it was still running."""
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
        return False
