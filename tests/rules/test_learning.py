import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import EngagementModel, Scenario, simulate
from engagesim.rules.learning import (
    ONE,
    WHOLE,
    adoption_chance,
    all_facets,
    count,
    differing,
    disagrees,
    facet,
    holds,
    is_naive,
    knowledge_share,
    known_after,
    net_knowledge,
    positive_after,
    view,
    without,
)

from .cases import scheduled, sums

MARCH = Scenario.load("theory_exploration_and_exploitation")
WORD = st.integers(0, 2**64 - 1)
VIEWS = st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=60)


def words(views):
    """The two words of a list of -1, 0 and +1."""
    known = sum(1 << k for k, view in enumerate(views) if view)
    return known, sum(1 << k for k, view in enumerate(views) if view > 0)


def views(known, positive, dimensions):
    return [(1 if positive >> k & 1 else -1) if known >> k & 1 else 0 for k in range(dimensions)]


def test_every_bit_of_a_word_counts_once():
    assert [count(1 << k) for k in range(64)] == [1] * 64
    assert count(2**64 - 1) == 64


@given(WORD, WORD, st.integers(0, 63))
def test_bits_are_counted_taken_away_and_found(word, other, k):
    assert count(word) == word.bit_count()
    assert without(word, other) == word & ~other
    assert holds(word, k) == bool(word >> k & 1)
    assert facet(k) == 1 << k


def test_all_facets_are_the_lowest_bits():
    assert [all_facets(n) for n in (1, 2, 60)] == [1, 3, 2**60 - 1]


@given(st.data(), VIEWS)
def test_net_knowledge_is_right_minus_wrong(data, beliefs):
    truth = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=len(beliefs), max_size=len(beliefs)))
    net = net_knowledge(*words(beliefs), words(truth)[1])
    assert net == sum(a * b for a, b in zip(beliefs, truth, strict=True))
    assert -1 <= knowledge_share(net, len(beliefs)) <= 1


@given(st.data(), VIEWS, WORD)
def test_beliefs_move_one_step_toward_the_code_and_never_past_it(data, beliefs, chance):
    n = len(beliefs)
    code = data.draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=n, max_size=n))
    (known, positive), (code_known, code_positive) = words(beliefs), words(code)
    open_to = differing(known, positive, code_known, code_positive)
    assert views(open_to, 0, n) == [-1 if c and b != c else 0 for b, c in zip(beliefs, code, strict=True)]
    moving = open_to & chance
    after = known_after(known, moving, ONE), positive_after(known, positive, moving, code_positive, ONE)
    expected = [b + c if holds(moving, k) else b for k, (b, c) in enumerate(zip(beliefs, code, strict=True))]
    assert views(*after, n) == expected
    assert after[1] & ~after[0] == 0, "nothing is +1 that is not known"
    whole = known_after(known, moving, WHOLE), positive_after(known, positive, moving, code_positive, WHOLE)
    jumped = [c if holds(moving, k) else b for k, (b, c) in enumerate(zip(beliefs, code, strict=True))]
    assert views(*whole, n) == jumped


def test_the_code_gives_way_to_a_majority_of_another_view():
    assert disagrees(False, False, 1)
    assert disagrees(False, False, -1)
    assert disagrees(True, True, -3)
    assert disagrees(True, False, 3)
    assert not disagrees(True, True, 3)
    assert not disagrees(True, True, 1), "a majority of one is a majority"
    assert not disagrees(True, False, -3)
    assert not disagrees(False, False, 0)


@given(st.floats(0, 1), st.integers(-5000, 5000))
def test_the_chance_to_adopt_grows_with_the_majority(code_learning, majority):
    chance = adoption_chance(code_learning, majority or 1)
    assert chance == pytest.approx(1 - (1 - code_learning) ** abs(majority or 1), abs=1e-12)
    assert 0 <= chance <= 1
    assert adoption_chance(0.0, majority) == 0
    assert adoption_chance(1.0, majority or 1) == 1


def test_who_came_since_the_code_was_last_learned_is_naive():
    assert is_naive(0, 1, 0.5, 0.0)
    assert not is_naive(1, 1, 0.5, 0.0)
    assert is_naive(10, 11, 0.5, 0.0)
    assert is_naive(50, 1, 0.05, 0.1)


def test_beliefs_begin_as_minus_one_zero_or_one_alike():
    """False alarm: five standard errors for each of 30 facets, one in 30,000."""
    state = simulate(MARCH.changed(employees=2000, steps=1), seed=4).last
    known, positive = (
        np.array([[holds(int(word), k) for k in range(30)] for word in state[name]]) for name in ("known", "positive")
    )
    assert np.abs(known.mean(axis=0) - 2 / 3).max() < 5 * np.sqrt(2 / 9 / 2000)
    assert np.abs(positive.mean(axis=0) - 1 / 3).max() < 5 * np.sqrt(2 / 9 / 2000)
    assert not (positive & ~known).any()
    assert all(int(word) < 2**30 for word in state["known"])


PAPER = [(0.1, 0.5, 0.954, 300), (0.5, 0.5, 0.811, 120), (0.9, 0.9, 0.728, 80)]
"""Net knowledge of the code at the end for the two rates, from 10,000 runs of a replication of March 1991."""


@pytest.mark.parametrize(("members", "code", "expected", "steps"), PAPER)
def test_knowledge_at_the_end_is_that_of_march(members, code, expected, steps):
    """False alarm: four standard errors, one in 16,000 for each cell."""
    design = MARCH.changed(socialization=members, code_learning=code, steps=steps)
    runs = [simulate(design, seed=s) for s in range(100)]
    ends = np.array([run.measures["code_knowledge"] for run in runs])
    assert abs(ends.mean() - expected) < 4 * ends.std(ddof=1) / np.sqrt(len(ends))
    agreed = [run.measures["knowledge"] == pytest.approx(end, abs=1e-8) for run, end in zip(runs, ends, strict=True)]
    assert np.mean(agreed) > 0.95, "in the end members believe what the code says"


def ends_of(design, name="code_knowledge", runs=30):
    return np.mean([simulate(design, seed=s).measures[name] for s in range(runs)])


def test_a_mix_of_slow_and_fast_learners_knows_more_than_the_fast_alone():
    fast = MARCH.changed(socialization=0.9, steps=150)
    assert ends_of(fast.changed(slow_share=0.5)) > ends_of(fast) + 0.05


def test_in_turbulence_knowledge_is_lost_without_turnover_and_kept_with_it():
    changing = MARCH.changed(socialization=0.5, turbulence=0.02, steps=150)
    assert abs(ends_of(changing)) < 0.15
    assert ends_of(changing.changed(naive_rate=0.1)) > 0.4


def test_turnover_costs_slow_learners_knowledge():
    short = MARCH.changed(steps=20)
    assert ends_of(short.changed(naive_rate=0.1), "knowledge") < ends_of(short, "knowledge") - 0.1


def test_reality_holds_still_without_turbulence_and_a_code_that_teaches_nothing_moves_nobody():
    run = simulate(MARCH.changed(socialization=0, steps=10), seed=1)
    knowledge = sums(run)["knowledge"]
    assert set(knowledge) == {knowledge[0]}
    assert run.organization["code_knowledge"].iloc[-1] == run.measures["code_knowledge"] > 0.3


def test_a_code_that_does_not_learn_knows_nothing():
    run = simulate(MARCH.changed(code_learning=0, steps=10), seed=1)
    assert set(run.organization["code_knowledge"]) == {0}


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_knowledge_counts_only_while_somebody_learns_and_everybody_begins_naive(engine):
    late = MARCH.changed(socialization=0, code_learning=0, steps=12)
    design = scheduled(late, (5, "code_learning", 0.5), (8, "code_learning", 0.0), (10, "socialization", 0.3))
    run = simulate(design, seed=3, engine=engine)
    learning = np.isin(np.arange(12), [5, 6, 7, 10, 11])
    assert np.array_equal(run.organization["code_knowledge"] != 0, learning)
    assert np.array_equal(sums(run)["knowledge"] != 0, learning)


def test_newcomers_bring_naive_beliefs():
    settled = scheduled(MARCH.changed(socialization=0.9, code_learning=0.9, steps=90, vacancy_weeks=1),
                        (80, "exit_hazard", 0.2), (80, "socialization", 0.0))  # fmt: skip
    knowledge = simulate(settled, seed=2).weeks.query("group == 'everyone'").knowledge.to_numpy()
    assert np.ptp(knowledge[60:80]) == 0
    assert knowledge[89] < 0.5 * knowledge[79], "nobody teaches them what the code holds to be true"


def test_words_fit_the_number_of_facets():
    model = EngagementModel(MARCH.changed(belief_dimensions=60, employees=6), seed=0)
    for _ in range(3):
        model.step()
    assert max(m.known for m in model.members) > 2**50
    assert all(m.known < 2**60 and m.positive & ~m.known == 0 for m in model.members)


def test_a_belief_counts_as_plus_or_minus_one_and_none_as_nothing():
    assert [view(True, True), view(True, False), view(False, False), view(False, True)] == [1, -1, 0, 0]


def test_the_papers_text_alone_gives_other_figures():
    """Its whole steps and a code that learns from beliefs end far from the published .954."""
    text = ends_of(MARCH.changed(belief_step="whole", learned_from="beliefs"))
    assert text < 0.9
    assert ends_of(MARCH.changed(learned_from="beliefs")) != ends_of(MARCH)
