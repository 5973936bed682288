"""Label Studio: its server, a client, and the way of an article to a task and of a result to an annotation."""

from __future__ import annotations
