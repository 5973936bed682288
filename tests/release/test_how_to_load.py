"""The lines of docs/how-to/load.md, run from top to bottom on a release: what researchers copy works."""

from __future__ import annotations

import re
from pathlib import Path

from tests.release.fresh import fresh

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "load.md"


def test_the_lines_of_the_page_run_and_give_what_they_say(released: Path, tmp_path: Path) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 5
    lines = "\n".join(blocks).replace("my-corpus", "toy")
    before = "import os\nos.chdir(sys.argv[1])\nos.environ['KLIPING_RELEASES'] = sys.argv[1]\n"
    after = (
        "\nfound = [first['id'], narrow['train'].column_names, words['stance'][:], str(test.info.version),"
        " sorted(counted), list(frame['stance'])]\n"
    )
    assert fresh(tmp_path / "home", before + lines + after, released.parent) == [
        "market",
        ["article_id", "stance"],
        ["favor"],
        "0.1.0",
        [["en", 2], ["id", 3]],
        ["against", "none"],
    ]
