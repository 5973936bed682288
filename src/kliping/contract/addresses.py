"""What an e-mail address looks like: annotations' own fields and releases must hold none."""

from __future__ import annotations

import regex

__all__ = ["ADDRESS"]

ADDRESS = regex.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""An e-mail address, anywhere in a text."""
