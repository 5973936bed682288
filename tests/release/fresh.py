"""A consumer's process of its own: `datasets` reads its settings, and finds its cache, when it is imported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["fresh"]

_BEFORE = """\
import json, sys
import datasets
datasets.disable_progress_bars()
"""

_AFTER = """
print(json.dumps(found))
"""


def fresh(home: Path, code: str, *arguments: str | Path) -> Any:
    """What lines of Python leave in `found`, run offline with `home` as the place of all caches."""
    caches = ("HF_DATASETS_CACHE", "HF_HUB_CACHE", "HF_TOKEN", "KLIPING_RELEASES")
    environment = {name: value for name, value in os.environ.items() if name not in caches}
    home.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", _BEFORE + code + _AFTER, *map(str, arguments)],
        env=environment | {"HF_HOME": str(home), "HF_HUB_OFFLINE": "1"},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
