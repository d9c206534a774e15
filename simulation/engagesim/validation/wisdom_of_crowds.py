"""Listening: whose view a crowd ends with, when it gets wiser, and when it falls apart into camps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .check import Check, Effort, Found, Part
from .many import many
from .means import mean_of
from .parts import at_least, estimated, exact, inside, reported

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..engine.world import World
    from ..population import Floats
    from ..structures.network import Network

CROWD, CAMPS = "theory_degroot_crowd", "theory_bounded_confidence"
ALL_ALIKE = {"listening": 1.0, "own_view": 1.0}
"""DeGroot's textbook case: everybody takes the mean of all whom it hears, itself included."""
FACTORS = {"star": 5.04, "regular": 1.0, "reporting line": 1.218, "karate": 1.467}
"""Mean squared error of the consensus over that of the plain mean, computed with another program."""
CAMP_COUNTS = {0.15: 3.0, 0.20: 2.0, 0.25: 1.97, 0.30: 1.0}
CONSENSUS = {0.18: 0.0, 0.20: 0.13, 0.22: 0.47, 0.25: 0.93, 0.30: 1.0}
"""Camps of random pairs, and chance of consensus where all hear all (400 members), computed with another program."""
PUBLISHED_RUNS = 30
SMALLEST_CAMP = 0.02


def measure(effort: Effort) -> Found:
    """Influence and error against theory; diversity; camps."""
    factors = {name: _factor(effort, name, network) for name, network in _networks(effort).items()}
    camps = {bound: _camps(effort, bound) for bound in (0.10, *CAMP_COUNTS, 0.5)}
    agreed = {bound: _agreed(effort, bound) for bound in CONSENSUS}
    parts = [*_consensus(effort), *_errors(factors), *_diversity(effort), *_accuracy(effort)]
    parts += [*_camp_parts(camps), *_consensus_parts(agreed), *_controls(effort)]
    return Found(parts, {"factors": factors, "camps": camps, "agreed": agreed})


def _networks(effort: Effort) -> dict[str, Network]:
    """Networks of about forty members."""
    import networkx as nx

    from ..structures.graphs import from_graph

    seed = effort.seed_of("networks") % 2**32
    graphs = {
        "star": nx.star_graph(39),
        "regular": nx.random_regular_graph(4, 40, seed=seed),
        "reporting line": nx.balanced_tree(3, 3),
        "scale-free": nx.barabasi_albert_graph(40, 2, seed=seed),
        "karate": nx.karate_club_graph(),
    }
    return {name: from_graph(graph, weight="") for name, graph in graphs.items()}


def _influence(network: Network) -> Floats:
    """Weight of each member in the consensus: the left eigenvector, here (d + 1) / sum(d + 1)."""
    from ..structures.influence import influence

    return influence(network, own_view=1.0)


def _crowd(effort: Effort, network: Network, weeks: int, name: str, **changes: Any) -> tuple[Floats, Floats, Any]:
    """Estimates at the start and at the end, and the run, of a network."""
    from ..design.scenario import Scenario
    from ..engine.run import run
    from ..engine.world import start_world

    design = Scenario.load(CROWD).changed(**{**ALL_ALIKE, "need_drift": 0, "steps": weeks, **changes})
    seed = effort.seed_of(name)
    done = run(design, network, seed, range(1, weeks + 1) if weeks <= 30 else ())
    before = start_world(design.values, [], 1, network, seed).company.members.estimate.copy()
    return before, done.world.company.members.estimate, done


def _consensus(effort: Effort) -> list[Part]:
    """The consensus is the mean of first views by influence."""
    parts = []
    for name, network in _networks(effort).items():
        before, after, _ = _crowd(effort, network, 4000, f"consensus {name}")
        parts.append(exact(f"consensus of a {name}", float(_influence(network) @ before), float(after.mean()), 1e-12))
    return parts


def _factor(effort: Effort, name: str, network: Network) -> tuple[float, float, float]:
    """Error of the consensus over that of the plain mean: exact, ours, standard error; many crowds in one run."""
    from ..structures.copies import side_by_side

    crowds = effort.runs(400, 4000)
    _, after, _ = _crowd(effort, side_by_side(network, crowds), 250, f"error {name}")
    squares = network.size * after.reshape(crowds, network.size).mean(axis=1) ** 2
    share = _influence(network)
    return float(network.size * (share @ share)), *mean_of(squares)


def _errors(factors: dict[str, tuple[float, float, float]]) -> list[Part]:
    parts = [
        estimated(f"error of a {name}'s consensus over that of the mean", target, ours, error)
        for name, (target, ours, error) in factors.items()
    ]
    parts += [
        exact(f"the same for a {name}, against another program", FACTORS[name], factors[name][0], 1e-3)
        for name in FACTORS
    ]
    ratio = factors["star"][1] / factors["regular"][1]
    error = ratio * sum((e / m) ** 2 for _, m, e in (factors["star"], factors["regular"])) ** 0.5
    what = "a star errs so many times more than a regular network"
    return [*parts, inside(what, 5.04, ratio, 4.0, 7.0, "T", error)]


def _diversity(effort: Effort) -> list[Part]:
    """Listening takes diversity away and leaves the mean of a regular network where it was."""
    import numpy as np

    network = _networks(effort)["regular"]
    before, _, done = _crowd(effort, network, 25, "diversity")
    spreads = [before.std(), *(done.snapshots[week]["estimate"].std() for week in range(1, 26))]
    means = np.array([done.snapshots[week]["estimate"].mean() for week in range(1, 26)])
    return [
        at_least("weeks in which views come closer, of 25", 1.0, float((np.diff(spreads) < 0).mean()), "E",
                 role="predicted", note="Lorenz et al. 2011: influence takes diversity away ..."),
        exact("drift of the mean of a regular network in 25 weeks", 0.0, float(np.abs(means - before.mean()).max()),
              1e-12, note="... without making the crowd more accurate"),
    ]  # fmt: skip


def _accuracy(effort: Effort) -> list[Part]:
    """Where the accurate hold on to their view, decentralized crowds improve; centralized ones err more often."""
    from ..structures.copies import side_by_side

    crowds, networks = effort.runs(300, 2000), _networks(effort)
    gains, worse = {}, {}
    for name in ("regular", "star"):
        network = side_by_side(networks[name], crowds)
        earned = {"earned_view": 10.0, "credibility_rate": 1.0}
        before, after, _ = _crowd(effort, network, 20, "accuracy", **earned)
        start, end = (abs(x.reshape(crowds, -1).mean(axis=1)) for x in (before, after))
        gains[name], worse[name] = mean_of(start - end), float((end > start).mean())
    error = (0.5 / crowds) ** 0.5
    return [
        at_least("decentralized crowds gain accuracy (regular network)", 0.0, gains["regular"][0], "E",
                 gains["regular"][1], role="predicted"),
        at_least("centralized crowds err more often than decentralized ones", 0.0, worse["star"] - worse["regular"],
                 "E", error, role="predicted"),
    ]  # fmt: skip


def _camps(effort: Effort, bound: float, **changes: Any) -> Floats:
    """Number of camps and size of the largest, by run."""
    from ..design.scenario import Scenario

    design = Scenario.load(CAMPS).changed(confidence_bound=bound, **changes)
    return many(design, effort, f"camps {bound}", effort.runs(10, 60), lambda world: camps_of(world, bound))


def camps_of(world: World, bound: float) -> tuple[float, float]:
    """How many camps hold at least 2 % of the members, and the share of the largest; half a bound lies between two."""
    import numpy as np

    views = np.sort(world.company.members.estimate)
    ends = np.append(np.flatnonzero(np.diff(views) > bound / 2), len(views) - 1)
    sizes = np.diff(np.append(-1, ends)) / len(views)
    return float((sizes >= SMALLEST_CAMP).sum()), float(sizes.max())


def _camp_parts(camps: dict[float, Floats]) -> list[Part]:
    parts = []
    for bound, target in CAMP_COUNTS.items():
        count, error = mean_of(camps[bound][:, 0])
        what = f"camps of random pairs, bound {bound:.2f}"
        parts.append(inside(what, target, count, target - 0.5, target + 0.5, "S", error or None))
    largest = float(camps[0.5][:, 1].mean())
    return [*parts, inside("largest camp, bound 0.50", 1.0, largest, 0.99, 1.0, "S")]


def _agreed(effort: Effort, bound: float) -> tuple[float, int]:
    """Share of runs of the model of Hegselmann and Krause that end in one camp."""
    from ..design.scenario import Scenario
    from ..structures import build

    hears = {"listening": 1.0, "own_view": 1.0, "estimate_evenness": 1.0, "estimate_sd": 12**-0.5}
    form = {"form": "complete", "strength_lateral": 1.0, "employees": 400, "steps": 200}
    design = Scenario.load(CROWD).changed(confidence_bound=bound, **hears, **form)
    runs = effort.runs(10, 40)
    camps = many(design, effort, f"agreed {bound}", runs, lambda world: camps_of(world, bound), build(design.values, 0))
    return float((camps[:, 1] > 0.99).mean()), runs


def _consensus_parts(agreed: dict[float, tuple[float, int]]) -> list[Part]:
    """Both shares are of a few runs: the error is that of two binomials with the published chance."""
    parts = []
    for bound, target in CONSENSUS.items():
        share, runs = agreed[bound]
        middle = (share * runs + target * PUBLISHED_RUNS) / (runs + PUBLISHED_RUNS)
        error = (middle * (1 - middle) * (1 / runs + 1 / PUBLISHED_RUNS)) ** 0.5
        parts.append(reported(f"runs that end in consensus, all hear all, bound {bound:.2f}", target, share, error))
    return parts


def _controls(effort: Effort) -> list[Part]:
    """What a star does not end with, what equal weights do not do, and who hears everybody has no camps."""
    star = _networks(effort)["star"]
    before, after, _ = _crowd(effort, star, 4000, "consensus star")
    regular = _networks(effort)["regular"]
    first, last, _ = _crowd(effort, regular, 20, "accuracy")
    gain = abs(first.mean()) - abs(last.mean())
    open_minded, error = mean_of(_camps(effort, 0.0)[:, 0])
    return [
        exact("consensus of a star is the plain mean", float(before.mean()), float(after.mean()), 1e-12, control=True),
        at_least("a regular crowd gains accuracy with equal weights", 0.001, float(gain), "E", control=True),
        inside("camps where everybody hears everybody, against bound .15", CAMP_COUNTS[0.15], open_minded, 2.5, 3.5,
               "S", error or None, control=True),
    ]  # fmt: skip


def draw(figure: Figure, found: Found) -> None:
    """Error by network, camps by bound, consensus by bound."""
    from ..report.style import look

    left, middle, right = figure.subplots(1, 3)
    one, two = look(0), look(1)
    factors = found.data["factors"]
    left.errorbar([f[1] for f in factors.values()], list(factors), xerr=[2 * f[2] for f in factors.values()],
                  fmt=one.marker, color=one.colour, label="ours")  # fmt: skip
    left.plot([f[0] for f in factors.values()], list(factors), two.marker, color=two.colour, mfc="none",
              label="exact")  # fmt: skip
    left.set(xlabel="squared error, plain mean = 1", title="Error of the consensus", xlim=(0, None))
    left.legend(frameon=False)
    camps = found.data["camps"]
    middle.plot(list(camps), [c[:, 0].mean() for c in camps.values()], one.line, marker=one.marker, color=one.colour,
                label="ours")  # fmt: skip
    middle.plot(list(CAMP_COUNTS), list(CAMP_COUNTS.values()), two.marker, color=two.colour, mfc="none",
                label="computed elsewhere")  # fmt: skip
    middle.set(xlabel="confidence bound", title="Camps, random pairs", ylim=(0, None))
    middle.legend(frameon=False)
    agreed = found.data["agreed"]
    right.plot(list(agreed), [share for share, _ in agreed.values()], one.line, marker=one.marker, color=one.colour,
               label="ours")  # fmt: skip
    right.plot(list(CONSENSUS), list(CONSENSUS.values()), two.marker, color=two.colour, mfc="none",
               label="computed elsewhere")  # fmt: skip
    right.set(xlabel="confidence bound", title="Runs in consensus, all hear all")
    right.legend(frameon=False)


CHECK = Check(
    name="wisdom_of_crowds", number=8, title="Wisdom of crowds and filter bubbles", kind="T + S + E",
    sources=(
        "DeGroot1974", "GolubJackson2010", "BeckerBrackbillCentola2017", "LorenzRauhutSchweitzerHelbing2011",
        "DeffuantNeauAmblardWeisbuch2000", "HegselmannKrause2002",
    ),
    scenarios=(CROWD, CAMPS),
    rule="all listen each week to the mean of their partners and themselves, alike or by credibility; or meet in "
    "random pairs and listen only to who thinks nearly alike.",
    calibrated="",
    predicted="all; of the experiments the direction only",
    shows="Whose view wins, how far a crowd errs and into how many camps it falls follow the theory of listening, for "
    "any network; accuracy improves only where the accurate hold on to their view.",
    shows_not="How much real crowds gain: the experiments' sizes were not at hand. Counts of camps were computed with "
    "another program from the published rules.",
    measure=measure,
    draw=draw,
)  # fmt: skip
