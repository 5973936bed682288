"""`kliping verify`: whether a release is what its manifest says, anywhere, without its corpus."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kliping.cli.show import json_option
from kliping.errors import CallError
from kliping.plain import plain
from kliping.project import Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kliping.release.vouching import Verified

__all__ = ["verify"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--content", is_flag=True, help="Also read every table, and digest its rows anew.")
@click.option("--manifest-sha256", metavar="HEX", help="The SHA-256 that its makers published for manifest.json.")
@click.option("-C", "start", metavar="DIR", help="The corpus that recorded it; by default one at or above here or it.")
@json_option
def verify(folder: Path, manifest_sha256: str | None, start: str | None, *, content: bool, as_json: bool) -> None:
    """Compare the release in FOLDER with its manifest: every file there, whole, and no other.

    Needs no network, no corpus and no extra. That the manifest itself is right only somebody else can say: a corpus
    that recorded the version, or a published digest.

    \b
    Example:
        kliping verify my-corpus-0.1.0
        kliping verify my-corpus-0.1.0 --manifest-sha256 3b1f…
    """  # noqa: D301 — \b is click's mark for text that keeps its lines
    from kliping.release.vouching import known_corpora, verify_release

    if manifest_sha256 is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", manifest_sha256):
        raise CallError(f"{manifest_sha256!r} is no SHA-256: give 64 hexadecimal digits")
    if not folder.is_dir():
        raise CallError(f"{folder}: no such folder; name the folder that `kliping release` made")
    corpora = [Corpus.open(start)] if start is not None else known_corpora(Path.cwd(), folder)
    verified = verify_release(folder, content=content, manifest_sha256=manifest_sha256, corpora=corpora)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.encode(verified) + b"\n")
    else:
        for line in _sentences(verified):
            click.echo(plain(line))
    if verified.findings:
        sys.exit(1)


def _sentences(verified: Verified) -> Iterator[str]:
    yield from map(str, verified.findings)
    number = len(verified.findings)
    found = "as its manifest says" if not number else f"{number} finding{'' if number == 1 else 's'}"
    yield f"{verified.folder}: {verified.name} {verified.version}: {found}"
    yield f"  manifest.json: SHA-256 {verified.manifest_sha256}"
    if number:
        return
    yield f"  files: {verified.files}, {verified.bytes} bytes, each with the SHA-256 in the manifest, and no other"
    if verified.rows_compared:
        yield "  rows: read and digested anew, as the manifest says"
    yield f"  {_vouched(verified)}"


def _vouched(verified: Verified) -> str:
    if verified.vouched_by is not None:
        return f"vouched for: {verified.vouched_by} names this manifest"
    if verified.rows_vouched_by is not None:
        return (
            f"vouched for: {verified.rows_vouched_by} recorded the same rows, in other bytes: another pyarrow or "
            "kliping wrote them. Nobody vouches for the card and the other files"
        )
    return (
        "vouched for by nobody: whoever changes a file can change the manifest with it. Compare its SHA-256 with one "
        "that its makers published (--manifest-sha256), or run this in the corpus that recorded it"
    )
