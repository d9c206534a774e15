"""Pictures of findings on claims: all verdicts at a glance, and maps of where claims turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .claim_words import WORDS, Document
from .style import FAINT, INK, Drawn, sheet, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LOOKS = {
    "supported": ("#0072B2", "o"),
    "partly": ("#56B4E9", "D"),
    "undecided": ("#BDBDBD", "s"),
    "equivalent": ("#E69F00", "_"),
    "opposite": ("#D55E00", "X"),
}
"""Colour and marker of every verdict (Okabe & Ito 2008)."""

ROW = 0.3
"""Inches per claim."""

ACROSS = 3
LARGEST = 5.0
"""Contrast, in smallest differences that matter, at which the colours of a map end."""


def summary_figure(findings: Sequence[Document]) -> Drawn:
    """Every claim: the verdict on each of its parts, and the share of uncertain worlds in which it holds as a whole."""
    title = "What became of the claims"
    basis = "left: verdict on each part of a claim in the base world; right: share of uncertain worlds in which the"
    basis += " signs of all parts hold,\nand the parameter that flips it, if one does"
    with styled():
        figure = sheet(11.5, ROW * len(findings) + 1.9, f"{title}\n", basis)
        parts, shares = figure.subplots(1, 2, sharey=True, width_ratios=(1, 1.6))
        for y, finding in enumerate(findings):
            _parts(parts, y, finding)
            _share(shares, y, finding)
        _axes(parts, shares, findings)
        _legend(figure)
    said = " ".join(f"{f['id']}: {WORDS[f['verdict']]}." for f in findings)
    return Drawn("claims", title, f"{title}. {said}", figure)


def _parts(panel: Axes, y: int, finding: Document) -> None:
    for x, test in enumerate(finding["tests"]):
        colour, marker = LOOKS[test["verdict"]]
        panel.plot(x, y, marker=marker, color=colour, markersize=8, markeredgewidth=2.2 if marker == "_" else 0.6)


def _share(panel: Axes, y: int, finding: Document) -> None:
    if finding["share"] is None:
        return
    colour, _ = LOOKS[finding["verdict"]]
    panel.barh(y, finding["share"], height=0.62, color=colour)
    inside = finding["share"] > 0.6
    panel.text(
        finding["share"] + (-0.01 if inside else 0.01), y, f"{finding['share']:.0%}", va="center", fontsize=8,
        ha="right" if inside else "left", color="white" if inside and finding["verdict"] == "supported" else INK,
    )  # fmt: skip
    split = finding["flips_with"]
    if split and split["flips"]:
        panel.text(1.02, y, split["parameter"], va="center", fontsize=8)


def _axes(parts: Axes, shares: Axes, findings: Sequence[Document]) -> None:
    most = max(len(f["tests"]) for f in findings)
    labels = [f"{f['title']}{' (built in)' if f['verification_only'] else ''}  {f['id']}" for f in findings]
    parts.set(yticks=range(len(findings)), ylim=(len(findings) - 0.4, -0.6), xlim=(-0.6, most - 0.4), xticks=[])
    parts.set_yticklabels(labels)
    parts.set_title("parts")
    parts.grid(visible=False)
    shares.set(xlim=(0, 1), xticks=np.linspace(0, 1, 5))
    shares.set_xticklabels([f"{x:.0%}" for x in np.linspace(0, 1, 5)])
    shares.set_title("share of worlds")
    shares.grid(visible=False, axis="y")
    shares.tick_params(axis="y", length=0)


def _legend(figure: Any) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Line2D([], [], marker=marker, color=colour, linestyle="", markersize=8, label=WORDS[verdict])
        for verdict, (colour, marker) in LOOKS.items()
    ]
    # No part is partly supported: that is a colour of bars only.
    partly = list(LOOKS).index("partly")
    handles[partly] = Patch(color=LOOKS["partly"][0], label=WORDS["partly"])
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False)


def maps_figure(findings: Sequence[Document]) -> Drawn | None:
    """Where each claim whose sign depends on parameters turns, over two of them; None without any map."""
    mapped = [finding for finding in findings if finding["map"]]
    if not mapped:
        return None
    title = "Where the claims turn"
    basis = (
        "one part of each claim over two parameters; thick line: its sign flips; within the thin lines the difference"
    )
    basis += " is too small to matter; cross: the base world"
    down = -(-len(mapped) // ACROSS)
    with styled():
        figure = sheet(11.0, 3.2 * down + 1.2, title, basis)
        axes = figure.subplots(down, ACROSS, squeeze=False)
        for finding, panel in zip(mapped, axes.flat, strict=False):
            image = _map(panel, finding)
        for panel in axes.flat[len(mapped) :]:
            panel.remove()
        bar = figure.colorbar(
            image, ax=list(axes.flat[: len(mapped)]), location="bottom", shrink=0.5, aspect=40, pad=0.02, extend="both"
        )
        bar.set_label("difference in the claimed direction, in smallest differences that matter")
    said = " ".join(
        f"{f['id']}, {f['map']['test']}: {share_of_map(f):.0%} of the map has the claimed sign." for f in mapped
    )
    return Drawn("claim_maps", title, f"{title}. {said}", figure)


def claimed(finding: Document) -> tuple[Any, Document]:
    """Contrast over a map in the claimed direction, float[y, x] in smallest differences that matter, and its test."""
    (test,) = [test for test in finding["tests"] if test["name"] == finding["map"]["test"]]
    means = np.array(finding["map"]["means"], dtype=np.float64) / test["sesoi"]
    return (-means if test["direction"] in ("down", "at_most") else means), test


def share_of_map(finding: Document) -> float:
    """Share of a map in which the claimed sign holds."""
    return float((claimed(finding)[0] > 0.0).mean())


def _map(panel: Axes, finding: Document) -> Any:
    found, (z, test) = finding["map"], claimed(finding)
    xs, ys = found["xs"], found["ys"]
    image = panel.pcolormesh(xs, ys, z, cmap="RdYlBu", vmin=-LARGEST, vmax=LARGEST, shading="nearest", rasterized=True)
    for level, width in ((-1.0, 0.7), (0.0, 2.0), (1.0, 0.7)):
        if np.nanmin(z) < level < np.nanmax(z):
            panel.contour(xs, ys, z, levels=[level], colors=INK, linewidths=width, linestyles="-")
    x, y = found["base"]
    if x is not None and y is not None:
        panel.plot(x, y, "x", color="black", markersize=8, markeredgewidth=2, clip_on=False)
    panel.set(xlabel=found["x"], ylabel=found["y"])
    panel.set_title(f"{finding['id']}  {test['name']}", color=INK)
    panel.grid(visible=False)
    panel.tick_params(colors=FAINT, labelcolor=INK)
    return image
