"""Who is tied to whom: organizations, networks of theory and real networks, all as one `Network`.

A new structure is one function and one row of a table:

1. Write a function of (values, seed) that gives a `Network`, or of the pairs of members in a module like `theory` and
   let `_theory` here wrap it. Take every random number from a `Stream` with a name of its own, and hand the ties as
   `Ties` to `assemble`, which drops repetitions and sorts the rows.
2. Give it a name in `parameters.FORMS` and a row in `FORMS` here, and declare the numbers it needs in
   `parameters.PARAMETERS`. Values that do not fit together are reported by `parameters.problems`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ..parameter import Value
from . import theory
from .assembly import Members, Ties, assemble, members_of
from .committed import committed_places
from .files import read_network
from .network import FREE, KINDS, Network
from .organization import organization
from .parameters import number, whole
from .reorganization import REORGANIZED, reorganized
from .streams import Longs
from .taken import taken_places, with_empty_places

__all__ = [
    "FORMS",
    "FREE",
    "KINDS",
    "REORGANIZED",
    "Members",
    "Network",
    "Ties",
    "assemble",
    "build",
    "committed_places",
    "reorganized",
    "taken_places",
    "with_empty_places",
]

Pairs = tuple[Longs, Longs]


def build(values: Mapping[str, Value], seed: int) -> Network:
    """The network of one design.

    Args:
        values: every parameter of `parameters.PARAMETERS` by name, without a finding of `parameters.problems`.
        seed: root seed; the same values and seed give the same network, bit for bit.

    Raises:
        InputError: a file cannot be read or holds no valid network.
        KeyError: an unknown form.
    """
    return FORMS[str(values["form"])](values, seed)


def _theory(pairs: Callable[[Mapping[str, Value], int, int], Pairs]) -> Callable[[Mapping[str, Value], int], Network]:
    """A structure of lateral ties alone, from a function of (values, number of members, seed)."""

    def structure(values: Mapping[str, Value], seed: int) -> Network:
        members = members_of([whole(values, name) for name in ("employees", "customers", "partners")])
        a, b = pairs(values, len(members.role), seed)
        return assemble(members, [Ties("lateral", a, b, number(values, "strength_lateral"))])

    return structure


def _file(values: Mapping[str, Value], _seed: int) -> Network:
    roster = str(values["roster_file"])
    return read_network(Path(str(values["network_file"])), Path(roster) if roster else None, values)


FORMS: Mapping[str, Callable[[Mapping[str, Value], int], Network]] = {
    "organization": organization,
    "small_world": _theory(
        lambda v, n, seed: theory.small_world_pairs(n, whole(v, "degree"), number(v, "rewiring"), seed)
    ),
    "regular": _theory(lambda v, n, seed: theory.regular_pairs(n, whole(v, "degree"), seed)),
    "scale_free": _theory(lambda v, n, seed: theory.scale_free_pairs(n, whole(v, "attachment"), seed)),
    "lattice": _theory(lambda v, n, _: theory.lattice_pairs(n, whole(v, "degree"))),
    "complete": _theory(lambda _, n, __: theory.complete_pairs(n)),
    "groups": _theory(lambda v, n, _: theory.group_pairs(n, whole(v, "group_size"))),
    "star": _theory(lambda _, n, __: theory.star_pairs(n)),
    "file": _file,
}
"""Structure by name of the form."""
