"""Fingerprints: how the central rule of each mechanism responds over a grid."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..design.catalogue import BY_NAME
from ..rules import (
    adoption,
    contract,
    cooperation,
    creation,
    decisions,
    encounters,
    evaluation,
    exhaustion,
    extraction,
    imitation,
    knowledge,
    learning,
    market,
    media,
    momentum,
    motivation,
    norm,
    participation,
    pooling,
    portability,
    push,
    reciprocity,
    recognition,
    sharing,
    ties,
    turnover,
    values,
)

POINTS = 101


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The response of one rule to one of its arguments, for some values of another.

    Attributes:
        rule: the rule.
        says: what it gives, for the vertical axis.
        x: name of the argument on the horizontal axis.
        low, high: its range.
        curve: name of the argument that differs between curves, or empty.
        values: its values.
        labels: what they are called, where not by their number.
        direction: 1 if the response never falls with x, -1 if it never rises, 0 if it does both.
        fixed: other arguments; those not named are the defaults of the parameters of their names.
    """

    rule: Callable[..., float]
    says: str
    x: str
    low: float
    high: float
    curve: str = ""
    values: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    direction: int = 1
    fixed: Mapping[str, float] = field(default_factory=dict)

    def arguments(self) -> dict[str, float]:
        """Every argument but x and the one that differs between curves."""
        names = [name for name in inspect.signature(self.rule).parameters if name not in (self.x, self.curve)]
        return {name: self.fixed[name] if name in self.fixed else default_of(name) for name in names}

    def response(self) -> tuple[NDArray[np.float64], dict[float, NDArray[np.float64]]]:
        """The grid and, by value of the curve's argument (0 without one), the response."""
        grid = np.linspace(self.low, self.high, POINTS)
        others = self.arguments()
        curves = {}
        for value in self.values or (0.0,):
            known = others | ({self.curve: value} if self.curve else {})
            curves[value] = np.array([float(self.rule(**known, **{self.x: x})) for x in grid.tolist()])
        return grid, curves


def default_of(name: str) -> float:
    """Default of a parameter, that of employees where it is given per role; raises KeyError for an unknown name."""
    default = BY_NAME[name].default
    value = default[0] if isinstance(default, tuple) else default
    return float(BY_NAME[name].choices.index(value)) if isinstance(value, str) else float(value)


FINGERPRINTS: Mapping[str, Fingerprint] = {
    "norm": Fingerprint(
        norm.update_belief, "belief next week", "norm", 0, 1, "belief_update", (0.0, 0.1, 0.5, 1.0),
        fixed={"belief": 0.4},
    ),
    "cooperation": Fingerprint(
        cooperation.voluntary_effort, "voluntary effort", "belief", 0, 1, "kind", (0, 1, 2, 3), cooperation.TYPES,
        direction=0,
        fixed={"motivation": 0.5, "slope": 0.85},
    ),
    "push": Fingerprint(
        push.total_effort, "effort wanted", "demanded", 0, 1, "voluntary", (0.0, 0.3, 0.6),
        fixed={"expected_reward": 0.0},
    ),
    "creation": Fingerprint(
        creation.value_created, "value of a week", "support", 0, 1, "task", (0.2, 0.5, 1.0),
        fixed={"skill": 1.0, "quality": 0.75, "output": 1.0},
    ),
    "sharing": Fingerprint(
        sharing.sharing_key, "claim on the pool", "score", 0, 1, "sharing_rule", (1, 2, 3),
        sharing.SHARING_RULES[1:],
        fixed={"weight": 1.0, "stake": 0.4},
    ),
    "motivation": Fingerprint(
        motivation.motivate, "motivation next week", "inclination", 0, 1, "reward_control", (0.0, 0.5, 1.0),
        fixed={"motivation": 0.5},
    ),
    "contract": Fingerprint(
        contract.update_trust, "trust next week", "breach", 0, 0.5, "trust", (0.3, 0.6, 0.9), direction=-1,
        fixed={"partners_trust": 0.6},
    ),
    "exhaustion": Fingerprint(
        exhaustion.exhaust, "exhaustion next week", "effort", 0, 1, "resources", (0.0, 0.5, 1.0),
        fixed={"exhaustion": 0.3, "contact_load": 0.1},
    ),
    "ties": Fingerprint(
        ties.grow_tie, "strength next week", "joint", 0, 0.25, "strength", (0.1, 0.5, 0.9),
        fixed={"contact": 0.1, "attention": 0.5, "deep": 0.4, "shallow": 0.005, "decay": 0.015},
    ),
    "evaluation": Fingerprint(
        evaluation.sight_of_relational, "share of relational work seen", "acquaintance", 0, 1, "evaluator",
        (0, 1, 2, 3), evaluation.EVALUATORS[:4], fixed={"reach": 0.5},
    ),
    "extraction": Fingerprint(
        extraction.feel, "felt extraction next week", "own", 0.5, 4, "reference", (0.0, 0.35, 0.7),
        fixed={"felt": 0.2},
    ),
    "portability": Fingerprint(
        portability.stay_chance, "chance that the tie stays", "person_share", 0, 1, "another", (0, 1),
        ("known to the leaver only", "known to a colleague"), direction=-1,
    ),
    "values": Fingerprint(
        values.believe_gap, "believed gap", "peers_gap", 0, 1, "own_gap", (0.0, 0.4, 0.8),
    ),
    "estimates": Fingerprint(
        decisions.right_share, "share of value not lost to a wrong decision", "error", -3, 3, "error_cost",
        (0.05, 0.1, 0.5), direction=0,
    ),
    "imitation": Fingerprint(
        imitation.attraction, "weight in being taken as a model", "payoff", -1, 3, "strength", (0.2, 0.5, 1.0),
        fixed={"selection": 0.5},
    ),
    "reciprocity": Fingerprint(
        reciprocity.willingness, "share of relational effort given", "partners_image", 0, 1, "forgiveness",
        (0.0, 0.33, 1.0), fixed={"reciprocity": 0.6},
    ),
    "encounters": Fingerprint(
        encounters.rounds_of, "rounds of giving", "u", 0, 0.99, "continuation", (0.0, 0.5, 0.9),
    ),
    "learning": Fingerprint(
        learning.adoption_chance, "chance that the code adopts a facet", "majority", 0, 20, "code_learning",
        (0.05, 0.1, 0.5),
    ),
    "turnover": Fingerprint(
        turnover.worn_out, "added multiples of the chance of leaving", "exhaustion", 0, 1, "trust", (0.2, 0.6, 1.0),
    ),
    "knowledge": Fingerprint(
        knowledge.keep_records, "share of records right next week", "relational", 0, 1, "record_store",
        (0.0, 0.5, 1.0), fixed={"accuracy": 0.5},
    ),
    "adoption": Fingerprint(
        adoption.adopted_output, "output against that without the technology", "adoption", 0, 1, "strategy", (0, 1),
        adoption.STRATEGIES, direction=0,
    ),
    "participation": Fingerprint(
        participation.contributes, "contributes (1) or lurks (0)", "effort", 0, 1, "before",
        (participation.PASSIVE_LURKER, participation.CONTRIBUTOR), ("lurked", "contributed"),
        fixed={"threshold": 0.5},
    ),
    "media": Fingerprint(
        media.update_response, "how soon one answers next week", "partners", 0, 1, "connectivity", (0.55, 1.15, 2.0),
        ("passive", "connected", "hyperconnected"), fixed={"response": 0.3},
    ),
    "pooling": Fingerprint(
        pooling.pool_payoff, "payoff of a week", "mine", 0, 1, "loss", (0.0, 0.2, 0.5), direction=-1,
        fixed={"total": 2.0, "spent": 0.0},
    ),
    "market": Fingerprint(
        market.for_the_norm, "voluntary effort left", "frame", 0, 1, "norm_lost", (0.2, 0.4, 0.8), direction=-1,
        fixed={"voluntary": 0.75},
    ),
    "momentum": Fingerprint(
        momentum.stop_chance, "chance that it is the last", "number", 1, 30, "stopping", (0.3, 0.5, 0.8), direction=-1,
    ),
    "recognition": Fingerprint(
        recognition.follow_example, "belief next week", "example", 0, 1, "recognition_sight", (0.05, 0.2, 0.5),
        fixed={"belief": 0.4},
    ),
}  # fmt: skip
"""One per mechanism, by its name."""
