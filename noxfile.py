"""Every chore of the project; `nox -l` lists them with a sentence each."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2024.10"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "tests", "docs"]

PROJECT = nox.project.load_toml("pyproject.toml")


def group(name: str) -> list[str]:
    """The requirements of a dependency group of pyproject.toml."""
    return list(nox.project.dependency_groups(PROJECT, name))


def install(session: nox.Session, *requirements: str) -> None:
    """Install with uv, taken from PyPI where the machine has none: ten times quicker than pip alone."""
    session.install("uv")
    session.run_install(
        "uv", "pip", "install", "--quiet", *requirements, env={"VIRTUAL_ENV": session.virtualenv.location}
    )


def install_wheel(session: nox.Session, *requirements: str) -> None:
    """Build the wheel and install it with all extras: what people get, not an editable tree."""
    session.install("uv")
    folder = Path(session.virtualenv.location) / "wheel"  # not nox's own: that would put TMPDIR into the work tree
    for old in folder.glob("kliping-*.whl"):
        old.unlink()
    session.run_install("uv", "build", "--quiet", "--wheel", "--out-dir", str(folder))
    (wheel,) = folder.glob("kliping-*.whl")
    install(session, "--reinstall-package", "kliping", f"{wheel}[all]", *requirements)


@nox.session
def demo(session: nox.Session) -> None:
    """The main job: from raw clippings through a real Label Studio to load_dataset."""
    install_wheel(session)
    session.run("python", "-m", "demo", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """All tests on the built wheel, in two processes, each with a real Label Studio that is started once."""
    install_wheel(session, *group("tests"))
    session.run("pytest", "-n", "2", "--dist", "loadfile", *session.posargs)


ROUND_TRIP = ("tests/studio/test_round_trip.py", "tests/studio/test_restart.py")


@nox.session
def postgres(session: nox.Session) -> None:
    """The round trip on a Label Studio that keeps its data in a real PostgreSQL, which is started for it."""
    has_it = any((shutil.which("initdb"), *Path("/usr/lib/postgresql").glob("*/bin/initdb")))
    _take_from_debian(session, "postgresql", there=has_it)
    install_wheel(session, *group("tests"))
    session.run("pytest", "--postgresql", *(session.posargs or ROUND_TRIP))


OLDER = "1.10.1"
"""The oldest Label Studio that still installs on Python 3.11 and whose screen opens in a browser of today."""


@nox.session
def upgrade(session: nox.Session) -> None:
    """The round trip on an older Label Studio, and its data taken over by the one of today."""
    install_wheel(session, *group("tests"))
    session.run("pytest", "--label-studio", OLDER, *(session.posargs or ROUND_TRIP))


@nox.session
def browser(session: nox.Session) -> None:
    """The annotator's screen, worked in a real Chromium against a real Label Studio, down to the released row."""
    _take_from_debian(session, "chromium", there=bool(shutil.which("chromium")))
    install_wheel(session, *group("browser"))
    session.run("pytest", "-m", "browser", *(session.posargs or ["tests/browser"]))


def _take_from_debian(session: nox.Session, package: str, *, there: bool) -> None:
    """Install a package of Debian's where what it holds is missing and we may."""
    if there:
        return
    if not shutil.which("apt-get") or os.geteuid():
        session.error(f"install Debian's package `{package}` (apt-get install {package}), and try again")
    session.run_install("apt-get", "update", "--quiet", external=True)
    session.run_install("apt-get", "install", "--yes", "--quiet", package, external=True)


BENCHES = (
    "dumps",
    "corpus",
    "near_duplicates",
    "extraction",
    "agreement",
    "release",
    "check",
    "studio_push",
    "studio_pull",
)


@nox.session
def bench(session: nox.Session) -> None:
    """Speed and quality as ratios of one run: all in BENCHES, or those that are named."""
    install_wheel(session, *group("bench"))
    for name in session.posargs or BENCHES:
        session.run("python", "-m", f"benchmarks.{name}")


@nox.session
def faults(session: nox.Session) -> None:
    """Kill commands at 50 random instants each, fill disks, turn clocks back, and print what the next run did."""
    if not os.geteuid():  # without it, the clock is left alone, and that is said
        _take_from_debian(session, "faketime", there=bool(shutil.which("faketime")))
    install_wheel(session, *group("tests"))
    session.run("python", "-m", "tests.faults", *session.posargs)


WORKFLOWS = (".github/workflows/ci.yml", "src/kliping/contract/starter/check.yml")


@nox.session
def fuzz(session: nox.Session) -> None:
    """Fuzz what reads other people's bytes, ten minutes each: all targets of tests/fuzz, or those that are named."""
    install_wheel(session, *group("tests"), *group("fuzz"))
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session
def mutations(session: nox.Session) -> None:
    """Break the sample's corpus and release in every way that is listed, and print which rule of `check` caught it."""
    install_wheel(session, *group("tests"))
    session.run("python", "-m", "tests.mutations", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and formatting (ruff), imports that go down only (import-linter), safe workflows in form (zizmor)."""
    install_wheel(session, *group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports")
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    session.run("zizmor", "--offline", "--no-progress", "action.yml", *WORKFLOWS)


@nox.session
def types(session: nox.Session) -> None:
    """Strict types (mypy)."""
    install_wheel(session, *group("types"))
    session.run("mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a broken link or a stale reference page is an error."""
    install_wheel(session, *group("docs"))
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html", *session.posargs)
    session.log("built docs/_build/html/index.html")
