"""The number that flips an answer is found where one was planted, and not where none was."""

import numpy as np
import pytest
from scipy import stats
from sklearn.tree import DecisionTreeClassifier

from engagesim.experiments.statistics.flipping import LEAST_LEAF, LEVEL, best_splits, split_of

NAMES = [f"p{i}" for i in range(20)]


def worlds(seed=0, n=100):
    return np.random.default_rng(seed).random((n, len(NAMES)))


def test_a_planted_threshold_is_found():
    points = worlds()
    split = split_of(NAMES, points, points[:, 7] > 0.3, 0)
    assert split is not None
    assert split.parameter == "p7"
    # A hundred worlds lie .01 apart on average; a gap of .03 around .3 has a chance of .05.
    assert split.value == pytest.approx(0.3, abs=0.03)
    assert (split.below, split.above, split.flips) == (0.0, 1.0, True)


def test_a_threshold_is_found_through_noise():
    points = worlds()
    wrong = np.random.default_rng(5).random(100) < 0.15
    split = split_of(NAMES, points, (points[:, 3] < 0.6) ^ wrong, 0)
    assert split is not None
    assert (split.parameter, split.flips) == ("p3", True)
    assert split.below > 0.7 > 0.3 > split.above


def test_a_shift_that_leaves_the_majority_is_no_flip():
    points = worlds(n=300)
    held = np.where(points[:, 2] < 0.5, np.random.default_rng(2).random(300) < 0.6, True)
    split = split_of(NAMES, points, held, 0)
    assert split is not None
    assert split.parameter == "p2"
    assert not split.flips


@pytest.mark.parametrize(("share", "n"), [(0.5, 100), (0.8, 100), (0.5, 30)])
def test_tossed_answers_have_a_split_as_seldom_as_stated(share, n):
    """Twenty numbers, some nine or eighty thresholds each: without the shuffles nearly all would have one."""
    found = 0
    for turn in range(100):
        held = np.random.default_rng([turn, n]).random(n) < share
        found += split_of(NAMES, worlds(turn, n), held, turn) is not None
    assert stats.binom(100, LEVEL).sf(found - 1) > 0.001


def test_a_single_test_of_the_best_split_would_be_too_bold():
    """What the shuffles are for: the best of all splits of tossed answers looks clear to a test of that split alone."""
    bold = 0
    for turn in range(50):
        points, held = worlds(turn), np.random.default_rng([turn, 100]).random(100) < 0.5
        _, column, value = best_splits(points, held[None])
        low = points[:, column] <= value
        table = [[int((held & side).sum()), int((~held & side).sum())] for side in (low, ~low)]
        bold += stats.fisher_exact(np.array(table)).pvalue < LEVEL
    assert bold > 40


@pytest.mark.parametrize("turn", range(40))
def test_the_best_split_is_that_of_a_classification_tree_of_depth_one(turn):
    rng = np.random.default_rng(turn)
    n, width = int(rng.integers(10, 200)), int(rng.integers(1, 20))
    points = np.round(rng.random((n, width)), 1 if turn % 4 == 0 else 12)  # some with many worlds at the same value
    held = (rng.random(n) < 0.3) ^ (points[:, 0] > 0.6)
    (clear,), column, value = best_splits(points, held[None])
    tree = DecisionTreeClassifier(max_depth=1, min_samples_leaf=LEAST_LEAF, random_state=0).fit(points, held).tree_
    share = tree.n_node_samples / n
    gain = tree.impurity[0] - share[1] * tree.impurity[1] - share[2] * tree.impurity[2]
    assert 2.0 * clear / n**2 == pytest.approx(gain, rel=1e-9)
    # Numbers that are equally clear: the first is told here; a tree takes them in an order of its own.
    alone = [best_splits(points[:, [j]], held[None]) for j in range(width)]
    best = [j for j in range(width) if alone[j][0] == clear]
    assert (column, value) == (best[0], alone[best[0]][2])
    assert tree.feature[0] in best
    assert tree.threshold[0] == alone[tree.feature[0]][2]


def test_answers_that_a_split_tells_equally_well_are_equally_clear_to_the_last_bit():
    """Else a shuffle that does exactly as well would be counted or not by a rounding error."""
    points = np.arange(70.0)[:, None]
    held = np.arange(70) < 23
    clear, *_ = best_splits(points, np.stack([held, ~held, held[::-1], ~held[::-1]]))
    assert len(set(clear)) == 1


def test_worlds_at_one_value_are_not_parted():
    points = np.repeat([1.0, 2.0], 20)[:, None]
    held = np.arange(40) < 15
    assert best_splits(points, held[None])[1:] == (0, 1.5)
    assert best_splits(np.ones((40, 1)), held[None])[1] == -1
    assert split_of(["width"], np.ones((40, 1)), held, 0) is None


def test_what_holds_everywhere_or_nowhere_has_no_flip():
    assert split_of(NAMES, worlds(), np.ones(100, dtype=bool), 0) is None
    assert split_of(NAMES, worlds(), np.zeros(100, dtype=bool), 0) is None


def test_nothing_is_looked_for_in_fewer_than_ten_worlds():
    few, ten = ((np.arange(n) < n // 2) for n in (9, 10))
    assert split_of(["width"], np.arange(9.0)[:, None], few, 0) is None
    assert split_of(["width"], np.arange(10.0)[:, None], ten, 0) is not None
