"""Submitting, reading, rewriting and deleting single annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kliping.studio.client.session import ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kliping.studio.client.session import Session
    from kliping.studio.results import Item

__all__ = ["Annotations"]


class _Made(msgspec.Struct, frozen=True):
    """An annotation; whose it is, is passed over unread."""

    result: tuple[dict[str, Any], ...] = ()


class Annotations:
    """What users submit, rewrite and delete. Every method raises `ServerError`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def submit(
        self,
        task: int,
        result: Sequence[Item],
        *,
        skipped: bool = False,
        lead_time: float | None = None,
        person: int | None = None,
    ) -> int:
        """Submit or skip a task; the annotation's number. Sent once: after an error it may be there.

        Args:
            task: its number.
            result: what was marked.
            skipped: whether the task was skipped.
            lead_time: seconds.
            person: the number of the user whose it is; the server believes it. By default the token's.
        """
        whose = {} if person is None else {"completed_by": person}
        with self._session.told():
            made = self._session.sdk.annotations.create(
                task, result=list(result), was_cancelled=skipped, lead_time=lead_time, request_options=ONCE, **whose
            )
        return int(made.id)

    def delete(self, annotation: int) -> None:
        """Delete an annotation."""
        with self._session.told():
            self._session.sdk.annotations.delete(annotation, request_options=ONCE)

    def result(self, annotation: int) -> tuple[Item, ...]:
        """The items of an annotation, as they are now."""
        return self._session.get_json(f"api/annotations/{annotation}/", {}, _Made).result

    def rewrite(self, annotation: int, result: Sequence[Item]) -> None:
        """Give an annotation other items; whose it is, and whether it was skipped, stay."""
        self._session.patch_json(f"api/annotations/{annotation}/", {"result": list(result)}, dict[str, Any])

    def rewrite_draft(self, draft: int, result: Sequence[Item]) -> None:
        """Give a draft other items; whose it is stays."""
        self._session.patch_json(f"api/drafts/{draft}/", {"result": list(result)}, dict[str, Any])

    def rewrite_prediction(self, prediction: int, result: Sequence[Item]) -> None:
        """Give a prediction other items; its model's version and its score stay."""
        self._session.patch_json(f"api/predictions/{prediction}/", {"result": list(result)}, dict[str, Any])
