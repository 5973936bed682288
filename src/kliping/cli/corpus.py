"""`init`, `normalise`, `split`: a new corpus, its articles, their splits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kliping.cli.holding import holding
from kliping.cli.show import corpus_option, joined, json_option, show_receipt
from kliping.errors import CallError
from kliping.project import NAME, Corpus, Settings, alone

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["init", "normalise", "split"]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="The corpus's name: letters, digits, '-', '_', '.'. By default the folder's.")
@click.option("--language", default="und", metavar="TAG", help="Its main language, BCP 47, such as id or en.")
def init(folder: Path, name: str | None, language: str) -> None:
    """Make a new, empty corpus with neutral labels.

    \b
    Example:
        kliping init my-corpus --language id
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.contract.starter import starter_files
    from kliping.files import write_bytes

    name = name or folder.resolve().name
    if not NAME.fullmatch(name):
        raise CallError(f"{name}: not a name for a corpus: use letters, digits, '-', '_' and '.'; give --name NAME")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language):
        raise CallError(f"{language}: not a BCP 47 language tag; give one such as --language id")
    files = starter_files(name, language)
    _refuse_present(folder, files)
    with alone(Corpus(folder, Settings(name=name)), "init"):
        _refuse_present(folder, files)  # another one may have made them meanwhile
        for place, data in files.items():
            write_bytes(folder / place, data)
    click.echo(f"made the corpus {name} in {folder}\nnext: put clippings into {folder / 'corpus/raw'}, then")
    click.echo(f"    kliping -h\n    kliping normalise -C {folder}")


def _refuse_present(folder: Path, files: Iterable[str]) -> None:
    there = sorted(place for place in files if (folder / place).exists())
    if there:
        raise CallError(f"{folder}: already has {', '.join(there)}; nothing was written: choose a new folder")


@click.command()
@corpus_option
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes; by default one a core.")
@click.option(
    "--accept",
    multiple=True,
    metavar="ID",
    help="Let an annotated article take the text of today; `all` for every one. Can be given several times.",
)
@click.option("--near-duplicates/--no-near-duplicates", default=True, help="Whether to look for near-duplicates.")
@json_option
@holding("normalise")
def normalise(
    corpus: Corpus, *, workers: int | None, accept: tuple[str, ...], near_duplicates: bool, as_json: bool
) -> None:
    """Turn the raw files into articles; refusals go to corpus/rejected.jsonl with the reason.

    \b
    Example:
        kliping normalise -C my-corpus
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.annotation.carrying import carry_corpus
    from kliping.cli.progress import progress_shown
    from kliping.contract import load_contract
    from kliping.normaliser.run.corpus import Options, normalise_corpus

    annotated = {one.article_id for one in corpus.annotations()} | {one.article_id for one in corpus.decisions()}
    contract = load_contract(corpus.schema)
    with progress_shown("normalise") as progress:
        options = Options(
            workers=workers,
            accept=None if "all" in accept else frozenset(accept),
            near_duplicates=near_duplicates,
            progress=progress,
        )
        receipt = normalise_corpus(corpus, contract, annotated, options)
    show_receipt(corpus, joined(receipt, carry_corpus(corpus, contract)), as_json=as_json)


@click.command()
@corpus_option
@click.option(
    "--resolve",
    multiple=True,
    metavar="ID=SPLIT",
    help="Decide where the whole cluster of an article goes, where that is asked. Can be given several times.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@json_option
@holding("split")
def split(corpus: Corpus, *, resolve: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Give every new article its split, for ever; near-duplicates share one.

    Each split gets its share as a whole and within each language and publisher, as far as clusters allow; the settings
    under [tool.kliping.splits] can ask for splits by time and for held-out targets. What is in corpus/splits.jsonl
    stays. Where near-duplicates come to lie in two splits, or an article of a held-out target outside the test,
    nothing is written until --resolve says where their cluster goes; a moved split makes the next release a major one.

    \b
    Example:
        kliping split --dry-run
        kliping split -C my-corpus --resolve 5d0fa589cd473a71=test
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.release.splitting.decisions import resolutions
    from kliping.release.splitting.split import split_corpus

    receipt = split_corpus(corpus, resolutions(resolve), dry_run=dry_run)
    show_receipt(corpus, receipt, as_json=as_json, dry_run=dry_run)
