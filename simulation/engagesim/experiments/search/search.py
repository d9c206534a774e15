"""A search for schemes: NSGA-II over mixtures of instruments, sharing, asking and structure, in uncertain worlds.

Every candidate is run in the same worlds with the same luck, so candidates differ by their design only. Several goals
give a front, one gives a single best with its cost beside it; conditions must hold on average. `robust` is the share of
worlds in which a design keeps all conditions and is not beaten in every goal by the base.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...design.scenario import Scenario
from ...draws import key_of, named
from ...measures import WINDOWS
from ...problems import InputError, Problem
from ..choice.cases import KEPT, spent
from ..networks import Networks
from ..reduction import reduced
from ..statistics.robustness import dominators
from ..worlds import in_world, points_of, ranges_of, worlds_of
from .goals import COST, Bound, Goal
from .space import design_of, starts, suggested

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
POPULATION = 20
"""Candidates in each generation."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a search is for: goals with their direction (1 up, -1 down), conditions, size and luck."""

    goals: tuple[tuple[Goal, int], ...]
    bounds: tuple[Bound, ...] = ()
    trials: int = 200
    worlds: int = 8
    replicates: int = 1
    seed: int = 0

    @property
    def watched(self) -> tuple[Goal, ...]:
        """Every outcome that a goal or a condition needs."""
        return tuple(dict.fromkeys([*(g for g, _ in self.goals), *(b.goal for b in self.bounds), Goal(COST, "whole")]))


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found.

    Attributes:
        ask: what was asked.
        base: the design that it started from.
        designs: those of the front, in the order of the first goal; may be empty.
        tried: one row per candidate: trial, one column per outcome, feasible, front.
        front: one row per design of the front: name, outcomes, robust, worst (lowest of the first goal over worlds).
        base_outcomes: the base's own, by name.
    """

    ask: Ask
    base: Scenario
    designs: tuple[Scenario, ...]
    tried: pd.DataFrame = field(repr=False)
    front: pd.DataFrame = field(repr=False)
    base_outcomes: dict[str, float]

    @property
    def broken_by_base(self) -> tuple[Bound, ...]:
        """Conditions that the base itself does not keep."""
        return tuple(b for b in self.ask.bounds if b.excess(self.base_outcomes[b.goal.name]) > 0.0)


def search(base: Scenario, ask: Ask, told: Callable[[int], None] | None = None) -> Search:
    """Search from `base`; the same request gives the same result. `told` hears the number of candidates done.

    Raises:
        InputError: Optuna is not installed, the base declares no uncertainties for several worlds, or nothing can run.
    """
    optuna = _optuna()
    judge = Judge(base, ask)
    structure = base.values["form"] != "file"
    sampler = optuna.samplers.NSGAIISampler(
        population_size=min(POPULATION, ask.trials), seed=int(key_of(ask.seed, named("search"), 0)) % 2**32,
    )  # fmt: skip
    ways = ["maximize" if sign > 0 else "minimize" for _, sign in ask.goals]
    study = optuna.create_study(directions=ways, sampler=sampler)
    for start in starts(base, structure=structure):
        study.enqueue_trial(start)
    points: list[dict[str, Any]] = []
    found: list[Floats] = []

    def objective(trial: Any) -> tuple[float, ...]:
        points.append(suggested(trial.suggest_float, trial.suggest_categorical, structure=structure))
        found.append(judge.of(design_of(base, f"scheme_{trial.number + 1}", points[-1])))
        means = dict(zip(ask.watched, found[-1].mean(axis=0).tolist(), strict=True))
        for bound in ask.bounds:
            trial.set_constraint(bound.text, bound.excess(means[bound.goal]))
        if told:
            told(len(found))
        return tuple(means[goal] for goal, _ in ask.goals)

    study.optimize(objective, n_trials=ask.trials)
    return _found(base, ask, points, found, judge.of(base))


def _optuna() -> Any:
    try:
        import optuna
    except ImportError as error:
        message = "needs Optuna, which is not installed: pip install 'engagesim[search]'"
        raise InputError([Problem("design", None, "", message)]) from error
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return optuna


class Judge:
    """Runs candidates in the same worlds with the same luck."""

    def __init__(self, base: Scenario, ask: Ask) -> None:
        self.ask, self.networks = ask, Networks()
        drawn = points_of(worlds_of(ranges_of([base]), ask.worlds, ask.seed)) if ask.worlds > 1 else ()
        self.worlds = [(world, dict(point)) for world, point in drawn]

    def of(self, design: Scenario) -> Floats:
        """float64[worlds, watched] of one candidate."""
        moved = [in_world(design, w, p) for w, p in self.worlds] or [design]
        self.networks.of(moved[0])
        with ThreadPoolExecutor() as pool:
            return np.stack(list(pool.map(self._in_one, moved)))

    def _in_one(self, design: Scenario) -> Floats:
        ask = self.ask
        network = self.networks.of(design)
        values = reduced(design, ask.seed, ask.replicates, KEPT, network=network, weekly=False, jobs=1).windows[:, 0]
        return np.array([float(_outcome(values, goal).mean()) for goal in ask.watched])


def _outcome(values: Floats, goal: Goal) -> Floats:
    """One outcome of everybody, float64[replicates], of [replicates, windows, KEPT]; 0 where nobody is left."""

    def of(name: str, window: str) -> Floats:
        return np.asarray(values[:, WINDOWS.index(window), KEPT.index(name)])

    return spent(of) if goal.measure == COST else np.nan_to_num(of(goal.measure, goal.window))


def _found(base: Scenario, ask: Ask, points: Sequence[dict[str, Any]], found: Sequence[Floats], own: Floats) -> Search:
    """The front among the candidates that keep every condition."""
    import pandas as pd

    means = np.stack([f.mean(axis=0) for f in found])
    at = {goal: i for i, goal in enumerate(ask.watched)}
    feasible = np.array([all(b.excess(row[at[b.goal]]) <= 0.0 for b in ask.bounds) for row in means], dtype=np.bool_)
    aims = np.column_stack([sign * means[:, at[goal]] for goal, sign in ask.goals])
    kept = np.flatnonzero(feasible)
    by = dominators(aims[kept]) if len(kept) else []
    best = [int(i) for i, other in zip(kept, by, strict=True) if other is None]
    best.sort(key=lambda i: -aims[i, 0])
    best = list({tuple(aims[i]): i for i in reversed(best)}.values())[::-1]
    columns = {goal.name: means[:, at[goal]] for goal in ask.watched}
    tried = pd.DataFrame({"trial": np.arange(1, len(found) + 1), **columns, "feasible": feasible})
    tried["front"] = tried.index.isin(best)
    rows = [
        {"name": f"scheme_{i + 1}", **{name: x[i] for name, x in columns.items()}, **_robust(ask, found[i], own, at)}
        for i in best
    ]
    names = ["name", *columns, "robust", "worst"]
    designs = tuple(design_of(base, f"scheme_{i + 1}", points[i]) for i in best)
    outcomes = dict(zip((goal.name for goal in ask.watched), own.mean(axis=0).tolist(), strict=True))
    return Search(ask, base, designs, tried, pd.DataFrame(rows, columns=names), outcomes)


def _robust(ask: Ask, found: Floats, own: Floats, at: dict[Goal, int]) -> dict[str, float]:
    """Share of worlds in which all conditions hold and the base is not better in every goal; worst first goal."""
    holds = np.array([all(b.excess(row[at[b.goal]]) <= 0.0 for b in ask.bounds) for row in found])
    beaten = np.all([sign * own[:, at[goal]] > sign * found[:, at[goal]] for goal, sign in ask.goals], axis=0)
    first, sign = ask.goals[0]
    worst = sign * float((sign * found[:, at[first]]).min())
    return {"robust": float((holds & ~beaten).mean()), "worst": worst}
