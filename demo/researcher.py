"""What a researcher does with a release: load every table, and read a sentence with its spans and stances."""

from __future__ import annotations

import sys
from typing import Any

from datasets import DatasetDict, disable_progress_bars, load_dataset


def main(folder: str) -> None:
    """Load every config of a release and print what a person wants to see."""
    disable_progress_bars()
    tables = {name: load_dataset(folder, name) for name in ("articles", "entities", "stances", "annotations", "soft_labels")}
    for name, table in tables.items():
        rows = ", ".join(f"{split} {len(part)}" for split, part in table.items())
        print(f'load_dataset("…", "{name}"): {rows}')
    print(f"stances, columns: {', '.join(tables['stances']['train'].features)}")
    print(f"stance classes: {', '.join(tables['stances']['train'].features['stance'].names)}")
    print(f"entity classes: {', '.join(tables['entities']['train'].features['ner_tags'].feature.names)}")
    show_sentence(tables["entities"], tables["stances"])


def show_sentence(entities: DatasetDict, stances: DatasetDict) -> None:
    """Print the sentence on which most stances are, with its mentions in brackets."""
    rows = [row for row in stances["train"] if row["sentence"]]
    places = [(row["article_id"], row["sentence_start"]) for row in rows]
    article_id, start = max(places, key=places.count)
    here = [row for row in rows if (row["article_id"], row["sentence_start"]) == (article_id, start)]
    (article,) = [row for row in entities["train"] if row["id"] == article_id]
    print(f"a sentence of article {article_id}:")
    print(f"    {bracketed(article, start, here[0]['sentence_end'])}")
    name = stances["train"].features["stance"].int2str
    for row in here:
        print(f"    {holder(row)} is {name(row['stance'])}: {row['target_text']}")


def bracketed(article: dict[str, Any], start: int, end: int) -> str:
    """A stretch of an article's text with its outermost mentions as `[mention LABEL]`."""
    text, place = "", start
    for entity in sorted(article["entities"], key=lambda entity: (entity["start"], -entity["end"])):
        if place <= entity["start"] and entity["end"] <= end:
            text += article["text"][place : entity["start"]] + f"[{entity['text']} {entity['label']}]"
            place = entity["end"]
    return f"{text}{article['text'][place:end]}"


def holder(row: dict[str, Any]) -> str:
    """Who holds a stance, in words."""
    words = {"author": "the article's own voice", "unspecified": "somebody (not said who)"}
    return str(row["holder_text"] or row["holder_name"] or words[row["holder_kind"]])


if __name__ == "__main__":
    main(sys.argv[1])
