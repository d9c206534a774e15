"""What every design did in every case (one replicate in one world): the numbers on which a decision rests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...measures import GROUPS, WINDOWS
from ..reduction import MAIN, Reduced
from ..statistics.means import mean_over
from .winners import can_be_followed, fates

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

TOLD = (
    "participation", "effort", "value_per_member", "quality", "intrinsic_motivation", "exhaustion", "trust",
    "felt_extraction", "exits",
)  # fmt: skip
"""Outcomes that a decision is told by."""
BOOKS = ("reward_cost", "signal_cost", "value_shared", "value_captured", "active_members")
"""Outcomes from which costs follow."""
KEPT = (*TOLD, *BOOKS)
COURSE = "participation"
"""The outcome whose weeks are kept."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Outcomes of all designs, case by case.

    Attributes:
        arms: names of the designs, the baseline first.
        worlds: numbers of the worlds; 0 alone is the world as stated.
        groups: groups that have members in every design.
        points: world by number and value of each uncertainty in it; no columns for the world as stated.
        values: float64[worlds, replicates, arms, groups, windows, KEPT].
        course: float64[worlds, arms, groups, weeks], participation, mean over replicates.
        survived: bool[worlds, replicates, arms], whether anybody is active in the last week.
        people: rows of `winners.fates` with world and arm; empty where people could not be followed.
        withdrawn: float64[worlds, fewer replicates, arms, groups, windows, KEPT] of the designs withdrawn in mid run;
            nan where a design cannot be withdrawn.
        withdrawn_at: week after which they are withdrawn.
    """

    arms: tuple[str, ...]
    worlds: tuple[int, ...]
    groups: tuple[str, ...]
    points: pd.DataFrame
    values: Floats
    course: Floats
    survived: NDArray[np.bool_]
    people: pd.DataFrame
    withdrawn: Floats
    withdrawn_at: int

    def of(self, measure: str, window: str = "late", group: str = "everyone") -> Floats:
        """One outcome: float64[worlds, replicates, arms]."""
        return self._pick(self.values, measure, window, group)

    def of_withdrawn(self, measure: str, window: str = "late", group: str = "everyone") -> Floats:
        """The same of the designs withdrawn in mid run."""
        return self._pick(self.withdrawn, measure, window, group)

    def _pick(self, values: Floats, measure: str, window: str, group: str) -> Floats:
        at = self.groups.index(group), WINDOWS.index(window), KEPT.index(measure)
        return np.asarray(values[:, :, :, at[0], at[1], at[2]])

    def outcomes(self) -> pd.DataFrame:
        """The values as a table: world, replicate, arm, window, group, then one column per outcome."""
        import pandas as pd

        _, replicates, *_ = self.values.shape
        index = pd.MultiIndex.from_product(
            [self.worlds, range(replicates), self.arms, self.groups, WINDOWS],
            names=["world", "replicate", "arm", "group", "window"],
        )
        return pd.DataFrame(self.values.reshape(-1, len(KEPT)), columns=list(KEPT), index=index).reset_index()

    def outcomes_withdrawn(self) -> pd.DataFrame:
        """As `outcomes`, of the designs withdrawn in mid run; only those that can be."""
        from dataclasses import replace

        shown = np.asarray(~np.isnan(self.withdrawn).all(axis=(0, 1, 3, 4, 5)))
        kept = tuple(arm for arm, is_there in zip(self.arms, shown, strict=True) if is_there)
        return replace(self, arms=kept, values=self.withdrawn[:, :, shown]).outcomes()


def spent(of: Callable[[str, str], Floats]) -> Floats:
    """What a design costs the organization over the whole run, in value per member-week.

    Rewards at their cost, costly signals, and value paid back; `of` gives an outcome over a window.
    """
    shared = of("value_shared", "whole") / of("active_members", "whole")
    return np.asarray(of("reward_cost", "whole") + of("signal_cost", "whole") + shared)


@dataclass(slots=True)
class Gathering:
    """Cases in the making: one world after the other."""

    names: tuple[str, ...]
    groups: tuple[str, ...]
    values: list[Floats]
    course: list[Floats]
    survived: list[NDArray[np.bool_]]
    people: list[dict[str, Any]]
    withdrawn: list[Floats]

    def add(self, world: int, found: Sequence[Reduced], withdrawn: Mapping[int, Reduced]) -> None:
        """All designs in one world, and by position those that were withdrawn."""
        self.values.append(np.stack([self._kept(r) for r in found], axis=1))
        self.course.append(np.stack([self._course(r) for r in found]))
        self.survived.append(np.stack([r.survived[:, 0] for r in found], axis=1))
        if can_be_followed(list(found)):
            for name, other in zip(self.names[1:], found[1:], strict=True):
                self.people += [{"world": world, "arm": name, **row} for row in fates(found[0], other)]
        some = next(iter(withdrawn.values()), None)
        shape = self._kept(some).shape if some else (1, *self.values[-1].shape[2:])
        parts = [self._kept(withdrawn[i]) if i in withdrawn else np.full(shape, np.nan) for i in range(len(found))]
        self.withdrawn.append(np.stack(parts, axis=1))

    def cases(self, worlds: Sequence[int], points: pd.DataFrame, withdrawn_at: int) -> Cases:
        """Everything gathered."""
        import pandas as pd

        return Cases(
            self.names, tuple(worlds), self.groups, points, np.stack(self.values), np.stack(self.course),
            np.stack(self.survived), pd.DataFrame(self.people), np.stack(self.withdrawn), withdrawn_at,
        )  # fmt: skip

    def _kept(self, found: Reduced) -> Floats:
        """float64[replicates, groups, windows, KEPT]."""
        at = [found.measures.index(name) for name in KEPT]
        return found.windows[:, self._rows()][..., at]

    def _course(self, found: Reduced) -> Floats:
        """float64[groups, weeks], mean over replicates in which anybody is active."""
        weekly = found.weekly[:, self._rows()][..., MAIN.index(COURSE)]
        return mean_over(weekly, 0)

    def _rows(self) -> list[int]:
        return [GROUPS.index(group) for group in self.groups]


def gathering(names: Sequence[str], groups: Sequence[str]) -> Gathering:
    """An empty gathering."""
    return Gathering(tuple(names), tuple(groups), [], [], [], [], [])
