"""What people import is there, and importing it loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kliping

HEAVY = (
    "datasets",
    "importlib.metadata",
    "jsonschema",
    "label_studio_sdk",
    "numpy",
    "pyarrow",
    "selectolax",
    "sqlite3",
)


def test_every_public_name_is_there() -> None:
    for name in kliping.__all__:
        assert getattr(kliping, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'normalize'"):
        kliping.normalize  # noqa: B018


@pytest.mark.parametrize("statement", ["import kliping", "from kliping import Article, Corpus, Rejected"])
def test_importing_kliping_loads_nothing_heavy(statement: str) -> None:
    code = f"import sys; {statement}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_help_of_the_command_line_loads_nothing_heavy() -> None:
    code = (
        "import sys; from kliping.cli import cli; cli.main(['--help'], standalone_mode=False);"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
