"""A corpus is found from anywhere inside it, and its settings are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kliping.errors import CallError
from kliping.project import Corpus

if TYPE_CHECKING:
    from pathlib import Path


def corpus_with(folder: Path, settings: str) -> Path:
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    return folder


def test_the_nearest_folder_above_with_settings_is_the_corpus(tmp_path: Path) -> None:
    corpus_with(tmp_path, '[tool.kliping]\nname = "a"\n')
    inner = tmp_path / "sub" / "deep"
    inner.mkdir(parents=True)
    corpus_with(tmp_path / "sub", "[tool.other]\n")
    assert Corpus.open(inner).root == tmp_path


def test_what_is_not_set_has_its_default(tmp_path: Path) -> None:
    settings = Corpus.open(corpus_with(tmp_path, '[tool.kliping]\nname = "a"\n')).settings
    assert (settings.min_length, settings.language, settings.raw) == (100, "und", "corpus/raw")
    assert (settings.splits.train, settings.splits.validation, settings.splits.test) == (0.8, 0.1, 0.1)
    assert settings.single_annotator is False


def test_no_corpus_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="kliping init DIR"):
        Corpus.open(tmp_path)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[tool.kliping]\n", "missing required field `name`"),
        ('[tool.kliping]\nname = "a"\nmin_lenght = 3\n', "unknown field `min_lenght`"),
        ('[tool.kliping]\nname = "a/b"\n', "it names folders"),
        ('[tool.kliping]\nname = "a"\nseed = "x"\n', r"Expected `int`, got `str` - at `\$.seed`"),
        ('[tool.kliping]\nname = "a"\n[tool.kliping.splits]\ntrain = 0.9\n', "sum to something else than 1"),
        ("[tool.kliping\n", "not TOML"),
    ],
)
def test_wrong_settings_name_the_file_and_the_setting(tmp_path: Path, settings: str, words: str) -> None:
    with pytest.raises(CallError, match=words) as caught:
        Corpus.open(corpus_with(tmp_path, settings))
    assert str(caught.value).startswith(str(tmp_path / "pyproject.toml"))
