"""Label Studio's environment is there whole or not at all.

A script stands in for uv, which would need the package index; the real installation is what every server test runs on.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kliping.errors import ServerError
from kliping.studio.server.install import VERSION, environment_folder, install, numbers

if TYPE_CHECKING:
    from pathlib import Path

MAKES_PYTHON = """\
for folder; do :; done
case "$1" in venv) mkdir -p "$folder/bin"; echo '#!/bin/sh' > "$folder/bin/python";; esac
"""
FAILS = """\
case "$1" in pip) echo 'Resolving' >&2; echo 'no network is reachable' >&2; exit 2;; esac
"""
KILLS_ITS_CALLER = """\
case "$1" in pip) kill -9 $PPID;; esac
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, with a stand-in for uv first on the path."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return tmp_path / "cache" / "kliping"


NOTES_PACKAGES = """\
case "$1" in pip) for package; do echo "$package"; done | tail -n +6 > "$HOME/packages";; esac
"""


def write_uv(cache: Path, script: str) -> None:
    uv = cache.parents[1] / "bin" / "uv"
    uv.parent.mkdir(exist_ok=True)
    uv.write_text("#!/bin/sh\n" + script)
    uv.chmod(0o755)


def left(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir() if path.name != "label-studio.lock")


def test_the_environment_is_made_once(cache: Path) -> None:
    write_uv(cache, MAKES_PYTHON)
    said: list[str] = []
    python = install(said.append)
    assert python == cache / f"label-studio-{VERSION}" / "bin" / "python"
    assert len(said) == 1
    assert said[0].startswith(f"installing Label Studio {VERSION} in {environment_folder()}")
    assert install(said.append) == python
    assert len(said) == 1
    assert left(cache) == [f"label-studio-{VERSION}"]


def test_an_environment_whose_python_is_gone_is_made_anew(cache: Path) -> None:
    write_uv(cache, MAKES_PYTHON)
    python = install(lambda _: None)
    python.unlink()
    python.symlink_to(cache / "upgraded-away")
    assert install(lambda _: None).is_file()


def test_a_failed_installation_says_why_and_leaves_nothing(cache: Path) -> None:
    write_uv(cache, MAKES_PYTHON + FAILS)
    with pytest.raises(ServerError, match="could not be installed: no network is reachable; check the connection"):
        install(lambda _: None)
    assert left(cache) == []


def test_a_killed_installation_is_begun_again(cache: Path) -> None:
    write_uv(cache, MAKES_PYTHON + KILLS_ITS_CALLER)
    call = "from kliping.studio.server.install import install; install(print)"
    killed = subprocess.run([sys.executable, "-c", call], check=False, capture_output=True)
    assert killed.returncode == -9
    assert f"label-studio-{VERSION}" not in left(cache)
    assert len(left(cache)) == 1
    write_uv(cache, MAKES_PYTHON)
    assert install(lambda _: None).is_file()
    assert left(cache) == [f"label-studio-{VERSION}"]


@pytest.mark.parametrize(
    ("version", "packages"),
    [("1.14.0.post0", ["label-studio==1.14.0.post0", "setuptools<81"]), ("1.15.0", ["label-studio==1.15.0"])],
)
def test_an_older_one_gets_what_it_forgot_to_ask_for(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, packages: list[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write_uv(cache, MAKES_PYTHON + NOTES_PACKAGES)
    assert install(lambda _: None, version) == cache / f"label-studio-{version}" / "bin" / "python"
    assert (tmp_path / "packages").read_text().split() == packages
    assert left(cache) == [f"label-studio-{version}"]


def test_versions_sort_as_they_follow_each_other() -> None:
    versions = ["1.9.2.post0", "1.10.1", "1.13.0", "1.13.1", "1.23.2", "2.0.0"]
    assert sorted(set(versions), key=numbers) == versions
