"""One target under atheris: python -m tests.fuzz.atheris_target NAME [libFuzzer's options] SEEDS"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["kliping"]):
    from tests.fuzz.targets import TARGETS

if __name__ == "__main__":
    name = sys.argv.pop(1)
    list(TARGETS[name].seeds())  # what is made once is made before the clock runs
    atheris.Setup(sys.argv, TARGETS[name].run)
    atheris.Fuzz()
