"""Quality of the draws. Every test fails a good source with a chance of at most ALARM; seeds are fixed."""

import numpy as np
import pytest
from scipy import stats

from engagesim.draws import GOLDEN, MASK, MIX1, named, replicate_seed
from tests.compiled import draws, keys, mixed, uniforms

ALARM = 1e-6
NAMES = ("exit", "tie.likes", "reward.0", "reward.1", "trait.skill", "trait.motivation")
NUMBERS = [named(n) for n in NAMES]
SEEDS = (0, 1, 2**40 + 7)


def uniformity(u):
    """p that `u` is uniform: twice the lesser of chi-square over 256 classes and Kolmogorov-Smirnov."""
    counts = np.bincount((u.ravel() * 256).astype(int), minlength=256)
    sample = u.ravel()[:50_000]
    return min(1.0, 2 * min(stats.chisquare(counts).pvalue, stats.kstest(sample, "uniform").pvalue))


def pair_p(u, v):
    """p of independence of two uniform samples: twice the lesser of a 16 x 16 table and their correlation."""
    cells = (u * 16).astype(int) * 16 + (v * 16).astype(int)
    table = stats.chisquare(np.bincount(cells.ravel(), minlength=256)).pvalue
    r = np.corrcoef(u.ravel(), v.ravel())[0, 1]
    return min(1.0, 2 * min(table, 2 * stats.norm.sf(abs(r) * np.sqrt(u.size))))


def independence(grid, reach=2):
    """p of independence of neighbours in a table of draws, over all shifts up to `reach` on both axes (Bonferroni)."""
    rows, columns = grid.shape
    shifts = [(a, b) for a in range(reach + 1) for b in range(-reach, reach + 1) if (a, b) > (0, 0)]
    found = []
    for a, b in shifts:
        one = grid[: rows - a, max(0, -b) : columns - max(0, b)]
        other = grid[a:, max(0, b) : columns + min(0, b)]
        found.append(pair_p(one, other))
    return min(1.0, min(found) * len(shifts))


def additive(seeds, steps, whos):
    """Draws by a bad key, seed + name + step, with members added on: float64[seeds, steps, whos]."""
    s, t, w = np.meshgrid(*(np.array(list(x), dtype=np.uint64) for x in (seeds, steps, whos)), indexing="ij")
    words = mixed((s + t + w + np.uint64(named("exit"))).ravel())
    return ((words >> np.uint64(12)).astype(float) * 2.0**-52).reshape(s.shape)


@pytest.mark.parametrize("seed", SEEDS)
def test_draws_are_uniform_over_members_and_over_weeks(seed):
    over_members = uniforms(seed, NUMBERS, range(4), range(20_000))
    over_weeks = uniforms(seed, NUMBERS, range(20_000), range(4))
    assert min(uniformity(over_members), uniformity(over_weeks)) > ALARM / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_successive_members_and_weeks_are_independent(seed):
    for table in uniforms(seed, NUMBERS[:2], range(300), range(300)):
        assert independence(table) > ALARM / 2


def test_names_are_independent_of_each_other():
    tables = uniforms(3, NUMBERS, range(200), range(200))
    pairs = [(a, b) for a in range(len(NAMES)) for b in range(a)]
    assert min(pair_p(tables[a], tables[b]) for a, b in pairs) > ALARM / len(pairs)


def test_replicates_are_independent_of_each_other_and_of_their_neighbours_weeks():
    roots = [replicate_seed(11, r) for r in range(300)]
    by_week = np.stack([uniforms(root, NUMBERS[:1], range(300), (7,))[0, :, 0] for root in roots])
    by_member = np.stack([uniforms(root, NUMBERS[:1], (5,), range(300))[0, 0] for root in roots])
    assert min(independence(by_week), independence(by_member)) > ALARM / 2


def test_neighbouring_seeds_are_independent():
    table = np.stack([uniforms(seed, NUMBERS[:1], range(300), (7,))[0, :, 0] for seed in range(300)])
    assert independence(table) > ALARM


def test_replicates_of_neighbouring_root_seeds_are_independent():
    table = np.array([[replicate_seed(seed, r) for r in range(300)] for seed in range(300)], dtype=np.uint64)
    assert independence((table >> np.uint64(12)).astype(float) * 2.0**-52) > ALARM
    assert len(np.unique(table)) == table.size


def test_a_key_that_adds_seed_and_step_and_member_is_caught_by_the_same_test():
    bad = additive(range(3), range(300), range(300))
    assert uniformity(bad[0, 0]) > ALARM, "each row alone looks fine"
    assert independence(bad[0]) < ALARM
    assert independence(additive(range(300), range(300), (7,))[:, :, 0]) < ALARM


def test_a_plain_counter_is_caught_by_the_uniformity_and_pair_tests():
    counter = np.linspace(0, 1, 40_000, endpoint=False)
    assert pair_p(counter[:-1], counter[1:]) < ALARM
    assert uniformity(counter**1.05) < ALARM


def worst_flip(words, mixer):
    """How far the flips of any output bit by any input bit are from half of `words`, in standard deviations."""
    before = mixer(words)
    changed = np.array([
        np.unpackbits((before ^ mixer(words ^ np.uint64(1 << i))).view(np.uint8).reshape(-1, 8), axis=1).sum(axis=0)
        for i in range(64)
    ])  # fmt: skip
    return np.abs(changed - len(words) / 2).max() / np.sqrt(len(words) / 4)


MEMBERS = np.arange(4096, dtype=np.uint64) * np.uint64(GOLDEN)
AVALANCHE = stats.norm.isf(ALARM / 2 / 64**2)


@pytest.mark.parametrize("words", [mixed(MEMBERS), MEMBERS + np.uint64(named("exit"))], ids=["random", "members"])
def test_each_input_bit_of_mix_flips_each_output_bit_half_of_the_time(words):
    assert worst_flip(words, mixed) < AVALANCHE


def test_one_multiplication_alone_fails_the_avalanche_test():
    assert worst_flip(mixed(MEMBERS), lambda words: words * np.uint64(MIX1)) > AVALANCHE


def test_keys_of_many_names_and_weeks_never_collide():
    names = [named(f"decision.{k}") for k in range(400)]
    table = keys(0, names, range(5000))
    assert len(np.unique(table)) == table.size, "two million keys: expected collisions are one in ten million runs"


def test_collisions_of_half_keys_are_as_many_as_chance_makes():
    names = [named(f"decision.{k}") for k in range(100)]
    for shift in (0, 32):
        half = (keys(1, names, range(3000)) >> np.uint64(shift)) & np.uint64(0xFFFFFFFF)
        n = half.size
        collisions = n - len(np.unique(half))
        expected = n * (n - 1) / 2**33
        assert stats.poisson.cdf(collisions, expected) > ALARM / 4
        assert stats.poisson.sf(collisions - 1, expected) > ALARM / 4


def test_birthday_spacings_of_keys_are_as_chance_makes():
    """Marsaglia, Tsang 2002: repeats among sorted spacings of n days in a year of m are Poisson(n^3 / 4m)."""
    repeats, n, m = 0, 512, 2.0**24
    table = keys(5, [named(f"decision.{k}") for k in range(n)], range(100))
    for days in (table >> np.uint64(40)).T:
        spacings = np.sort(np.diff(np.sort(days)))
        repeats += int((spacings[1:] == spacings[:-1]).sum())
    expected = 100 * n**3 / (4 * m)
    assert stats.poisson.cdf(repeats, expected) > ALARM / 2
    assert stats.poisson.sf(repeats - 1, expected) > ALARM / 2


def test_no_two_members_or_weeks_share_their_bits():
    words = draws(2, NUMBERS, range(100), range(2000))[0]
    assert len(np.unique(words)) == words.size


@pytest.mark.parametrize("n", [2, 3, 7, 10, 100, 1000])
def test_integers_and_choices_are_uniform(n):
    counts = np.bincount(draws(4, NUMBERS[:1], range(10), range(10_000), n)[2].ravel(), minlength=n)
    assert len(counts) == n
    assert stats.chisquare(counts).pvalue > ALARM / 6


def test_normal_and_exponential_follow_their_distributions():
    _, (u, normal, exponential), _ = draws(6, NUMBERS[:1], range(10), range(10_000))
    assert stats.kstest(normal.ravel(), "norm").pvalue > ALARM / 2
    assert stats.kstest(exponential.ravel(), "expon").pvalue > ALARM / 2
    assert np.allclose(normal, stats.norm.ppf(u), rtol=1e-9, atol=1e-9)
    assert np.allclose(exponential, stats.expon.ppf(u), rtol=1e-9)
    assert stats.kstest(normal.ravel(), stats.norm(0.03, 1).cdf).pvalue < ALARM, "a shift of .03 would be seen"


def test_moments_of_normal_and_exponential_are_right():
    _, (_, normal, exponential), _ = draws(8, NUMBERS[:1], range(10), range(10_000))
    allowed = stats.norm.isf(ALARM / 2 / 6)
    n = normal.size
    for sample, moments, spreads in (
        (normal.ravel(), (0, 1, 0, 3), (1, 2, 15, 96)), (exponential.ravel(), (1, 2), (1, 20)),
    ):  # fmt: skip
        for k, (moment, spread) in enumerate(zip(moments, spreads, strict=True), start=1):
            assert abs((sample**k).mean() - moment) < allowed * np.sqrt(spread / n)


def test_all_bits_of_a_draw_are_fair():
    words = draws(9, NUMBERS[:1], range(10), range(10_000))[0].ravel()
    ones = np.unpackbits(words.view(np.uint8).reshape(-1, 8), axis=1).sum(axis=0)
    worst = np.abs(ones - len(words) / 2).max() / np.sqrt(len(words) / 4)
    assert worst < stats.norm.isf(ALARM / 2 / 64)
    assert words.max() <= MASK
