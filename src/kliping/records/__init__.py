"""The records that flow through the rooms: frozen, slotted, no behaviour beyond their own.

Each mirrors a definition of the contract in `schema/`, field by field and in its order; a test holds them together.
Offsets are Unicode code points of the article's text, half open.
"""

from kliping.records.annotation import (
    Annotation,
    Assignment,
    Carried,
    Entity,
    Holder,
    Lost,
    Origin,
    Prediction,
    Quarantined,
    Relabelling,
    Stance,
    Studio,
    Target,
)
from kliping.records.article import (
    Article,
    Block,
    BlockType,
    Dateline,
    Duplicate,
    Figure,
    Normaliser,
    Rejection,
    Related,
    Removed,
    Repair,
    Source,
    SourceEntry,
    SplitEntry,
    SplitName,
)
from kliping.records.base import Record
from kliping.records.decision import Decision, Gold, Party, Span, Stated
from kliping.records.telling import Count, Excerpt, Finding, Receipt

__all__ = [
    "Annotation",
    "Article",
    "Assignment",
    "Block",
    "BlockType",
    "Carried",
    "Count",
    "Dateline",
    "Decision",
    "Duplicate",
    "Entity",
    "Excerpt",
    "Figure",
    "Finding",
    "Gold",
    "Holder",
    "Lost",
    "Normaliser",
    "Origin",
    "Party",
    "Prediction",
    "Quarantined",
    "Receipt",
    "Record",
    "Rejection",
    "Relabelling",
    "Related",
    "Removed",
    "Repair",
    "Source",
    "SourceEntry",
    "Span",
    "SplitEntry",
    "SplitName",
    "Stance",
    "Stated",
    "Studio",
    "Target",
]
