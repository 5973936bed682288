"""A corpus is found from anywhere inside it, and its settings are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kliping.errors import CallError
from kliping.project import Corpus, FurnitureTable, Settings, SourceTable

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
        ('[tool.kliping]\nname = "a"\nadjudication = { strategy = "plurality" }\n', "Invalid enum value 'plurality'"),
        ('[tool.kliping]\nname = "a/b"\n', "it names folders"),
        ('[tool.kliping]\nname = "a"\nseed = "x"\n', r"Expected `int`, got `str` - at `\$.seed`"),
        ('[tool.kliping]\nname = "a"\n[tool.kliping.splits]\ntrain = 0.9\n', "sum to something else than 1"),
        ("[tool.kliping\n", "not TOML"),
        ('[tool.kliping]\nname = "a"\nworkers = 0\n', "workers: 0 is no number of processes"),
        ('[tool.kliping]\nname = "a"\nmax_bytes = 0\n', "max_bytes: 0 is no size"),
        ('[tool.kliping]\nname = "a"\n[tool.kliping.sources."b"]\nmax_bytes = -1\n', '"b"] max_bytes: -1 is no size'),
        ('[tool.kliping]\nname = "a"\n[tool.kliping.sources."/"]\n', "an empty glob"),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.sources."x"]\nlicense = "MIT"\n',
            r'sources\."x"\]: unknown field `license`; the known ones are language, languages, licence,',
        ),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.sources."x".furniture]\nof = ["list"]\n',
            r"furniture: unknown field `of`; the known ones are off, words, packs, limits",
        ),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.annotators]\nblnd = true\n',
            r"annotators: unknown field `blnd`; the known ones are people, overlap, blind, predictions",
        ),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.annotators.people.annotator-a1]\nshares = 2\n',
            r'people\."annotator-a1"\]: unknown field `shares`; the known ones are languages, sources, share',
        ),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.annotators.people.annotator-a1]\nshare = 0\n',
            r'people\."annotator-a1"\] share: 0.0 is no share; give a number above 0',
        ),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.annotators.people.annotator-a1]\nlanguages = [" "]\n',
            r'people\."annotator-a1"\] languages: an empty tag',
        ),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.annotators.people.annotator-a1]\nsources = ["/"]\n',
            r'people\."annotator-a1"\] sources: an empty glob',
        ),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.annotators]\noverlap = 0\n',
            "overlap: 0 cannot label an article; give 1 or more",
        ),
        (
            '[tool.kliping]\nname="a"\nannotators = { overlap = 3, people = { annotator-a = {}, annotator-b = {} } }\n',
            "overlap: 3 cannot label an article; give 1 to 2, as many as are named in `people`",
        ),
        (
            '[tool.kliping]\nname = "a"\n[tool.kliping.annotators]\npredictions = "../a"\n',
            r"predictions: name a file of annotations/predictions/, without \.jsonl",
        ),
    ],
)
def test_wrong_settings_name_the_file_and_the_setting(tmp_path: Path, settings: str, words: str) -> None:
    with pytest.raises(CallError, match=words) as caught:
        Corpus.open(corpus_with(tmp_path, settings))
    assert str(caught.value).startswith(str(tmp_path / "pyproject.toml"))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ('"ayu@pos.example" = {}\n', "entry 1: an e-mail address, .* `kliping studio invite` gives the pseudonym"),
        ("annotator-a1 = {}\nayu = {}\n", "entry 2: not a pseudonym, .* `kliping studio invite` gives"),
        ('"ayu@pos.example" = { languages = 1 }\n', "entry 1: an e-mail address"),
        ("ayu = { langs = [] }\n", "entry 1: unknown field `langs`"),
        ('["ayu@pos.example"]\n["ayu@pos.example"]\n', "not TOML: Cannot declare .*twice"),
        ('[tool.kliping.annotators."ayu@pos.example"]\n', "annotators: an e-mail address is no field; the known ones"),
    ],
)
def test_whose_pseudonym_is_wanted_is_not_shown(tmp_path: Path, people: str, words: str) -> None:
    settings = f'[tool.kliping]\nname = "a"\n[tool.kliping.annotators.people]\n{people}'
    with pytest.raises(CallError, match=words) as caught:
        Corpus.open(corpus_with(tmp_path, settings))
    assert "ayu" not in str(caught.value)


def test_who_names_the_first_of_several_people_is_not_stopped(tmp_path: Path) -> None:
    settings = '[tool.kliping]\nname = "a"\n[tool.kliping.annotators.people]\nannotator-a1 = { share = 0.5 }\n'
    annotators = Corpus.open(corpus_with(tmp_path, settings)).settings.annotators
    assert (annotators.overlap, annotators.people["annotator-a1"].share) == (2, 0.5)


def test_every_unknown_setting_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CallError) as caught:
        Corpus.open(corpus_with(tmp_path, '[tool.kliping]\nname = "a"\nx = 1\n[tool.kliping.splits]\ny = 1\n'))
    assert [line.split("; ")[0].split(": ", 1)[1] for line in str(caught.value).splitlines()] == [
        "[tool.kliping]: unknown field `x`",
        "[tool.kliping] splits: unknown field `y`",
    ]


@pytest.mark.parametrize(
    ("glob", "path", "named"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "b/a.txt", False),
        ("**/*.txt", "b/c/a.txt", True),
        ("**/*.txt", "a.txt", True),
        ("kabar", "kabar/x/y.html", True),
        ("kabar", "kabarku/x.html", False),
        ("kabar/**", "kabar/x/y.html", True),
        ("a/**/b", "a/b", True),
        ("old.zip", "old.zip/a.html", True),
        ("**", "a", True),
        ("a?.txt", "ab.txt", True),
        ("a?b", "a/b", False),
        ("a[!b-d]c", "aec", True),
        ("a[!b-d]c", "abc", False),
        ("[a.txt", "[a.txt", True),
        ("a.txt", "abtxt", False),
    ],
)
def test_a_glob_names_paths_as_pathlib_has_it_and_what_lies_below_them(glob: str, path: str, *, named: bool) -> None:
    assert bool(Settings(name="a", sources={glob: SourceTable()}).globs(path)) is named


def test_later_tables_beat_earlier_ones_setting_by_setting() -> None:
    settings = Settings(
        name="a",
        sources={
            "**": SourceTable(
                language="id", columns={"text": "isi", "title": "judul"}, furniture=FurnitureTable(off=("list",))
            ),
            "b.csv": SourceTable(
                licence="MIT", columns={"text": "content"}, furniture=FurnitureTable(limits={"title": 3})
            ),
        },
    )
    assert settings.source("b.csv/7") == SourceTable(
        language="id",
        licence="MIT",
        columns={"text": "content", "title": "judul"},
        furniture=FurnitureTable(off=("list",), limits={"title": 3}),
    )
    assert settings.source("c.txt").licence is None
