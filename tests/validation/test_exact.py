"""The exact side of the checks, against other ways to the same numbers."""

import numpy as np
import pytest

from engagesim.validation.exact import fixation, groups
from engagesim.validation.exact.tipping import critical_share, replies


@pytest.mark.parametrize("r", [0.7, 1.0, 1.3])
@pytest.mark.parametrize("size", [4, 9])
def test_the_moran_process_is_the_product_formula_of_constant_payoffs(r, size):
    game = ((r - 1, r - 1), (0.0, 0.0))
    assert fixation.moran(r, size) == pytest.approx(fixation.two_strategies(game, size, 1.0), rel=1e-12)


@pytest.mark.parametrize("size", [5, 12])
@pytest.mark.parametrize("benefit", [2.0, 6.0])
def test_weak_selection_favours_who_has_the_advantage(size, benefit):
    game = fixation.direct(benefit, 1.0, 0.5)
    favoured = fixation.two_strategies(game, size, 1e-6) > 1 / size
    assert favoured == (fixation.weak_advantage(game, size) > 0)


@pytest.mark.parametrize(("rule", "value", "expected"), [
    (fixation.direct, 0.3, 8.0), (fixation.direct, 0.7, 1.6 / 0.7), (fixation.indirect, 0.5, 4.0),
])  # fmt: skip
def test_in_large_populations_reciprocity_is_favoured_from_its_threshold(rule, value, expected):
    found = fixation.threshold(lambda b: fixation.weak_advantage(rule(b, 1.0, value), 10**6), 1.0, 99.0)
    assert found == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(("size", "members", "expected"), [(50, 5, 5.4444), (100, 5, 5.2105), (20, 4, 4.75)])
def test_public_goods_pay_from_the_finite_threshold(size, members, expected):
    assert fixation.public_goods_threshold(size, members) == pytest.approx(expected, abs=5e-5)


def test_a_complete_graph_is_the_limit_of_no_cooperation():
    assert fixation.regular_graph_threshold(10, 9) == pytest.approx(-9)
    assert fixation.regular_graph_threshold(10, 5) == float("inf")
    assert fixation.regular_graph_threshold(10**9, 4) == pytest.approx(4, rel=1e-6)


def test_without_selection_one_in_n_takes_a_network_over():
    rng = np.random.default_rng(1)
    weights = np.triu(rng.uniform(0.2, 1, (6, 6)), 1)
    weights += weights.T
    assert fixation.on_network(weights, 3.0, 1.0, 0.0) == pytest.approx((1 / 6, 1 / 6))
    summed = fixation.on_network(weights, 3.0, 1.0, 0.05, accumulated=True)
    assert summed != pytest.approx(fixation.on_network(weights, 3.0, 1.0, 0.05), rel=1e-3)


def test_one_group_is_a_moran_process_and_neutral_groups_give_one_in_n():
    game = ((4.0, -1.0), (5.0, 0.0))
    alone = groups.takeovers(5, 1, 5.0, 1.0, 0.1, 0.3)
    assert alone[0] == pytest.approx(fixation.two_strategies(game, 5, 0.1), rel=1e-9)
    assert alone[1] == pytest.approx(fixation.two_strategies(((0.0, 5.0), (-1.0, 4.0)), 5, 0.1), rel=1e-9)
    assert groups.takeovers(2, 3, 5.0, 1.0, 0.0, 0.2) == pytest.approx((1 / 6, 1 / 6))


def test_rare_splits_favour_cooperation_from_the_published_ratio():
    """1 + n / (m - 2) for n in a group and m groups (Traulsen, Nowak 2006), here 1 + 2 / 2."""
    for benefit, favoured in ((1.9, False), (2.1, True)):
        give, _ = groups.takeovers(2, 4, benefit, 1.0, 1e-3, 1e-4)
        assert (give > 1 / 8) == favoured


@pytest.mark.parametrize(("memory", "expected"), [(3, 0.1111), (6, 0.1651), (14, 0.2567), (50, 0.3523)])
def test_the_threshold_of_a_convention_is_where_its_fixed_point_vanishes(memory, expected):
    found = critical_share(memory)
    assert found == pytest.approx(expected, abs=6e-5)
    p = np.linspace(0.001, 0.499, 4000)
    for share, stays in ((found - 0.002, True), (found + 0.002, False)):
        moved = share + (1 - share) * replies(p, memory)
        assert bool((moved <= p).any()) == stays
