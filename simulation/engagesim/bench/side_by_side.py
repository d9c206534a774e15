"""Side by side with other libraries: the same model, members, network and weeks; the numbers have to be the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from .lines import model_lines, rule_lines
from .peers import GAMES, MODELS, OUR_GAME, OURS, Answer, Bench, Peer, present
from .timing import Row, Work, in_turns, load, ratio, spread, steps
from .work import engagement_work, game_work, models

TOLERANCE = 1e-9
"""Largest difference between numbers that count as the same: sums in another order, means on the value grid."""

STANDARD_ERRORS = 4.0
"""Standard errors within which two shares of cooperators count as the same: chance goes beyond it once in 15,000."""

ENOUGH = 0.3
"""Seconds of one measurement; shorter runs are repeated within it."""

FIRST_MECHANISMS = ("norm", "cooperation", "push", "creation", "motivation", "exhaustion", "ties")
SMALL = (300, 2)
"""Members and weeks of the run whose whole process is timed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured.

    Attributes:
        sizes: members, weeks and repetitions of each size.
        runs: how often the game is played in one measurement.
        repetitions: how often games and starts are timed.
        cold: whether to time a start of engagesim with nothing compiled.
    """

    sizes: tuple[tuple[int, int, int], ...]
    runs: int
    repetitions: int
    cold: bool = True

    @property
    def steps(self) -> int:
        """Number of times that `measure` reports progress."""
        return sum(repetitions for *_, repetitions in self.sizes) + 2 * self.repetitions


FULL = Plan(sizes=((1_000, 53, 5), (10_000, 12, 5), (100_000, 4, 3)), runs=200, repetitions=5)
QUICK = Plan(sizes=((1_000, 14, 3), (10_000, 4, 2)), runs=40, repetitions=2, cold=False)
"""The same without the largest size and the cold start, with fewer weeks and repetitions."""


def measure(plan: Plan, pythons: dict[str, str], told: Callable[[int], None] | None = None) -> Row:
    """Measure everything in `plan` with every library that is there.

    Args:
        plan: what to measure.
        pythons: the Python of libraries that have an environment of their own, by name.
        told: called with the number of steps done, of `plan.steps`.

    Returns:
        A document for JSON: the machine, `cases` by size, library and threads, `games`, `starts`, `lines`, `absent`.

    Raises:
        RuntimeError: a library that is there failed.
    """
    from ..store.provenance import origin

    done, before, absent = steps(told), load(), list[Row]()
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder), pythons)
        libraries = present(bench, MODELS, absent.append)
        games = present(bench, GAMES, absent.append)
        cases = [row for size in plan.sizes for row in measure_size(bench, size, libraries, done)]
        played = measure_games(bench, plan, games, done)
        starts = measure_starts(bench, plan, libraries, done)
    return {
        "origin": origin(), "load": {"before": before, "after": load()}, "cases": cases, "games": played,
        "starts": starts, "lines": lines(), "absent": absent,
    }  # fmt: skip


def keep(work: dict[str, Any], folder: Path) -> Path:
    """Write work for the libraries to read; the path of the archive."""
    path = folder / "work.npz"
    np.savez(path, **work)
    return path


def measure_size(
    bench: Bench, size: tuple[int, int, int], there: Sequence[Peer], done: Callable[[], None]
) -> list[Row]:
    """One size: a row for every library and number of threads, times in nanoseconds per member-week."""
    from ..engine.run import cores

    members, weeks, repetitions = size
    work, _ = engagement_work(members, weeks)
    path, answers = keep(work, bench.folder), dict[str, list[Answer]]()
    ours, most = f"{OURS.name}_1", sorted({1, cores()})
    who = {f"{peer.name}_{n}": (peer, n) for peer in (OURS, *there) for n in (most if peer.parallel else [1])}

    def timed(name: str) -> float:
        peer, threads = who[name]
        answer = bench.ask(peer, path, enough=ENOUGH, threads=threads)
        answers.setdefault(name, []).append(answer)
        return 1e9 * float(answer.said["others"]) / (members * (weeks - 1))

    times = in_turns({name: partial(timed, name) for name in who}, repetitions, done)
    return [
        {
            "name": f"{peer.name}_{members}_{threads}", "library": peer.name, "title": peer.title,
            "version": answers[name][0].said["version"], "members": members, "weeks": weeks, "threads": threads,
            "repetitions": repetitions, "ties_per_member": float(np.diff(work["start"]).mean()),
            **spread(times[name]).named("ns_per_member_week"),
            **ratio(times[name], times[ours]).named("ratio_to_engagesim"),
            **spread([one.said["build"] for one in answers[name]]).named("build_seconds"),
            **spread([one.said["first"] for one in answers[name]]).named("first_week_seconds"),
            **sameness(answers[name], answers[ours][0]),
        }
        for name, (peer, threads) in who.items()
    ]  # fmt: skip


def sameness(answers: Sequence[Answer], reference: Answer) -> Row:
    """How far a library's numbers are from the reference: the state after the last week, and the weekly means."""

    def farthest(names: list[str]) -> float:
        return max(float(np.abs(a.result[n] - reference.result[n]).max()) for a in answers for n in names)

    means = [name for name in reference.result if name.startswith("mean_")]
    state, weekly = farthest([n for n in reference.result if n not in means]), farthest(means)
    return {
        "state_difference": state, "weekly_difference": weekly, "same": max(state, weekly) <= TOLERANCE,
        "same_bits": state == 0.0,
    }  # fmt: skip


def measure_games(bench: Bench, plan: Plan, there: Sequence[Peer], done: Callable[[], None]) -> list[Row]:
    """The pairwise game: a row for every library, times in microseconds per change of mind."""
    work, design = game_work(plan.runs)
    path, answers = keep(work, bench.folder), dict[str, list[Answer]]()
    weeks, size = int(work["weeks"]), len(work["start"]) - 1
    who = {peer.name: peer for peer in (OUR_GAME, *there)}

    def timed(peer: Peer) -> float:
        answers.setdefault(peer.name, []).append(bench.ask(peer, path, enough=0.0, threads=1))
        return 1e6 * float(answers[peer.name][-1].said["others"]) / ((plan.runs - 1) * weeks)

    times = in_turns({name: partial(timed, peer) for name, peer in who.items()}, plan.repetitions, done)
    ends = {name: answers[name][0].result["cooperators"] for name in who}
    return [
        {
            "library": name, "title": peer.title, "version": answers[name][0].said["version"], "members": size,
            "weeks": weeks, "runs": plan.runs, "threads": 1, "scenario": design.name,
            **spread(times[name]).named("us_per_turn"),
            **ratio(times[name], times[OUR_GAME.name]).named("ratio_to_engagesim"),
            **likeness(ends[name], ends[OUR_GAME.name]),
        }
        for name, peer in who.items()
    ]  # fmt: skip


def likeness(ends: np.ndarray[Any, Any], reference: np.ndarray[Any, Any]) -> Row:
    """Share of cooperators after the last week, and how many standard errors it is from the reference."""
    error = float(ends.std(ddof=1) / np.sqrt(len(ends)))
    both = float(np.hypot(error, reference.std(ddof=1) / np.sqrt(len(reference))))
    apart = abs(float(ends.mean() - reference.mean())) / both if both > 0.0 else 0.0
    return {
        "cooperators": float(ends.mean()), "standard_error": error, "standard_errors_apart": apart,
        "same": apart <= STANDARD_ERRORS,
    }  # fmt: skip


def measure_starts(bench: Bench, plan: Plan, there: Sequence[Peer], done: Callable[[], None]) -> list[Row]:
    """Seconds of a whole process from the shell to the result of a small run."""
    path = keep(engagement_work(*SMALL)[0], bench.folder)

    def whole(peer: Peer, cache: str | None = None) -> float:
        return bench.ask(peer, path, enough=0.0, threads=1, cache=cache).process

    works: dict[str, Work] = {peer.name: partial(whole, peer) for peer in (OURS, *there)}
    with TemporaryDirectory() as cache:
        cold = whole(OURS, cache) if plan.cold else None
    times = in_turns(works, plan.repetitions, done)
    return [
        {
            "library": peer.name, "title": peer.title, "members": SMALL[0], "weeks": SMALL[1],
            **spread(times[peer.name]).named("seconds"),
            "cold_seconds": cold if peer is OURS else None,
        }
        for peer in (OURS, *there)
    ]  # fmt: skip


def lines() -> Row:
    """Lines of every model, of engagesim's two files of it, and of the rules that these stand on."""
    from .. import rules

    folder, place = models(), Path(rules.__path__[0])
    return {
        **{peer.name: model_lines(folder / peer.file) for peer in (*MODELS, *GAMES)},
        "engagesim_scenario": model_lines(folder / "first_mechanisms.toml"),
        "engagesim_model": model_lines(folder / OURS.file),
        "engagesim_rules": sum(rule_lines((place / f"{name}.py").read_text("utf-8")) for name in FIRST_MECHANISMS),
        "engagesim_game_scenario": model_lines(folder / "pairwise_game.toml"),
        "engagesim_game": model_lines(folder / OUR_GAME.file),
    }
