"""Exceptions: what a release on record may keep although the check finds it, by name, with a date and a reason.

They are lines of `corpus/exceptions.jsonl`, which is itself checked. None counts for a version that is being built.
"""
