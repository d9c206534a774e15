"""What a finished sweep says, on runs whose answer is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engagesim.experiments.findings import Failing, findings_of, main_of
from engagesim.experiments.question.question import Question
from engagesim.experiments.runner.sweep import sweep
from engagesim.report.sweep_words import failing, sentences
from tests.experiments.asked import CUBE, asked, place_in_cube

WORLDS = {
    **CUBE, "design": {"uncertainties": {"kind": "latin_hypercube", "points": 60}}, "replicates": 1,
    "measures": ["trust"], "windows": ["late"], "acceptable": {"trust": {"at_least": 0.3}},
}  # fmt: skip


def strewn(design, columns, seed, network):
    """Even chance over the worlds, of whatever is uncertain there."""
    place = np.array([design.name == "badges_on_top", *place_in_cube(design)])
    return np.random.default_rng([seed % 2**32, *place.view(np.uint64)]).uniform(size=len(columns))


def low_where_drained(design, columns, seed, network):
    """Not good enough where the third number is high."""
    return np.full(len(columns), 0.2 if place_in_cube(design)[2] > 0.7 else 0.8)


def boxes_of(place: Path, evaluate, seed: int) -> tuple[Failing, ...]:
    sweep(asked(**WORLDS, seed=seed), place, evaluate=evaluate)
    return findings_of(place).boxes


def test_no_box_is_told_where_failures_are_strewn_by_chance(tmp_path: Path):
    found = [one for turn in range(12) for one in boxes_of(tmp_path / str(turn), strewn, turn)]
    assert len(found) == 24
    assert sum(one.box is not None for one in found) <= 2
    silent = next(one for one in found if one.box is None)
    assert "no simple box" in failing(silent)


def test_a_box_is_told_where_it_is(tmp_path: Path):
    first, second = boxes_of(tmp_path / "out", low_where_drained, 0)
    for one in (first, second):
        assert one.box is not None
        assert list(one.box.limits) == ["drain"]
        assert 0.6 < one.box.limits["drain"][0] <= 0.75
        assert "above all where drain is 0." in failing(one)


def ahead_with_luck(design, columns, seed, network):
    """The badges are ahead by 1 in all replicates but for a little luck."""
    return np.full(len(columns), (design.name == "badges_on_top") + seed % 7 / 100)


def test_nobody_is_told_to_be_best_from_fewer_than_six_pairs(tmp_path: Path):
    said = []
    for replicates in (5, 6):
        sweep(asked(replicates=replicates), tmp_path / str(replicates), evaluate=ahead_with_luck)
        said.append(sentences(findings_of(tmp_path / str(replicates)))[0])
    assert ["too few pairs" in sentence for sentence in said] == [True, False]
    assert "with a chance of 100%" in said[1]


def test_figures_show_everybody_late_before_one_role_or_early(tmp_path: Path):
    text = 'arms = ["the_pyramid"]\nmeasures = ["effort", "trust"]\ngroups = ["everyone", "partner"]\n'
    path = tmp_path / "asked.toml"
    path.write_text(text + "[acceptable]\ntrust = { at_least = 0.5 }\n")
    assert main_of(Question.load(str(path))).name == "trust_late"
