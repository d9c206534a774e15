"""A design as its weeks have it: where a number is above 0, which choice is in force, what is paid for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..parameter import Value
from ..population import Floats
from ..rules.evaluation import EVALUATORS
from ..rules.rewards import EVALUATOR, VALUE
from ..structures import Network, build
from .catalogue import BY_NAME, slot

if TYPE_CHECKING:
    from .scenario import Scenario

Bools = NDArray[np.bool_]
"""Weeks in which something holds: bool[T]."""


@dataclass(frozen=True)
class Weeks:
    """A design as its weeks have it.

    Attributes:
        eras: values before and after each reorganization, in their order; the first are those of the file.
        values: float64[T, catalogue.WIDTH].
        instruments: float64[T, R, INSTRUMENT_WIDTH].
    """

    eras: tuple[Mapping[str, Value], ...]
    values: Floats
    instruments: Floats

    @classmethod
    def of_design(cls, scenario: Scenario) -> Weeks:
        """The weeks of a valid design."""
        weekly = scenario.levers()
        eras = (scenario.values, *(values for _, values in scenario.reorganizations()))
        return cls(eras, weekly.values, weekly.instruments)

    def of(self, name: str) -> Floats:
        """A lever by week, the largest of its roles: float64[T]."""
        first = slot(name)
        largest: Floats = self.values[:, first : first + BY_NAME[name].width].max(axis=1)
        return largest

    def above(self, *names: str) -> Bools:
        """Weeks in which any of the levers, or of the fixed numbers in any era, is above 0."""
        by_name = [self._fixed(n) if BY_NAME[n].static else self.of(n) > 0.0 for n in names]
        found: Bools = np.logical_or.reduce(by_name)
        return found

    def _fixed(self, name: str) -> Bools:
        values = [era[name] for era in self.eras]
        return self.all_or_none(any(np.max(v) > 0.0 for v in values if not isinstance(v, str)))

    def all_or_none(self, holds: bool) -> Bools:
        """What holds in every week or in none."""
        return np.full(len(self.values), holds)

    def on(self, name: str) -> Bools:
        """Weeks in which somebody wants something of a lever: all of a choice's, those of a number above 0."""
        return self.all_or_none(True) if BY_NAME[name].kind in ("choice", "text") else self.above(name)

    def chosen(self, name: str, *choices: str) -> Bools:
        """Weeks in which one of `choices` is in force."""
        if BY_NAME[name].static:
            return self.all_or_none(any(era[name] in choices for era in self.eras))
        found: Bools = np.isin(self.of(name), [BY_NAME[name].choices.index(choice) for choice in choices])
        return found

    def paying(self, column: int = VALUE, *codes: int) -> Bools:
        """Weeks in which an instrument of a value above 0 has one of `codes` in a column, or there a number above 0."""
        shown = self.instruments[:, :, column]
        fits = np.isin(shown, codes) if codes else np.greater(shown, 0.0)
        found: Bools = np.logical_or.reduce(fits & (self.instruments[:, :, VALUE] > 0.0), axis=1)
        return found

    def seen_by(self, *evaluators: int) -> Bools:
        """Weeks in which one of `evaluators` is that of the design or an instrument's own."""
        by_design = self.chosen("evaluator", *(EVALUATORS[code] for code in evaluators))
        return self.above("evaluation") & (by_design | self.paying(EVALUATOR, *(code + 1 for code in evaluators)))

    def outsiders(self) -> Bools:
        """Whether there are customers or partners."""
        network = self.from_file
        if network is not None:
            return self.all_or_none(bool((network.role > 0).any()))
        return self.above("customers", "partners")

    @cached_property
    def from_file(self) -> Network | None:
        """The network of the form `file`, None for other forms; raises InputError where it cannot be read."""
        return build(self.eras[0], 0) if self.eras[0]["form"] == "file" else None
