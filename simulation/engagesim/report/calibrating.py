"""The report of a calibration: one page, its figures, its tables as files, and the designs with the fitted values."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..experiments.question.factors import applies, placed
from .page import write_sweep_page
from .words import CAVEATS, number

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.calibration import Calibration

PAGE, FITTED = "calibration.html", "fitted"
HOW = (
    "A posterior says which values go with the targets in this model; it does not say that the model is right.",
    "Error: how wrong fits to simulated data with known parameters are, 0 exact, 1 no better than the prior. Coverage: "
    "how often their 90 % intervals held the truth.",
    "Ranges of runs with fitted parameters hold the error of each figure too, so those of a share may pass 0 or 1.",
)
"""How to read a calibration."""
HEADS = {
    "prior_low": "prior from", "prior_high": "to", "low": "90 % low", "high": "90 % high", "sd_ratio": "sd / prior sd",
    "error": "error", "share_below": "simulated below",
}  # fmt: skip
TITLES = {"parameters": "Parameters", "targets": "Targets"}


def write_calibration(found: Calibration, *, figures: bool = True) -> Path:
    """Write the page, `report/` with tables and figures, and `fitted/` with every design at the posterior medians.

    A fitted design has a name and a title of its own, so that it can be compared with what it was made from, and what
    was fitted is uncertain over its 90 % interval.

    Returns:
        The page.
    """
    from .calibration_figures import calibration_figures

    asked, place = found.question, found.folder.place
    _write_fitted(found, place / FITTED)
    return write_sweep_page(
        place / PAGE, {"posterior": found.posterior, **tables_of(found)}, calibration_figures(found) if figures else [],
        title=asked.title or asked.name, description=asked.description, runs=runs_of(found), designs=[], answer=[],
        notes=found.notes, shown=[_table(name, frame) for name, frame in tables_of(found).items()], trees=[],
        limits=(*HOW, *CAVEATS), command="", seed=asked.seed, design_id=found.folder.manifest["design_id"][:12],
    )  # fmt: skip


def tables_of(found: Calibration) -> dict[str, pd.DataFrame]:
    """The tables for people."""
    return {"parameters": found.parameters, "targets": found.targets}


def runs_of(found: Calibration) -> str:
    """How much was simulated, in one sentence."""
    return (
        f"{found.runs:,} simulated data sets, the {found.accepted:,} nearest to the targets kept; the prior of every "
        "parameter is even over its range."
    )


def _write_fitted(found: Calibration, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    rows = found.parameters.to_dict("records")
    medians = {row["parameter"]: float(row["median"]) for row in rows}
    ranges = {row["parameter"]: (float(row["low"]), float(row["high"])) for row in rows}
    for arm in found.question.arms:
        own = {key: held for key, held in ranges.items() if applies(arm, key)}
        fitted = placed(arm, medians, "at the posterior medians")
        fitted = replace(fitted, title=f"{arm.title}, fitted", uncertainties={**fitted.uncertainties, **own})
        (folder / f"{arm.name}_fitted.toml").write_text(fitted.to_toml(), encoding="utf-8", newline="\n")


def _table(name: str, frame: pd.DataFrame) -> dict[str, Any]:
    words = [isinstance(value, str) for value in frame.iloc[0]]
    rows = [[(cell_text(v), w) for v, w in zip(row.values(), words, strict=True)] for row in frame.to_dict("records")]
    header = [(HEADS.get(c, c.replace("_", " ")), w) for c, w in zip(frame.columns, words, strict=True)]
    return {"title": TITLES[name], "header": header, "rows": rows, "more": ""}


def cell_text(value: Any) -> str:
    """A cell for people."""
    if isinstance(value, str):
        return value
    return ("yes" if value else "no") if isinstance(value, bool) else number(float(value))
