"""Awards and recognition: what they do to who gets them, and to who does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .check import Check, Effort, Found, Part
from .means import less, mean_of
from .parts import at_least, inside

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..population import Floats

ROOM, FORUM = "a_card_for_the_best", "open_forum"
CARD, AT = 0.05, 8
"""Size of the card, twice and a half the dose of half effect; and the quarter of an hour before which it is given."""
BRADLER = 0.06
"""Rise of output where the best are recognized, between the two published figures, from memory."""
RESTIVO, GALLUS = 0.60, 0.20
"""Rise of productivity in 90 days after one star, and of newcomers' retention in the month after one (from memory)."""

ARMS: Mapping[str, Mapping[str, Any]] = {
    "the best": {},
    "everybody": {"card.contingency": "engagement"},
    "the best, announced": {"card.controlling": 1.0},
}


def room(effort: Effort, arm: str, **changes: Any) -> dict[str, Floats]:
    """Change of effort after the card in each room, against the same people without one, in units of the mean effort:

    of all, of the best three, and of the others.
    """
    import numpy as np

    from ..design.scenario import Scenario
    from ..runs import simulate

    none = Scenario.load(ROOM).changed(**changes)
    handed = with_award(none.changed(**ARMS[arm]), "card.value", CARD, AT)
    pairs: dict[str, list[tuple[float, float]]] = {"all": [], "recipients": [], "others": []}
    for k in range(effort.runs(120, 1200)):
        seed = effort.seed_of("awards.room", k)
        runs = [simulate(design, seed=seed, watch=range(AT + 1, 13)) for design in (none, handed)]
        before, after = (
            np.mean([run.snapshots[w]["effort_task"].astype(float) for w in range(AT + 2, 13)], axis=0) for run in runs
        )
        best = np.argsort(-runs[0].snapshots[AT + 1]["effort_task"].astype(float))[:3]
        got = np.isin(np.arange(8), best)
        for who, mask in (("all", np.ones(8, dtype=bool)), ("recipients", got), ("others", ~got)):
            pairs[who].append((float(before[mask].mean()), float(after[mask].mean())))
    both = {who: np.array(x) for who, x in pairs.items()}
    return {who: (x[:, 1] - x[:, 0]) / x[:, 0].mean() for who, x in both.items()}


def with_award(design: Any, key: str, value: float, at: int) -> Any:
    """The design with an award in one week."""
    from ..design.parts import Change

    return replace(design, schedule=(Change(at, None, key, value), Change(at + 1, None, key, 0.0)))


def editors(effort: Effort) -> tuple[Floats, Floats]:
    """Contributions of the best hundred in 13 weeks with one star each, and without: float64[replicates] each."""
    import numpy as np

    from ..design.scenario import Scenario
    from ..runs import simulate

    base = Scenario.load(FORUM).changed(
        customers=100, motivation_mean=0.8, need_rate=0.05, steps=13, **{"star.contingency": "engagement"}
    )
    arms = (with_award(base, "star.value", CARD, 0), base)
    both = [
        [simulate(one, seed=effort.seed_of("awards.editors", k)).last["contributions"].sum() for one in arms]
        for k in range(effort.runs(20, 100))
    ]
    with_star, without = np.array(both).T
    return with_star, without


def newcomers(effort: Effort) -> tuple[Floats, Floats]:
    """Share of those who have begun that still contribute a month after a star, and without one."""
    import numpy as np

    from ..design.scenario import Scenario
    from ..runs import simulate

    base = Scenario.load(FORUM).changed(customers=2000, need_rate=0.05, steps=8, **{"star.contingency": "engagement"})
    arms = (with_award(base, "star.value", CARD, 3), base)
    kept = []
    for k in range(effort.runs(8, 40)):
        row = []
        for one in arms:
            run = simulate(one, seed=effort.seed_of("awards.newcomers", k), watch=[4])
            begun = run.snapshots[4]["contributions"].astype(float) > 0
            row.append(float((run.last["effort_task"][begun].astype(float) > 0).mean()))
        kept.append(row)
    with_star, without = np.array(kept).T
    return with_star, without


def measure(effort: Effort) -> Found:
    """Hand out cards and stars."""
    rooms = {arm: room(effort, arm) for arm in ARMS}
    blind = room(effort, "the best", recognition_sight=0.0)
    parts = [*in_the_room(rooms), *stars(effort), control(blind)]
    return Found(parts, {"rooms": rooms})


def in_the_room(rooms: Mapping[str, Mapping[str, Floats]]) -> list[Part]:
    """The order of the arms, and through whom it comes."""
    best = rooms["the best"]
    size, error = mean_of(best["all"])
    exclusive, exclusive_error = less(best["all"], rooms["everybody"]["all"])
    others, others_error = mean_of(best["others"])
    through = float(best["others"].mean() - best["recipients"].mean())
    announced, announced_error = less(best["all"], rooms["the best, announced"]["all"])
    return [
        inside("rise of output, best three recognized", BRADLER, size, BRADLER / 2, BRADLER * 1.5, se=error,
               role="predicted", from_memory=True, order_holds=exclusive > 0),
        at_least("rise, the best less everybody recognized", 0.0, exclusive, se=exclusive_error, role="predicted"),
        at_least("rise of those not recognized", 0.0, others, se=others_error, role="predicted"),
        at_least("rise, not recognized less recognized", 0.0, through, role="predicted"),
        at_least("rise, unannounced less announced", 0.0, announced, se=announced_error, role="predicted"),
    ]  # fmt: skip


def stars(effort: Effort) -> list[Part]:
    """One star each: productivity of the best editors, and newcomers who stay."""
    (a, b), (c, d) = editors(effort), newcomers(effort)
    more, error = mean_of(a / b - 1)
    kept, kept_error = mean_of(c / d - 1)
    return [
        inside("rise of the best editors' contributions in 13 weeks", RESTIVO, more, 0.40, 0.80, se=error,
               role="predicted"),
        inside("rise of newcomers' retention after a month", GALLUS, kept, 0.10, 0.30, se=kept_error, role="predicted",
               from_memory=True),
    ]  # fmt: skip


def control(blind: Mapping[str, Floats]) -> Part:
    """Where nobody looks at who is recognized, those who are not must not change."""
    mean, error = mean_of(blind["others"])
    return at_least("control: nobody looks; rise of those not recognized", 0.005, mean, se=error, control=True)


def draw(figure: Figure, found: Found) -> None:
    """Rises by arm and by who was recognized."""
    import numpy as np

    from ..report.style import look

    axes = figure.subplots()
    x = np.arange(len(ARMS))
    for k, who in enumerate(("all", "recipients", "others")):
        means = [100 * found.data["rooms"][arm][who].mean() for arm in ARMS]
        names = {"all": "all (ours)", "recipients": "three best (ours)", "others": "five others (ours)"}
        axes.bar(x + 0.25 * (k - 1), means, 0.25, color=look(k).colour, label=names[who])
    axes.axhline(100 * BRADLER, color="0.4", linestyle=":", label="published, best recognized, all (from memory)")
    axes.axhline(0, color="0.6", linewidth=0.8)
    axes.set_xticks(x, [f"recognized: {arm}" for arm in ARMS])
    axes.set(ylabel="rise of output, %")
    axes.legend(frameon=False)


CHECK = Check(
    name="awards",
    number=11,
    title="Awards: who gets them, and who looks on",
    kind="E",
    sources=("RestivoVanDeRijt2012", "Gallus2017", "BradlerDurNeckermannNon2016", "KosfeldNeckermann2011"),
    scenarios=(ROOM, FORUM),
    rule="Recognition tells who gets it that they do well, the less the more get it; onlookers move their belief about "
    "what is done toward the effort of who was recognized.",
    calibrated="",
    predicted="all, with default numbers where there are any",
    shows="Looking at the best is enough for the order: the few rather than all, through those who got nothing.",
    shows_not="Sizes on the web: what a star does there is far more than feedback does here.",
    measure=measure,
    draw=draw,
    explanation="A star or card moves motivation here by what it tells, a hundredth in a week; nobody keeps it, shows "
    "it or aims at the next, so stars on the web do next to nothing, and who gets a card changes as much as who looks "
    "on: both see the same example.",
)
