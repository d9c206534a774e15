"""The report of a calibration: one page, its figures, its tables as files, and the designs with the fitted values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..experiments.factors import placed
from .folder import FIGURES
from .page import inlined, rendered
from .style import Drawn, save
from .words import CAVEATS, number

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.calibration import Calibration

PAGE, REPORT, FITTED = "calibration.html", "report", "fitted"
HEADS = {
    "prior_low": "prior from", "prior_high": "to", "low": "90 % low", "high": "90 % high", "sd_ratio": "sd / prior sd",
    "error": "error", "share_below": "simulated below",
}  # fmt: skip
TITLES = {"parameters": "Parameters", "targets": "Targets"}


def write_calibration(found: Calibration, *, figures: bool = True) -> Path:
    """Write the page, `report/` with tables and figures, and `fitted/` with every design at the posterior medians.

    Returns:
        The page.
    """
    place = found.folder.place
    for folder in (REPORT, FITTED):
        (place / folder).mkdir(exist_ok=True)
    for name, frame in (("posterior", found.posterior), *tables_of(found).items()):
        frame.to_parquet(place / REPORT / f"{name}.parquet", compression="zstd", index=False)
    _write_fitted(found, place / FITTED)
    drawn = _drawn(found) if figures else []
    for figure in drawn:
        save(figure, place / REPORT / FIGURES)
    asked = found.question
    page = rendered(
        "calibration.html.j2", title=asked.title or asked.name, description=asked.description, runs=runs_of(found),
        notes=found.notes, tables=[_table(name, frame) for name, frame in tables_of(found).items()],
        figures=[inlined(figure, place / REPORT / FIGURES) for figure in drawn], caveats=CAVEATS, version=__version__,
        seed=asked.seed, design_id=found.folder.manifest["design_id"][:12],
    )  # fmt: skip
    (place / PAGE).write_text(page, encoding="utf-8", newline="\n")
    return place / PAGE


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
    medians = {row["parameter"]: float(row["median"]) for row in found.parameters.to_dict("records")}
    for arm in found.question.arms:
        text = placed(arm, medians, "at the posterior medians").to_toml()
        (folder / f"{arm.name}.toml").write_text(text, encoding="utf-8", newline="\n")


def _drawn(found: Calibration) -> list[Drawn]:
    from .calibration_figures import calibration_figures

    return calibration_figures(found)


def _table(name: str, frame: pd.DataFrame) -> dict[str, Any]:
    rows = [[cell_text(value) for value in row.values()] for row in frame.to_dict("records")]
    return {"title": TITLES[name], "header": [HEADS.get(c, c.replace("_", " ")) for c in frame.columns], "rows": rows}


def cell_text(value: Any) -> str:
    """A cell for people."""
    if isinstance(value, str):
        return value
    return ("yes" if value else "no") if isinstance(value, bool) else number(float(value))
