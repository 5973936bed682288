"""What a run of Python costs, in a process of its own: CPU and wall clock seconds, and memory."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

__all__ = ["Run", "measured"]


@dataclass(frozen=True, slots=True)
class Run:
    """CPU seconds of a process with its children, seconds on the clock, the most MiB that it and one child held."""

    what: str
    cpu: float
    seconds: float
    own: float
    child: float


_MEASURED = """
import resource, sys, time
began = time.perf_counter()
{work}
seconds = time.perf_counter() - began
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
with open("/proc/self/status") as status:  # its own ru_maxrss begins with what the process that started it held
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
cpu = sum(one.ru_utime + one.ru_stime for one in used)
print(cpu, seconds, own / 1024, used[1].ru_maxrss / 1024, file=sys.stderr)
"""


def measured(what: str, work: str, *arguments: object) -> Run:
    """Run some Python, which finds the arguments in `sys.argv`; ends the program where the run fails."""
    command = [sys.executable, "-c", _MEASURED.format(work=work), *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 — our own
    if done.returncode:
        sys.exit(done.stderr)
    return Run(what, *map(float, done.stderr.splitlines()[-1].split()))
