"""Equal cost: reward schemes that spend the same per member and week, whichever way they pay.

An instrument spends its budget every week by construction. A sharing rule pays out of what the organization captures,
so its cost follows behaviour; its `return_share` is fitted until it pays back, on average over the run and over some
of the worlds, as much more than the baseline does as an instrument would cost. In a single world it then costs more
where more is created, which is reported, not hidden. A scheme of both spends half on each.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ...design.scenario import Scenario
from ...measures import WINDOWS
from ...problems import InputError, Problem
from ...structures.parameters import number
from ..networks import Networks
from ..reduction import reduced
from ..worlds import in_world, points_of, ranges_of, worlds_of

SHARING = ("return_share", "sharing_rule", "sharing_weight", "stake_memory")
SPLIT = ("capture_share", "own_share")
MEASURES = ("value_shared", "active_members")
MOST_WORLDS = 16
"""Worlds (or, in the world as stated, replicates) on which a sharing rule is fitted."""
ROUNDS = 4
"""Times a share is adjusted at most."""
CLOSE = 0.01
"""Error of the cost, as a share of the budget, with which a fit is content."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One sharing rule fitted to a cost: its share of what is captured that is paid back, and the cost reached.

    `reached` is what it pays back beyond the baseline, in value per member-week; it falls short of `wanted` where even
    paying back everything would not do.
    """

    arm: str
    return_share: float
    wanted: float
    reached: float


@dataclass(slots=True)
class _Books:
    """What designs pay back per member-week, on the worlds of a fit."""

    worlds: list[tuple[int, dict[str, float]]]
    seed: int
    replicates: int
    networks: Networks = field(default_factory=Networks)

    def mean(self, design: Scenario) -> float:
        """Mean over worlds and replicates."""
        paid = [self._of(d) for d in ([in_world(design, w, p) for w, p in self.worlds] or [design])]
        return sum(paid) / len(paid)

    def _of(self, design: Scenario) -> float:
        found = reduced(design, self.seed, self.replicates, MEASURES, network=self.networks.of(design), weekly=False)
        paid, members = found.windows[:, 0, WINDOWS.index("whole")].T
        return float((paid / members).mean())


def equal_cost(
    designs: Sequence[Scenario], budget: float, *, worlds: int = 1, seed: int = 0,
    told: Callable[[str], None] | None = None,
) -> tuple[tuple[Scenario, ...], tuple[Fit, ...]]:  # fmt: skip
    """The designs at one cost per member-week beyond the first, and how sharing rules were fitted to it.

    Designs that neither reward nor share otherwise than the first spend nothing more and stay. One that also splits
    value otherwise is another organization, not a scheme, and its sharing stays as it is.

    Raises:
        InputError: no design has anything to spend a budget on, or it is out of range.
    """
    shares = [shares_otherwise(design, designs[0]) for design in designs]
    if not any(shares) and not any(design.instruments for design in designs):
        message = "no design has a reward instrument or a sharing rule of its own to spend it on"
        raise InputError([Problem("compare", None, f"budget = {budget}", message)])
    parts = [budget * (0.5 if both and d.instruments else 1.0) for d, both in zip(designs, shares, strict=True)]
    funded = [
        d.with_sets([f"budget={float(part)!r}"]) if d.instruments else d for d, part in zip(designs, parts, strict=True)
    ]
    if not any(shares) or budget == 0.0:
        return tuple(funded), ()
    books = _books(funded, worlds, seed)
    before = books.mean(funded[0])
    fits = []
    for i, part in enumerate(parts):
        if shares[i]:
            if told:
                told(f"fitting the share of {funded[i].title} to the budget")
            funded[i], fit = _fitted(funded[i], before, part, books)
            fits.append(fit)
    return tuple(funded), tuple(fits)


def shares_otherwise(design: Scenario, baseline: Scenario) -> bool:
    """Whether a design shares value by another rule or to another extent than the baseline, from the same split."""
    same_split = all(design.values[name] == baseline.values[name] for name in SPLIT)
    return same_split and any(design.values[name] != baseline.values[name] for name in SHARING)


def _books(designs: Sequence[Scenario], worlds: int, seed: int) -> _Books:
    if worlds == 1:
        return _Books([], seed, MOST_WORLDS)
    drawn = worlds_of(ranges_of(designs), worlds, seed).head(MOST_WORLDS)
    return _Books([(w, dict(p)) for w, p in points_of(drawn)], seed, 1)


def _fitted(design: Scenario, before: float, wanted: float, books: _Books) -> tuple[Scenario, Fit]:
    """The design with the share that pays back `wanted` beyond `before`: proportional steps, which converge at once
    as long as behaviour hardly answers to the share."""
    share = number(design.values, "return_share") or 0.5
    reached = math.nan
    for _ in range(ROUNDS):
        design = design.with_sets([f"return_share={share!r}"])
        paid = books.mean(design)
        reached = paid - before
        if abs(reached - wanted) <= CLOSE * wanted or paid <= 0.0:
            break
        better = min(1.0, share * (before + wanted) / paid)
        if better == share:
            break
        share = better
    return design, Fit(design.name, number(design.values, "return_share"), wanted, reached)
