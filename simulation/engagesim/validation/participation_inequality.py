"""Participation inequality: a hundredth writes most of it, and most write nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .check import Check, Effort, Found, Part
from .means import mean_of, share_error
from .parts import at_least, estimated, inside

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..population import Floats

SCENARIO = "open_forum"
ACTORS, POSTS = 63_990, 578_349
"""Four networks together (van Mierlo 2014)."""
WROTE = 0.24
"""Fewer than a quarter posted at all."""
NEVER = 1e-9
"""Stopping so low that nobody does in ten years; at 0 contributions are not even counted."""
SHARES = {"top 1 %": 0.747, "next 9 %": 0.240, "other 90 %": 0.013}
"""Shares of all posts, by rank."""


def forums(effort: Effort, arm: str, **changes: Any) -> list[dict[str, Floats]]:
    """Contributions and stops of all actors of each forum after ten years."""
    from ..design.scenario import Scenario
    from ..runs import simulate

    design = Scenario.load(SCENARIO).changed(**changes)
    found = []
    for k in range(effort.runs(4, 16)):
        last = simulate(design, seed=effort.seed_of(f"forum.{arm}", k)).last
        found.append({name: last[name].astype(float) for name in ("contributions", "stopped")})
    return found


def measure(effort: Effort) -> Found:
    """Run forums with momentum, and without."""
    ours = forums(effort, "open")
    other = forums(effort, "no momentum", stopping=NEVER, steps=104)
    flat = [{"contributions": constant(effort, k, x["contributions"])} for k, x in enumerate(ours)]
    parts = [*calibrated(ours), *predicted(ours), *momentum(ours), *controls(other, flat)]
    return Found(parts, {"ours": ours})


def shares_of(forum: Mapping[str, Floats]) -> tuple[float, float, float]:
    """Shares of the top hundredth, the next nine and the other ninety."""
    from ..distributions import share_of_top

    posts = forum["contributions"]
    return share_of_top(posts, 0, 0.01), share_of_top(posts, 0.01, 0.1), share_of_top(posts, 0.1, 1)


def over(ours: Sequence[Mapping[str, Floats]], value: Any) -> tuple[float, float]:
    """Mean and error of a number of each forum."""
    import numpy as np

    return mean_of(np.array([value(forum) for forum in ours]))


def calibrated(ours: Sequence[Mapping[str, Floats]]) -> list[Part]:
    """The two figures that two numbers were set on."""
    silent, error = over(ours, lambda f: float((f["contributions"] == 0).mean()))
    posts, posts_error = over(ours, lambda f: float(f["contributions"].mean()))
    target = POSTS / ACTORS
    return [
        inside("share that never wrote", 1 - WROTE, silent, 0.70, 0.90, se=error, role="calibrated"),
        inside("posts per actor", target, posts, target * 0.8, target * 1.2, se=posts_error, role="calibrated"),
    ]


def predicted(ours: Sequence[Mapping[str, Floats]]) -> list[Part]:
    """How it is spread: nothing was set on that."""
    from ..distributions import gini

    found = []
    ranges = {"top 1 %": (0.50, 0.80), "next 9 %": (0.15, 0.40), "other 90 %": (0.0, 0.10)}
    for k, (name, target) in enumerate(SHARES.items()):
        mean, error = over(ours, lambda f, k=k: shares_of(f)[k])
        low, high = ranges[name]
        low, high = low - 3 * error, high + 3 * error
        found.append(inside(f"share of posts, {name}", target, mean, low, high, se=error, role="predicted"))
    mean, error = over(ours, lambda f: gini(f["contributions"]))
    found.append(inside("Gini over all actors", 0.98, mean, 0.85, 0.99, se=error, role="predicted", from_memory=True))
    better, error = over(ours, lambda f: likelihood_ratio(f["contributions"]))
    what = "log likelihood per contributor, truncated power law less exponential"
    return [*found, at_least(what, 0.0, better, se=error, role="predicted")]


def likelihood_ratio(posts: Floats) -> float:
    """Log likelihood per contributor of the best truncated power law less that of the best exponential."""
    import numpy as np
    from scipy import optimize

    wrote = posts[posts > 0]
    k = np.arange(1, int(wrote.max()) * 4 + 1)
    logs, mean, mean_log = np.log(k), wrote.mean(), np.log(wrote).mean()

    def against(numbers: Any) -> float:
        exponent, rate = numbers[0], np.exp(numbers[1])
        return float(exponent * mean_log + rate * mean + np.log(np.exp(-exponent * logs - rate * k).sum()))

    power = -optimize.minimize(against, [1.5, np.log(1 / mean)], method="Nelder-Mead").fun
    stop = 1 / mean
    exponential = np.log(stop) + (mean - 1) * np.log1p(-stop)
    return float(power - exponential)


def momentum(ours: Sequence[Mapping[str, Floats]]) -> list[Part]:
    """The chance to stop falls as one over the number of contributions, exactly as theory has it."""
    import numpy as np

    posts, stopped = (np.concatenate([f[name] for f in ours]) for name in ("contributions", "stopped"))
    numbers = np.arange(2, 51)
    there = np.array([(posts >= k).sum() for k in numbers])
    last = np.array([((posts == k) & (stopped > 0)).sum() for k in numbers])
    seen = last > 0
    slope = np.polyfit(np.log(numbers[seen]), np.log(last[seen] / there[seen]), 1, w=np.sqrt(last[seen]))[0]
    found = [inside("slope of log chance to stop over log number, 2 to 50", -1.0, float(slope), -1.15, -0.85, "T")]
    wrote = int((posts > 0).sum())
    for number in (1, 5, 30):
        expected = float(np.prod(1 - 0.5 / np.arange(1, number + 1)))
        error = share_error(expected, wrote)
        what = f"contributors with more than {number}"
        found.append(estimated(what, expected, float((posts > number).sum()) / wrote, error))
    return found


def constant(effort: Effort, number: int, posts: Floats) -> Floats:
    """As many contributors and posts, but each contribution is the last with the same chance."""
    import numpy as np

    luck = np.random.default_rng(effort.seed_of("forum.constant", number))
    other = np.zeros(len(posts))
    wrote = int((posts > 0).sum())
    other[:wrote] = luck.geometric(wrote / posts.sum(), wrote)
    return other


def controls(other: Sequence[Mapping[str, Floats]], flat: Sequence[Mapping[str, Floats]]) -> list[Part]:
    """Without momentum, or with the same chance to stop for all, there is no top that writes most of it."""
    found = []
    for what, arm in (("nobody ever stops", other), ("the same chance to stop after each", flat)):
        mean, error = over(arm, lambda f: shares_of(f)[0])
        found.append(inside(f"control: {what}; top 1 %", SHARES["top 1 %"], mean, 0.5, 0.8, se=error, control=True))
    return found


def draw(figure: Figure, found: Found) -> None:
    """Shares beside the published, and how many wrote more than k."""
    import numpy as np

    from ..report.style import look

    left, right = figure.subplots(1, 2)
    x = np.arange(3)
    ours = np.mean([shares_of(f) for f in found.data["ours"]], axis=0)
    left.bar(x - 0.2, list(SHARES.values()), 0.4, color="0.75", label="published")
    left.bar(x + 0.2, ours, 0.4, color=look(0).colour, label="ours")
    left.set_xticks(x, list(SHARES))
    left.set(ylabel="share of all posts", ylim=(0, 1), title="Four health networks, 63,990 actors")
    left.legend(frameon=False)
    posts = np.sort(np.concatenate([f["contributions"] for f in found.data["ours"]]))
    posts = posts[posts > 0]
    right.loglog(posts, 1 - np.arange(len(posts)) / len(posts), color=look(0).colour, label="ours")
    k = np.arange(1, 1001)
    right.loglog(k, np.cumprod(np.append(1, 1 - 0.5 / k[:-1])), color=look(1).colour, linestyle="--", label="theory")
    right.set(xlabel="contributions", ylabel="contributors with as many", title="The tail, cut off by ten years")
    for axis in (right.xaxis, right.yaxis):
        axis.set_major_formatter("{x:g}")
    right.legend(frameon=False)


CHECK = Check(
    name="participation_inequality",
    number=9,
    title="Participation inequality: the one per cent",
    kind="E + T",
    sources=("VanMierlo2014", "Wilkinson2008", "TenorioFornesArroyoHassan2022"),
    scenarios=(SCENARIO,),
    rule="Who would give less than a threshold of its own gives nothing; after the k-th contribution one stops for "
    "good with chance stopping / k.",
    calibrated="the share that ever posted (fewer than a quarter) and posts per actor (9.04), by the threshold and the "
    "pace; stopping comes from other communities (from memory)",
    predicted="shares of the top 1 %, the next 9 % and the other 90 %; the Gini; the shape of the distribution",
    shows="A chance to stop that falls with what one has done is enough for the published inequality, from two totals.",
    shows_not="A payroll: these are open communities, and the exponent differs between them.",
    measure=measure,
    draw=draw,
)
