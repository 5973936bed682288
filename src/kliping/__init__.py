"""From news clippings to versioned, annotated datasets.

What people import. Each name is loaded when it is first used, so that `import kliping` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kliping.errors import Rejected
    from kliping.normaliser import normalise
    from kliping.project import Corpus
    from kliping.records import Annotation, Article
    from kliping.release.reading.decoding import decode
    from kliping.release.reading.loading import load

    __version__: str

__all__ = ["Annotation", "Article", "Corpus", "Rejected", "__version__", "decode", "load", "normalise"]

_HOMES = {
    "Annotation": "kliping.records",
    "Article": "kliping.records",
    "Corpus": "kliping.project",
    "Rejected": "kliping.errors",
    "decode": "kliping.release.reading.decoding",
    "load": "kliping.release.reading.loading",
    "normalise": "kliping.normaliser",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 — a module attribute can be anything
    if name == "__version__":
        from importlib.metadata import version  # slow, and seldom asked for

        return version("kliping")
    if name not in _HOMES:
        raise AttributeError(f"module 'kliping' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
