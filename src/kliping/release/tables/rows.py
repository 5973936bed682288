"""The rows of each table: one small builder a table, with the columns of `release.schema.json` in their order.

A row is built of articles and annotations that `proof.py` has passed: labels, mentions and spans are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from kliping.annotation.bio import project_at
from kliping.annotation.tokens import tokens_of
from kliping.records import Annotation
from kliping.release.tables.annotated import status
from kliping.release.tables.sentences import Sentences
from kliping.release.tables.soft_labels import soft_label_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kliping.records import Entity, Holder, Stance, Target
    from kliping.release.tables.annotated import Annotated, Row, Words

__all__ = ["BUILDERS"]


def article_rows(annotated: Annotated, words: Words) -> Iterator[Row]:
    """A row an article, annotated or not."""
    article = annotated.article
    row: Row = {
        "id": article.id,
        "text": article.text,
        "title": article.title,
        "subtitle": article.subtitle,
        "language": article.language,
        "language_score": article.language_score,
        "authors": article.authors,
        "publisher": article.publisher,
        "published": article.published,
        "modified": article.modified,
        "url": article.url,
        "dateline": article.dateline,
        "topics": article.topics,
        "blocks": article.blocks,
        "figures": article.figures,
        "related": article.related,
        "annotation_status": status(annotated),
        "cluster": annotated.placed.cluster,
        "licence": article.source.licence,
        "rights_holder": article.source.rights_holder,
        "text_sha256": article.text_sha256,
        "source_sha256": article.source.sha256,
        "normaliser": article.normaliser,
        "confidence": article.confidence,
    }
    if words.metadata is not None:
        row["metadata"] = _shaped(article.metadata, words.metadata)
    row["extra"] = article.extra
    yield row


class TokenSpan(msgspec.Struct, frozen=True, gc=False):
    """A token's place in the text: code points, half open."""

    end: int
    start: int


def entity_rows(annotated: Annotated, words: Words) -> Iterator[Row]:
    """A row an article with gold."""
    article, gold = annotated.article, annotated.gold
    if gold is None:
        return
    tokens = tokens_of(article.text)
    projection = project_at(tokens.starts, tokens.ends, gold.entities, words.bio)
    yield {
        "id": article.id,
        "text": article.text,
        "language": article.language,
        "tokens": tokens.texts,
        "token_spans": list(map(TokenSpan, tokens.ends, tokens.starts)),
        "ner_tags": projection.tags,
        "entities": gold.entities,
        "bio_lost": projection.lost,
        "bio_widened": projection.widened,
        "annotators": gold.annotators,
        "predictions_shown": annotated.predictions_shown,
    }


def stance_rows(annotated: Annotated, words: Words) -> Iterator[Row]:
    """A row a gold stance; ids are the article's with the stance's, since those begin anew in each article."""
    if annotated.gold is None:
        return
    mentions = {entity.id: entity for entity in annotated.gold.entities}
    article = annotated.article
    sentences = Sentences(article.text, article.blocks, article.language)
    for stance in annotated.gold.stances:
        yield {
            "id": f"{article.id}:{stance.id}",
            "article_id": article.id,
            "stance": words.stances[stance.stance],
            **_party("target", stance.target, mentions),
            **_party("holder", stance.holder, mentions),
            **_sentence(sentences, stance, mentions),
            "language": article.language,
            "annotators": annotated.gold.annotators,
            "predictions_shown": annotated.predictions_shown,
        }


def annotation_rows(annotated: Annotated, words: Words) -> Iterator[Row]:  # noqa: ARG001 — every builder's signature
    """A row an annotator on the article; the server's own numbers stay out."""
    for annotation in annotated.annotations:
        yield {name: getattr(annotation, name) for name in _SAID}


_SAID = tuple(name for name in Annotation.__struct_fields__ if name != "studio")


BUILDERS: Mapping[str, Callable[[Annotated, Words], Iterator[Row]]] = {
    "articles": article_rows,
    "entities": entity_rows,
    "stances": stance_rows,
    "annotations": annotation_rows,
    "soft_labels": soft_label_rows,
}
"""The builder of each table of `release.schema.json`."""


def _party(side: str, party: Target | Holder, mentions: Mapping[str, Entity]) -> Row:
    mention = mentions[party.mention] if party.mention is not None else None
    return {
        f"{side}_kind": party.kind,
        f"{side}_name": party.name,
        f"{side}_start": mention.start if mention else None,
        f"{side}_end": mention.end if mention else None,
        f"{side}_text": mention.text if mention else None,
        f"{side}_label": mention.label if mention else None,
    }


def _sentence(sentences: Sentences, stance: Stance, mentions: Mapping[str, Entity]) -> Row:
    if stance.target.mention is None:
        return {"sentence": None, "sentence_start": None, "sentence_end": None}
    mention = mentions[stance.target.mention]
    start, end = sentences.around(mention.start, mention.end)
    return {"sentence": sentences.text[start:end], "sentence_start": start, "sentence_end": end}


def _shaped(value: Any, kind: pa.DataType) -> Any:  # noqa: ANN401 — JSON values
    """A value as Parquet gives it back: absent fields are null, whole numbers in a column of reals are real."""
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {child.name: _shaped(value.get(child.name), child.type) for child in kind.fields}
    if pa.types.is_list(kind):
        return [_shaped(one, kind.value_type) for one in value]
    return float(value) if pa.types.is_floating(kind) else value
