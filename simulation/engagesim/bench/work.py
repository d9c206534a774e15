"""The work that is given to engagesim and to other libraries alike: a design at its start, as one NumPy archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .cases import SEED

if TYPE_CHECKING:
    from ..design.scenario import Scenario

COLUMNS = (
    "cooperation_type", "conditional_slope", "involvement", "skill", "motivation", "disposition", "belief",
    "exhaustion", "contact_load", "help_received", "tie_strength",
)  # fmt: skip
"""Columns of the starting state that the first mechanisms use."""

LEVERS = (
    "belief_update", "visibility_task", "visibility_relational", "conditionality", "norm_weight", "demand", "imposed",
    "task_share", "help_value", "help_half", "quality_floor", "own_share", "capture_share", "need_rate", "disposition",
    "competence_base", "relatedness_half", "drain", "rest", "buffer", "contact_cost", "tie_growth_deep",
    "tie_growth_shallow", "tie_decay", "tie_attention",
)  # fmt: skip
"""Numbers of the design that they use; those by role are told for employees, the only role there is."""

GAME_LEVERS = ("selection", "game_benefit", "game_cost")


def models() -> Path:
    """Folder with the models of all libraries, installed or in a clone."""
    from ..design.files import shipped_folder

    return shipped_folder("benchmarks/peers")


def engagement_work(members: int, weeks: int) -> tuple[dict[str, Any], Scenario]:
    """The first mechanisms on `members` employees: the archive's entries, and the design."""
    from ..design.scenario import Scenario
    from ..engine.world import start_world
    from ..structures import build

    design = Scenario.load(models() / "first_mechanisms.toml").changed(employees=members, steps=weeks)
    network = build(design.values, SEED)
    state = start_world(design.values, [], weeks, network, SEED).snapshot()
    return {**_base(design, network, LEVERS, weeks), **{f"member_{name}": state[name] for name in COLUMNS}}, design


def game_work(runs: int) -> tuple[dict[str, Any], Scenario]:
    """The pairwise game, to be played `runs` times: the archive's entries, and the design."""
    from ..design.scenario import Scenario
    from ..structures import build

    design = Scenario.load(models() / "pairwise_game.toml")
    weeks = len(design.levers().values)
    work = _base(design, build(design.values, SEED), GAME_LEVERS, weeks)
    return work | {"lever_runs": np.array(runs)}, design


def _base(design: Scenario, network: Any, levers: tuple[str, ...], weeks: int) -> dict[str, Any]:
    from ..design.catalogue import slot

    row = design.levers().values[0]
    return {
        "start": network.start, "neighbour": network.neighbour, "strength": network.strength,
        "weeks": np.array(weeks), "seed": np.array(SEED), **{f"lever_{name}": row[slot(name)] for name in levers},
    }  # fmt: skip
