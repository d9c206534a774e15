from pathlib import Path

import numpy as np
import pytest

from engagesim import InputError, Scenario, compare
from engagesim.experiments.worlds import in_world, points_of, ranges_of, worlds_of
from tests.small import small

RANGES = {"norm_weight": (0.2, 0.8), "demand.employee": (0.1, 0.4)}


def scenario(folder: Path, name: str, text: str) -> Scenario:
    path = folder / f"{name}.toml"
    path.write_text(text)
    return Scenario.load(path)


def test_every_stratum_of_every_range_is_drawn_once():
    points = worlds_of(RANGES, 10, seed=4)
    for key, (low, high) in RANGES.items():
        assert sorted(((points[key] - low) / (high - low) * 10).astype(int)) == list(range(10))
    assert points.equals(worlds_of(RANGES, 10, seed=4))
    assert not points.equals(worlds_of(RANGES, 10, seed=5))


def test_ranges_of_several_designs_are_joined(tmp_path: Path):
    a = scenario(tmp_path, "a", "[uncertainties]\nnorm_weight = { low = 0.2, high = 0.5 }\n")
    b = scenario(tmp_path, "b", "[uncertainties]\nnorm_weight = { low = 0.4, high = 0.9 }\n")
    assert ranges_of([a, b]) == {"norm_weight": (0.2, 0.9)}


def test_designs_without_uncertainties_have_no_other_worlds(tmp_path: Path):
    arms = [scenario(tmp_path, name, f"title = '{name}'\n") for name in "ab"]
    with pytest.raises(InputError, match=r"declare no \[uncertainties\]"):
        compare(arms, replicates=1, worlds=2)


def test_a_world_sets_the_same_in_every_design_whole_numbers_whole_and_skips_foreign_instruments():
    point = {"norm_weight": 0.3, "demand.employee": 0.2, "team_size": 6.7, "badges.controlling": 0.4}
    machine, badges = (in_world(small(name), 1, point) for name in ("the_suggestion_machine", "badges_on_top"))
    for arm in (machine, badges):
        assert (arm.values["norm_weight"], arm.values["demand"][0], arm.values["team_size"]) == (0.3, 0.2, 7)  # type: ignore[index]
    assert badges.instruments[0].attributes["controlling"] == 0.4


def test_an_impossible_world_is_named():
    with pytest.raises(InputError, match=r"the_suggestion_machine in world 3: 1 problem\n.*capture_share \+ own_share"):
        in_world(small("the_suggestion_machine"), 3, {"capture_share": 0.9, "own_share": 0.9})


def test_points_come_as_plain_numbers_counted_from_one():
    (first, values), *_ = points_of(worlds_of(RANGES, 2, 0))
    assert first == 1
    assert all(type(value) is float and np.isfinite(value) for value in values.values())
