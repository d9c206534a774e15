import math

import networkx as nx
import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from engagesim import EngagementModel
from engagesim.draws import (
    GOLDEN,
    MASK,
    MIX1,
    MIX2,
    UNIT,
    Keyed,
    Scripted,
    bits,
    choice,
    exponential,
    integer,
    key_of,
    mix,
    named,
    normal,
    normal_of,
    replicate_seed,
    swing_of,
    u64,
    uniform,
)
from engagesim.engine.jit import kernel
from engagesim.structures import build
from engagesim.tallies import index
from tests.compiled import PYTHON, compiled, draws, uniforms
from tests.rules.cases import PLAIN, matrix

WORDS = st.integers(0, MASK)


def undo_shift(y, shift):
    """The x with x ^ (x >> shift) == y."""
    x = y
    for _ in range(64 // shift):
        x = y ^ (x >> shift)
    return x


@given(WORDS)
def test_mix_is_a_bijection(z):
    b = undo_shift(mix(z), 31) * pow(MIX2, -1, 2**64) & MASK
    a = undo_shift(b, 27) * pow(MIX1, -1, 2**64) & MASK
    assert undo_shift(a, 30) == z


def test_draws_under_key_zero_are_the_published_sequence_of_splitmix64():
    assert [bits(0, who) for who in (1, 2, 3)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_keys_are_chained_through_the_published_sequence():
    """Seed 0 begins with its first number and seed GOLDEN with its second; a name equal to it leaves mix(0) = 0."""
    sequence = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    for seed, name in ((0, sequence[0]), (GOLDEN, sequence[1])):
        assert [key_of(seed, name, step) for step in (1, 2, 3)] == sequence
        assert key_of(seed, name, 0) == 0


def test_integers_below_a_power_of_two_are_the_first_bits_of_the_published_sequence():
    assert [integer(0, who, 256) for who in (1, 2, 3)] == [0xE2, 0x6E, 0x06]
    assert [integer(0, who, 16) for who in (1, 2, 3)] == [0xE, 0x6, 0x0]
    assert [uniform(0, who) for who in (1, 2)] == [0xE220A8397B1DC / 2**52, 0x6E789E6AA1B96 / 2**52]


@given(st.integers())
def test_integers_wrap_around_at_64_bits(x):
    assert u64(x) == x % 2**64
    assert bits(7, x) == bits(7, x % 2**64)


def test_arrays_of_words_are_mixed_like_each_word_alone():
    words = np.arange(5, dtype=np.uint64) * np.uint64(GOLDEN)
    assert mix(words).tolist() == [mix(int(word)) for word in words]


def test_names_are_stable_numbers_and_an_empty_name_is_refused():
    assert named("exit") == 2691348175107244454  # blake2b of 8 bytes, little end first
    assert 0 <= named("x" * 1000) <= MASK
    with pytest.raises(ValueError, match="name"):
        named("")


@given(WORDS, WORDS, st.integers(0, 10**6), st.integers(0, 10**7))
def test_a_draw_depends_on_seed_name_step_and_who_and_on_nothing_else(seed, name, step, who):
    key = key_of(seed, name, step)
    assert 0.0 <= uniform(key, who) < 1.0
    assert (uniform(key, who) / UNIT).is_integer()
    assert uniform(key, who) == uniform(key_of(seed, name, step), who)
    others = {
        bits(key_of(seed ^ 1, name, step), who), bits(key_of(seed, name ^ 1, step), who),
        bits(key_of(seed, name, step + 1), who), bits(key, who + 1), bits(key, who),
    }  # fmt: skip
    assert len(others) == 5


def test_seed_and_step_are_chained_not_added():
    name = named("exit")
    assert key_of(1, name, 2) != key_of(2, name, 1)
    assert key_of(0, name, 1) != key_of(GOLDEN, name, 0)


@given(WORDS, WORDS, WORDS)
def test_a_change_of_seed_never_makes_up_for_a_change_of_name(seed, one, other):
    if one != other:
        assert key_of(seed, one, 3) != key_of(seed ^ one ^ other, other, 3)


@given(WORDS, WORDS)
def test_a_change_of_name_never_makes_up_for_a_week(seed, name):
    start = mix(u64(seed + GOLDEN))
    a_week_on = u64((start ^ name) + GOLDEN) ^ start
    assert key_of(seed, a_week_on, 3) != key_of(seed, name, 4)


@given(st.integers(1, 2**31), WORDS)
def test_integers_stay_below_n_even_for_the_largest_draw(n, key):
    assert 0 <= integer(key, 3, n) < n
    assert int((1.0 - UNIT) * n) == n - 1


def test_exponential_and_normal_are_finite_at_the_ends_of_the_unit_interval():
    assert normal_of(0.5 * UNIT) == pytest.approx(-8.2095, abs=1e-3)
    assert normal_of(0.5) == 0.0
    assert normal_of(1.0 - UNIT) < 8.3
    assert exponential(0, 1) == pytest.approx(-math.log(1 - uniform(0, 1)), rel=1e-14)
    assert normal(0, 1) == normal_of(uniform(0, 1) + 0.5 * UNIT)


@given(st.integers(1, 2**51))
def test_the_normal_is_symmetric(k):
    p = k * UNIT
    assert normal_of(1.0 - p) == pytest.approx(-normal_of(p), abs=1e-15)


def test_normal_quantiles_match_scipy():
    p = np.concatenate((np.linspace(1e-6, 1 - 1e-6, 20_001), np.logspace(-16, -1, 2001)))
    ours = np.array([normal_of(x) for x in p])
    assert np.abs(ours - ndtri(p)).max() < 4e-15 * 8.3
    assert normal_of(1e-300) == pytest.approx(ndtri(1e-300), rel=1e-14), "far beyond what a draw can reach"


def test_compiled_and_python_draws_have_the_same_bits():
    names = [named("exit"), named("trait.skill"), MASK]
    for seed in (0, 1, 2**63 + 11, MASK):
        one, other = (draws(seed, names, (0, 1, 155, 2**40), range(40), 7, make) for make in (compiled, PYTHON.get))
        assert all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


def test_the_keyed_source_gives_the_draws_of_the_engine():
    source = Keyed(12)
    there = [[source.uniform(named("exit"), step, who) for who in range(5)] for step in (3, 3, 4)]
    engine = uniforms(12, [named("exit")], (3, 3, 4), range(5))[0]
    assert np.array_equal(there, engine)


def test_replicates_get_the_seed_of_their_number_alone():
    seeds = [replicate_seed(5, r) for r in range(1000)]
    assert len(set(seeds)) == 1000
    assert seeds[3] == replicate_seed(5, 3) != replicate_seed(6, 3)
    assert all(0 <= s <= MASK for s in seeds)


def test_scripted_draws_come_out_and_others_fall_through():
    other = Keyed(9)
    source = Scripted({("exit", 3, 7): 0.25, ("exit", 0, 0): 0.0}, other)
    assert source.uniform(named("exit"), 3, 7) == 0.25
    assert source.uniform(named("exit"), 0, 0) == 0.0
    for name, step, who in (("exit", 3, 8), ("exit", 4, 7), ("tie.likes", 3, 7)):
        assert source.uniform(named(name), step, who) == other.uniform(named(name), step, who)


def test_a_scripted_exit_reaches_only_those_connected_to_the_leaver():
    design = PLAIN.changed(
        form="regular", degree=2, steps=8, employees=40, customers=0, partners=0, return_share=0, meeting_rate=0,
        exit_hazard=1e-9, vacancy_weeks=2, problem_rate=0, error_cost=0, voice_response=0,
    )  # fmt: skip
    network = build(design.values, 3)
    luck = Scripted({("exit", 3, 7): 0.0}, Keyed(3))
    plain, scripted = (EngagementModel(design, seed=3, network=network, luck=source) for source in (None, luck))
    for _ in range(8):
        plain.step()
        scripted.step()
    exits = scripted.tallies[:, 0, index("exits")]
    assert exits.tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert plain.tallies[:, :, index("exits")].sum() == 0
    reached = nx.node_connected_component(nx.from_numpy_array(matrix(network)), 7)
    untouched = [i for i in range(40) if i not in reached]
    assert 5 < len(untouched) < 38
    before, after = plain.snapshot(), scripted.snapshot()
    assert all(np.array_equal(before[name][untouched], after[name][untouched]) for name in before)
    assert not np.array_equal(before["trust"][list(reached)], after["trust"][list(reached)])


def test_an_even_swing_has_mean_zero_and_spread_one():
    assert swing_of(0.5) == 0.0
    assert swing_of(1.0) == pytest.approx(np.sqrt(3))
    u = (np.arange(10_000) + 0.5) / 10_000
    spread = np.array([swing_of(x) for x in u.tolist()])
    assert spread.mean() == pytest.approx(0.0, abs=1e-12)
    assert spread.std() == pytest.approx(1.0, rel=1e-6)


def test_choice_follows_its_weights_and_never_takes_a_weight_of_zero():
    weights = (0.0, 1.0, 0.0, 3.0, 0.0)
    key = key_of(5, named("choice"), 0)
    counts = np.bincount([choice(key, who, weights) for who in range(20_000)], minlength=5)
    assert counts[[0, 2, 4]].tolist() == [0, 0, 0]
    # One binomial test, false-alarm rate 1e-6.
    assert scipy.stats.binomtest(int(counts[3]), 20_000, 0.75).pvalue > 1e-6


def test_choice_is_the_same_compiled():
    @kernel
    def choose(key, weights, chosen):
        for who in range(len(chosen)):
            chosen[who] = choice(key, who, weights)

    key, weights, chosen = key_of(9, named("choice"), 3), np.array([0.2, 0.0, 0.5, 0.3]), np.zeros(300, dtype=np.int64)
    choose(np.uint64(key), weights, chosen)
    assert chosen.tolist() == [choice(key, who, weights) for who in range(300)]
