"""Exceptions that let pass what they were not meant to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.mutations.mutation import MutationList

if TYPE_CHECKING:
    from tests.check.folder import Folder

__all__ = ["EXCEPTIONS"]

EXCEPTIONS: MutationList[Folder] = MutationList("corpus")


def except_from(folder: Folder, **values: Any) -> None:
    """Write one exception."""
    line = {
        "version": "0.1.0", "code": "E638", "path": "README.md", "reason": "released before the rule was there",
        "by": "maintainer", "date": "2026-01-31", "until": None,
    }  # fmt: skip
    data = json.dumps(line | values, separators=(",", ":")).encode() + b"\n"
    folder.write("corpus/exceptions.jsonl", data)


@EXCEPTIONS("an exception without a reason", "E206")
def no_reason(folder: Folder) -> None:
    except_from(folder, reason=None)


@EXCEPTIONS("an exception from a rule that there is not", "E310")
def no_rule(folder: Folder) -> None:
    except_from(folder, code="E999")


@EXCEPTIONS("an exception for a version that was never released", "E310")
def no_version(folder: Folder) -> None:
    except_from(folder, version="0.3.0")


@EXCEPTIONS("an exception by an e-mail address", "E206")
def by_address(folder: Folder) -> None:
    except_from(folder, by="tarsa@pos.example")
