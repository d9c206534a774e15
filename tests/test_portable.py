import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim.portable import clip01, exp_, grid, log_
from tests.compiled import PYTHON, portable

BIT = 2.0**-30
MODERATE = st.floats(-(2.0**20), 2.0**20)


def exactly(function, x):
    """A function of Decimal, to 40 digits."""
    with localcontext() as context:
        context.prec = 40
        return function(Decimal(x))


@given(st.floats(-700, 700))
def test_exp_is_within_4e_16_of_the_exact_exponential(x):
    exact = exactly(Decimal.exp, x)
    assert abs(Decimal(exp_(x)) - exact) <= Decimal("4e-16") * exact


@given(st.one_of(st.floats(5e-324, 1.7e308), st.floats(0.5, 2.0)))
def test_log_is_within_1e_15_of_the_exact_logarithm(x):
    exact = exactly(Decimal.ln, x)
    assert abs(Decimal(log_(x)) - exact) <= Decimal("1e-15") * max(Decimal(1), abs(exact))


def test_exp_and_log_hold_over_their_whole_range_against_the_library():
    x = np.linspace(-700, 700, 20_001)
    assert max(abs(exp_(v) / math.exp(v) - 1) for v in x) < 6e-16
    y = np.logspace(-300, 300, 20_001)
    assert max(abs(log_(v) - math.log(v)) / max(1.0, abs(math.log(v))) for v in y) < 1e-15


def test_exp_and_log_know_their_landmarks():
    assert exp_(0.0) == 1.0
    assert log_(1.0) == 0.0
    assert exp_(1.0) == pytest.approx(math.e, rel=4e-16)
    assert log_(2.0) == math.log(2.0)


def test_at_the_ends_of_the_reduced_range_the_last_terms_decide_the_last_bit():
    """Points where the series as written gives the exact value, rounded, and one with another last term does not."""
    assert [exp_(x) for x in (-0.33668, 0.33599)] == [float(exactly(Decimal.exp, x)) for x in (-0.33668, 0.33599)]
    points = (0.71024, 1.39112, 0.717956, 1.396367)
    assert [log_(x) for x in points] == [float(exactly(Decimal.ln, x)) for x in points]


@given(st.floats(-600, 600))
def test_log_undoes_exp(x):
    assert log_(exp_(x)) == pytest.approx(x, abs=2e-13)


@given(MODERATE)
def test_grid_is_the_nearest_multiple_and_rounds_only_once(x):
    rounded = grid(x)
    assert Fraction(rounded) % Fraction(BIT) == 0
    assert abs(Fraction(rounded) - Fraction(x)) <= Fraction(BIT) / 2
    assert grid(rounded) == rounded


@given(st.integers(-(2**40), 2**40))
def test_grid_rounds_halves_to_even(k):
    assert grid((k + 0.5) * BIT) == (k + (k % 2)) * BIT


@given(st.lists(MODERATE.map(lambda x: x / 64), min_size=2, max_size=60), st.randoms(use_true_random=False))
def test_sums_on_the_grid_are_exact_in_any_order(numbers, random):
    shuffled = numbers.copy()
    random.shuffle(shuffled)
    total = sum(grid(x) for x in shuffled)
    assert total == sum(grid(x) for x in numbers)
    assert Fraction(total) == sum(Fraction(grid(x)) for x in numbers)


def test_sums_off_the_grid_do_depend_on_the_order():
    numbers = [0.1, 0.2, 0.3]
    assert (0.1 + 0.2) + 0.3 != (0.3 + 0.2) + 0.1
    assert sum(map(grid, numbers)) == sum(map(grid, reversed(numbers)))


@given(st.floats(allow_nan=False))
def test_clip_holds_everything_within_0_and_1(x):
    assert clip01(x) == (0.0 if x < 0 else 1.0 if x > 1 else x)


def test_compiled_and_python_give_the_same_bits():
    x = np.concatenate((np.linspace(-700, 700, 3001), np.linspace(-1, 1, 2001), np.logspace(-12, 2, 501)))
    assert portable(x).tobytes() == portable(x, PYTHON.get).tobytes()
