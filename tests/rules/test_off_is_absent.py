"""Off means absent: with its strength at zero, a mechanism's rules can be taken out without changing a bit."""

import numpy as np
import pytest

from engagesim import EngagementModel, simulate
from engagesim.agents import Member
from engagesim.rules import (
    MECHANISMS,
    contract,
    cooperation,
    creation,
    exhaustion,
    media,
    motivation,
    norm,
    push,
    sharing,
    ties,
)
from engagesim.rules.creation import down
from engagesim.tallies import NAMES

from .cases import lively, network_of, same_state, with_instruments

REWARDS = (
    {"value": 0.05, "contingency": "completion", "informational": 0.3},
    {"value": 0.05, "contingency": "unexpected", "evaluation_use": "development"},
)


def first(x, *others):
    """The stock as it was."""
    return x


def nothing(*values):
    return 0.0


def taken_out(monkeypatch, name):
    """Replace the rules of one mechanism by what a world without it would do."""
    without = {
        "norm": {(norm, "update_belief"): first},
        "cooperation": {(cooperation, "voluntary_effort"): lambda kind, motivation, *rest: motivation},
        "push": {
            (push, "demanded_effort"): nothing, (push, "trusted_effort"): first, (push, "total_effort"): first,
            (push, "ratchet"): first,
        },
        "creation": {
            (creation, "support"): nothing,
            (creation, "value_created"): lambda skill, quality, task, *rest: down(skill * quality * task),
        },
        "sharing": {(sharing, "pool_rate"): nothing, (sharing, "shared_part"): nothing},
        "motivation": {(motivation, "motivate"): first},
        "contract": {(contract, "update_trust"): first},
        "exhaustion": {(exhaustion, "contact_load"): nothing, (exhaustion, "exhaust"): first},
        "ties": {(ties, "grow_tie"): first, (ties, "breaks"): lambda *_: False, (Member, "seeks_tie"): lambda _: False},
        "turnover": {(Member, "wants_to_leave"): lambda _: False, (Member, "can_be_filled"): lambda _: False},
        "participation": {(Member, "take_part"): lambda _, effort: effort},
        "media": {
            (media, "messages_sent"): nothing, (media, "message_load"): nothing, (media, "strain"): nothing,
            (media, "update_response"): first, (media, "repair_over"): first,
        },
    }[name]  # fmt: skip
    for (owner, function), replacement in without.items():
        monkeypatch.setattr(owner, function, replacement)


def off(mechanism, **values):
    zero = dict.fromkeys(mechanism.strength, 0)
    return with_instruments(lively(**zero, **values), *REWARDS)


def stepped(design, weeks=8, seed=5):
    model = EngagementModel(design, seed=seed, network=network_of(design, seed))
    for _ in range(weeks):
        model.step()
    return model


def same(one, other):
    states = zip(one.snapshot().values(), other.snapshot().values(), strict=True)
    return np.array_equal(one.tallies, other.tallies) and all(np.array_equal(a, b) for a, b in states)


@pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda m: m.name)
def test_a_world_without_the_rules_of_a_mechanism_that_is_off_is_the_same_world(mechanism, monkeypatch):
    here = stepped(off(mechanism))
    lively_here = stepped(with_instruments(lively(), *REWARDS))
    taken_out(monkeypatch, mechanism.name)
    assert same(here, stepped(off(mechanism)))
    assert not same(lively_here, stepped(with_instruments(lively(), *REWARDS))), "turned on, its rules are missed"


STILL_USED = {
    "norm": {"visibility_task", "visibility_relational"},
    "creation": {"quality_floor", "capture_share", "own_share"},
    "motivation": {"competence_base", "relatedness_half", "development_rate", "skill_ceiling"},
}
"""Parameters beside a mechanism that act without it: what is seen, the split of value, needs, training."""

ONLY_TOLD = {
    "push": ((), ("expected_reward",)),
    "sharing": ((), ("stake",)),
    "contract": (("expectation", "breach"), ("expectation",)),
}
"""Tallies and columns that a mechanism keeps while it is off, though nothing follows from them."""


def other_value(p):
    """A value that is not the default."""
    if p.kind == "choice":
        return next(c for c in p.choices if c != p.default)
    old = max(p.default) if p.per_role else p.default
    return (old + (p.low if old == p.high else min(p.high, 4 * old + 1))) / 2


IDLE = [
    (m, p)
    for m in MECHANISMS
    for p in m.parameters
    if p.name not in m.strength and not p.static and p.name not in STILL_USED.get(m.name, ())
]
EXTREME = {"tie_floor": 0.35, "homophily": 1, "tie_attention": 0.5, "new_tie_strength": 0.9, "promised_return": 0}


@pytest.mark.parametrize(("mechanism", "p"), IDLE, ids=[p.name for _, p in IDLE])
def test_no_other_parameter_of_a_mechanism_that_is_off_matters(mechanism, p):
    tallies, columns = ONLY_TOLD.get(mechanism.name, ((), ()))
    changed = {p.name: EXTREME.get(p.name, other_value(p))}
    one, other = (simulate(off(mechanism, **values), seed=5) for values in ({}, changed))
    compared = [k for k, name in enumerate(NAMES) if name not in tallies]
    assert np.array_equal(one.tallies[..., compared], other.tallies[..., compared])
    assert np.array_equal(one.series, other.series)
    assert same_state(one, other, but=columns)


@pytest.mark.parametrize("p", [p for _, p in IDLE], ids=lambda p: p.name)
def test_the_same_parameter_matters_when_the_mechanism_is_on(p):
    base = {"expectation_start": 0.9, "promised_return": 0.9}
    base |= {"sharing_rule": "ownership"} if p.name == "stake_memory" else {}
    base |= {"contribute_from": 0.25} if p.name == "hysteresis" else {}
    changed = {**base, p.name: EXTREME.get(p.name, other_value(p))}
    one, other = (simulate(with_instruments(lively(**values), *REWARDS), seed=5) for values in (base, changed))
    assert not np.array_equal(one.tallies, other.tallies)
