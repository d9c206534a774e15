"""M23, what becomes usual: members who meet see each other's way of doing things and do what they have seen most.

Plays are bits of a 64-bit word, the latest in the lowest bit: 1 is the new way, 0 the established one.
"""

from __future__ import annotations

from ..draws import u64
from ..parameter import Parameter
from ..rule import rule
from .learning import all_facets, count

LONGEST_MEMORY = 60

PARAMETERS = (
    Parameter(
        "convention_memory", "encounters", 12, "Plays of others that a member goes by, the latest ones.",
        kind="integer", low=1, high=LONGEST_MEMORY, unit="plays", basis="REPORTED",
        source="CentolaBeckerBrackbillBaronchelli2018", why="The memory of their model; swept 3 to 50.",
    ),
    Parameter(
        "committed_share", "encounters", 0.0, "Share of each unit, drawn by lot, that does things a new way, always.",
        static=True, source="CentolaBeckerBrackbillBaronchelli2018",
        why="Nobody by default; they planted 15 to 35 % of committed people.",
    ),
)  # fmt: skip


@rule
def best_reply(plays: int, memory: int, coin: float) -> int:
    """The way, 0 or 1, that most of the last `memory` plays went; `coin` decides where they are even."""
    new = 2 * count(u64(u64(plays) & all_facets(memory)))
    if new == memory:
        return 1 if coin < 0.5 else 0
    return 1 if new > memory else 0


@rule
def remember(plays: int, play: int) -> int:
    """The plays remembered after one more; those beyond the longest memory are forgotten."""
    return u64(u64(u64(u64(plays) << u64(1)) | u64(play)) & all_facets(LONGEST_MEMORY))
