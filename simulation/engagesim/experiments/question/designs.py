"""Designs of experiments: which points of a space of factors are tried, and in what order.

Space-filling and sensitivity designs come from libraries (scipy, SALib), seeded with keyed draws, in the unit cube;
each factor then says which value lies at a place of its unit interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from ...draws import key_of, named
from .factors import Factor, Point

Floats = NDArray[np.float64]
Kind = Literal["factorial", "one_at_a_time", "latin_hypercube", "sobol", "morris", "list"]
KINDS: tuple[str, ...] = get_args(Kind)

MOST_POINTS = 1_000_000
SIZES = {"latin_hypercube": 100, "sobol": 64, "morris": 10}
"""`points` where a file does not say: points of a Latin hypercube, base points of a Sobol' design, Morris paths."""


@dataclass(frozen=True, slots=True)
class Design:
    """How the factors are combined.

    Attributes:
        kind: which design.
        points: points of a Latin hypercube, base points of a Sobol' design (a power of two), paths of a Morris design.
        levels: levels of the grid of a Morris design, even.
        second_order: whether a Sobol' design also measures pairs of factors.
        stated: whether everything as the arms state it is tried, too, as point 0.
        listed: the points of a list.
        seeds: of a list, the root seed of each point, so that each has people and luck of its own; empty where all
            share those of the experiment.
    """

    kind: Kind
    points: int = 0
    levels: int = 4
    second_order: bool = False
    stated: bool = False
    listed: tuple[Point, ...] = ()
    seeds: tuple[int, ...] = ()

    def document(self) -> dict[str, Any]:
        """All of it, as JSON can hold it."""
        return {
            "kind": self.kind, "points": self.points, "levels": self.levels, "second_order": self.second_order,
            "stated": self.stated, "listed": [dict(point) for point in self.listed],
        }  # fmt: skip

    def size(self, factors: Sequence[Factor]) -> int:
        """How many points it has, without point 0."""
        levels = [len(f.values) for f in factors]
        return {
            "factorial": prod(levels), "one_at_a_time": sum(levels), "latin_hypercube": self.points,
            "sobol": self.points * ((2 if self.second_order else 1) * len(factors) + 2),
            "morris": self.points * (len(factors) + 1), "list": len(self.listed),
        }[self.kind]  # fmt: skip

    def numbered(self, factors: Sequence[Factor], seed: int, name: str) -> list[tuple[int, Point]]:
        """Number and values of every point; number 0 is everything as stated, with nothing set.

        Args:
            factors: what varies; without any there is but point 0.
            seed: root seed of the experiment.
            name: name of the draws, different for levers and for worlds.
        """
        if not factors:
            return [(0, {})]
        stated: list[tuple[int, Point]] = [(0, {})] if self.stated or self.kind == "one_at_a_time" else []
        return [*stated, *enumerate(self._points(factors, seed, name), start=1)]

    def _points(self, factors: Sequence[Factor], seed: int, name: str) -> Iterator[Point]:
        keys = [f.key for f in factors]
        if self.kind == "list":
            yield from self.listed
        elif self.kind == "factorial":
            for values in product(*(f.values for f in factors)):
                yield dict(zip(keys, values, strict=True))
        elif self.kind == "one_at_a_time":
            yield from ({f.key: value} for f in factors for value in f.values)
        else:
            for row in unit_points(self, factors, seed, name):
                yield {f.key: f.at(float(u)) for f, u in zip(factors, row, strict=True)}


def unit_points(design: Design, factors: Sequence[Factor], seed: int, name: str) -> Floats:
    """Points of a space-filling or sensitivity design in the unit cube: float64[size, factors]."""
    rng = np.random.default_rng(key_of(seed, named(name), 0))
    if design.kind == "latin_hypercube":
        from scipy.stats import qmc

        cube: Floats = qmc.LatinHypercube(len(factors), rng=rng).random(design.points)
        return cube
    whole = int(rng.integers(2**31))
    if design.kind == "sobol":
        from SALib.sample import sobol

        cube = sobol.sample(unit_problem(factors), design.points, calc_second_order=design.second_order, seed=whole)
    else:
        from SALib.sample import morris

        cube = morris.sample(unit_problem(factors), design.points, num_levels=design.levels, seed=whole)
    return cube


def unit_problem(factors: Sequence[Factor]) -> dict[str, Any]:
    """The factors as SALib takes them, over the unit cube."""
    return {"num_vars": len(factors), "names": [f.key for f in factors], "bounds": [[0.0, 1.0]] * len(factors)}


def wrong_with(design: Design, factors: Sequence[Factor]) -> list[tuple[str, str]]:
    """Key and message of everything in which a design does not fit its factors."""
    found = []
    n = design.points
    if not factors:
        found.append(("kind", "there is nothing to vary: add [levers] or [uncertainties]"))
    if design.kind == "sobol" and (n < 2 or n & (n - 1)):
        found.append(("points", "must be a power of two, 2 or more, so that the points are balanced"))
    if design.kind == "morris" and (n < 2 or design.levels % 2):
        found.append(("points", "needs 2 paths or more, and an even number of levels"))
    if design.seeds and len(design.seeds) != len(design.listed):
        found.append(("seeds", f"lists {len(design.seeds)} for {len(design.listed)} points"))
    if design.kind in SIZES and n < 1:
        found.append(("points", "must be 1 or more"))
    if design.kind == "morris" and (listed := [f.key for f in factors if f.low is None]):
        found.append(("kind", f"morris needs ranges; these are lists: {', '.join(listed)}"))
    if factors and design.size(factors) > MOST_POINTS:
        found.append(("kind", f"has {design.size(factors):,} points; must be at most {MOST_POINTS:,}"))
    return found


def default_design(kind: Kind, **settings: Any) -> Design:
    """A design of one kind with its usual size where none is given."""
    design = Design(kind, **settings)
    return design if design.points or kind not in SIZES else replace(design, points=SIZES[kind])
