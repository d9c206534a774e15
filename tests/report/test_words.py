import math

import pytest

from engagesim import simulate
from engagesim.experiments.comparison import Study
from engagesim.experiments.notes import labels
from engagesim.report.assumptions import differing
from engagesim.report.words import (
    LESS,
    MAIN,
    MORE,
    SAME,
    TOO_FEW,
    UNCLEAR,
    number,
    rows,
    run_rows,
    signed,
    verdict,
)
from tests.small import small


@pytest.mark.parametrize(
    ("mean", "low", "high", "expected"),
    [
        (0.2, 0.1, 0.3, MORE), (-0.2, -0.3, -0.1, LESS), (0.1, -0.1, 0.3, UNCLEAR), (0.0, 0.0, 0.0, SAME),
        (0.1, 0.0, 0.2, UNCLEAR), (0.1, math.nan, math.nan, UNCLEAR),
    ],
)  # fmt: skip
def test_a_verdict_needs_an_interval_without_zero_and_six_pairs(mean: float, low: float, high: float, expected: str):
    assert verdict(mean, low, high, 6) == expected
    assert verdict(mean, low, high, 5) == (SAME if expected == SAME else TOO_FEW)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.000"), (0.5, "0.500"), (1.23456, "1.23"), (12.345, "12.3"), (1234.5, "1,234"), (0.00512, "0.0051"),
     (-0.00044, "-0.00044"), (1e-9, "1.0e-09"), (math.nan, "-")],
)  # fmt: skip
def test_numbers_are_short_and_keep_their_leading_digits(value: float, text: str):
    assert number(value) == text
    assert signed(value) == (f"+{text}" if value > 0 else text)


def test_rows_repeat_the_tables(study: Study):
    found = {row.measure.name: row for row in rows(study, study.names[1], "late")}
    assert list(found) == list(MAIN)
    told = study.differences.query("b == @study.names[1] and window == 'late' and group == 'everyone'")
    kept = told.set_index("measure")
    for name, row in found.items():
        assert (row.mean, row.low, row.high, row.n) == tuple(kept.loc[name, ["mean", "low", "high", "n"]])
        assert row.mean == pytest.approx(row.other - row.baseline, abs=1e-12)


def test_designs_of_one_title_go_by_their_names():
    twice = [small("the_pyramid"), small("the_suggestion_machine")]
    assert labels(twice) == {"the_pyramid": "The pyramid", "the_suggestion_machine": "The suggestion machine"}
    same = [small("the_pyramid"), small("the_pyramid").changed(steps=9)]
    assert labels(same) == {"the_pyramid": "the_pyramid"}


def test_assumptions_list_what_differs_with_its_basis_and_nothing_else(study: Study):
    found = {assumption.key: assumption for assumption in differing(study.arms)}
    assert found["capture_share"].values == ("0.700", "0.150", "0.700")
    assert found["capture_share"].bases[0].startswith("ASSUMED: Most of the value goes")
    assert found["badges.value"].values == ("-", "-", "0.020")
    assert "demand.employee" in found
    assert "steps" not in found
    assert differing([small("the_suggestion_machine"), small("new_label_same_rules")]) == []


def test_a_run_is_summed_up_early_and_late():
    run = simulate(small("badges_on_top"))
    (_, early, late), *_ = run_rows(run)
    participation = run.weeks.query("group == 'everyone'")["participation"]
    assert (early, late) == (pytest.approx(participation[:3].mean()), pytest.approx(participation[-5:].mean()))
