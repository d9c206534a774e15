"""Levers that are set and cannot act: what each needs, and the words for who set it in vain.

Whether a need is met is read off the values of a design, week by week, without a run. A row of `NEEDS` that is told
wrongly would be a false alarm, so each reads only what decides surely; where a run would have to be looked at (who is
there in a week, what somebody sees), the need counts as met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..parameter import ROLES, Mechanism
from ..rules import MECHANISMS
from ..rules.adoption import STRATEGIES
from ..rules.decisions import BREADTHS
from ..rules.evaluation import BENEFICIARY, MANAGER, PEERS, SELF
from ..rules.joining import JOINING
from ..rules.rewards import DEVELOPMENT, INFORMATIONAL, PUBLICITY, USE
from ..rules.sharing import NONE, SHARING_RULES
from .catalogue import BY_NAME
from .layer import by_role
from .weeks import Bools, Weeks

if TYPE_CHECKING:
    from .scenario import Scenario


@dataclass(frozen=True, slots=True)
class Need:
    """What levers need to act.

    Attributes:
        levers: the levers concerned.
        met: weeks in which they can act.
        reads: the parameters that decide it; nothing is told where one of them is uncertain.
        why: why they change nothing where it is not met, and what they need.
        effect: what is left of their effect then.
    """

    levers: tuple[str, ...]
    met: Callable[[Weeks], Bools]
    reads: tuple[str, ...]
    why: str
    effect: str = "changes nothing"


def _managed(w: Weeks) -> Bools:
    """Whether anybody has a manager."""
    network = w.from_file
    if network is not None:
        return w.all_or_none(bool((network.manager >= 0).any()))
    return w.chosen("form", "organization") & w.above("employees")


def _unmanaged(w: Weeks) -> Bools:
    """Whether more than one at the top have no manager."""
    network = w.from_file
    if network is not None:
        return w.all_or_none(int((network.manager < 0).sum()) > 1)
    return w.outsiders() | ~w.chosen("form", "organization")


def _choice(name: str, *choices: str) -> Callable[[Weeks], Bools]:
    return lambda w: w.chosen(name, *choices)


def _above(*names: str) -> Callable[[Weeks], Bools]:
    return lambda w: w.above(*names)


SEEING = ("evaluation", "evaluator")
ADOPTING = ("adoption_rate", "adoption_strategy")
FORM = ("form",)
OUTSIDE = ("form", "customers", "partners")

NEEDS: tuple[Need, ...] = (
    Need(("manager_capacity", "distant_sight"), lambda w: w.seen_by(MANAGER), SEEING,
         "it says what a manager sees, and no manager evaluates: set evaluator = 'manager', for the design or an "
         "instrument, and evaluation above 0"),
    Need(("manager_capacity",), _managed, FORM, "nobody has a manager: that needs form = 'organization' or a roster"),
    Need(("distant_sight",), _unmanaged, OUTSIDE,
         "it acts on members without a manager, and here only the one at the top has none",
         "concerns one member alone"),
    Need(("peer_half",), lambda w: w.seen_by(PEERS, BENEFICIARY), SEEING,
         "it says what partners see, and no partner evaluates: set evaluator = 'peers' or 'beneficiary', for the "
         "design or an instrument, and evaluation above 0"),
    Need(("self_bias",), lambda w: w.seen_by(SELF), SEEING,
         "it says what people see in themselves, and nobody is their own judge: that needs evaluator = 'self'"),
    Need(("gaming_rate", "push_sensitivity", "reward_memory", "crowding_strength"), Weeks.paying, (),
         "it acts through rewards, and no instrument has a value above 0: add [[instruments]]"),
    Need(("development_rate", "skill_ceiling"), lambda w: w.paying(USE, DEVELOPMENT), (),
         "no instrument is for development: that needs evaluation_use = 'development', as the preset development"),
    Need(("recognition_worth",), lambda w: w.paying(INFORMATIONAL), (),
         "no instrument tells people anything: that needs one with informational above 0"),
    Need(("recognition_sight", "selectivity"), lambda w: w.paying(USE, PUBLICITY), (),
         "no reward is public: that needs an instrument with evaluation_use = 'publicity', as the preset recognition"),
    Need(("imposed", "demand_ratchet"), _above("demand"), ("demand",), "nothing is asked of anybody: demand is 0"),
    Need(("sharing_rule", "sharing_weight"), _above("return_share", "adoption_rate"), ("return_share", "adoption_rate"),
         "nothing is paid back: return_share is 0"),
    Need(("return_share",), lambda w: w.chosen("sharing_rule", *SHARING_RULES[NONE + 1 :]), ("sharing_rule",),
         "nothing is paid back under sharing_rule = 'none'"),
    Need(("return_share", "sharing_rule", "sharing_weight"), _above("capture_share", "adoption_rate"),
         ("capture_share", "adoption_rate"), "nothing is captured that could be shared: capture_share is 0"),
    Need(("recruit_rate", "third_order"), lambda w: w.chosen("joining", *JOINING[1:]), ("joining",),
         "outsiders do not recruit under joining = 'vacancy'; choose another way of joining"),
    Need(("recruit_rate", "third_order", "third_order_degree", "boundary_share", "accounts_per_employee", "clustering",
          "community_size", "strength_account", "strength_community", "outsider_vote"), Weeks.outsiders, OUTSIDE,
         "there is nobody outside: customers and partners are 0"),
    Need(("slow_socialization",), _above("slow_share"), ("slow_share",), "nobody learns slowly: slow_share is 0"),
    Need(("linking", "action_groups", "democracy"), lambda w: w.chosen("breadth", *BREADTHS[1:]), ("breadth",),
         "nobody is invited into a circle: breadth is 'none'"),
    Need(("committee_share", "committee_suspicion"), _choice("breadth", "committee"), ("breadth",),
         "there is no committee: that needs breadth = 'committee'"),
    Need(("critical_share",), _choice("breadth", "critical_mass"), ("breadth",),
         "there is no critical mass: that needs breadth = 'critical_mass'"),
    Need(("group_worth",), _above("action_groups"), ("action_groups",), "there are no action groups: that is 0"),
    Need(("voice_worth",), _above("democracy"), ("democracy",), "nobody decides together: democracy is 0"),
    Need(("target_capture_share", "target_own_share", "target_return_share", "target_imposed", "adoption_dip"),
         _choice("adoption_strategy", STRATEGIES[1]), ADOPTING,
         "only a catalyst changes the design: that needs adoption_strategy = 'catalyst'"),
    Need(("fit_visibility", "fit_contact", "fit_gain"), _choice("adoption_strategy", STRATEGIES[0]), ADOPTING,
         "a catalyst is not fitted in: that needs adoption_strategy = 'efficiency_fit'"),
    Need(("first_try", "experience_rate"), _above("inexperience"), ("inexperience",),
         "nobody tries at first: inexperience is 0"),
    Need(("sanction_impact", "sanction_response", "sanction_fade"), _above("sanctioning", "antisocial"),
         ("sanctioning", "antisocial"), "nobody sanctions: sanctioning and antisocial are 0"),
    Need(("framing_rate",), lambda w: w.paying() | w.above("fine"), ("fine",),
         "nothing has a price: that needs a fine or an instrument with a value above 0"),
    Need(("place_tie_rate", "strength_place"), _above("places"), ("places",), "there are no places: places is 0"),
    Need(("places",), _above("place_tie_rate"), ("place_tie_rate",), "places tie nobody: place_tie_rate is 0"),
    Need(("levels",), lambda w: w.all_or_none(any(era["span_of_control"] == 0 for era in w.eras)), ("span_of_control",),
         "the span of control says how many levels there are; set span_of_control = 0 to go by the levels"),
    Need(("lambda_depth", "zeta_range", "cross_unit_share"), _above("lateral_tie_rate"), ("lateral_tie_rate",),
         "there are no ties across the lines: lateral_tie_rate is 0"),
    Need(("levels", "span_of_control", "team_size", "lateral_tie_rate", "lambda_depth", "zeta_range",
          "cross_unit_share", "boundary_share", "accounts_per_employee", "third_order_degree", "clustering",
          "community_size", "places", "place_tie_rate"), _choice("form", "organization"), FORM,
         "it belongs to form = 'organization', and the form is another"),
    Need(("degree",), _choice("form", "small_world", "regular", "lattice"), FORM,
         "it belongs to form = 'small_world', 'regular' or 'lattice', and the form is another"),
    Need(("rewiring",), _choice("form", "small_world"), FORM, "it belongs to form = 'small_world'; this is another"),
    Need(("group_size",), _choice("form", "groups"), FORM, "it belongs to form = 'groups', and the form is another"),
    Need(("attachment",), _choice("form", "scale_free"), FORM, "it belongs to form = 'scale_free'; this is another"),
)  # fmt: skip
"""What levers need beside a mechanism that is on. The first need that is not met is told."""

BEYOND = frozenset({
    "visibility_task", "visibility_relational", "conditional_share", "free_rider_share", "hump_share", "slope_mean",
    "slope_sd", "quality_floor", "capture_share", "own_share", "sharing_rule", "sharing_weight", "stake_memory",
    "competence_base", "relatedness_half", "distrust_weight", "development_rate", "skill_ceiling", "promised_return",
    "promise_rate", "habituation", "resignation", "breach_tolerance", "tie_room", "joining", "join_threshold_mean",
    "join_threshold_sd", "start_active", "seed_cluster", "seed_partners", "espoused", "enacted",
    "implementation_fidelity", "image_start", "payoff_rule", "game_cost", "game_benefit", "confidence_bound",
    "new_tie_strength", "reward_memory", "estimate_sd", "estimate_bias", "estimate_evenness",
    "directory_start", "record_start", "threshold_sd", "hyperconnected_share", "connected_share",
    "hyperconnected_factor", "connected_factor", "other_factor", "response_start", "committed_share",
})  # fmt: skip
"""Parameters that reach beyond their mechanism: they change a run, or what is counted in it, also where it is off."""


def idle(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Levers that a valid design sets itself, above 0, and that cannot act in any of its weeks; each with the reason.

    What it inherits is left alone: a parent's reasons are the parent's. So is what a file says the why of: it may wait
    for an experiment that turns on what it needs, and what is as by default in a file that stands alone, as results
    folders hold it.
    """
    weeks, said = Weeks.of_design(scenario), _said(scenario)
    for name in BY_NAME:
        if name in said and not written_out(scenario, name) and (why := _why(name, weeks, scenario)):
            yield name, why


def _why(name: str, weeks: Weeks, scenario: Scenario) -> str:
    """Why a lever cannot act; empty where it can, where it is 0, or where what decides it is uncertain."""
    wanted, uncertain = weeks.on(name), _uncertain(scenario)
    if not wanted.any() or name in uncertain or uncertain & {i.name for i in scenario.instruments}:
        return ""
    needs = (need for need in ALL_NEEDS if name in need.levers and not uncertain & set(need.reads))
    return next((f"{need.effect}: {need.why}" for need in needs if not (wanted & need.met(weeks)).any()), "")


def _uncertain(scenario: Scenario) -> set[str]:
    """Parameters and instruments that the design itself says are uncertain."""
    inherited = scenario.parent.uncertainties if scenario.parent else {}
    return {key.partition(".")[0] for key, range_ in scenario.uncertainties.items() if inherited.get(key) != range_}


def _said(scenario: Scenario) -> set[str]:
    """Parameters that the design sets without a why and its parent does not, in its values or in its schedule."""
    parent = scenario.parent
    new = {k: note for k, note in scenario.notes.items() if parent is None or parent.notes.get(k) != note}
    keys = {key for key, note in new.items() if not note.why}
    keys |= {change.key for change in scenario.schedule if parent is None or change not in parent.schedule}
    names = {key.removesuffix(f".{role}") for key in keys for role in ROLES if key.endswith(f".{role}")}
    return keys | names


def written_out(scenario: Scenario, name: str) -> bool:
    """Whether a value is a default that a file says only because it says them all."""
    return scenario.parent is None and by_role(scenario.values[name]) == by_role(BY_NAME[name].default)


def _mechanism_on(mechanism: Mechanism) -> Need:
    """The need of a mechanism's parameters that it is not off in every week."""
    strength = mechanism.strength
    levers = tuple(p.name for p in mechanism.parameters if p.name not in strength and p.name not in BEYOND)
    zero = f"{strength[0]} is" if len(strength) == 1 else f"{', '.join(strength[:-1])} and {strength[-1]} are"
    why = f"it belongs to the mechanism {mechanism.name} ({mechanism.title}), which is off: {zero} 0 in every week"
    return Need(levers, _above(*strength), strength, why)


ALL_NEEDS: tuple[Need, ...] = (*map(_mechanism_on, MECHANISMS), *NEEDS)
"""First that the mechanism of a lever is on, then what it needs beside."""
