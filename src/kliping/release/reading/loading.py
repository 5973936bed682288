"""`kliping.load`: a release as a `DatasetDict`, its files compared with its manifest first, and never an old one.

`datasets` keeps what it read under the folder's base name, the config and the card, and never looks at the content: a
folder that was rebuilt, or another one of that name, gives the old rows without a word. The digests in our files' names
keep that from happening; here it cannot, since what was read is kept under the digest of the manifest.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from pyarrow import parquet

from kliping.errors import CallError, DataError
from kliping.release.manifest import MANIFEST, digest_of
from kliping.release.reading.steering import steering_faults
from kliping.release.reading.stores import find_release
from kliping.release.verification import read_manifest, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasets import Dataset, DatasetDict, IterableDataset, IterableDatasetDict

    from kliping.release.manifest import Manifest

__all__ = ["load"]

_LOG = logging.getLogger(__name__)

_OURS = {
    "revision": "datasets ignores it for a folder without a word; say version=",
    "data_files": "a config has its files; say config=",
    "data_dir": "a config has its files; say config=",
    "name": "say config=",
}
"""Options of `datasets.load_dataset` that would load something else than the release that was verified."""


@overload
def load(
    path_or_name: str | Path,
    config: str = ...,
    version: str | None = ...,
    *,
    split: None = ...,
    streaming: Literal[False] = ...,
    **options: Any,  # noqa: ANN401 — of datasets
) -> DatasetDict: ...


@overload
def load(
    path_or_name: str | Path,
    config: str = ...,
    version: str | None = ...,
    *,
    split: str,
    streaming: Literal[False] = ...,
    **options: Any,  # noqa: ANN401 — of datasets
) -> Dataset: ...


@overload
def load(
    path_or_name: str | Path,
    config: str = ...,
    version: str | None = ...,
    *,
    split: None = ...,
    streaming: Literal[True],
    **options: Any,  # noqa: ANN401 — of datasets
) -> IterableDatasetDict: ...


@overload
def load(
    path_or_name: str | Path,
    config: str = ...,
    version: str | None = ...,
    *,
    split: str,
    streaming: Literal[True],
    **options: Any,  # noqa: ANN401 — of datasets
) -> IterableDataset: ...


def load(path_or_name: str | Path, config: str = "articles", version: str | None = None, **options: Any) -> Any:
    """Load a config of a release; every file is compared with the release's manifest before.

    Args:
        path_or_name: a release's folder; a corpus's name, which is looked for below `releases/` of the corpus here or
            above and in the folders of the environment variable `KLIPING_RELEASES`; or OWNER/NAME on the hub, which
            works offline for what was loaded before. A folder that is there wins over a name.
        config: `articles`, `entities`, `stances`, `annotations` or `soft_labels`.
        version: MAJOR.MINOR.PATCH. Without it, the newest one of that name, or what was published last to the hub;
            which one it is stands in `info.version` of each split. A folder that holds another version is refused.
        options: handed to `datasets.load_dataset`: `split=` gives one `Dataset` for a `DatasetDict`, `streaming=True`
            reads while you iterate and keeps nothing, `columns=[…]` reads only these, `cache_dir=` keeps what was read
            elsewhere than in the cache of `datasets`.

    Raises:
        CallError: there is no such release, version, config, split or column; or `datasets` is not installed.
        DataError: a file is missing or is not what was released, a line each; or it is another version.
        ServerError: the hub cannot be reached.
    """
    for option in options.keys() & _OURS.keys():
        raise CallError(f"kliping.load takes no {option}=: {_OURS[option]}")
    try:
        import datasets
    except ImportError:
        raise CallError('datasets is not installed; run: python -m pip install "kliping[load]"') from None
    folder = find_release(path_or_name, version)
    manifest = read_manifest(folder)
    if config not in manifest.configs:
        raise CallError(f"{folder}: no config {config!r}; it has {', '.join(manifest.configs)}")
    findings = verify(folder)
    if findings:
        raise DataError("\n".join(f"{folder}/{finding}" for finding in findings))
    if faults := steering_faults(folder):
        raise DataError("\n".join(f"{folder}/{fault}" for fault in faults))
    _LOG.info("%s %s from %s", manifest.name, manifest.version, folder)
    _known_columns(folder, manifest, config, options.get("columns"))
    cache = Path(options.pop("cache_dir", None) or datasets.config.HF_DATASETS_CACHE).expanduser()
    kept = cache / "kliping" / digest_of(folder / MANIFEST)[:32]
    try:
        return datasets.load_dataset(str(folder), config, cache_dir=str(kept), **options)
    except ValueError as error:  # a split or an option that is none
        unknown = re.search(r"doesn't have a ('\w+') key", str(error))
        said = f"datasets has no option {unknown[1]}" if unknown else str(error)
        raise CallError(f"{folder}, {config}: {said}") from None


def _known_columns(folder: Path, manifest: Manifest, config: str, columns: Sequence[str] | None) -> None:
    """`datasets` tells of a column that is none only while it reads, and with a trace."""
    file = next((name for name in manifest.files if name.startswith(f"{config}/")), None)
    if not columns or file is None:
        return
    known = parquet.read_schema(folder / file).names
    unknown = [name for name in columns if name not in known]
    if unknown:
        raise CallError(f"{folder}, {config}: no column {', '.join(unknown)}; it has {', '.join(known)}")
