"""The contract in `schema/`, and what is derived from it.

Validator, Arrow schema of each table, dataset features, Label Studio's configuration, the files of a new corpus.
"""

from __future__ import annotations

from kliping.contract.core import CORE_FILES, core_schema
from kliping.contract.documents import Contract, load_contract
from kliping.contract.scheme import Label, Scheme
from kliping.contract.validation import Kind, violations

__all__ = [
    "CORE_FILES",
    "Contract",
    "Kind",
    "Label",
    "Scheme",
    "conforms",
    "core_schema",
    "load_contract",
    "violations",
]
