"""How Sphinx builds these pages; `make docs` calls it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "extensions"))

project = "engagesim"
author = "The engagesim authors"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "executed", "declared", "recipes", "links"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
default_role = "code"  # docstrings put names between single backticks
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
add_module_names = False
html_theme = "furo"
html_title = "engagesim"
html_show_sourcelink = False
html_copy_source = False
html_show_search_summary = False  # it is fetched, which a browser refuses from a file
html_static_path = ["static"]
html_css_files = ["wide.css"]
html_js_files = ["reachable.js"]
html_show_copyright = False


def keep_sentences(_app, what, _name, _thing, _options, lines):
    """Put an empty comment first, or what stands before a property's first colon is taken for its type."""
    if what == "property":
        lines[:0] = ["..", ""]


def setup(app):
    """Tell Sphinx."""
    app.connect("autodoc-process-docstring", keep_sentences, priority=1)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
