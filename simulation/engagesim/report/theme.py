"""Figures inside a page: colours that follow the page from light to dark, and ids that no other figure has."""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from .style import COLOURS, FAINT, INK, Drawn

DARK = ("#4FA8E0", "#FF8A3D", "#2FC79A", "#E39BC4", "#8CCBF2", "#F2B53A", "#F2F2F2")
"""What the colours of `style.COLOURS` become on a dark page, in their order."""

NAMED = {
    "#ffffff": "--paper", INK.lower(): "--ink", "#262626": "--ink", FAINT.lower(): "--faint", "#e6e6e6": "--line",
    "#9a9a9a": "--middle", "#bdbdbd": "--pale",
}  # fmt: skip
"""Colours of figures that are not series, and the page's names for them."""


def variables() -> str:
    """The page's names for the colours of series, for light and for dark."""
    light = " ".join(f"--c{i}: {colour};" for i, colour in enumerate(COLOURS))
    dark = " ".join(f"--c{i}: {colour};" for i, colour in enumerate(DARK))
    return f":root {{ {light} }} @media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"


def inline(drawn: Drawn, folder: Path) -> Markup:
    """The figure's own SVG file as markup for a page."""
    text = (folder / f"{drawn.name}.svg").read_text(encoding="utf-8")
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    for colour, name in {**NAMED, **{c.lower(): f"--c{i}" for i, c in enumerate(COLOURS)}}.items():
        text = re.sub(colour, f"var({name})", text, flags=re.I)
    text = re.sub(r'id="', f'id="{drawn.name}-', text)
    text = re.sub(r'(href="#|url\(#)', rf"\g<1>{drawn.name}-", text)
    # Our own file, whose texts matplotlib has escaped: the only markup that is not escaped again.
    return Markup(text)
