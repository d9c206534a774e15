"""Best buys and shortfalls against answers that are known beforehand."""

import numpy as np
import pandas as pd
import pytest

from engagesim.experiments.choice.aim import Aim
from engagesim.experiments.choice.limits import FEWEST_WORLDS, STEPS, shortfalls, worth

AIM = Aim(matters=0.1)


def test_a_dear_design_is_the_best_buy_from_its_break_even_on():
    """A gain of 0.2 for 0.05 more pays from a worth of 0.25 on; at 4 x 0.05 / 0.1 = 2 the scale ends."""
    reached = np.tile([0.5, 0.7], (12, 1))
    spent = np.tile([0.1, 0.15], (12, 1))
    dear = worth(("none", "dear"), AIM, reached, spent).query("arm == 'dear'")
    assert dear["value"].to_numpy() == pytest.approx(np.linspace(0.0, 2.0, STEPS + 1))
    assert (dear["chance"] == (dear["value"] > 0.25 + 1e-9) * 1.0)[np.abs(dear["value"] - 0.25) > 1e-9].all()
    assert dear["loss"].to_numpy() == pytest.approx(np.maximum(0.0, 0.05 - 0.2 * dear["value"]))


def test_the_most_frequent_best_buy_may_lose_the_most():
    """Ahead by a hair in two worlds of three, far behind in the third."""
    reached = np.array([[0.5, 0.51], [0.5, 0.51], [0.5, 0.2]] * 4)
    found = worth(("none", "hare"), AIM, reached, np.zeros((12, 2))).query(f"at == {STEPS}").set_index("arm")
    assert found.loc["hare", "chance"] == pytest.approx(2 / 3)
    assert found.loc["hare", "loss"] > found.loc["none", "loss"]


def points_of(worlds: int) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    return pd.DataFrame(rng.uniform(0.0, 1.0, (worlds, 3)), columns=["help_value", "crowding_strength", "trust_repair"])


def test_a_shortfall_is_found_where_it_is():
    points = points_of(80)
    bad = points["crowding_strength"].to_numpy() > 0.7
    reached = np.column_stack([np.full(80, 0.5), np.where(bad, 0.3, 0.55)])
    found = shortfalls(("none", "pay"), AIM, points, reached)
    (none,), (pay,) = (found[found["arm"] == arm].to_dict("records") for arm in ("none", "pay"))
    assert (none["share"], none["parameter"]) == (0.0, "")
    assert pay["share"] == pytest.approx(bad.mean())
    assert pay["parameter"] == "crowding_strength"
    assert 0.6 < pay["low"] <= 0.75
    assert np.isnan(pay["high"])
    assert min(pay["density"], pay["elsewhere"]) > 0.8


def test_no_part_is_named_where_shortfalls_are_strewn_by_chance():
    named = 0
    for turn in range(20):
        bad = np.random.default_rng(turn).uniform(size=60) < 0.3
        found = shortfalls(("none", "pay"), AIM, points_of(60), np.column_stack([np.full(60, 0.5), 0.5 - 0.2 * bad]))
        named += bool((found["parameter"] != "").any())
    assert named <= 2


def test_few_worlds_are_not_asked():
    few = points_of(FEWEST_WORLDS - 1)
    assert shortfalls(("none", "pay"), AIM, few, np.zeros((len(few), 2))).empty
    assert shortfalls(("none", "pay"), AIM, pd.DataFrame(index=[1]), np.zeros((1, 2))).empty
