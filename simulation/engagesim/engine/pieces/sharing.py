"""M5 in loops: claims on the pool, payment, stakes."""

from __future__ import annotations

from typing import Any

from ...design.catalogue import slot
from ...population import Floats
from ...rules.sharing import build_stake, shared_part, sharing_key
from ..jit import piece

SHARING_RULE = slot("sharing_rule")
SHARING_WEIGHT = slot("sharing_weight")
STAKE_MEMORY = slot("stake_memory")


@piece
def claims(levers: Floats, role: Any, active: Any, stake: Floats, score: Floats) -> float:
    """Sum of a block's claims on the pool, exact."""
    kind = int(levers[SHARING_RULE])
    total = 0.0
    for i in range(len(stake)):
        total += active[i] * sharing_key(kind, levers[SHARING_WEIGHT + role[i]], score[i], stake[i])
    return total


@piece
def share(levers: Floats, rate: float, role: Any, stake: Floats, score: Floats, shared: Floats) -> None:
    """Write what a block gets from the pool."""
    kind = int(levers[SHARING_RULE])
    for i in range(len(stake)):
        key = sharing_key(kind, levers[SHARING_WEIGHT + role[i]], score[i], stake[i])
        shared[i] = shared_part(rate, key)


@piece
def build_stakes(levers: Floats, value: Floats, stake: Floats, contributed: Floats) -> None:
    """Let this week's value become stake, and add it to the record of the place."""
    memory = levers[STAKE_MEMORY]
    for i in range(len(stake)):
        stake[i] = build_stake(stake[i], value[i], memory)
        contributed[i] = contributed[i] + value[i]
