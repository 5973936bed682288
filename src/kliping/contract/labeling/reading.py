"""Reading a labelling configuration, which may have come from a server."""

from __future__ import annotations

from xml.etree import ElementTree as ET

__all__ = ["read_config"]

LARGEST = 4 * 2**20
"""Characters; a screen of a hundred labels has some ten thousand."""


def read_config(config: str) -> ET.Element:
    """The root of a configuration.

    No document type: it alone can declare entities, which unfold to any size or stand for a file or an address. The
    text is decoded already, so that the mark of one cannot be hidden by a charset.

    Raises:
        ElementTree.ParseError: it is no XML, has a document type, or is larger than any screen.
    """
    if "<!DOCTYPE" in config or len(config) > LARGEST:
        raise ET.ParseError("a labelling configuration has no document type, and is smaller")
    return ET.fromstring(config)  # noqa: S314 — without a document type, as defusedxml asks for
