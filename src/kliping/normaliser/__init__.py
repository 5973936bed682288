"""Bytes to article: media type, decoding, cleaning, reading, rules, assembly, identity; a module each."""

from __future__ import annotations

from kliping.normaliser.article import normalise

__all__ = ["normalise"]
