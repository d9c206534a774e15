"""Small worlds in which one mechanism acts alone."""

from dataclasses import replace

import numpy as np
from scipy import stats

from engagesim import EngagementModel, simulate
from engagesim.design.parts import Change, Instrument
from engagesim.design.scenario import Scenario
from engagesim.measures import measure, sums_of
from engagesim.rules import MECHANISMS
from engagesim.rules.rewards import INSTRUMENT
from engagesim.structures import build
from engagesim.structures.network import FREE
from engagesim.tallies import ORGANIZATION

PLAIN = Scenario.load("plain_organization")
OFF = {name: 0 for mechanism in MECHANISMS for name in mechanism.strength}
STILL = {
    **OFF, "exhaustion_start": 0, "trust_start": 1, "motivation_sd": 0, "skill_sd": 0, "slope_sd": 0, "tie_room": 0,
    "threshold_sd": 0, "disposition": 0,
}  # fmt: skip
"""All mechanisms off, everybody alike, rested and trusting: nothing moves until a mechanism is turned on.

What members begin to differ in only once a mechanism is on, such as estimates or connectivity, its own tests set."""

CONDITIONAL = {"conditional_share": 1, "free_rider_share": 0, "hump_share": 0, "conditionality": 1, "norm_weight": 1}
EMPLOYEES_ONLY = {"customers": 0, "partners": 0}
APART = {**EMPLOYEES_ONLY, "form": "regular", "degree": 0}
STILL_NEED = {"need_drift": 0, "decentralization": 1, "credibility_weight": 0, "credibility_rate": 0}
"""What the purpose needs stays the same, and everybody has one vote."""
RING = {"form": "small_world", "rewiring": 0, "degree": 4}
NEEDS_MET = (1 + 0.5 + 1.2 / 3.2) / 3
"""Need satisfaction on that ring of ties of .3: autonomy, competence and relatedness by default numbers."""
BIT = 2.0**-30
EVEN = stats.uniform(-np.sqrt(3), 2 * np.sqrt(3))
"""The even distribution with mean 0 and standard deviation 1."""


def alone(**values):
    """A scenario in which only what `values` turn on happens; 20 weeks, 24 employees, 16 customers, 8 partners."""
    return PLAIN.changed(**{"steps": 20, "employees": 24, "customers": 16, "partners": 8, **STILL, **values})


def lively(**values):
    """A small plain organization with turnover and new ties enough that everything happens in a few weeks."""
    small = {"steps": 12, "employees": 14, "customers": 8, "partners": 4, "exit_hazard": 0.03, "vacancy_weeks": 3}
    ties = {"demand_ratchet": 0.05, "closure_rate": 0.5, "meeting_rate": 0.2}
    learning = {"imitation_rate": 0.2, "socialization": 0.3, "code_learning": 0.5, "slow_share": 0.3}
    meeting = {"encounter_rate": 0.5, "committed_share": 0.3, "convergence": 0.2}
    asking = {"problem_rate": 0.6, "directory_start": 0.9, "adoption_rate": 0.3, "adoption_start": 0.2}
    return PLAIN.changed(**{**small, **ties, **learning, **meeting, **asking, **values})


def with_instruments(scenario, *attributes, schedule=()):
    """The scenario with reward instruments a, b, ... and changes (week, key, value)."""
    named = {"abcdefg"[k]: {p.name: p.default for p in INSTRUMENT} | given for k, given in enumerate(attributes)}
    return replace(
        scenario,
        instruments=tuple(Instrument(name, attributes) for name, attributes in named.items()),
        schedule=tuple(Change(at, None, key, value) for at, key, value in schedule),
    )


def scheduled(scenario, *changes):
    """The scenario with changes (week, key, value)."""
    return replace(scenario, schedule=tuple(Change(at, None, key, value) for at, key, value in changes))


def sums(run):
    """Weekly sums over all roles, by tally."""
    return sums_of(run.tallies, "everyone")


def efforts(run):
    """Weekly mean effort of everybody."""
    return measure("effort", run.tallies)


def organization(run, name):
    """Weekly series `name` of the organization itself."""
    return run.series[:, ORGANIZATION.index(name)]


def followed(scenario, *columns, seed=0, network=None):
    """Weekly columns of all members, float64[weeks, N] each, and the run."""
    weeks = int(scenario.values["steps"])
    run = simulate(scenario, seed=seed, network=network, watch=range(1, weeks + 1))
    return *(np.array([run.snapshots[w][c] for w in range(1, weeks + 1)]) for c in columns), run


def matrix(network):
    """Strengths between members: float64[N, N]."""
    strengths = np.zeros((network.size, network.size))
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    live = network.kind != FREE
    strengths[owner[live], network.neighbour[live].astype(int)] = network.strength[live]
    return strengths


def network_of(scenario, seed=0):
    """The network that a run of `scenario` from `seed` starts with."""
    return build(scenario.values, seed)


def at_start(design, seed=0):
    """Estimates with which members begin."""
    return EngagementModel(design, seed=seed).snapshot()["estimate"]


def same_state(one, other, but=()):
    """Whether two runs end with members alike to the last bit, columns in `but` aside."""
    a, b = (run.last for run in (one, other))
    return all(np.array_equal(a[name], b[name]) for name in a if name not in but)


def with_strengths(network, strength_of):
    """The network with each tie's strength as `strength_of(lower, higher)` says."""
    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    pairs = zip(owner.tolist(), network.neighbour.tolist(), (network.kind != FREE).tolist(), strict=True)
    strength = [strength_of(min(a, b), max(a, b)) if live else 0.0 for a, b, live in pairs]
    return replace(network, strength=np.array(strength))


def close(found, expected, tolerance):
    """Whether all numbers are within `tolerance` of what is expected, which may be one for many."""
    return bool(np.abs(np.asarray(found) - np.asarray(expected)).max() <= tolerance)
