"""Names told apart: of a table's columns, of an archive's members."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Distinct"]


@dataclass(slots=True)
class Distinct:
    """Names as they are told, each once: a second one of the same name is `NAME~2`.

    It takes no longer where all names are the same.
    """

    _last: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """What the next name is told as."""
        if name not in self._last:
            self._last[name] = 1
            return name
        number = self._last[name] + 1
        while (told := f"{name}~{number}") in self._last:
            number += 1
        self._last[name], self._last[told] = number, 1
        return told
