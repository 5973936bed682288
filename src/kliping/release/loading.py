"""`kliping.load`: a release as a `DatasetDict`, its files compared with its manifest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kliping.errors import CallError, DataError
from kliping.release.verification import read_manifest, verify

if TYPE_CHECKING:
    from datasets import DatasetDict

__all__ = ["load"]


def load(path: str | Path, config: str = "articles", **options: Any) -> DatasetDict:  # noqa: ANN401 — of datasets
    """Load a config of a release folder.

    Args:
        path: the release's folder.
        config: `articles`, `entities`, `stances` or `annotations`.
        options: handed to `datasets.load_dataset`, such as `cache_dir=`. With `split=` the result is that split's
            `Dataset`, as there.

    Raises:
        CallError: the folder is no release, it has no such config, or `datasets` is not installed.
        DataError: a file is missing or is not what was released; a line each.
    """
    folder = Path(path).expanduser()
    configs = read_manifest(folder).configs
    if config not in configs:
        raise CallError(f"{folder}: no config {config!r}; it has {', '.join(configs)}")
    findings = verify(folder)
    if findings:
        raise DataError("\n".join(f"{folder}/{finding}" for finding in findings))
    try:
        from datasets import load_dataset
    except ImportError:
        raise CallError('datasets is not installed; run: python -m pip install "kliping[load]"') from None
    loaded: DatasetDict = load_dataset(str(folder), config, **options)
    return loaded
