"""The first mechanisms in engagesim: the design is a file; the package holds the rules and the engine."""

from __future__ import annotations

import time
from pathlib import Path

from protocol import Done, Work, answer

import engagesim as es
from engagesim.structures import build

NAMES = ("motivation", "exhaustion", "belief", "tie_strength", "help_received", "value", "contact_load")


def run(work: Work) -> Done:
    """Build the same network and people from the same seed and run all weeks in one compiled call."""
    begin = time.perf_counter()
    design = es.Scenario.load(Path(__file__).with_name("first_mechanisms.toml"))
    design = design.changed(employees=len(work.start) - 1, steps=work.weeks)
    network = build(design.values, work.seed)
    at = {0: time.perf_counter()}
    done = es.simulate(
        design, seed=work.seed, network=network, watch=[1], threads=work.threads,
        told=lambda week: at.update({week: time.perf_counter()}),
    )  # fmt: skip
    weekly = done.weeks.query("group == 'everyone'")
    means = {"mean_effort": weekly["effort"].to_numpy(), "mean_motivation": weekly["intrinsic_motivation"].to_numpy()}
    state = {name: done.last[name] for name in NAMES}
    return Done(at[0] - begin, at[1] - at[0], at[work.weeks] - at[1], state | means)


if __name__ == "__main__":
    answer("engagesim", run)
