"""What annotators made on the screen, as annotations, and the other way round; spans proven against the text."""

from kliping.studio.results.items import Item, SetAside, chosen, kind_of, read_comment
from kliping.studio.results.reading import Reading, Unreadable, read
from kliping.studio.results.sides import stance_id
from kliping.studio.results.writing import write

__all__ = [
    "Item",
    "Reading",
    "SetAside",
    "Unreadable",
    "chosen",
    "kind_of",
    "read",
    "read_comment",
    "stance_id",
    "write",
]
