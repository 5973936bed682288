"""`kliping explain`: what each rule did to one input, on the terminal, as a page, or as JSON."""

from __future__ import annotations

from kliping.cli.explain.command import explain

__all__ = ["explain"]
