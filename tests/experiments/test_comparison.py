from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engagesim import InputError, Scenario, compare
from engagesim.experiments import notes, reduction
from engagesim.experiments.choice.aim import Aim
from engagesim.experiments.comparison import runs_in
from engagesim.experiments.notes import beyond_scheme
from engagesim.experiments.reduction import MAIN, reduced
from engagesim.measures import BY_NAME, GROUPS, WINDOWS, measure, windowed
from engagesim.outcomes import BY_NAME as OUTCOMES
from engagesim.runs import replicates
from engagesim.summaries import BY_NAME as SUMMARIES
from tests.small import SETS, STEPS, small

MACHINE, NEIGHBOURS = small("the_suggestion_machine"), small("neighbours_helping_neighbours")


def test_two_names_of_one_design_differ_by_exactly_nothing():
    study = compare([MACHINE, small("new_label_same_rules")], replicates=6, worlds=3)
    told = study.differences.query("n > 1")
    numbers = told[["mean", "low", "high", "standardized"]].to_numpy()
    happens = {*BY_NAME, *SUMMARIES, "contribution_gini", "reciprocity"} - {"gap_found_week"}
    assert set(study.differences["measure"]) >= happens, "what never happens has no row"
    gini = OUTCOMES["contribution_gini"].title.lower()
    assert not any(gini in note for note in study.notes), "it has but one window"
    assert len(study.differences) > len(BY_NAME) * len(WINDOWS) * len(GROUPS)
    assert (numbers == 0.0).all()
    assert (study.differences["mean"] == 0.0).all()
    assert set(study.differences["measure"]) - set(told["measure"]) == set()
    seldom = study.differences.query("n <= 1")
    assert set(seldom["group"]) <= {"customer", "partner"}, "in a single week few outsiders give anything"
    assert (study.differences["same_sign"] == 1.0).all()
    assert set(study.differences["worlds_same_sign"].dropna()) == {1.0}
    untaken = study.differences.query("measure == 'contribution_gini'")["worlds_same_sign"]
    assert untaken.isna().all(), "outcomes over the members at the end are not taken in other worlds"
    assert "the same design under two names" in study.notes[0]


def test_a_policy_that_touches_no_one_changes_nothing():
    idle = small("badges_on_top", "budget=0", "badges.value=0", "badges.informational=0")
    study = compare([MACHINE, idle], replicates=5)
    assert (study.differences.query("n > 1")[["mean", "low", "high"]] == 0.0).all().all()
    touching = compare([MACHINE, small("badges_on_top")], replicates=5)
    assert (touching.differences["mean"] != 0.0).any()


def test_differences_are_those_of_the_replicates_pair_by_pair():
    study = compare([MACHINE, NEIGHBOURS], replicates=5, seed=3, measures=["effort"])
    a, b = (windowed(measure("effort", replicates(d, 3, 5)[0], "employee"), "late") for d in (MACHINE, NEIGHBOURS))
    row = study.differences.set_index(["window", "group"]).loc["late", "employee"]
    assert row["mean"] == pytest.approx((b - a).mean(), rel=1e-12)
    assert (row["a"], row["b"], row["n"]) == (MACHINE.name, NEIGHBOURS.name, 5)
    assert row["standardized"] == pytest.approx((b - a).mean() / a.std(ddof=1))
    assert row["low"] <= row["mean"] <= row["high"]


def test_pairing_removes_luck_that_both_designs_share():
    other = MACHINE.changed(capture_share=0.6)
    a, b = (reduced(d, 0, 40, ["participation"]).windows[:, 0, 1, 0] for d in (MACHINE, other))
    assert np.var(b - a) < 0.5 * np.var(np.roll(b, 1) - a)


def test_the_number_of_jobs_and_the_size_of_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch):
    whole = compare([MACHINE, NEIGHBOURS], replicates=7, jobs=2)
    monkeypatch.setattr(reduction, "CHUNK", 3)
    pieces = compare([MACHINE, NEIGHBOURS], replicates=7, jobs=1)
    for name in ("differences", "levels", "weeks"):
        assert getattr(whole, name).equals(getattr(pieces, name))


def test_weekly_bands_rest_on_the_first_replicates_only_and_say_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reduction, "BANDED", 4)
    monkeypatch.setattr(reduction, "CHUNK", 3)
    found = reduced(MACHINE, 0, 8, ["effort"])
    assert found.weekly.shape == (4, len(GROUPS), STEPS, len(MAIN))
    assert found.windows.shape == (8, len(GROUPS), len(WINDOWS), 1)
    monkeypatch.setattr(notes, "BANDED", 4)
    study = compare([MACHINE, NEIGHBOURS], replicates=8, measures=["effort"])
    assert any("bands rest on the first 4 of 8 replicates" in note for note in study.notes)


def test_groups_without_members_have_no_rows():
    study = compare([MACHINE.changed(customers=0), NEIGHBOURS], replicates=3, measures=["effort"])
    assert set(study.differences["group"]) == {"everyone", "employee", "partner"}
    assert set(study.levels.query("arm == @NEIGHBOURS.name")["group"]) == set(GROUPS)
    assert f"There are no customers in {MACHINE.title}; their rows are left out." in study.notes


def test_replicates_without_a_value_are_counted_not_averaged():
    lonely = [d.changed(employees=3, customers=0, partners=0, vacancy_weeks=20.0, exit_hazard=0.03) for d in
              (MACHINE, NEIGHBOURS)]  # fmt: skip
    study = compare(lonely, replicates=20, measures=["effort"])
    rows = study.differences.set_index(["window", "group"])
    assert 0 < rows.loc[("end", "everyone"), "n"] < 20
    assert rows.loc[("early", "everyone"), "n"] == 20
    assert study.differences.notna()[["mean", "n"]].all().all()
    assert any("pairs have no value of mean effort" in note for note in study.notes)
    assert any("nobody is active in the last week" in note for note in study.notes)
    extinct = compare([d.changed(exit_hazard=0.1) for d in lonely], replicates=5, measures=["effort"])
    assert set(extinct.differences["window"]) == {"early", "whole"}
    assert any("5 of 5 pairs have no value of mean effort" in note for note in extinct.notes)


def test_told_hears_every_run_once_and_in_order():
    heard: list[int] = []
    compare([MACHINE, NEIGHBOURS], replicates=4, worlds=2, measures=["effort"], told=heard.append)
    assert heard == list(range(1, 2 * 4 * 3 + 1))
    heard.clear()
    schemes = [MACHINE, small("badges_on_top")]
    compare(schemes, replicates=3, worlds=2, told=heard.append)
    assert heard == list(range(1, runs_in(schemes, 3, 2) + 1))
    assert len(heard) == 2 * 3 * 3 + 2, "the badges are also withdrawn, once in each world"


def test_other_worlds_agree_where_the_effect_is_strong():
    study = compare([MACHINE, NEIGHBOURS], replicates=4, worlds=5, measures=["extraction_ratio"])
    everyone = study.differences.query("group == 'everyone'")
    assert (everyone["worlds_same_sign"] == 1.0).all()
    assert study.worlds.shape == (5, len(MACHINE.uncertainties))
    assert compare([MACHINE, NEIGHBOURS], replicates=2).differences["worlds_same_sign"].isna().all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"replicates": 0}, "replicates = 0   must be 1 or more"),
        ({"seed": -1}, "seed = -1   must be 0 to"),
        ({"worlds": 0}, "worlds = 0   must be 1 or more"),
        ({"measures": ["efort"]}, "efort   unknown measure; did you mean effort?"),
        ({"measures": []}, "measures   must be one or more"),
    ],
)
def test_bad_numbers_are_refused_in_words(options: dict[str, object], message: str):
    with pytest.raises(InputError) as caught:
        compare([MACHINE, NEIGHBOURS], **options)  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_designs_that_cannot_be_compared_are_refused_with_every_reason():
    with pytest.raises(InputError) as caught:
        compare([MACHINE, MACHINE.changed(steps=9)], replicates=0)
    assert len(caught.value.problems) == 3
    with pytest.raises(InputError, match="two designs or more"):
        compare([MACHINE])


def test_names_and_paths_will_do(tmp_path: Path):
    path = tmp_path / "mine.toml"
    path.write_text("extends = 'plain_organization'\n[time]\nsteps = 156\n")
    study = compare(["plain_organization", path], replicates=1, measures=["effort"])
    assert study.names == ("plain_organization", "mine")
    assert study.differences["low"].isna().all()


def test_every_world_has_luck_of_its_own_that_all_designs_share():
    """Worlds that are all but one and the same differ by luck, and twins do not differ within any of them."""
    same = {"help_value": (0.5, 0.5 + 1e-12)}
    arms = [replace(small(name), uncertainties=same) for name in ("the_suggestion_machine", "new_label_same_rules")]
    cases = compare(arms, replicates=1, worlds=3).decision.cases
    effort = cases.of("effort")[:, 0]
    assert len(set(effort[:, 0])) == 3
    assert (effort[:, 0] == effort[:, 1]).all()


def test_a_scheme_on_another_organization_is_named_with_what_else_differs():
    plain = Scenario.load("plain_organization", SETS)
    badges = Scenario.load("badges_on_top", SETS)
    (said,) = [n for n in compare([plain, badges], replicates=1, measures=["effort"]).notes if "not only" in n]
    assert said.startswith("Badges on top: not only the rewards differ from Plain organization, but also demand")
    assert "capture_share" in said
    assert "extends the organization of Plain organization" in said
    alike = compare([Scenario.load("the_suggestion_machine", SETS), badges], replicates=1, measures=["effort"])
    assert not any("not only" in note for note in alike.notes)


def test_notes_call_designs_by_their_titles():
    aim = Aim(budget=0.02, fitted=((NEIGHBOURS.name, 0.6, 0.5),))
    found = compare([MACHINE, NEIGHBOURS, small("badges_on_top")], replicates=1, measures=["effort"], aim=aim).notes
    assert found[0].startswith(f"{NEIGHBOURS.title} says return_share = 0.6")
    assert any(f"compared with {MACHINE.title}, each row by itself;" in note for note in found)
    assert not any(NEIGHBOURS.name in note for note in found)


def test_a_file_of_ties_makes_levers_of_structure_no_difference():
    first = Scenario.load("plain_organization")
    other = first.changed(span_of_control=9)
    assert beyond_scheme(other, first) == ["span_of_control"]
    pair = [d.changed(form="file", network_file="edges.csv") for d in (other, first)]
    assert beyond_scheme(*pair) == []
