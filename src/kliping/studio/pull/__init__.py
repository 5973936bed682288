"""What was submitted as annotations; what cannot be proven right, in quarantine with the reason.

`server.py` is the way of a pull: `refresh` brings the mirror up to the server, `deriving` makes the lines of each
article that moved, `lines` writes them. `exports.py` is the way of a file.
"""

from kliping.studio.pull.server import pull

__all__ = ["pull"]
