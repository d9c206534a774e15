"""Whatever is told to change nothing changes nothing, and is not told where it changes something."""

from __future__ import annotations

from pathlib import Path

import pytest

from engagesim import InputError, Scenario, simulate
from engagesim.design.catalogue import BY_NAME
from engagesim.design.conflicts import conflicts
from engagesim.design.idle import ALL_NEEDS, BEYOND, NEEDS, idle
from engagesim.rules import MECHANISMS

SMALL = {"employees": 24, "customers": 14, "partners": 6, "steps": 16}
EVERYTHING = {
    "image_weight": 0.3, "reciprocity": 0.4, "imitation_rate": 0.2, "socialization": 0.2, "code_learning": 0.3,
    "adoption_rate": 0.3, "adoption_start": 0.2, "encounter_rate": 0.5, "convergence": 0.5, "pool_size": 4,
    "framing_rate": 0.3, "fine": 0.2, "stopping": 0.5, "recognition_sight": 0.2, "selectivity": 0.4,
    "problem_rate": 0.2, "purpose_strength": 0.4, "costly_signal": 0.1, "spanner_exit": 0.1, "exit_contagion": 0.5,
    "turnover_shock": 0.2, "exit_hazard": 0.05, "public_score": 0.5, "demand_ratchet": 0.2, "linking": 0.5,
    "action_groups": 0.5, "democracy": 0.5, "meeting_rate": 0.1, "person_share": 0.3, "shared_share": 0.3,
    "scandal": 0.3, "enacted": 0.3, "inexperience": 0.5, "sanctioning": 0.3, "slow_share": 0.3,
    "breadth": "committee", "joining": "simple", "recruit_rate": 0.2,
}  # fmt: skip
"""Mechanisms that are off by default, on."""
INSTRUMENTS = "".join(f"[[instruments]]\nname = '{preset}s'\npreset = '{preset}'\n" for preset in (
    "bonus", "leaderboard", "recognition", "development"))  # fmt: skip
BY_LEVER = [(m, lever) for m, need in zip(MECHANISMS, ALL_NEEDS, strict=False) for lever in need.levers]


def design(folder: Path, text: str = "", **values: object) -> Scenario:
    """A small organization with some of a file and some values on top."""
    path = folder / "mine.toml"
    path.write_text(f"extends = 'plain_organization'\n{text}")
    return Scenario.load(path).changed(**{**SMALL, **values})


def told(scenario: Scenario) -> dict[str, str]:
    return dict(idle(scenario))


def values_of(name: str) -> list[object]:
    """A few values of a parameter that are not 0."""
    if name == "levels":
        return [3, 4]
    p = BY_NAME[name]
    if p.kind == "choice":
        return list(p.choices)
    high = min(p.high, 8.0 if p.high > 1.0 else 1.0)
    values = [p.low + share * (high - p.low) for share in (0.2, 0.45)]
    values = [round(v) or 1 for v in values] if p.kind == "integer" else values
    return [{"customer": value} for value in values] if p.per_role else list(values)


def outcomes(scenario: Scenario, name: str) -> set[bytes]:
    """What comes out, by week, with each of some values of a parameter."""
    found = set()
    for value in values_of(name):
        try:
            run = simulate(scenario.changed(**{name: value}), seed=3, threads=1)
        except InputError:  # two shares above 1 together
            continue
        found.add(run.tallies.tobytes() + run.series.tobytes())
    assert found
    return found


def test_the_table_speaks_of_parameters_that_there_are_and_reads_what_it_says():
    names = {name for need in ALL_NEEDS for name in (*need.levers, *need.reads)} | BEYOND
    assert names <= set(BY_NAME)
    assert len(BY_LEVER) > 90


@pytest.mark.parametrize(("mechanism", "lever"), BY_LEVER, ids=lambda x: getattr(x, "name", x))
def test_a_lever_of_a_mechanism_that_is_off_changes_nothing_and_is_told(tmp_path, mechanism, lever):
    everything = design(tmp_path, INSTRUMENTS, **EVERYTHING)
    off = everything.changed(**dict.fromkeys(mechanism.strength, 0))
    assert len(outcomes(off, lever)) == 1
    for value in values_of(lever):
        assert f"the mechanism {mechanism.name} (" in told(off.changed(**{lever: value}))[lever]
        assert "the mechanism" not in told(everything.changed(**{lever: value})).get(lever, "")


def preset(name: str, extra: str = "") -> str:
    return f"[[instruments]]\nname = 'one'\npreset = '{name}'\n{extra}"


OUTSIDERS_NEEDED = "there is nobody outside"
CASES = {
    "distant_sight": ("no manager evaluates", {"evaluator": "self"}, {}),
    "distant_sight ": ("only the one at the top", {"customers": 0, "partners": 0}, {}),
    "distant_sight  ": ("no manager evaluates", {"evaluator": "peers"},
                        {"evaluator": "peers", "text": preset("bonus", "evaluator = 'manager'\n")}),
    "manager_capacity": ("no manager evaluates", {"evaluator": "peers"}, {}),
    "manager_capacity ": ("nobody has a manager", {"form": "complete", "employees": 9}, {}),
    "peer_half": ("no partner evaluates", {}, {"evaluator": "beneficiary"}),
    "self_bias": ("nobody is their own judge", {}, {"evaluator": "self"}),
    "gaming_rate": ("no instrument", {}, {"text": preset("bonus"), "visibility_relational": 0.2}),
    "push_sensitivity": ("no instrument", {}, {"text": preset("badges")}),
    "reward_memory": ("no instrument", {}, {"text": preset("badges")}),
    "crowding_strength": ("no instrument", {}, {"text": preset("badges")}),
    "development_rate": ("for development", {"text": preset("badges")}, {"text": preset("development")}),
    "skill_ceiling": ("for development", {"text": preset("badges")}, {"text": preset("development")}),
    "recognition_worth": ("tells people anything", {}, {"text": preset("recognition")}),
    "recognition_sight": ("no reward is public", {"text": preset("bonus")}, {"text": preset("recognition")}),
    "selectivity": ("no reward is public", {"text": preset("bonus")}, {"text": preset("recognition")}),
    "imposed": ("nothing is asked", {"demand": 0}, {}),
    "demand_ratchet": ("nothing is asked", {"demand": 0}, {}),
    "sharing_rule": ("return_share is 0", {"return_share": 0}, {}),
    "sharing_weight": ("return_share is 0", {"return_share": 0}, {}),
    "levels ": ("span_of_control = 0", {}, {"levels": 3, "span_of_control": 0}),
    "places": ("places tie nobody", {}, {"place_tie_rate": 1}),
    "return_share": ("sharing_rule = 'none'", {"sharing_rule": "none"}, {}),
    "return_share ": ("capture_share is 0", {"capture_share": 0}, {}),
    "recruit_rate": ("joining = 'vacancy'", {"start_active": 0.5}, {"start_active": 0.5, "joining": "simple"}),
    "third_order": ("joining = 'vacancy'", {"start_active": 0.5, "recruit_rate": 0.05},
                    {"start_active": 0.5, "recruit_rate": 0.05, "joining": "simple"}),
    "third_order_degree": (OUTSIDERS_NEEDED, {"customers": 0, "partners": 0}, {}),
    "boundary_share": (OUTSIDERS_NEEDED, {"customers": 0, "partners": 0}, {}),
    "accounts_per_employee": (OUTSIDERS_NEEDED, {"customers": 0, "partners": 0}, {}),
    "clustering": (OUTSIDERS_NEEDED, {"customers": 0, "partners": 0}, {}),
    "community_size": (OUTSIDERS_NEEDED, {"customers": 0, "partners": 0}, {}),
    "strength_account": (OUTSIDERS_NEEDED, {"customers": 0, "partners": 0}, {}),
    "strength_community": (OUTSIDERS_NEEDED, {"customers": 0, "partners": 0}, {}),
    "outsider_vote": (OUTSIDERS_NEEDED, {"customers": 0, "partners": 0}, {}),
    "slow_socialization": ("slow_share is 0", {"socialization": 0.2, "code_learning": 0.5},
                           {"socialization": 0.2, "code_learning": 0.5, "slow_share": 0.5}),
    "linking": ("breadth is 'none'", {}, {"breadth": "critical_mass"}),
    "action_groups": ("breadth is 'none'", {}, {"breadth": "critical_mass"}),
    "democracy": ("breadth is 'none'", {}, {"breadth": "critical_mass"}),
    "committee_share": ("no committee", {"breadth": "critical_mass", "linking": 0.5},
                        {"breadth": "committee", "linking": 0.5}),
    "committee_suspicion": ("no committee", {"breadth": "critical_mass"}, {"breadth": "committee"}),
    "critical_share": ("no critical mass", {"breadth": "committee", "linking": 0.5},
                       {"breadth": "critical_mass", "linking": 0.5}),
    "group_worth": ("no action groups", {"breadth": "critical_mass"}, {"breadth": "critical_mass", "action_groups": 1}),
    "voice_worth": ("nobody decides together", {"breadth": "critical_mass"},
                    {"breadth": "critical_mass", "democracy": 1}),
    **{lever: ("only a catalyst", {"adoption_rate": 0.3, "adoption_start": 0.2},
               {"adoption_rate": 0.3, "adoption_start": 0.2, "adoption_strategy": "catalyst"})
       for lever in ("target_capture_share", "target_own_share", "target_return_share", "target_imposed",
                     "adoption_dip")},
    **{lever: ("a catalyst is not fitted in",
               {"adoption_rate": 0.3, "adoption_start": 0.2, "adoption_strategy": "catalyst"},
               {"adoption_rate": 0.3, "adoption_start": 0.2, "visibility_task": 0.2})
       for lever in ("fit_visibility", "fit_contact", "fit_gain")},
    "first_try": ("inexperience is 0", {"pool_size": 4}, {"pool_size": 4, "inexperience": 0.5}),
    "experience_rate": ("inexperience is 0", {"pool_size": 4}, {"pool_size": 4, "inexperience": 0.5}),
    **{lever: ("nobody sanctions", {"pool_size": 4}, {"pool_size": 4, "sanctioning": 0.5})
       for lever in ("sanction_impact", "sanction_response", "sanction_fade")},
    "framing_rate": ("nothing has a price", {}, {"fine": 0.2}),
    "place_tie_rate": ("there are no places", {}, {"places": 3}),
    "strength_place": ("there are no places", {"place_tie_rate": 1}, {"places": 3, "place_tie_rate": 1}),
    **{lever: ("lateral_tie_rate is 0", {"lateral_tie_rate": 0}, {"lateral_tie_rate": 1, "employees": 90})
       for lever in ("lambda_depth", "zeta_range", "cross_unit_share")},
    **{lever: ("form = 'organization'", {"form": "small_world"}, {}) for lever in ("span_of_control", "team_size",
       "lateral_tie_rate")},
    "levels": ("form = 'organization'", {"form": "small_world", "span_of_control": 0, "levels": 3},
               {"levels": 3, "span_of_control": 0}),
    "degree": ("form = 'small_world'", {}, {"form": "small_world"}),
    "rewiring": ("form = 'small_world'", {}, {"form": "small_world"}),
    "group_size": ("form = 'groups'", {}, {"form": "groups"}),
    "attachment": ("form = 'scale_free'", {}, {"form": "scale_free"}),
}  # fmt: skip
"""By lever (blanks tell cases apart): words, a design in which it is told, and one in which it acts."""


@pytest.mark.parametrize("case", CASES)
def test_a_lever_whose_need_is_not_met_changes_nothing_and_is_told(tmp_path, case):
    lever, (words, unmet, _) = case.strip(), CASES[case]
    scenario = design(tmp_path, **unmet)
    assert len(outcomes(scenario, lever)) == 1 or case == "distant_sight "  # one member's outcome is left
    assert all(words in told(scenario.changed(**{lever: value})).get(lever, "") for value in values_of(lever))


@pytest.mark.parametrize("case", CASES)
def test_a_lever_whose_need_is_met_changes_something_and_is_not_told(tmp_path, case):
    lever, (_, _, met) = case.strip(), CASES[case]
    scenario = design(tmp_path, **met)
    assert len(outcomes(scenario, lever)) > 1
    assert all(lever not in told(scenario.changed(**{lever: value})) for value in values_of(lever))


def test_of_a_network_from_file_the_roster_decides_who_has_a_manager(tmp_path):
    (tmp_path / "ties.csv").write_text("from,to\nann,bob\nbob,cid\ncid,ann\n")
    text = "[structure]\nform = 'file'\nnetwork_file = 'ties.csv'\n{roster}[seeing]\n{lever} = 0.5\n"
    rosters = {
        "": "manager_capacity",
        "id,reports_to\nann,\nbob,ann\ncid,ann\n": "distant_sight",
        "id,reports_to,role\nann,,\nbob,ann,\ncid,,customer\n": None,
    }
    for roster, idle_one in rosters.items():
        (tmp_path / "people.csv").write_text(roster)
        line = "roster_file = 'people.csv'\n" if roster else ""
        for lever in ("manager_capacity", "distant_sight"):
            (tmp_path / "mine.toml").write_text(
                "extends = 'plain_organization'\n" + text.format(roster=line, lever=lever).replace("y = 0.5", "y = 5")
            )
            assert list(told(Scenario.load(tmp_path / "mine.toml"))) == ([lever] if lever == idle_one else [])


def test_every_need_has_a_case():
    told_in_cases = {(case.strip(), words) for case, (words, _, _) in CASES.items()}
    for need in NEEDS:
        assert any(lever in need.levers and words in need.why for lever, words in told_in_cases), need.why


@pytest.mark.parametrize(
    "text",
    [
        "[seeing]\nevaluator = 'self'\ndistant_sight = 0.0\n",
        "[seeing]\nevaluator = 'self'\ndistant_sight = { value = 0.5, why = 'For an arm with another evaluator.' }\n",
        "[seeing]\nevaluator = 'self'\ndistant_sight = 0.5\n[[schedule]]\nat = 9\nset = { evaluator = 'manager' }\n",
        "[structure]\nlateral_tie_rate = 0\nzeta_range = 1\n[[schedule]]\nat = 9\nset = { lateral_tie_rate = 1 }\n",
        "[asking]\ndemand = 0\nimposed = 0.5\n[uncertainties]\n'demand.employee' = { low = 0.0, high = 0.4 }\n",
    ],
)
def test_what_may_be_meant_is_not_told(tmp_path, text):
    assert told(design(tmp_path, text)) == {}


def test_what_a_schedule_sets_in_vain_is_told_and_what_a_parent_sets_is_not(tmp_path):
    text = "[seeing]\nevaluator = 'self'\n[[schedule]]\nat = 9\nset = { distant_sight = 0.5 }\n"
    assert list(told(design(tmp_path, text))) == ["distant_sight"]
    (tmp_path / "parent.toml").write_text("extends = 'plain_organization'\n[seeing]\ndistant_sight = 0.5\n")
    child = tmp_path / "child.toml"
    child.write_text("extends = 'parent.toml'\n[seeing]\nevaluator = 'self'\n")
    assert told(Scenario.load(child)) == {}


@pytest.mark.parametrize("name", ["plain_organization", "the_suggestion_machine", "badges_on_top"])
def test_a_file_that_says_every_value_is_told_no_more_than_what_it_was_made_from(tmp_path, name):
    path = tmp_path / "resolved.toml"
    path.write_text(Scenario.load(name).to_toml())
    assert [p.key for p in conflicts(Scenario.load(path))] == [p.key for p in conflicts(Scenario.load(name))]
