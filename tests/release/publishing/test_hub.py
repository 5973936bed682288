"""Publishing to a stand-in for the hub, through the real command line. The real hub was never asked."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.corpora import UNCHECKED
from tests.release.publishing.hub import TOKEN, Dataset, File, Refused
from tests.release.publishing.publisher import Outcome, running_publisher

from kliping.contract import load_contract
from kliping.files import sha256
from kliping.release import build_release

if TYPE_CHECKING:
    from pathlib import Path

    from tests.release.publishing.conftest import Kliping
    from tests.release.publishing.hub import Hub, Request
    from tests.release.publishing.publisher import Publisher

    from kliping.project import Corpus

TO = "rimbia/toy"


def files(dataset: Dataset, commit: str) -> dict[str, bytes]:
    return {name: file.data for name, file in dataset.commits[commit].items() if name != ".gitattributes"}


def released(corpus: Corpus, version: str = "0.1.0") -> dict[str, bytes]:
    folder = corpus.releases / f"toy-{version}"
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def reword_guidelines(corpus: Corpus) -> None:
    (corpus.annotation_folder / "guidelines.md").write_text("Other words.\n")


def release_other(corpus: Corpus, version: str) -> None:
    """A release with an article less, so that every table has another file."""
    place = corpus.corpus / "articles" / "00000.jsonl"
    place.write_bytes(
        b"".join(line for line in place.read_bytes().splitlines(keepends=True) if b'"id":"lamps"' not in line)
    )
    build_release(corpus, load_contract(corpus.schema), version, UNCHECKED)


def record(corpus: Corpus, manifest_sha256: str) -> None:
    """Say in the record of 0.1.0 that its manifest was another."""
    place = corpus.corpus / "versions" / "0.1.0.json"
    place.write_text(json.dumps({**json.loads(place.read_text()), "manifest_sha256": manifest_sha256}))


def sent(hub: Hub) -> list[str]:
    return [f"{one.method} {one.path}" for one in hub.requests if one.method in ("POST", "PUT")]


def test_a_release_is_one_commit_with_its_tag_and_twice_is_once(hub: Hub, corpus: Corpus, kliping: Kliping) -> None:
    first = kliping("publish", "0.1.0", "--to", TO)
    assert (first.returncode, first.stderr) == (0, "")
    dataset = hub.datasets[TO]
    assert dataset.private
    assert len(dataset.commits) == 2
    assert dataset.tags == {"v0.1.0": dataset.main}
    assert files(dataset, dataset.main) == released(corpus)
    number = len(released(corpus))
    assert f"files: {number} = {number} kept + 0 set aside" in first.stdout
    assert 'load it: datasets.load_dataset("rimbia/toy", revision="v0.1.0"); it is private' in first.stdout
    before = len(sent(hub))
    second = kliping("publish", "0.1.0", "--to", TO, "--json")
    assert json.loads(second.stdout)["changes"] == 0
    assert len(sent(hub)) == before


READ_BACK = """
import json, sys
import datasets, huggingface_hub, kliping
place, own, cache = sys.argv[1:]
huggingface_hub.snapshot_download("rimbia/toy", repo_type="dataset", revision="v0.1.0", local_dir=place)
for config in ("articles", "entities", "stances", "annotations"):
    ours = datasets.load_dataset(own, config, cache_dir=cache)
    theirs = kliping.load(place, config, cache_dir=cache)
    straight = datasets.load_dataset("rimbia/toy", config, revision="v0.1.0", cache_dir=cache)
    rows = [{split: made.to_list() for split, made in one.items()} for one in (ours, theirs, straight)]
    assert rows[0] == rows[1] == rows[2], config
    print(config, sum(map(len, rows[0].values())))
"""


def test_what_comes_back_from_the_hub_is_what_was_released(
    hub: Hub, corpus: Corpus, publish: Publisher, environment: dict[str, str], tmp_path: Path
) -> None:
    assert publish("0.1.0", TO, private=False).code == 0
    assert not hub.datasets[TO].private
    places = [tmp_path / "back", corpus.releases / "toy-0.1.0", tmp_path / "cache"]
    done = subprocess.run(
        [sys.executable, "-c", READ_BACK, *map(str, places)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["articles 3", "entities 2", "stances 1", "annotations 4"], done.stderr


def test_the_next_version_replaces_the_files_and_the_older_tag_keeps_its_own(
    hub: Hub, corpus: Corpus, publish: Publisher
) -> None:
    publish("0.1.0", TO)
    release_other(corpus, "1.0.0")
    done = publish("1.0.0", TO)
    assert done.code == 0
    assert done.plan["remove"] != []
    dataset = hub.datasets[TO]
    assert files(dataset, dataset.main) == released(corpus, "1.0.0")
    assert files(dataset, dataset.tags["v0.1.0"]) == released(corpus)
    assert dataset.tags["v1.0.0"] == dataset.main
    assert publish("0.1.0", TO).changes == 0
    assert dataset.tags["v1.0.0"] == dataset.main


def test_a_file_that_the_hub_has_is_not_sent_again(hub: Hub, corpus: Corpus, publish: Publisher) -> None:
    publish("0.1.0", TO)
    reword_guidelines(corpus)
    build_release(corpus, load_contract(corpus.schema), "0.1.1", UNCHECKED)
    before = len(hub.requests)
    done = publish("0.1.1", TO)
    assert [one.path for one in hub.requests[before:] if one.method == "PUT"] == []
    assert not any(name.endswith(".parquet") for name in done.plan["send"])
    assert files(hub.datasets[TO], hub.datasets[TO].main) == released(corpus, "0.1.1")


def test_a_tag_never_moves(hub: Hub, publish: Publisher) -> None:
    publish("0.1.0", TO)
    dataset = hub.datasets[TO]
    other = dataset.commit({**dataset.commits[dataset.main], "manifest.json": File(b"{}", large=False)})
    dataset.tags["v0.1.0"] = other
    before = len(sent(hub))
    refused = publish("0.1.0", TO)
    assert refused.code == 1
    assert refused.error == (
        f"{hub.url}/datasets/{TO}: the tag v0.1.0 is there with other content, and a tag never moves; choose a new "
        "version"
    )
    assert (dataset.tags, len(sent(hub))) == ({"v0.1.0": other}, before)


def test_an_older_version_does_not_take_the_newest_ones_place(hub: Hub, corpus: Corpus, publish: Publisher) -> None:
    release_other(corpus, "10.0.0")
    publish("10.0.0", TO)
    refused = publish("0.1.0", TO)
    assert refused.code == 1
    assert "v10.0.0 is published already" in refused.error
    assert hub.datasets[TO].tags.keys() == {"v10.0.0"}


@pytest.mark.parametrize(
    "there", [{"data.csv": b"a\n"}, {"manifest.json": b'{"name":"other"}'}, {"manifest.json": b"?"}]
)
def test_somebodys_other_dataset_is_not_replaced(hub: Hub, publish: Publisher, there: dict[str, bytes]) -> None:
    hub.datasets[TO] = dataset = Dataset(private=False)
    dataset.commit({name: File(data, large=False) for name, data in there.items()})
    refused = publish("0.1.0", TO)
    assert refused.code == 1
    assert "holds files that are no release of toy; choose another OWNER/NAME" in refused.error
    assert (sent(hub), len(dataset.commits)) == ([], 1)


def test_a_dataset_made_by_hand_a_moment_ago_is_taken_as_it_is(hub: Hub, corpus: Corpus, publish: Publisher) -> None:
    hub.datasets[TO] = dataset = Dataset(private=False)
    dataset.commit({name: File(b"-", large=False) for name in (".gitattributes", "README.md")})
    assert publish("0.1.0", TO).code == 0
    assert files(dataset, dataset.tags["v0.1.0"]) == released(corpus)
    assert not dataset.private


def test_a_dry_run_lists_what_would_be_sent_and_sends_nothing(hub: Hub, corpus: Corpus, kliping: Kliping) -> None:
    done = kliping("publish", "0.1.0", "--to", TO, "--dry-run")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == f"publish: dry run, nothing was changed in {hub.url}/datasets/{TO}"
    assert {line.removeprefix("  send ") for line in lines if line.startswith("  send ")} == released(corpus).keys()
    assert lines[-2:] == ["  make the private dataset rimbia/toy", "  set the tag v0.1.0"]
    assert (hub.datasets, sent(hub)) == ({}, [])


def test_a_release_that_was_touched_is_refused_before_anything_is_sent(
    hub: Hub, corpus: Corpus, publish: Publisher
) -> None:
    folder = corpus.releases / "toy-0.1.0"
    (folder / "README.md").write_text("Other words.\n")
    (folder / "notes.txt").write_text("?")
    (corpus.corpus / "versions" / "0.1.0.json").unlink()
    refused = publish("0.1.0", TO)
    assert refused.code == 1
    assert [line.split(":")[0] for line in refused.error.splitlines()] == [
        "releases/toy-0.1.0/README.md", "releases/toy-0.1.0/notes.txt", "corpus/versions/0.1.0.json",
    ]  # fmt: skip
    assert hub.requests == []


def test_a_folder_of_other_bytes_than_were_recorded_is_refused(hub: Hub, corpus: Corpus, publish: Publisher) -> None:
    record(corpus, "0" * 64)
    refused = publish("0.1.0", TO)
    assert refused.code == 1
    assert "the folder in releases is not the one that was recorded" in refused.error
    assert hub.requests == []


def test_a_release_that_the_rules_refuse_is_not_sent(hub: Hub, corpus: Corpus, kliping: Kliping) -> None:
    """The manifest and the record agree on a card that says something else than the tables."""
    folder = corpus.releases / "toy-0.1.0"
    card = (folder / "README.md").read_text().replace("num_examples: ", "num_examples: 1", 1).encode()
    (folder / "README.md").write_bytes(card)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["README.md"] = {"sha256": sha256(card), "bytes": len(card)}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    record(corpus, sha256((folder / "manifest.json").read_bytes()))
    refused = kliping("publish", "0.1.0", "--to", TO)
    assert refused.returncode == 1
    assert "releases/toy-0.1.0/README.md: E6" in refused.stderr
    assert hub.requests == []


WITHOUT_THE_EXTRA = """
import sys
sys.modules["huggingface_hub"] = None
from kliping.cli import main
main()
"""


def test_without_the_extra_it_is_named(corpus: Corpus, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_EXTRA, "publish", "0.1.0", "--to", TO],
        cwd=corpus.root, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "kliping: huggingface_hub is not installed; run: pip install 'kliping[publish]'\n"


def test_without_a_login_it_says_how_to_log_in(hub: Hub, publish: Publisher) -> None:
    assert publish("0.1.0", TO, token="") == Outcome(
        2, "no login of the hub; run `hf auth login`, or give a token that may write as HF_TOKEN"
    )
    assert hub.requests == []


def test_a_login_without_the_right_is_told_and_never_shown(hub: Hub, publish: Publisher) -> None:
    refused = publish("0.1.0", TO, token="hf_somebodyelses")
    assert refused == Outcome(
        3,
        f"{hub.url}: {TO}: status 401 at /api/datasets/{TO}/revision/main (Invalid username or password.); log "
        "in with a token that may write there (`hf auth login`, or HF_TOKEN), or ask its owner for the right",
    )
    assert hub.datasets == {}


def test_a_hub_that_echoes_the_token_does_not_make_us_show_it(hub: Hub, publish: Publisher) -> None:
    def echo(request: Request) -> None:
        if request.path.endswith("/create"):
            raise Refused(400, f"what is {TOKEN}?")

    hub.before = echo
    refused = publish("0.1.0", TO)
    assert refused.code == 3
    assert "what is …?" in refused.error
    assert TOKEN not in refused.error


def test_a_hub_that_is_not_there_is_a_sentence(corpus: Corpus, environment: dict[str, str]) -> None:
    with running_publisher(corpus.root, {**environment, "HF_ENDPOINT": "http://127.0.0.1:9"}) as publish:
        refused = publish("0.1.0", TO)
    assert refused == Outcome(
        3,
        "http://127.0.0.1:9: rimbia/toy: the hub gave no good answer (ConnectError); run the command again to go on",
    )


def test_somebody_elses_commit_in_between_is_not_overwritten(hub: Hub, publish: Publisher) -> None:
    def meddle(request: Request) -> None:
        if "/commit/" in request.path:
            dataset = hub.datasets[TO]
            dataset.commit({**dataset.commits[dataset.main], "README.md": File(b"theirs", large=False)})

    hub.before = meddle
    refused = publish("0.1.0", TO)
    assert refused.code == 3
    assert "somebody else changed it at the same time: run the command again to look anew" in refused.error
    dataset = hub.datasets[TO]
    assert (files(dataset, dataset.main), dataset.tags) == ({"README.md": b"theirs"}, {})
    hub.before = lambda _request: None
    assert publish("0.1.0", TO).code == 0
    assert dataset.tags == {"v0.1.0": dataset.main}


def test_a_file_that_the_hub_garbled_gets_no_tag(hub: Hub, publish: Publisher) -> None:
    def garble(request: Request) -> None:
        if "/commit/" in request.path:
            dataset = hub.datasets[TO]
            dataset.commits[dataset.main]["README.md"] = File(b"garbled", large=False)

    hub.after = garble
    refused = publish("0.1.0", TO)
    assert refused.code == 1
    assert "the hub holds other files than were sent, and no tag was set" in refused.error
    assert hub.datasets[TO].tags == {}
