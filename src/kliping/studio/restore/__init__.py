"""A lost server rebuilt from `annotations/`: projects, tasks, accounts, everybody's work. Start at `restoring.py`."""

from __future__ import annotations

from kliping.studio.restore.restoring import restore

__all__ = ["restore"]
