"""`python -m kliping`: the command line."""

from __future__ import annotations

from kliping.cli import main

if __name__ == "__main__":
    main()
