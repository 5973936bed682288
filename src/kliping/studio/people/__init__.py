"""The people behind the pseudonyms: keyed hashes, the private file of addresses, invitations, accounts."""

from __future__ import annotations
