"""Who is tied to whom and where in the organization everybody is, from a network onto the members."""

from __future__ import annotations

from collections.abc import Sequence

from ..structures.network import FREE, Network
from .member import Member
from .tie import Tie


def tie_up(members: Sequence[Member], network: Network, room: int) -> list[Tie]:
    """Give every member its row of ties, `room` for more, and its place in the organization; returns all ties."""
    made: dict[tuple[int, int], Tie] = {}
    columns = (column.tolist() for column in (network.unit, network.manager, network.level, network.spans))
    for i, (member, position) in enumerate(zip(members, zip(*columns, strict=True), strict=True)):
        row = range(network.start[i], network.start[i + 1])
        member.room = len(row) + room
        member.ties = [_tie(members, i, network, s, made) for s in row if network.kind[s] != FREE]
        member.sum_ties()
        member.unit, member.manager, member.level, member.span = position
    return list(made.values())


def _tie(members: Sequence[Member], i: int, network: Network, s: int, made: dict[tuple[int, int], Tie]) -> Tie:
    """The tie of i in slot s; one object for both ends."""
    j = int(network.neighbour[s])
    pair = (min(i, j), max(i, j))
    if pair not in made:
        made[pair] = Tie(members[pair[0]], members[pair[1]], int(network.kind[s]), float(network.strength[s]))
    return made[pair]
