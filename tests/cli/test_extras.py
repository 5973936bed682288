"""Without an extra, the commands that need it name it in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import article, write_corpus

if TYPE_CHECKING:
    from pathlib import Path

WITHOUT = (
    "import sys\n"
    "for name in ('httpx', 'ijson', 'label_studio_sdk'): sys.modules[name] = None\n"
    "sys.argv[0] = 'kliping'\n"
    "from kliping.cli import main\n"
    "main()"
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["push"],
        ["pull"],
        ["pull", "--from", "export.json"],
        ["adjudicate", "--studio"],
        ["studio", "invite", "citra@example.org"],
        ["studio", "restore"],
    ],
)
def test_without_the_sdk_the_extra_is_named(tmp_path: Path, arguments: list[str]) -> None:
    write_corpus(tmp_path, [article("a1", "Pasar", "Pasar Rimbia dibuka.")])
    (tmp_path / "export.json").write_text("[]", encoding="utf-8")
    server = {"LABEL_STUDIO_URL": "http://127.0.0.1:9", "LABEL_STUDIO_API_KEY": "0" * 40}
    home = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={**os.environ, **server, **home},
    )  # fmt: skip
    assert done.stderr.endswith("run: pip install 'kliping[studio]'\n")
    assert done.stderr.count("\n") == 1
    assert done.returncode == 2
