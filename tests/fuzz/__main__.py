"""Fuzz with atheris, each target in a process of its own: python -m tests.fuzz [SECONDS] [TARGET …]

Prints a row a target, and exits with 1 where one was broken; the input that broke it is kept in `.fuzz/`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.targets import TARGETS

SECONDS = 600
ROOT = Path(__file__).parents[2]
FOUND = ROOT / ".fuzz"

_HEAD = """\
| target | seconds | runs | runs a second | coverage (edges) | peak RSS | found |
| --- | --- | --- | --- | --- | --- | --- |"""


def main(arguments: list[str]) -> int:
    """Fuzz the targets that are named, or all, one after the other."""
    seconds = int(arguments[0]) if arguments and arguments[0].isdecimal() else SECONDS
    names = [one for one in arguments if not one.isdecimal()] or list(TARGETS)
    unknown = sorted(set(names) - TARGETS.keys())
    if unknown:
        print(f"no such target: {', '.join(unknown)}; there are {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    print(_HEAD, flush=True)
    broken = 0
    for name in names:
        row, is_broken = fuzz(name, seconds)
        broken += is_broken
        print(row, flush=True)
    return int(broken > 0)


def fuzz(name: str, seconds: int) -> tuple[str, bool]:
    """Fuzz one target; its row, and whether it was broken."""
    target = TARGETS[name]
    with tempfile.TemporaryDirectory(prefix="kliping-fuzz-") as folder:
        home = Path(folder)
        seeds, temporary = home / "seeds", home / "tmp"
        for made in (seeds, temporary, FOUND):
            made.mkdir(exist_ok=True)
        for number, seed in enumerate(target.seeds()):
            (seeds / f"{number:03}").write_bytes(seed)
        words = home / "words"
        words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words))
        options = [
            f"-max_total_time={seconds}", f"-artifact_prefix={FOUND}/{name}-", "-max_len=65536", "-timeout=60",
            "-rss_limit_mb=2048", "-print_final_stats=1",
        ]  # fmt: skip
        if target.words:  # libFuzzer refuses an empty list
            options.append(f"-dict={words}")
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.atheris_target", name, *options, str(seeds)],
            cwd=ROOT, env=os.environ | {"TMPDIR": str(temporary)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            check=False,
        )  # fmt: skip
        took = time.monotonic() - began
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        (FOUND / f"{name}.log").write_text(said)
        print(said[-6_000:], file=sys.stderr)
    return _row(name, took, said, is_broken=done.returncode != 0), done.returncode != 0


def _escaped(word: str) -> str:
    """A word of libFuzzer's dictionary: bytes that are no plain ASCII as `\\xAB`."""
    plain = set(range(0x20, 0x7F)) - set(b'"\\')
    return "".join(chr(byte) if byte in plain else f"\\x{byte:02X}" for byte in word.encode())


def _row(name: str, took: float, said: str, *, is_broken: bool) -> str:
    runs = int((re.findall(r"number_of_executed_units: (\d+)", said) or re.findall(r"#(\d+)", said) or ["0"])[-1])
    edges = (re.findall(r"cov: (\d+)", said) or ["0"])[-1]
    memory = (re.findall(r"peak_rss_mb: (\d+)", said) or re.findall(r"rss: (\d+)Mb", said) or ["0"])[-1]
    found = f".fuzz/{name}.log" if is_broken else "nothing"
    return f"| {name} | {took:.0f} | {runs} | {runs / took:.0f} | {edges} | {memory} MiB | {found} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
