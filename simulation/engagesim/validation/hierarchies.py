"""Dodds, Watts & Sabel 2003: ties at every distance relieve a hierarchy and hold it together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .check import Check, Effort, Found, Part
from .means import mean_of, share_error
from .parts import at_least, at_most, estimated, reported

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..design.scenario import Scenario
    from ..population import Floats

SCENARIO = "theory_message_load"
SIZE, SPAN = 781, 5
FAR = 1e9
CLASSES = {"random": (FAR, FAR), "random across": (0.0, FAR), "local teams": (FAR, 0.0), "core-periphery": (0.0, 0.0),
           "multiscale": (0.5, 0.5)}  # fmt: skip
"""Ranges of depth and distance (lambda, zeta) over which ties are placed."""
LINKS = {78: 0.1, 234: 0.3, 781: 1.0}
"""Ties added, and as a rate per member."""
LOADS = {
    78: {"multiscale": 0.316, "core-periphery": 0.330, "random across": 0.652, "random": 0.681, "local teams": 0.761},
    234: {"core-periphery": 0.169, "multiscale": 0.218, "random across": 0.416, "random": 0.473, "local teams": 0.680},
    781: {"core-periphery": 0.083, "multiscale": 0.094, "random": 0.204, "random across": 0.210, "local teams": 0.392},
}
"""Largest share of 4,000 requests at one place, mean of four networks, computed with another program; it counted the
requests that the place had sent itself, one in `SIZE`, which are not counted here."""
KEPT = {
    78: {"random across": 0.994, "random": 0.994, "multiscale": 0.930, "core-periphery": 0.200, "local teams": 0.096},
    234: {"random across": 1.0, "random": 0.998, "multiscale": 0.992, "core-periphery": 0.200, "local teams": 0.144},
    781: {"random across": 1.0, "random": 1.0, "multiscale": 1.0, "core-periphery": 0.969, "local teams": 0.200},
}
"""Share of the rest still connected after the top 1 % are out, from the same program."""
THEIR_GRAPHS, THEIR_REQUESTS = 4, 4000
OWN = 1.0 / SIZE
TAKEN_OUT = 7
"""Members, the top 1 %."""


def measure(effort: Effort) -> Found:
    """The load of the top of a pure tree, then all classes of placement."""
    numbers = (78,) if effort.quick else tuple(LINKS)
    found = {links: {name: _class(effort, name, links) for name in CLASSES} for links in numbers}
    parts = [_anchor(effort), *(part for links in numbers for part in _cells(links, found[links]))]
    return Found([*parts, *_claims(found[78]), *_controls(found[78])], {"found": found})


def _design(**changes: Any) -> Scenario:
    from ..design.scenario import Scenario

    return Scenario.load(SCENARIO).changed(**changes)


def _anchor(effort: Effort) -> Part:
    """Requests that the top handles in a pure tree, its own not counted: known exactly."""
    from ..portrait.congestion import handled
    from ..structures import build

    weeks = effort.runs(20, 100)
    design = _design(steps=weeks)
    network = build(design.values, effort.seed_of("anchor"))
    below = (SIZE - 1) // SPAN
    target = 1.0 - SPAN * below * (below - 1) / (SIZE * (SIZE - 1)) - OWN
    ours = float(handled(design, network, effort.seed_of("anchor"))[0])
    error = share_error(target, weeks * (SIZE - 1))
    return estimated(f"requests that the top of a tree of {SIZE} handles", target, ours, error)


def _class(effort: Effort, name: str, links: int) -> tuple[Floats, Floats]:
    """Largest load and share still connected, by network of one class."""
    from concurrent.futures import ThreadPoolExecutor

    import numpy as np

    from ..engine.run import cores
    from ..portrait.congestion import handled
    from ..structures import build
    from ..structures.robustness import still_connected

    depth, distance = CLASSES[name]
    weeks = round(THEIR_REQUESTS / SIZE)
    design = _design(lateral_tie_rate=LINKS[links], lambda_depth=depth, zeta_range=distance, steps=weeks)

    def one(number: int) -> tuple[float, float]:
        seed = effort.seed_of(f"{name} {links}", number)
        network = build(design.values, seed)
        return float(handled(design, network, seed).max()), still_connected(network, TAKEN_OUT)

    with ThreadPoolExecutor(cores()) as pool:
        pairs = np.array(list(pool.map(one, range(effort.runs(12, 120)))))
    return pairs[:, 0], pairs[:, 1]


def _cells(links: int, found: dict[str, tuple[Floats, Floats]]) -> list[Part]:
    """Every class against the other program; its mean of four networks, that differ as ours do, has an error, too."""
    parts = []
    for name, (load, kept) in found.items():
        for what, ours, target in (
            ("largest load", load, LOADS[links][name] - OWN),
            ("still connected", kept, KEPT[links][name]),
        ):
            mean, error = mean_of(ours)
            both = (error**2 + ours.var(ddof=1) / THEIR_GRAPHS) ** 0.5
            parts.append(reported(f"{what}, {name}, {links} ties across", target, mean, both, note="1 % out"))
    return parts


def _claims(found: dict[str, tuple[Floats, Floats]]) -> list[Part]:
    """With few ties only the multiscale network is good on both: the paper's claim of ultrarobustness."""
    load = {name: float(pair[0].mean()) for name, pair in found.items()}
    kept = {name: float(pair[1].mean()) for name, pair in found.items()}
    others = min(load[name] for name in ("random", "random across", "local teams"))
    return [
        at_most("multiscale load over the least of random, random across, local teams", 0.5,
                load["multiscale"] / others, "S"),
        at_least("multiscale, still connected", 0.85, kept["multiscale"], "S"),
        at_most("core-periphery, still connected", 0.5, kept["core-periphery"], "S"),
        at_most("local teams, still connected", 0.5, kept["local teams"], "S"),
    ]  # fmt: skip


def _controls(found: dict[str, tuple[Floats, Floats]]) -> list[Part]:
    """The other placements are not ultrarobust: each misses one of the two."""
    load = {name: float(pair[0].mean()) for name, pair in found.items()}
    return [
        at_most("load of random ties over that of local teams", 0.5, load["random"] / load["local teams"], "S",
                control=True),
        at_least("core-periphery, as connected as multiscale", 0.85, float(found["core-periphery"][1].mean()), "S",
                 control=True),
    ]  # fmt: skip


def draw(figure: Figure, found: Found) -> None:
    """Load against robustness, a point per class, ours and the other program's."""
    from ..report.style import look

    numbers = list(found.data["found"])
    for axes, links in zip(figure.subplots(1, len(numbers), squeeze=False)[0], numbers, strict=True):
        for k, (name, (load, kept)) in enumerate(found.data["found"][links].items()):
            here = look(k)
            axes.errorbar(load.mean(), kept.mean(), xerr=2 * load.std() / len(load) ** 0.5, fmt=here.marker,
                          color=here.colour, label=name)  # fmt: skip
            axes.plot(
                LOADS[links][name] - OWN, KEPT[links][name], here.marker, color=here.colour, mfc="none", markersize=11
            )
        axes.set(xlabel="largest load at one place", title=f"{links} ties across", xlim=(0, 1), ylim=(0, 1.05))
    figure.axes[0].set_ylabel("still connected, top 1 % out")
    handles, names = figure.axes[0].get_legend_handles_labels()
    title = "full: ours\nopen: computed\nelsewhere"
    figure.legend(handles, names, title=title, frameon=False, loc="outside right center")


CHECK = Check(
    name="hierarchies", number=10, title="Ties across a hierarchy", kind="T + S",
    sources=("DoddsWattsSabel2003",),
    scenarios=(SCENARIO,),
    rule="requests to members drawn by chance go to the partner with the lowest common manager with the target, or up; "
    "ties are placed by depth and distance; members are taken out from the top.",
    calibrated="",
    predicted="all",
    shows="Placement of ties and the way of requests in the engine are those of the paper: few ties at all distances "
    "relieve the top and keep the organization together, other placements do only one of the two.",
    shows_not="The paper's own curves, of which only the words could be seen: targets are another program's, for 781 "
    "and not 3,906 members. Requests that prefer near targets are not in the engine.",
    measure=measure,
    draw=draw,
)  # fmt: skip
