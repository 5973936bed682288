"""A release goes out: to a dataset of the Hugging Face hub, or to a group's own store; proven first, tagged last."""

from __future__ import annotations

from kliping.release.publishing.destination import Destination, Hub, Store, destination
from kliping.release.publishing.publish import Options, publish

__all__ = ["Destination", "Hub", "Options", "Store", "destination", "publish"]
