"""From a corpus to a release: splits, tables, card, manifest, versions, loading.

A release is a folder that never changes: `releases/NAME-VERSION/`.
"""

from __future__ import annotations

from kliping.release.building.build import Check, Options, build_release, dry_run
from kliping.release.splitting.split import split_corpus
from kliping.release.verification import verify

__all__ = ["Check", "Options", "build_release", "dry_run", "split_corpus", "verify"]
