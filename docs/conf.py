"""Sphinx: Markdown pages, the command line and the library from the code, the contract's tables from the schemas."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Kliping"
copyright = "The Kliping maintainers"
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_click",
    "contract_tables",
    "findings_page",
    "rules_page",
    "sample_diff",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Kliping"
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "description"
nitpicky = False
