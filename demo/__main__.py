"""The main job, end to end: raw clippings, a real Label Studio, two annotators, a release, `load_dataset`.

Everything happens in a temporary folder; the repository's own files are only read. The two annotators are scripted:
what they submit, as two users of the server, are the sample's own annotations (`annotations/pulled`), and what comes
back must equal them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from demo.annotators import submit_sample
from demo.returned import differences
from kliping import Corpus

SAMPLE = Path(__file__).resolve().parents[1]
INPUTS = (
    "pyproject.toml",
    "schema",
    "corpus/raw",
    "corpus/LICENSE",
    "corpus/CHANGELOG.md",
    "annotations/guidelines.md",
    "annotations/decisions.jsonl",
)
VERSION = "0.1.0"


class StepFailedError(Exception):
    """A command of the demo failed; it has said why."""


def main() -> int:
    """Run the demo; 0 if every step and every receipt was right."""
    started = time.monotonic()
    print(
        "Kliping's main job on its sample corpus. About 2 minutes; about 4 where Label Studio has yet to be installed."
    )
    place = Path(tempfile.mkdtemp(prefix="kliping-demo-"))
    corpus = copy_inputs(place / "corpus")
    make_private(place)
    try:
        make_dataset(corpus)
    except StepFailedError as error:
        print(f"\nThe demo failed: {error}. What it made is in {place}")
        return 1
    print(f"\nDone in {time.monotonic() - started:.0f} s. The release is {release_of(corpus)}. To load it:\n")
    print(f'    datasets.load_dataset("{release_of(corpus)}", "stances")')
    return 0


def make_dataset(corpus: Path) -> None:
    """Every step, in an article's order; the server is stopped whatever happens.

    Raises:
        StepFailedError: a step failed.
    """
    kliping(corpus, "Raw clippings become articles", "normalise")
    kliping(corpus, "Articles get their split, near-duplicates together", "split")
    try:
        kliping(corpus, "A real Label Studio starts on this machine", "studio", "start")
        kliping(corpus, "Articles become tasks", "push")
        annotate(corpus)
        kliping(corpus, "Annotations come back, offsets proven", "pull")
        compare(corpus)
    finally:
        kliping(corpus, "Label Studio stops", "studio", "stop")
    kliping(corpus, "What both agree on, and what was decided, becomes gold", "adjudicate")
    kliping(corpus, f"Release {VERSION}", "release", VERSION)
    kliping(corpus, "The corpus is checked", "check")
    kliping(corpus, "The release is checked", "check", str(release_of(corpus)))
    kliping(corpus, "Anyone verifies it, without the corpus", "verify", str(release_of(corpus)))
    say("A researcher loads it, in a clean cache")
    run([sys.executable, "-m", "demo.researcher", str(release_of(corpus))], cwd=SAMPLE)


def copy_inputs(corpus: Path) -> Path:
    """Copy what a research group starts from: raw files, schema, guidelines, settings, decisions."""
    for name in INPUTS:
        source, target = SAMPLE / name, corpus / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    return corpus


def make_private(place: Path) -> None:
    """Keep the demo's key, tokens, database and caches in its own folder, and the network out of it."""
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "KLIPING_PSEUDONYM_KEY"):
        os.environ.pop(name, None)
    os.environ |= {
        "XDG_CONFIG_HOME": str(place / "config"),
        "XDG_DATA_HOME": str(place / "data"),
        "HF_HOME": str(place / "huggingface"),
        "HF_HUB_OFFLINE": "1",
    }


def annotate(corpus: Path) -> None:
    """Two users of the server submit the sample's annotations."""
    say("Two annotators submit their work")
    for line in submit_sample(Corpus.open(corpus), Corpus.open(SAMPLE).annotations()):
        print(f"  {line}")


def compare(corpus: Path) -> None:
    """What came back must be what was submitted, apart from the server's own numbers and times.

    Raises:
        StepFailedError: it is not.
    """
    submitted, pulled = list(Corpus.open(SAMPLE).annotations()), list(Corpus.open(corpus).annotations())
    found = differences(submitted, pulled)
    for line in found:
        print(f"  {line}")
    if found:
        raise StepFailedError("what was pulled is not what was submitted")
    print(f"  all {len(pulled)} annotations came back as they were submitted")


def release_of(corpus: Path) -> Path:
    """The folder of the release that the demo makes."""
    return corpus / "releases" / f"{Corpus.open(corpus).settings.name}-{VERSION}"


def kliping(corpus: Path, sentence: str, *arguments: str) -> None:
    """Run a command as people type it."""
    say(f"{sentence}:  kliping {' '.join(arguments)}")
    run([sys.executable, "-m", "kliping", *arguments], cwd=corpus)


def run(command: list[str], cwd: Path) -> None:
    """Run a command and show its output, indented, as it comes."""
    process = subprocess.Popen(  # noqa: S603 — our own commands
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout is not None  # noqa: S101 — asked for above
    with process.stdout as lines:
        for line in lines:
            print(f"  {line}", end="", flush=True)
    if process.wait() != 0:
        raise StepFailedError(f"`{' '.join(command[1:])}` exited with {process.returncode}")


def say(sentence: str) -> None:
    """A step's headline."""
    print(f"\n{sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
