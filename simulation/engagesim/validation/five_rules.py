"""When cooperation takes over: the Moran process, direct and indirect reciprocity, groups, public goods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .check import Check, Effort, Found, Part
from .exact import fixation, groups
from .invasions import Takeovers, takeovers
from .parts import at_least, estimated, exact, inside

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..design.scenario import Scenario
    from ..population import Floats

SCENARIO = "theory_invasions"
SIZE, SELECTION = 10, 0.03
COST = 1.0
MEMBERS = 1500
RULES = {"direct": ("continuation", fixation.direct, 0.5), "indirect": ("reputation_known", fixation.indirect, 0.7)}
"""Parameter of the engine, published payoffs, and the value of w or q."""
STEEP = {"direct": (0.9, 0.2, 8000), "indirect": (0.8, 0.5, 24_000)}
"""Value of w or q, selection, and weeks with which the threshold is measured. Takeovers rise so steeply with the
benefit there that two per cent of the threshold are three standard errors or more."""
GROUPS, IN_GROUP, SPLIT = 3, 3, 0.1
MORAN = {(1.1, 10): 0.14795, (1.1, 100): 0.09092, (1.05, 20): 0.07642, (2.0, 10): 0.50049, (0.9, 10): 0.05948}
ELSEWHERE = "computed with another program"


def measure(effort: Effort) -> Found:
    """Formulas, payoffs as played, takeovers, thresholds, public goods and groups."""
    points = {rule: _points(effort, rule) for rule in RULES}
    parts = [*_formulas(), *_constant(effort), *_payoffs(effort)]
    parts += [part for rule in RULES for part in _against_theory(rule, points[rule])]
    parts += [] if effort.quick else [_threshold(effort, rule) for rule in RULES]
    return Found([*parts, *_public_goods(effort), *_groups(effort), *_controls(effort)], {"points": points})


def _formulas() -> list[Part]:
    """The exact side against figures from elsewhere, and finite thresholds against their limits."""
    weak = fixation.weak_advantage
    half = fixation.threshold(lambda b: weak(fixation.direct(b, COST, 0.5), 50), 1.0, 99.0)
    large = fixation.threshold(lambda b: weak(fixation.direct(b, COST, 0.5), 50_000), 1.0, 99.0)
    grouped = fixation.threshold(lambda b: weak(fixation.group(b, COST, 10, 5), 500), 1.0, 99.0)
    network = fixation.threshold(lambda b: weak(fixation.on_graph(b, COST, 4), 500), 1.0, 99.0)
    return [
        *(exact(f"Moran process, r = {r}, N = {n}", v, fixation.moran(r, n), 5e-5, note=ELSEWHERE)
          for (r, n), v in MORAN.items()),
        exact("direct reciprocity favoured from b/c, w = .5, N = 50", 13.0 / 3.0, half, 1e-9),
        exact("the same in the limit: (3 - 2w) / w", 4.0, large, 2e-4),
        exact("groups of 10, 5 of them, favoured from b/c, N = 500", 3.0121, grouped, 5e-5, note=ELSEWHERE),
        exact("network of degree 4, favoured from b/c, N = 500", 4.0151, network, 5e-5, note=ELSEWHERE),
        exact("public good of 4 among 20 pays from the multiplier", 4.75, fixation.public_goods_threshold(20, 4), 1e-9),
    ]  # fmt: skip


def _design(**changes: Any) -> Scenario:
    from ..design.scenario import Scenario

    return Scenario.load(SCENARIO).changed(
        **{"conditionality": 1.0, "continuation": 0, "selection": SELECTION, **changes}
    )


def _trials(
    effort: Effort, name: str, size: int, weeks: int, tail: int = 16, **changes: Any
) -> tuple[Takeovers, Takeovers]:
    """Trials in many populations of `size` at once."""
    from ..structures.copies import apart

    network = apart(max(1, MEMBERS // size), size)
    return takeovers(_design(**changes), network, effort, name, weeks=weeks, tail=tail * size * size)


def _constant(effort: Effort) -> list[Part]:
    """Types of constant fitness: who gives pays, and nobody gains."""
    parts = []
    for r, size in ((1.1, 10), (2.0, 10), (1.05, 20)):
        give, ride = _trials(
            effort, f"moran {r}", size, effort.runs(500, 8000), payoff_rule="donation", selection=1.0,
            game_cost=1.0 - 1.0 / r, encounter_rate=0, conditional_share=0.0,
        )  # fmt: skip
        for trials, fitness in ((ride, r), (give, 1.0 / r)):
            what = f"takeovers by a type of fitness {fitness:.4g}, N = {size}"
            parts.append(estimated(what, fixation.moran(fitness, size), trials.share, trials.error))
    return parts


def _payoffs(effort: Effort) -> list[Part]:
    """Payoffs of pairs who really play, against the published matrices."""
    parts = []
    for rule, (parameter, matrix, value) in RULES.items():
        ((a, b), (c, _)) = matrix(3.0, COST, value)
        payoff, mine, theirs = _played(effort, rule, {parameter: value})
        cells = [("givers who meet givers", a, 1, 1)]
        if rule == "indirect":
            cells += [("givers who meet free riders", b, 1, 0), ("free riders who meet givers", c, 0, 1)]
        for who, target, me, they in cells:
            here = payoff[(mine == me) & (theirs == they)]
            error = float(here.std(ddof=1) / len(here) ** 0.5)
            if error > 0.0:
                parts.append(estimated(f"{rule} reciprocity, payoff of {who}", target, float(here.mean()), error))
            else:
                parts.append(exact(f"{rule} reciprocity, payoff of {who}", target, float(here.mean()), 1e-12))
    return parts


def _played(effort: Effort, rule: str, changes: dict[str, Any]) -> tuple[Floats, Any, Any]:
    """Payoff of each member of many pairs in one week, whether it gives, and whether its partner does."""
    import numpy as np

    from ..engine.run import run
    from ..rules.cooperation import FREE_RIDER
    from ..structures.copies import apart

    design = _design(game_benefit=3.0, encounter_size=2, invasion_rate=0, steps=1, **changes)
    network = apart(effort.runs(10_000, 100_000), 2)
    watched = run(design.changed(imitation_rate=1e-9), network, effort.seed_of(f"played {rule}"))
    members = watched.world.company.members
    gives = (members.cooperation_type != FREE_RIDER).astype(int).reshape(-1, 2)
    return members.payoff.copy(), gives.ravel(), np.flip(gives, axis=1).ravel()


def _favoured_from(rule: str, value: float, selection: float) -> float:
    """Benefit from which one giver among SIZE takes over more often than by chance, for a w or q and a selection."""
    matrix = RULES[rule][1]
    return fixation.threshold(
        lambda b: fixation.two_strategies(matrix(b, COST, value), SIZE, selection) - 1.0 / SIZE, 1.0, 99.0
    )


Point = tuple[float, Takeovers, Takeovers]


def _points(effort: Effort, rule: str) -> list[Point]:
    """Trials below, at and above the threshold."""
    value, weeks = RULES[rule][2], effort.runs(500, 6000)
    middle = _favoured_from(rule, value, SELECTION)
    return [(b, *_reciprocity(effort, rule, b, value, weeks, SELECTION)) for b in (0.5 * middle, middle, 1.5 * middle)]


def _reciprocity(
    effort: Effort, rule: str, benefit: float, value: float, weeks: int, selection: float
) -> tuple[Takeovers, Takeovers]:
    parameter = RULES[rule][0]
    changes: dict[str, Any] = {parameter: value, "game_benefit": benefit, "selection": selection}
    return _trials(effort, f"{rule} {benefit:.3f}", SIZE, weeks, **changes)


def _against_theory(rule: str, points: list[Point]) -> list[Part]:
    """Takeovers of one giver and of one free rider against the product formula."""
    _, matrix, value = RULES[rule]
    parts = []
    for benefit, give, ride in points:
        (a, b), (c, d) = matrix(benefit, COST, value)
        for who, game, trials in (("giver", ((a, b), (c, d)), give), ("free rider", ((d, c), (b, a)), ride)):
            target = fixation.two_strategies(game, SIZE, SELECTION)
            what = f"{rule} reciprocity, one {who} among {SIZE} takes over, b/c = {benefit:.2f}"
            parts.append(estimated(what, target, trials.share, trials.error))
    return parts


def _threshold(effort: Effort, rule: str) -> Part:
    """Where takeovers of givers cross 1 / N, by a line through measured points."""
    import numpy as np

    value, selection, weeks = STEEP[rule]
    target = _favoured_from(rule, value, selection)
    points = target * np.array([0.6, 0.9, 1.1, 1.4])
    found = [_reciprocity(effort, rule, b, value, effort.runs(0, weeks), selection)[0] for b in points.tolist()]
    gain, error = np.array([SIZE * t.share - 1.0 for t in found]), np.array([SIZE * t.error for t in found])
    curve = [
        SIZE * fixation.two_strategies(RULES[rule][1](b, COST, value), SIZE, selection) - 1.0 for b in points.tolist()
    ]
    slope = float(np.polyfit(points, curve, 1)[0])
    off = float(np.average(gain - np.array(curve), weights=error**-2.0))
    crossing, se = target - off / slope, float((error**-2.0).sum() ** -0.5 / slope)
    what = f"{rule} reciprocity, {RULES[rule][0]} {value}, givers are favoured from b/c, N = {SIZE}"
    return inside(what, target, crossing, 0.98 * target, 1.02 * target, "T", se)


def _public_goods(effort: Effort) -> list[Part]:
    """Givers less free riders in random groups, at any mix of the two: c [r / n (Z - n) / (Z - 1) - 1]."""
    size, group = 20, 4
    parts = []
    for multiplier in (3.0, fixation.public_goods_threshold(size, group), 6.0):
        gap, error = public_gap(effort, size, group, multiplier)
        target = COST * (multiplier / group * (size - group) / (size - 1) - 1.0)
        what = f"public good, multiplier {multiplier:.2f}: givers' payoff less free riders', {group} of {size}"
        parts.append(estimated(what, target, gap, error))
    return parts


def public_gap(effort: Effort, size: int, group: int, multiplier: float) -> tuple[float, float]:
    """Givers' payoff less free riders', mean and standard error over units of both, in groups drawn from each unit."""
    import numpy as np

    from ..engine.run import run
    from ..rules.cooperation import FREE_RIDER
    from ..structures.copies import apart
    from .means import mean_of

    changes = {"payoff_rule": "public_goods", "encounter_size": group, "game_multiplier": multiplier}
    design = _design(**changes, invasion_rate=0, imitation_rate=1e-9, steps=1, conditional_share=0.0)
    units = effort.runs(3000, 30_000)
    members = run(design, apart(units, size), effort.seed_of(f"public {multiplier:.2f}")).world.company.members
    gives = (members.cooperation_type != FREE_RIDER).reshape(units, size)
    payoff, count = members.payoff.reshape(units, size), gives.sum(axis=1)
    mixed = (count > 0) & (count < size)
    givers = (payoff * gives).sum(axis=1)[mixed] / count[mixed]
    riders = (payoff * ~gives).sum(axis=1)[mixed] / (size - count[mixed])
    return mean_of(np.asarray(givers - riders))


def _groups(effort: Effort) -> list[Part]:
    """Groups that split and replace each other, against the chain of all their compositions."""
    parts = []
    for benefit in (2.0, 8.0):
        target = groups.takeovers(IN_GROUP, GROUPS, benefit, COST, 0.1, SPLIT)
        for who, expected, trials in zip(("giver", "free rider"), target, _split(effort, benefit), strict=True):
            what = f"one {who} takes over {GROUPS} groups of {IN_GROUP} that split, b/c = {benefit:g}"
            parts.append(estimated(what, expected, trials.share, trials.error))
    slow = fixation.threshold(lambda b: _group_advantage(4, 6, b), 1.01, 99.0)
    return [*parts, exact("4 in a group, 6 groups, rare splits: favoured from 1 + n / (m - 2)", 2.0, slow, 0.02)]


def _group_advantage(members: int, many: int, benefit: float) -> float:
    """Takeovers over chance, less 1, where splits are rare: within one group first, then among groups."""
    weak = 1e-4
    inner = fixation.two_strategies(((benefit - COST, -COST), (benefit, 0.0)), members, weak)
    return inner * fixation.moran(1.0 + weak * (benefit - COST), many) * members * many - 1.0


def _split(effort: Effort, benefit: float) -> tuple[Takeovers, Takeovers]:
    """Trials in organizations of a few groups; one organization is one run."""
    from ..structures.copies import apart

    design = _design(game_benefit=benefit, selection=0.1, invaded="organization", split_rate=SPLIT)
    network, batches = apart(GROUPS, IN_GROUP), effort.runs(2, 16)
    return takeovers(design, network, effort, f"split {benefit}", weeks=40_000, tail=4000, batches=batches)


def _controls(effort: Effort) -> list[Part]:
    """The same games without what makes each rule work."""
    weeks = effort.runs(500, 6000)
    parts = []
    for rule in RULES:
        benefit = 1.5 * _favoured_from(rule, RULES[rule][2], SELECTION)
        give, _ = _trials(effort, f"control {rule}", SIZE, weeks, game_benefit=benefit, selection=0.1)
        what = {"direct": "no further round", "indirect": "nobody knows a name"}[rule]
        parts.append(
            at_least(f"givers favoured where {what}, b/c = {benefit:.2f}", 1.0 / SIZE, give.share, "T", give.error,
                     control=True)
        )  # fmt: skip
    return parts


def draw(figure: Figure, found: Found) -> None:
    """Takeovers over benefit per cost, exact lines and measured points."""
    import numpy as np

    from ..report.style import look

    for axes, (rule, points) in zip(figure.subplots(1, 2), found.data["points"].items(), strict=True):
        _, matrix, value = RULES[rule]
        benefits = np.linspace(0.8 * points[0][0], 1.1 * points[-1][0], 60)
        for k, who in enumerate(("giver", "free rider")):
            here = look(k)
            exact_line = []
            for benefit in benefits.tolist():
                (a, b), (c, d) = matrix(benefit, COST, value)
                game = ((a, b), (c, d)) if k == 0 else ((d, c), (b, a))
                exact_line.append(SIZE * fixation.two_strategies(game, SIZE, SELECTION))
            axes.plot(benefits, exact_line, here.line, color=here.colour, label=f"one {who}, exact")
            trials = [point[1 + k] for point in points]
            shares, errors = ([SIZE * getattr(t, name) for t in trials] for name in ("share", "error"))
            axes.errorbar([p[0] for p in points], shares, [2 * e for e in errors], fmt=here.marker, color=here.colour,
                          label=f"one {who}, ours")  # fmt: skip
        axes.axhline(1.0, color="#767676", linewidth=0.8)
        chance = {"direct": "another round", "indirect": "bad names known"}[rule]
        axes.set(xlabel="benefit / cost", title=f"{rule.capitalize()} reciprocity, {chance} {value:g}")
    figure.axes[0].legend(frameon=False)
    figure.axes[0].set_ylabel("takeovers x N (1: chance)")


CHECK = Check(
    name="five_rules", number=1, title="When cooperation takes over", kind="T",
    sources=(
        "Moran1958", "NowakSasakiTaylorFudenberg2004", "Nowak2006", "TraulsenNowak2006",
        "HauertDeMonteHofbauerSigmund2002",
    ),
    scenarios=(SCENARIO,),
    rule="Moran updating of one member at a time, in each unit, by mean payoff against all others; members really "
    "play: rounds with a chance of another, knowledge of free riders, random groups, units that split.",
    calibrated="",
    predicted="all, from theory",
    shows="Games as played in the engine have the published payoffs, and single newcomers take over as often as theory "
    "says: direct and indirect reciprocity, selection among groups, public goods. The network rule has a check of "
    "its own.",
    shows_not="Kin selection, the fifth rule: members of an organization do not descend from each other. Voluntary "
    "public goods with loners are not in the engine. Groups split by copying another, as in the limit of rare "
    "splits of the published model.",
    measure=measure,
    draw=draw,
)  # fmt: skip
