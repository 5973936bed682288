"""What was submitted as annotations; what cannot be proven right, in quarantine with the reason.

`server.py` is the way of a pull: `refresh` brings the mirror up to the server, `deriving` makes the lines of each
article that moved, `storing` writes them. `file.py` is the way of an exported file.
"""

from kliping.studio.pull.file import pull_file
from kliping.studio.pull.server import pull

__all__ = ["pull", "pull_file"]
