import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagesim import simulate
from engagesim.measures import measure
from engagesim.rules.cooperation import FREE_RIDER
from engagesim.rules.reciprocity import (
    SCORING,
    STANDING,
    assessed,
    hear_of,
    help_expected,
    image_counts,
    reached,
    update_image,
    willingness,
)

from .cases import EMPLOYEES_ONLY, RING, alone, close, followed, matrix, network_of

SHARE = st.floats(0, 1)


@given(SHARE, SHARE, SHARE, SHARE)
def test_willingness_is_a_share_that_bad_partners_lower_and_forgiveness_holds(image, reciprocity, forgiveness, more):
    willing = willingness(image, reciprocity, forgiveness)
    assert 1 - reciprocity - 1e-15 <= willing <= 1
    assert willingness(image, 0.0, forgiveness) == willingness(image, reciprocity, 1.0) == 1
    assert willing <= willingness(max(image, more), reciprocity, forgiveness)
    assert willing <= willingness(image, reciprocity, max(forgiveness, more))


@given(st.floats(0, 1e6), SHARE, SHARE)
def test_help_reaches_whole_who_is_of_good_image_or_where_image_has_no_weight(received, image, weight):
    assert received * (1 - weight) * (1 - 1e-12) <= reached(received, image, weight) <= received
    assert reached(received, 1.0, weight) == reached(received, image, 0.0) == received


@given(SHARE, SHARE, SHARE, SHARE, st.sampled_from([SCORING, STANDING]), st.booleans(), SHARE)
def test_images_and_assessments_are_shares(image, given_, from_, willing, rule, mistaken, rate):
    seen = assessed(given_, help_expected(from_, willing, rule), mistaken)
    assert 0 <= seen <= 1
    assert 0 <= update_image(image, seen, rate) <= 1


@given(SHARE, st.floats(1e-6, 1), st.floats(0.01, 1))
def test_under_standing_refusing_bad_partners_costs_nothing_and_under_scoring_it_does(intended, willing, from_):
    standing = assessed(intended * willing, help_expected(from_, willing, STANDING), False)
    assert standing >= min(1, intended / from_) - 1e-12
    scoring = assessed(intended * willing, help_expected(from_, willing, SCORING), False)
    assert scoring == pytest.approx(min(1, intended * willing / from_))


@given(st.floats(0, 1e4), st.floats(0, 1e4), SHARE)
def test_the_image_heard_is_a_share_and_without_ties_the_last_known(told, strength, last):
    assert 0 <= hear_of(told, strength, last) <= 1
    assert hear_of(told, 0.0, last) == last


def test_reciprocity_by_hand():
    assert reached(2.0, 0.5, 0.4) == pytest.approx(1.6)
    assert willingness(0.4, 0.5, 0.2) == pytest.approx(0.7)
    assert willingness(0.1, 0.5, 0.2) == pytest.approx(0.6)
    assert help_expected(0.1, 0.6, STANDING) == pytest.approx(0.06)
    assert help_expected(0.1, 0.6, SCORING) == 0.1
    assert assessed(0.03, 0.1, False) == pytest.approx(0.3)
    assert assessed(0.03, 0.1, True) == pytest.approx(0.7)
    assert assessed(0.0, 0.0, False) == 1, "nothing is expected"
    assert update_image(0.5, 0.3, 0.1) == pytest.approx(0.48)
    assert hear_of(0.6, 1.5, 0.9) == pytest.approx(0.4)
    assert [image_counts(a, b) for a, b in ((0.0, 0.0), (0.1, 0.0), (0.0, 0.1))] == [False, True, True]


GIVING = {**EMPLOYEES_ONLY, **RING, "assessment_noise": 0, "image_rate": 0.1}
"""Everybody gives .1 of relational effort to four partners."""


def test_without_errors_image_goes_geometrically_to_what_is_assessed():
    image, _ = followed(alone(**GIVING, image_weight=0.5, helpful_from=0.4, steps=60), "image")
    assert close(image, 0.25 + 0.25 * 0.9 ** np.arange(1, 61)[:, None], 1e-12)


def test_less_help_reaches_those_of_bad_image():
    helped, image, _ = followed(alone(**GIVING, image_weight=0.5, helpful_from=0.4), "help_received", "image")
    before = np.vstack([np.full(24, 0.5), image[:-1]])
    assert close(helped, 4 * 0.3 * 0.1 * (1 - 0.5 * (1 - before)), 1e-12)


def test_members_help_less_the_worse_their_partners_are_known():
    values = {
        **GIVING, "rewiring": 0.3, "conditionality": 1, "norm_weight": 0, "conditional_share": 0.4,
        "free_rider_share": 0.4, "reciprocity": 0.6, "forgiveness": 0, "helpful_from": 0.05,
    }  # fmt: skip
    design = alone(**values, steps=40)
    kind, image, heard, relational, _ = followed(
        design, "cooperation_type", "image", "partners_image", "effort_relational", seed=2
    )
    riders = kind[0] == FREE_RIDER
    weights = matrix(network_of(design, 2))
    weights = weights / weights.sum(axis=1, keepdims=True)
    assert 4 < riders.sum() < 18
    assert close(image[-1, riders], 0.5 * 0.9**40, 1e-12)
    assert close(heard[1:], image[:-1] @ weights.T, 1e-12), "what is heard is what was known a week before"
    assert close(relational[1:, ~riders], 0.1 * (1 - 0.6 * (1 - heard[:-1, ~riders])), 1e-12)
    assert image[-1, ~riders].min() > image[-1, riders].max()


def test_who_has_no_partners_keeps_what_was_last_known():
    heard, _ = followed(alone(**EMPLOYEES_ONLY, form="regular", degree=0, reciprocity=0.5), "partners_image")
    assert (heard == 0.5).all()


NOISY = {
    **GIVING, "employees": 1500, "reciprocity": 1, "forgiveness": 0, "image_start": 1, "image_rate": 0.5,
    "assessment_noise": 0.1, "helpful_from": 0.1, "steps": 60,
}  # fmt: skip


def help_and_image(**values):
    run = simulate(alone(**{**NOISY, **values}), seed=7)
    return measure("relational_effort", run.tallies) / 0.1, measure("image", run.tallies)


def expected_course(judged):
    """Mean willingness and image where a week of willingness w is assessed as `judged(w)` on average."""
    image = heard = 1.0
    course = []
    for _ in range(60):
        willing = heard
        heard, image = image, image + 0.5 * (0.9 * judged(willing) + 0.1 * (1 - judged(willing)) - image)
        course.append((willing, image))
    return np.array(course).T


def test_strict_scoring_under_errors_spirals_down_to_one_half():
    """The standard error of a mean is about .01, so a false alarm is beyond six of them."""
    helped, image = help_and_image()
    willing, known = expected_course(lambda w: w)
    assert known[-1] < 0.56
    assert close(helped, willing, 0.07)
    assert close(image, known, 0.07)


def test_standing_and_forgiveness_keep_help_up_under_the_same_errors():
    """As above; without spiralling, the standard error is less than .005."""
    helped, image = help_and_image(assessment="standing")
    willing, known = expected_course(lambda _: 1.0)
    assert close(helped, willing, 0.03)
    assert close(image, known, 0.03)
    assert helped[-1] == pytest.approx(0.9, abs=0.03)
    assert close(help_and_image(forgiveness=1)[0], 1, 1e-7)
    assert help_and_image(forgiveness=0.8)[0][-1] > 0.79 > 0.6 > help_and_image()[0][-1]


def test_a_mistake_happens_as_often_as_its_chance_says():
    """False alarm: one in a million, for each of two chances."""
    for chance in (0.1, 0.3):
        once = alone(**{**NOISY, "image_rate": 1, "assessment_noise": chance, "helpful_from": 0.05, "steps": 1})
        image, _ = followed(once, "image")
        assert set(image[0]) == {0.0, 1.0}
        wrong = (image[0] == 0).mean()
        assert abs(wrong - chance) < 4.9 * np.sqrt(chance * (1 - chance) / 1500)
