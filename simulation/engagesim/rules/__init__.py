"""One file per mechanism: its parameters and its pure rule functions. No loops, no arrays, no input or output."""

from __future__ import annotations

from ..parameter import Mechanism, Parameter
from . import (
    adoption,
    contract,
    cooperation,
    creation,
    encounters,
    estimates,
    evaluation,
    exhaustion,
    extraction,
    imitation,
    knowledge,
    learning,
    market,
    media,
    momentum,
    motivation,
    norm,
    participation,
    pooling,
    portability,
    push,
    reciprocity,
    recognition,
    rewards,
    sharing,
    ties,
    turnover,
    values,
)

MECHANISMS: tuple[Mechanism, ...] = (
    norm.MECHANISM,
    cooperation.MECHANISM,
    push.MECHANISM,
    creation.MECHANISM,
    sharing.MECHANISM,
    evaluation.MECHANISM,
    motivation.MECHANISM,
    extraction.MECHANISM,
    contract.MECHANISM,
    exhaustion.MECHANISM,
    ties.MECHANISM,
    turnover.MECHANISM,
    portability.MECHANISM,
    values.MECHANISM,
    reciprocity.MECHANISM,
    imitation.MECHANISM,
    learning.MECHANISM,
    estimates.MECHANISM,
    knowledge.MECHANISM,
    adoption.MECHANISM,
    participation.MECHANISM,
    media.MECHANISM,
    encounters.MECHANISM,
    pooling.MECHANISM,
    market.MECHANISM,
    momentum.MECHANISM,
    recognition.MECHANISM,
)
"""In the order of their codes. A new mechanism: one file, one line here, its calls in both engines."""

PARAMETERS: tuple[Parameter, ...] = (*(p for m in MECHANISMS for p in m.parameters), *rewards.PARAMETERS)
