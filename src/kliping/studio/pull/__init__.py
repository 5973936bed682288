"""What was submitted as annotations; what cannot be proven right, in quarantine with the reason.

From a server: `server.pull` works in the `mirror`, where stands what the server and the files had at the last pull.
`refresh` brings it up to the server (its tasks and submissions: `told`). `deriving` makes the lines of each article
that moved, on its text (`texts`), beside what `earlier` pulls had of it and what came from files (`merging`); two that
say the same are known by `sameness`. `storing` opens the mirror, and at the end commits it and writes its `lines` to
the files; `receipt` says what came of it, from the `tallies` of each article. Single values of the mirror are `facts`.

From a file: `file.pull_file` takes in what `exports` reads and `brought` proves, and goes on as above.
"""

from kliping.studio.pull.file import pull_file
from kliping.studio.pull.server import pull

__all__ = ["pull", "pull_file"]
