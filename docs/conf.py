"""How Sphinx builds these pages; `make docs` calls it."""

project = "engagesim"
author = "The engagesim authors"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "engagesim"
html_show_sourcelink = False
html_copy_source = False
html_static_path = ["static"]
html_css_files = ["wide.css"]
