"""What annotators see in Label Studio, derived from the scheme and the guidelines."""

from kliping.contract.labeling.arrows import arrow_names, side_of
from kliping.contract.labeling.colours import alike
from kliping.contract.labeling.config import labeling_config
from kliping.contract.labeling.controls import (
    ARTICLE_STANCE,
    AUTHOR,
    COMMENT,
    HOLDER,
    LABEL,
    RELATIONS,
    STANCE,
    TEXT,
    UNSURE,
)
from kliping.contract.labeling.instruction import instruction
from kliping.contract.labeling.keys import article_keys, holder_keys

__all__ = [
    "ARTICLE_STANCE",
    "AUTHOR",
    "COMMENT",
    "HOLDER",
    "LABEL",
    "RELATIONS",
    "STANCE",
    "TEXT",
    "UNSURE",
    "alike",
    "arrow_names",
    "article_keys",
    "holder_keys",
    "instruction",
    "labeling_config",
    "side_of",
]
