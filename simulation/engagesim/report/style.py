"""How figures look: colours that colour-blind people tell apart, with line styles and markers; same bytes twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""Okabe & Ito 2008, Color universal design; yellow left out, too pale for lines on white."""

LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (8, 2)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
INK, FAINT = "#333333", "#767676"
FIGURES = "figures"
"""Folder of the figures within one of results."""
BELOW_TITLE = 0.3
"""Inches from the top of a figure to the line below its title."""

LINE, LETTERS = 0.19, 9.4
"""Inches that a further line of a title takes, and letters of it that go into an inch."""

BYTES = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}
"""Metadata left out, so that the same figure has the same bytes."""

SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "engagesim", "svg.fonttype": "none", "text.parse_math": False,
    "font.size": 9.0, "axes.titlesize": 10.0,
    "axes.labelsize": 9.0, "legend.fontsize": 8.5, "figure.titlesize": 11.5, "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5, "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "savefig.dpi": 150,
    "axes.titlelocation": "left", "text.color": INK, "axes.labelcolor": INK, "hatch.linewidth": 0.6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """Colour, line and marker of one thing that is shown."""

    colour: str
    line: Any
    marker: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its file name (without ending), its title and what it shows, in words for who cannot see it."""

    name: str
    title: str
    alt: str
    figure: Figure


def look(position: int) -> Look:
    """Look of the thing at `position`, the same in every figure; colours repeat with other lines after seven."""
    turn = position // len(COLOURS)
    i = position % len(COLOURS)
    return Look(COLOURS[i], LINES[(i + turn) % len(LINES)], MARKERS[(i + turn) % len(MARKERS)])


@contextmanager
def styled() -> Iterator[None]:
    """Draw in this style; the settings of the process stay as they are."""
    import matplotlib as mpl
    import seaborn as sns

    with mpl.rc_context(), sns.axes_style("whitegrid", {"grid.color": "#E6E6E6", "axes.edgecolor": "#9A9A9A"}):
        mpl.rcParams.update(SETTINGS)
        yield


def sheet(width: float, height: float, title: str, basis: str = "") -> Figure:
    """An empty figure, in inches, without the machinery of windows; `basis` stands below the title."""
    from textwrap import wrap

    from matplotlib.figure import Figure

    lines = wrap(title, int(width * LETTERS))
    more = LINE * (len(lines) - 1)
    figure = Figure(figsize=(width, height + more), layout="constrained")
    head = "\n".join(lines)
    figure.suptitle(f"{head}\n" if basis else head, x=0.01, ha="left", fontweight="bold")
    figure.text(0.01, 1.0 - (BELOW_TITLE + more) / (height + more), basis, color=FAINT, va="top")
    return figure


def save(drawn: Drawn, folder: Path) -> list[Path]:
    """Write PNG and SVG into `folder` and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    with styled():
        for ending, metadata in BYTES.items():
            paths.append(folder / f"{drawn.name}.{ending}")
            drawn.figure.savefig(paths[-1], metadata=metadata)
    return paths
