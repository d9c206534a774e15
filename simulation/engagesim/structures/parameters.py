"""The numbers of a structure: how many members there are and who is tied to whom at the start."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ..parameter import Parameter, Value

FORMS = ("organization", "small_world", "regular", "scale_free", "lattice", "groups", "complete", "star", "file")
"""The structures that `structures.build` makes."""

MOST_TIES = 50_000_000
"""More ties than this are refused: they would take several gigabytes."""

DWS = "DoddsWattsSabel2003"

_population = partial(Parameter, group="population", kind="integer", high=5_000_000, unit="members", static=True)
_structure = partial(Parameter, group="structure", static=True)
_strength = partial(Parameter, group="structure", static=True, unit="strength")

_COUNTS = (
    _population("employees", default=120, meaning="Employees at the start.",
                why="A firm small enough that everybody can be shown; results are repeated at other sizes."),
    _population("customers", default=150, meaning="Customers at the start, in or out of the network.",
                why="A little more than the employees, so that ties among outsiders can outnumber those inside."),
    _population("partners", default=30, meaning="Partners (suppliers, freelancers, volunteers) at the start.",
                why="A quarter of the employees."),
)  # fmt: skip

_HIERARCHY = (
    _structure("form", default="organization", kind="choice", choices=FORMS, unit="",
               meaning="Which structure ties the members: an organization, a network of theory, or a file.",
               why="The others are textbook cases with known answers."),
    _structure("levels", default=0, kind="integer", high=64, unit="levels",
               meaning="Levels of the reporting tree, the top included; 0: as many as the span of control needs.",
               why="The span is the usual figure; flattening sets fewer levels and leaves the span at 0."),
    _structure("span_of_control", default=5, kind="integer", high=1_000_000, unit="members per manager",
               meaning="Members under one manager; 0: the smallest span with which the levels hold all employees.",
               basis="REPORTED", source=DWS, why="The branching ratio of that paper; 2 or more, or 0."),
    _structure("team_size", default=8, kind="integer", low=1, high=1_000, unit="members",
               meaning="Those under one manager are cut into fully tied teams of at most this size; 1: no teams.",
               why="Above the default span, so that those under one manager are one team; range 5 to 12."),
)  # fmt: skip

_LATERAL = (
    _structure("lateral_tie_rate", default=0.3, high=50.0, unit="ties per employee",
               meaning="Ties across the reporting tree, beside those within teams.",
               source=DWS, why="About one for three employees; range .1 to 1."),
    _structure("lambda_depth", default=0.5, high=1e9, unit="levels",
               meaning="How fast the weight of a lateral tie falls with the level of the lowest common manager.",
               basis="REPORTED", source=DWS, why="Their multiscale network; 0 is the strict limit, 1e9 is no limit."),
    _structure("zeta_range", default=0.5, high=1e9, unit="levels",
               meaning="How fast the weight of a lateral tie falls with the distance below the lowest common manager.",
               basis="REPORTED", source=DWS, why="Their multiscale network; 0 is the strict limit, 1e9 is no limit."),
    _structure("cross_unit_share", default=0.0, unit="share of lateral ties",
               meaning="Lateral ties forced to join different branches under the top; 0: as the weights say.",
               why="Off, so that placement follows the published weights alone."),
)  # fmt: skip

_OUTSIDE = (
    _structure("boundary_share", default=0.25, unit="share of employees",
               meaning="Employees with ties to customers or partners.", why="A quarter; range .1 to .6."),
    _structure("accounts_per_employee", default=6.0, high=1_000.0, unit="ties per spanner",
               meaning="Outside ties of an employee who has any.",
               why="With the default counts every outsider has one account; range 1 to 20."),
    _structure("third_order_degree", default=4.0, high=1_000.0, unit="ties per outsider",
               meaning="Ties of an outsider to other outsiders of its community.", why="A few peers; range 0 to 10."),
    _structure("community_size", default=30, kind="integer", low=1, high=5_000_000, unit="members",
               meaning="Outsiders in one community at most; each community holds one role.",
               why="The size of an active user group; range 10 to 150."),
    _structure("clustering", default=0.8,
               meaning="Order inside a community: 1 a ring lattice, 0 random (1 - clustering is rewired).",
               source="WattsStrogatz1998", why="Clustered with short paths; range .5 to 1."),
    _structure("places", default=0, kind="integer", high=5_000_000, unit="places",
               meaning="Places (sites, towns, rooms) among which members are spread at random; 0: none.",
               why="Off: place is one more mechanism, not part of the base."),
    _structure("place_tie_rate", default=0.0, high=50.0, unit="ties per member",
               meaning="Ties that join random members of one place.", why="Off with places; range 0 to 2."),
)  # fmt: skip

_THEORY = (
    _structure("degree", default=4, kind="integer", high=100_000, unit="ties per member",
               meaning="Ties of each member in the small world (a mean), regular and lattice (4, 6 or 8) forms.",
               why="The value of most published curves on networks."),
    _structure("rewiring", default=0.1, meaning="Share of the small world's ties that are rewired; 0: a ring lattice.",
               source="WattsStrogatz1998", why="Short paths, yet clustered; range .01 to .2."),
    _structure("group_size", default=4, kind="integer", low=1, high=100_000, unit="members",
               meaning="Members of each group of the groups form, all tied to each other; the last may be smaller.",
               source="FischbacherGaechterFehr2001", basis="REPORTED", why="Their groups of four."),
    _structure("attachment", default=2, kind="integer", low=1, high=1_000, unit="ties per newcomer",
               meaning="Ties with which each newcomer of the scale-free form joins.",
               source="BarabasiAlbert1999",
               why="Gives a mean degree of about 4, as the other forms of theory have."),
    _structure("network_file", default="", kind="text", unit="", meaning="Edge list or GraphML of the file form."),
    _structure("roster_file", default="", kind="text", unit="", meaning="Roster (CSV) of the file form; may be empty."),
)  # fmt: skip

_STRENGTHS = (
    _strength("strength_reporting", default=0.4, meaning="Strength of a reporting tie at the start.",
              why="Regular contact, less than with team mates; range .2 to .6."),
    _strength("strength_team", default=0.5, meaning="Strength of a tie between team mates at the start.",
              why="The strongest, from daily joint work; range .3 to .7."),
    _strength("strength_lateral", default=0.3, meaning="Strength of a lateral tie (or one of theory) at the start.",
              why="Weaker than inside the team; range .1 to .5."),
    _strength("strength_account", default=0.3, meaning="Strength of a tie between employee and outsider at the start.",
              why="As a lateral tie; range .1 to .5."),
    _strength("strength_community", default=0.4, meaning="Strength of a tie between outsiders at the start.",
              why="Chosen company; as a reporting tie; range .2 to .6."),
    _strength("strength_place", default=0.2, meaning="Strength of a tie from sharing a place at the start.",
              why="The weakest: contact without joint work; range .05 to .4."),
)  # fmt: skip

PARAMETERS: tuple[Parameter, ...] = (*_COUNTS, *_HIERARCHY, *_LATERAL, *_OUTSIDE, *_THEORY, *_STRENGTHS)
"""Every parameter of a structure."""


def number(values: Mapping[str, Value], name: str) -> float:
    """The value of a number; raises TypeError for text or a number per role."""
    value = values[name]
    if isinstance(value, str | tuple):
        raise TypeError(f"{name} must be one number")
    return float(value)


def whole(values: Mapping[str, Value], name: str) -> int:
    """The value of an integer; raises TypeError for text or a number per role."""
    return int(number(values, name))


def problems(values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """What does not fit together in `values` (complete, each within its own range): parameter and message."""
    found: list[tuple[str, str]] = []
    form = values["form"]
    members = whole(values, "employees") + whole(values, "customers") + whole(values, "partners")
    if form == "file":
        if not values["network_file"]:
            found.append(("network_file", "must name an edge list or GraphML file when form is file"))
        return found
    if members == 0:
        found.append(("employees", "there must be at least one employee, customer or partner"))
    found += _organization(values) if form == "organization" else _theory(str(form), values, members)
    ties = 0.0 if found else _most_ties(values, members)
    if ties > MOST_TIES:
        found.append(("form", f"this structure has up to {ties:,.0f} ties; at most {MOST_TIES:,} fit"))
    return found


def _organization(values: Mapping[str, Value]) -> list[tuple[str, str]]:
    from .hierarchy import capacity, span_for

    employees, levels, span = (whole(values, name) for name in ("employees", "levels", "span_of_control"))
    if span == 1:
        return [("span_of_control", "must be at least 2, or 0 to derive it from the levels")]
    if levels == 0 and span == 0:
        return [("levels", "levels and span_of_control cannot both be 0 (derived from each other)")]
    if levels == 1 and employees > 1:
        return [("levels", f"{employees} employees need at least 2 levels")]
    if levels and span and capacity(levels, span) < employees:
        return [
            ("levels", f"{levels} levels with span_of_control {span} hold {capacity(levels, span)} of {employees} "
             f"employees; a span_of_control of {span_for(levels, employees)} would do, 0 derives it")
        ]  # fmt: skip
    return []


def _theory(form: str, values: Mapping[str, Value], members: int) -> list[tuple[str, str]]:
    degree, attachment = whole(values, "degree"), whole(values, "attachment")
    if form in ("small_world", "regular") and degree >= members > 0:
        return [("degree", f"must be less than the {members} members")]
    if form == "regular" and degree * members % 2:
        return [("degree", f"must be even for an odd number of members ({members})")]
    if form == "lattice":
        return _lattice(degree, members)
    if form == "scale_free" and attachment >= members > 0:
        return [("attachment", f"must be less than the {members} members")]
    return []


def _lattice(degree: int, members: int) -> list[tuple[str, str]]:
    from .theory import lattice_rows

    if degree not in (4, 6, 8):
        return [("degree", "must be 4, 6 or 8 in a lattice")]
    if lattice_rows(members) < 3:
        return [("employees", f"{members} members make no rectangle of at least 3 by 3 for the lattice")]
    return []


def _most_ties(values: Mapping[str, Value], members: int) -> float:
    """An upper bound on the number of ties."""
    form, employees = values["form"], whole(values, "employees")
    if form != "organization":
        groups = min(whole(values, "group_size"), members) - 1
        degree = {"complete": members - 1, "groups": groups, "star": 2, "scale_free": 2 * whole(values, "attachment")}
        return members * degree.get(str(form), whole(values, "degree")) / 2
    mates = min(whole(values, "team_size"), whole(values, "span_of_control") or employees) - 1
    accounts = number(values, "boundary_share") * number(values, "accounts_per_employee")
    company = min(number(values, "third_order_degree"), whole(values, "community_size") - 1)
    inside = employees * (1 + mates / 2 + number(values, "lateral_tie_rate") + accounts)
    places = members * number(values, "place_tie_rate") if whole(values, "places") else 0.0
    return inside + (members - employees) * company / 2 + places
