"""One file per mechanism: its parameters and its pure rule functions. No loops, no arrays, no input or output."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from . import (
    contract,
    cooperation,
    creation,
    exhaustion,
    media,
    motivation,
    norm,
    participation,
    push,
    rewards,
    sharing,
    ties,
    turnover,
)

MECHANISMS: tuple[Mechanism, ...] = (
    norm.MECHANISM,
    cooperation.MECHANISM,
    push.MECHANISM,
    creation.MECHANISM,
    sharing.MECHANISM,
    motivation.MECHANISM,
    contract.MECHANISM,
    exhaustion.MECHANISM,
    ties.MECHANISM,
    turnover.MECHANISM,
    participation.MECHANISM,
    media.MECHANISM,
)
"""In the order of their codes. A new mechanism: one file, one line here, its calls in both engines."""

PARAMETERS: tuple[Parameter, ...] = (*(p for m in MECHANISMS for p in m.parameters), *rewards.PARAMETERS)
