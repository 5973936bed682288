"""A corpus folder: where its files are, and its `[tool.kliping]` settings."""

from __future__ import annotations

from kliping.project.alone import all_put, alone, one_at_a_time, putting, unfinished
from kliping.project.annotators import PSEUDONYM, AnnotatorsTable, PersonTable
from kliping.project.citation import AuthorTable, CardTable, CitationTable, PreferredTable
from kliping.project.corpus import Corpus
from kliping.project.people import KnownNames, Person, keep_names, read_names, why_unchecked
from kliping.project.settings import NAME, FurnitureTable, Settings, SourceTable

__all__ = [
    "NAME",
    "PSEUDONYM",
    "AnnotatorsTable",
    "AuthorTable",
    "CardTable",
    "CitationTable",
    "Corpus",
    "FurnitureTable",
    "KnownNames",
    "Person",
    "PersonTable",
    "PreferredTable",
    "Settings",
    "SourceTable",
    "all_put",
    "alone",
    "keep_names",
    "one_at_a_time",
    "putting",
    "read_names",
    "unfinished",
    "why_unchecked",
]
