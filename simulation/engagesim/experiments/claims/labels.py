"""Control: the same rules under another label. Whatever differs then is an error of the machinery, not a finding."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ...design.scenario import Scenario
from ...draws import replicate_seed
from ...runs import simulate

LABEL = "A thriving community"
SEEDS = 2
MOST_ARMS = 4


def same_under_another_label(arms: Mapping[str, Scenario], used: Sequence[str], seed: int) -> bool:
    """Whether arms (the first `MOST_ARMS` of those used) have the same trajectories, to the last bit, once relabelled.

    The design is written to a file under another name, title and description, and read back.
    """
    return all(_same(arms[name], relabelled(arms[name]), seed) for name in list(used)[:MOST_ARMS])


def relabelled(design: Scenario) -> Scenario:
    """The design under another name, title and description, by way of a file."""
    other = replace(design, title=LABEL, description=f"{LABEL}, with a new name.", source="", watch="")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a_thriving_community.toml"
        path.write_text(other.to_toml(), encoding="utf-8")
        return Scenario.load(path)


def _same(design: Scenario, other: Scenario, seed: int) -> bool:
    seeds = [replicate_seed(seed, r) for r in range(SEEDS)]
    return all(simulate(design, seed=s).digest == simulate(other, seed=s).digest for s in seeds)
