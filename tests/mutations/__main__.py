"""Break the sample in every way that is listed, and print the table.

python -m tests.mutations [WORDS]
"""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tests.check.folder import KEY
from tests.mutations.catching import CORPUS_MUTATIONS, RELEASE_MUTATIONS, found_in_corpus, found_in_release
from tests.mutations.sample import build_sample
from tests.mutations.unseen import UNSEEN_IN_CORPUS, UNSEEN_IN_RELEASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.check.folder import Folder
    from tests.mutations.mutation import Mutation

AnyMutation: TypeAlias = "Mutation[Folder] | Mutation[Path]"


def main(words: list[str]) -> int:
    """Print a row for each mutation, or for those with all the words; 1 where one is not caught by its rule."""
    os.environ["KLIPING_PSEUDONYM_KEY"] = KEY.hex()
    uncaught = 0
    print("| | mutation | of | expected | found | caught |\n| --: | --- | --- | --- | --- | --- |")
    for number, (mutation, look) in enumerate(_looks(), 1):
        if all(word in mutation.what for word in words):
            found = look()
            uncaught += mutation.code not in found
            codes, caught = " ".join(sorted(found)) or "nothing", "yes" if mutation.code in found else "NO"
            print(
                f"| {number} | {mutation.what} | {mutation.subject} | {mutation.code} | {codes} | {caught} |",
                flush=True,
            )
    print("\n| what check cannot see | of | who can |\n| --- | --- | --- |")
    for subject, unseen in (("corpus", UNSEEN_IN_CORPUS), ("release", UNSEEN_IN_RELEASE)):
        print("\n".join(f"| {one.what} | {subject} | {one.told_by} |" for one in unseen.changes))
    print(f"\n{uncaught} not caught" if uncaught else "\nall caught")
    return min(uncaught, 1)


def _looks() -> Iterator[tuple[AnyMutation, Callable[[], set[str]]]]:
    """Each mutation with what tells what is found then; the release is built when the first one is asked for."""
    for one in CORPUS_MUTATIONS:
        yield one, partial(found_in_corpus, one)
    with tempfile.TemporaryDirectory() as place:
        release = build_sample(Path(place) / "sample")
        for other in RELEASE_MUTATIONS:
            yield other, partial(found_in_release, other, release)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
