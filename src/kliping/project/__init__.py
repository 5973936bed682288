"""A corpus folder: where its files are, and its `[tool.kliping]` settings."""

from __future__ import annotations

from kliping.project.corpus import Corpus
from kliping.project.settings import NAME, FurnitureTable, Settings, SourceTable

__all__ = ["NAME", "Corpus", "FurnitureTable", "Settings", "SourceTable"]
