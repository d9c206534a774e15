"""What figures draw, taken alike from a run and from a comparison: weekly courses and the way of value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..experiments.reduction import MAIN

if TYPE_CHECKING:
    import pandas as pd

    from ..experiments.comparison import Study
    from ..runs import Run

FLOW = {
    "value_kept": "kept by who created it",
    "value_spilled": "reaches tie partners",
    "value_shared": "paid back by the organization",
    "rewards": "given as rewards",
    "left": "stays with the organization",
}
"""Where value goes: parts that add up to what is created, in the order of the figure."""


def run_course(run: Run) -> pd.DataFrame:
    """Weekly course of one run, in the columns of `Study.weeks`; no bands, no groups without members."""
    weeks = run.weeks
    present = [group for group, part in weeks.groupby("group") if part["active_members"].any()]
    frame = weeks[weeks["group"].isin(present)].melt(["week", "group"], list(MAIN), "measure", "mean")
    return frame.assign(arm=run.scenario.name, low=float("nan"), high=float("nan"))


def run_flow(run: Run) -> pd.DataFrame:
    """Where the value of a run goes: arm, then columns of `FLOW`, in value per week."""
    import pandas as pd

    weeks = run.weeks.query("group == 'everyone'")
    names = ["value_kept", "value_spilled", "value_captured", "value_shared", "rewards"]
    return _flow(pd.DataFrame([weeks[names].mean()], index=[run.scenario.name]))


def study_flow(study: Study) -> pd.DataFrame:
    """Where the value of each design goes: arm, then columns of `FLOW`, mean value per week of the whole run."""
    whole = study.levels.query("window == 'whole' and group == 'everyone'")
    return _flow(whole.pivot(index="arm", columns="measure", values="mean").loc[list(study.names)])


def _flow(found: pd.DataFrame) -> pd.DataFrame:
    left = found["value_captured"] - found["value_shared"] - found["rewards"]
    return found.assign(left=left)[list(FLOW)]


def ends(frame: pd.DataFrame) -> Mapping[str, tuple[float, float]]:
    """Means of the first and of the last week by group, of the course of one measure in one design."""
    pairs = {}
    for group, part in frame.sort_values("week", kind="stable").groupby("group", sort=False):
        pairs[str(group)] = (float(part["mean"].iloc[0]), float(part["mean"].iloc[-1]))
    return pairs
