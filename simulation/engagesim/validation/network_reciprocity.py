"""On which networks giving spreads: the critical ratio of benefit to cost."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .check import Check, Effort, Found, Part
from .exact.fixation import on_network, regular_graph_threshold
from .parts import at_least, estimated, exact, inside

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..structures.network import Network

GAME = "theory_donation_game"
ONE_BY_ONE = {"one_at_a_time": "in_each_unit", "free_rider_share": 0.5}
BENEFIT, SMALL_SELECTION = 6.0, 0.05
MEMBERS, TAIL = 1500, 16
"""Members of all copies of a network together, and weeks for what has begun to end, by squared size."""
TREES = {(2, 7): 2.9913, (3, 13): 2.5663, (3, 40): 2.3648, (5, 31): 2.3159, (10, 111): 2.1528}
PUBLISHED = {"karate": 7.7679, "florentine": 4.1423, "les_miserables": 9.9360}
RATIOS = {f"reporting line {b} x {n}": ratio for (b, n), ratio in TREES.items()} | PUBLISHED | {"linked teams": 10.19}
"""Critical ratios by network; those of reporting lines also by span and members."""
PAIRS = {1: 4.750, 2: 4.130, 5: 2.452, 10: 1.698, 50: 1.130}
"""Critical ratios of a random graph by how many times as strongly pairs are tied."""
ELSEWHERE = "computed independently, with another program"


def measure(effort: Effort) -> Found:
    """Exact ratios, takeovers on small graphs, the crossing on a reporting line, and the order of structures."""
    ratios = _ratios(effort)
    crossing, curve = _crossing(effort)
    parts = [*_regular(), *_computed(ratios), *_pairs(effort), *_small_graphs(effort), crossing, *_order(ratios)]
    return Found([*parts, *_controls(effort)], {"ratios": ratios, "curve": curve})


def _ratio(network: Network) -> float:
    from ..structures.critical import critical_ratio

    return critical_ratio(network)


def _built(effort: Effort, **values: Any) -> Network:
    from ..design.scenario import Scenario
    from ..structures import build

    design = Scenario.load(GAME).changed(**values)
    return build(design.values, effort.seed_of("structure"))


def _regular() -> list[Part]:
    """Regular graphs against (N - 2) / (N / k - 2)."""
    cases: list[tuple[str, dict[str, Any]]] = [
        ("ring", {"form": "small_world", "rewiring": 0, "employees": 20, "degree": 2}),
        ("ring lattice", {"form": "small_world", "rewiring": 0, "employees": 50, "degree": 4}),
        ("random regular", {"form": "regular", "employees": 60, "degree": 3}),
        ("random regular", {"form": "regular", "employees": 100, "degree": 6}),
        ("complete", {"form": "complete", "employees": 10, "degree": 9}),
    ]
    return [
        exact(
            f"critical ratio, {name}, N = {v['employees']}, k = {v['degree']}",
            regular_graph_threshold(v["employees"], v["degree"]), _ratio(_built(Effort(), **v)),
        )
        for name, v in cases
    ]  # fmt: skip


def _tree(effort: Effort, employees: int, span: int, **more: Any) -> Network:
    pure = {"form": "organization", "employees": employees, "span_of_control": span, "team_size": 1}
    bare = {"lateral_tie_rate": 0, "boundary_share": 0, "strength_reporting": 1, "strength_team": 1}
    return _built(effort, **{**pure, **bare, "strength_lateral": 1, **more})


def _ratios(effort: Effort) -> dict[str, float]:
    """Critical ratios of organizations and of published networks."""
    from ..structures.graphs import from_graph
    from ..structures.shipped import SHIPPED

    found = {f"reporting line {b} x {n}": _ratio(_tree(effort, n, b)) for b, n in TREES}
    found |= {f"{n} links across": _ratio(_tree(effort, 31, 5, lateral_tie_rate=n / 31)) for n in (5, 10, 20, 40)}
    found["linked teams"] = _ratio(_tree(effort, 31, 5, team_size=5))
    found["star"] = _ratio(_built(effort, form="star", employees=31))
    return found | {name: _ratio(from_graph(SHIPPED[name].graph(), weight="")) for name in PUBLISHED}


def _computed(ratios: dict[str, float]) -> list[Part]:
    """Irregular networks against figures computed elsewhere."""
    parts = [exact(f"critical ratio, {name}", v, ratios[name], 5e-4, note=ELSEWHERE) for name, v in RATIOS.items()]
    return [*parts, exact("critical ratio, star", float("inf"), ratios["star"])]


def _pairs(effort: Effort) -> list[Part]:
    """Strong ties between pairs: relationships, not connections."""
    import numpy as np

    base, parts, before = _built(effort, form="regular", employees=40, degree=4), [], np.inf
    for weight, target in PAIRS.items():
        found = _ratio(_with_pairs(base, float(weight)))
        parts.append(
            inside(f"critical ratio, pairs tied {weight} times as strongly", target, found, 0.85 * target,
                   min(1.15 * target, before), "T", note=ELSEWHERE + "; another random graph of the same kind")
        )  # fmt: skip
        before = found
    return parts


def _with_pairs(network: Network, weight: float) -> Network:
    """The network with `weight` on the ties of a perfect matching, the strongest being 1."""
    from dataclasses import replace

    import networkx as nx
    import numpy as np

    owner = np.repeat(np.arange(network.size), np.diff(network.start))
    pairs = set(zip(owner.tolist(), network.neighbour.tolist(), strict=True))
    matched = nx.max_weight_matching(nx.Graph(sorted(pairs)), maxcardinality=True)
    strong = {*matched, *((b, a) for a, b in matched)}
    strength = [
        1.0 if (a, int(b)) in strong else 1.0 / weight for a, b in zip(owner.tolist(), network.neighbour, strict=True)
    ]
    return replace(network, strength=np.array(strength))


def _small_graphs(effort: Effort) -> list[Part]:
    """Takeovers on graphs small enough for the chain of all their states."""
    import networkx as nx

    weighted = nx.balanced_tree(2, 2)
    for k, (a, b) in enumerate(weighted.edges):
        weighted.edges[a, b]["weight"] = (k % 3 + 1) / 3
    graphs = {
        "path of 5": nx.path_graph(5),
        "lollipop of 7": nx.lollipop_graph(4, 3),
        "ring of 8": nx.cycle_graph(8),
        "tree of 7 with unlike ties": weighted,
    }
    return [part for name, graph in graphs.items() for part in _against_chain(effort, name, graph)]


def _against_chain(effort: Effort, name: str, graph: Any) -> list[Part]:
    import networkx as nx

    from ..structures.graphs import from_graph

    weights = nx.to_numpy_array(graph, nodelist=sorted(graph))
    expected = on_network(weights, BENEFIT, 1.0, SMALL_SELECTION)
    found = _trials(effort, name, from_graph(graph), effort.runs(500, 6000), game_benefit=BENEFIT)
    return [
        estimated(f"{who} take over a {name}", target, trials.share, trials.error)
        for who, target, trials in zip(("givers", "free riders"), expected, found, strict=True)
    ]


def _trials(effort: Effort, name: str, network: Network, weeks: int, **values: Any) -> Any:
    """Trials on a thousand members or so, in copies of a network."""
    from ..design.scenario import Scenario
    from ..structures.copies import side_by_side
    from .invasions import takeovers

    design = Scenario.load(GAME).changed(**{**ONE_BY_ONE, "selection": SMALL_SELECTION, **values})
    copies = max(1, MEMBERS // network.size)
    return takeovers(design, side_by_side(network, copies), effort, name, weeks=weeks, tail=TAIL * network.size**2)


def _crossing(effort: Effort) -> tuple[Part, dict[str, Any]]:
    """Where on a reporting line a single giver does better than chance: by a line through measured points."""
    import numpy as np

    span, size = (3, 13) if effort.quick else (5, 31)
    network = _tree(effort, size, span)
    target = _ratio(network)
    points = target * np.array([0.5, 1.0, 1.5, 2.0])
    measured = [_advantage(effort, network, b, size) for b in points.tolist()]
    gain, error = (np.array(column) for column in zip(*measured, strict=True))
    fitted, spread = np.polyfit(points, gain, 1, w=1 / error, cov="unscaled")
    crossing = float(-fitted[1] / fitted[0])
    slope = np.array([-crossing / fitted[0], -1 / fitted[0]])
    se = float(np.sqrt(slope @ spread @ slope))
    what = f"ratio from which givers are favoured, reporting line {span} x {size}"
    part = inside(what, target, crossing, 0.9 * target, 1.1 * target, "T", se)
    return part, {"points": points, "gain": gain, "error": error, "target": target, "fit": fitted, "size": size}


def _advantage(effort: Effort, network: Network, benefit: float, size: int) -> tuple[float, float]:
    """N x (takeovers of givers - takeovers of free riders) / 2, with its standard error."""
    weeks = effort.runs(4000, 24_000)
    give, ride = _trials(effort, f"line {benefit:.3f}", network, weeks, game_benefit=benefit, selection=0.15)
    error = size * (give.error**2 + ride.error**2) ** 0.5 / 2
    return size * (give.share - ride.share) / 2, error


def _order(ratios: dict[str, float]) -> list[Part]:
    """Links across and linked teams make cooperation dearer; a star never has it."""
    row = ["reporting line 5 x 31", "5 links across", "10 links across", "20 links across", "40 links across", "star"]
    rises = [ratios[a] < ratios[b] for a, b in pairwise(row)]
    rises += [ratios["20 links across"] < ratios["linked teams"] < ratios["star"], ratios[row[0]] > PAIRS[50]]
    return [at_least("share of steps in the right order, strong pairs to star", 1.0, sum(rises) / len(rises), "T")]


def _controls(effort: Effort) -> list[Part]:
    """Other rules, for which this ratio does not hold."""
    import networkx as nx

    from ..structures.graphs import from_graph

    lollipop = nx.lollipop_graph(4, 3)
    weeks = effort.runs(500, 6000)
    averaged, _ = on_network(nx.to_numpy_array(lollipop), BENEFIT, 1.0, SMALL_SELECTION)
    summed, _ = _trials(effort, "summed", from_graph(lollipop), weeks, game_benefit=BENEFIT, accumulated=1.0)
    star, ring = from_graph(nx.star_graph(5)), from_graph(nx.cycle_graph(8))
    on_star = _gap(_trials(effort, "star", star, weeks, game_benefit=20.0))
    by_pairs = _gap(_trials(effort, "pairwise", ring, weeks, game_benefit=BENEFIT, updating="pairwise"))
    return [
        estimated("givers take over a lollipop, payoffs summed over ties", averaged, summed.share, summed.error,
                  control=True),
        at_least("givers over free riders on a star, at a ratio of 20", 3 * on_star[2], *on_star, control=True),
        at_least("givers over free riders on a ring at a ratio of 6, pairwise comparison", 3 * by_pairs[2], *by_pairs,
                 control=True),
    ]  # fmt: skip


def _gap(trials: Any) -> tuple[float, Any, float]:
    give, ride = trials
    return give.share - ride.share, "T", (give.error**2 + ride.error**2) ** 0.5


def draw(figure: Figure, found: Found) -> None:
    """Takeovers over benefit per cost on a reporting line, and critical ratios of structures."""
    import numpy as np

    from ..report.style import look

    left, right = figure.subplots(1, 2)
    curve, one, two = found.data["curve"], look(0), look(1)
    left.errorbar(curve["points"], curve["gain"], 2 * curve["error"], color=one.colour, fmt=one.marker, label="ours")
    grid = np.linspace(0.8 * curve["points"][0], curve["points"][-1], 50)
    left.plot(grid, np.polyval(curve["fit"], grid), color=one.colour, linewidth=1)
    left.axvline(curve["target"], color=two.colour, linestyle=two.line, label="exact ratio")
    left.axhline(0, color="#767676", linewidth=0.8)
    left.set(
        xlabel="benefit / cost", ylabel="takeovers x N, givers less free riders",
        title=f"Reporting line of {curve['size']}",
    )  # fmt: skip
    left.legend(frameon=False)
    rows = {name: value for name, value in found.data["ratios"].items() if np.isfinite(value)}
    names = sorted(rows, key=lambda name: rows[name])
    right.barh(names, [rows[n] for n in names], color=one.colour, height=0.6, label="ours")
    known = [n for n in names if n in RATIOS]
    right.plot([RATIOS[n] for n in known], known, two.marker, color=two.colour, label="computed elsewhere")
    right.set(xlabel="critical ratio", title="Giving spreads above this ratio (star: never)")
    right.legend(frameon=False, loc="lower right")


CHECK = Check(
    name="network_reciprocity", number=2, title="On which networks giving spreads", kind="T",
    sources=("AllenEtAl2017", "OhtsukiHauertLiebermanNowak2006", "TaylorDayWild2007"),
    scenarios=(GAME,),
    rule="donation game with all partners, payoffs averaged over ties by strength, death-birth updating, one member at "
    "a time, weak selection; the controls change one of these each.",
    calibrated="",
    predicted="all, from theory",
    shows="The engine's strategy change on networks follows the theory of evolutionary games exactly, for any graph "
    "and any strengths of ties; `engagesim structure` gives the same ratio for any network.",
    shows_not="That people imitate success in this way, or that real gifts have one benefit and one cost. Under other "
    "rules of updating, or with payoffs summed, the ratio is another one (see the controls).",
    measure=measure,
    draw=draw,
)  # fmt: skip
