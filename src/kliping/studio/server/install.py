"""Label Studio's own environment, in the user's cache folder.

Label Studio pins libraries that kliping needs newer, so it never shares an environment with it. The environment is made
beside its place and renamed: one that was killed half-way is never taken for whole.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from kliping.errors import ServerError, without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["VERSION", "environment_folder", "install", "numbers"]

VERSION = "1.23.2"
"""The Label Studio that is installed; what the client relies on was measured with it."""

UNASKED = ((1, 15), "setuptools<81")
"""What a Label Studio before a version imports without asking for it: `pkg_resources`, which later setuptools lack."""

MARK = "installed"
"""A file that is written last: an environment without it is not whole."""


def environment_folder(version: str = VERSION) -> Path:
    """Where the environment is, or will be."""
    return user_cache_path("kliping") / f"label-studio-{version}"


def install(progress: Callable[[str], None], version: str = VERSION) -> Path:
    """The Python of Label Studio's environment, which is made first where it is missing (800 MB).

    Raises:
        ServerError: it cannot be installed; the message has the installer's last line.
    """
    place = environment_folder(version)
    if not _is_whole(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        with _alone(place.parent / "label-studio.lock"):
            if not _is_whole(place):
                progress(f"installing Label Studio {version} in {place} (800 MB, once)")
                _make(place, version)
    return place / "bin" / "python"


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, which sort as versions do; `1.9.2.post0` as 1.9.2."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _is_whole(place: Path) -> bool:
    """Whether the environment is finished, and the Python that it was made from is still there."""
    return (place / MARK).is_file() and (place / "bin" / "python").exists()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One install at a time; the system drops the lock of a process that dies."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(place: Path, version: str) -> None:
    for remains in (*place.parent.glob(f".{place.name}.*"), place):
        shutil.rmtree(remains, ignore_errors=True)
    beside = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
    try:
        for command in _commands(beside, version):
            _run(command, version)
        (beside / MARK).write_text(f"{version}\n", encoding="ascii")
        beside.chmod(0o755)
        beside.rename(place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _commands(folder: Path, version: str) -> list[list[str]]:
    """With uv where there is one, as it is ten times as fast; else with venv and pip."""
    python, packages = str(folder / "bin" / "python"), _packages(version)
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv:
        return [
            [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(folder)],
            [uv, "pip", "install", "--quiet", "--python", python, *packages],
        ]
    return [
        [sys.executable, "-m", "venv", str(folder)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages],
    ]


def _packages(version: str) -> list[str]:
    before, package = UNASKED
    return [f"label-studio=={version}", *([package] if numbers(version) < before else [])]


def _run(command: list[str], version: str) -> None:
    surroundings = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)  # noqa: S603 — ours
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        last = said[-1].strip() if said else "the installer said nothing"
        raise ServerError(
            f"Label Studio {version} could not be installed: {without_secrets(last)}; "
            "check the connection to the package index and run the command again"
        )
