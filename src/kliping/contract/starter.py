"""The files of a new, empty corpus with neutral labels."""

from __future__ import annotations

import json
from pathlib import Path

from kliping.contract.core import CORE_FILES, core_schema
from kliping.contract.labeling import labeling_config
from kliping.contract.scheme import read_scheme

__all__ = ["starter_files"]

STARTER = Path(__file__).parent / "starter"

_PLACES = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "corpus.schema.json": "schema/corpus.schema.json",
    "guidelines.md": "annotations/guidelines.md",
    "check.yml": ".github/workflows/check.yml",
}


def starter_files(name: str, language: str) -> dict[str, bytes]:
    """Each file of a new corpus by its path in the folder.

    Args:
        name: the corpus's name: letters, digits, `-`, `_`, `.`.
        language: its BCP 47 tag, or `und`.
    """
    from importlib.metadata import version  # slow, and seldom needed

    files = {"corpus/raw/.gitkeep": b""}
    told = {"@NAME@": name, "@LANGUAGE@": language, "@VERSION@": version("kliping")}
    for source, place in _PLACES.items():
        text = (STARTER / source).read_text(encoding="utf-8")
        for mark, words in told.items():
            text = text.replace(mark, words)
        files[place] = text.encode()
    files |= {f"schema/{file}": core_schema(file) for file in CORE_FILES}
    scheme = read_scheme(json.loads(files["schema/corpus.schema.json"]))
    files["annotations/labeling.xml"] = labeling_config(scheme, language).encode()
    return files
