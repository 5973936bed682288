"""The rows of each table: one small builder a table, with the columns of `release.schema.json` in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from kliping.annotation.bio import project
from kliping.annotation.tokens import tokens_of
from kliping.release.tables.annotated import status
from kliping.release.tables.sentences import sentence_around
from kliping.release.tables.soft_labels import soft_label_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kliping.records import Article, Entity, Holder, Stance, Target
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
        "authors": list(article.authors),
        "publisher": article.publisher,
        "published": article.published,
        "modified": article.modified,
        "url": article.url,
        "dateline": _plain(article.dateline),
        "topics": list(article.topics),
        "blocks": _plain(article.blocks),
        "figures": _plain(article.figures),
        "related": _plain(article.related),
        "annotation_status": status(annotated),
        "cluster": annotated.placed.cluster,
        "licence": article.source.licence,
        "rights_holder": article.source.rights_holder,
        "text_sha256": article.text_sha256,
        "source_sha256": article.source.sha256,
        "normaliser": _plain(article.normaliser),
        "confidence": article.confidence,
    }
    if words.metadata is not None:
        row["metadata"] = _shaped(article.metadata, words.metadata)
    yield row | {"extra": article.extra}


def entity_rows(annotated: Annotated, words: Words) -> Iterator[Row]:
    """A row an article with gold."""
    article, gold = annotated.article, annotated.gold
    if gold is None:
        return
    tokens = tokens_of(article.text)
    projection = project(tokens, gold.entities, words.bio)
    yield {
        "id": article.id,
        "text": article.text,
        "language": article.language,
        "tokens": [token.text for token in tokens],
        "token_spans": [{"start": token.start, "end": token.end} for token in tokens],
        "ner_tags": list(projection.tags),
        "entities": _plain(gold.entities),
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
    for stance in annotated.gold.stances:
        yield {
            "id": f"{annotated.article.id}:{stance.id}",
            "article_id": annotated.article.id,
            "stance": words.stances[stance.stance],
            **_party("target", stance.target, mentions),
            **_party("holder", stance.holder, mentions),
            **_sentence(annotated.article, stance, mentions),
            "language": annotated.article.language,
            "annotators": annotated.gold.annotators,
            "predictions_shown": annotated.predictions_shown,
        }


def annotation_rows(annotated: Annotated, words: Words) -> Iterator[Row]:  # noqa: ARG001 — every builder's signature
    """A row an annotator on the article; the server's own numbers stay out."""
    for annotation in annotated.annotations:
        row: Row = msgspec.to_builtins(annotation)
        del row["studio"]
        yield row


BUILDERS: Mapping[str, Callable[[Annotated, Words], Iterator[Row]]] = {
    "articles": article_rows,
    "entities": entity_rows,
    "stances": stance_rows,
    "annotations": annotation_rows,
    "soft_labels": soft_label_rows,
}
"""The builder of each table of `release.schema.json`."""


def _plain(value: object) -> Any:  # noqa: ANN401 — JSON values
    return msgspec.to_builtins(value)


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


def _sentence(article: Article, stance: Stance, mentions: Mapping[str, Entity]) -> Row:
    if stance.target.mention is None:
        return {"sentence": None, "sentence_start": None, "sentence_end": None}
    mention = mentions[stance.target.mention]
    start, end = sentence_around(article.text, article.blocks, article.language, mention.start, mention.end)
    return {"sentence": article.text[start:end], "sentence_start": start, "sentence_end": end}


def _shaped(value: Any, kind: pa.DataType) -> Any:  # noqa: ANN401 — JSON values
    """A value as Parquet gives it back: absent fields are null, whole numbers in a column of reals are real."""
    if value is None:
        return None
    if pa.types.is_struct(kind):
        return {child.name: _shaped(value.get(child.name), child.type) for child in kind.fields}
    if pa.types.is_list(kind):
        return [_shaped(one, kind.value_type) for one in value]
    return float(value) if pa.types.is_floating(kind) else value
