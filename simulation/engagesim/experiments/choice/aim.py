"""What schemes are chosen for."""

from __future__ import annotations

from dataclasses import dataclass

from ...outcomes import BY_NAME

Fitted = tuple[tuple[str, float, float], ...]
"""Name of a design, its `return_share` as written, and as it was compared."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What schemes are chosen for.

    Attributes:
        measure: one of `cases.TOLD`.
        window: early, late, whole or end.
        group: whose.
        matters: smallest difference of it that matters, fixed before looking.
        budget: cost per member-week, beyond the baseline's, that all schemes were set to; None if they were not.
        fitted: designs whose `return_share` was set so that they cost that: name, as written, as compared.
    """

    measure: str = "participation"
    window: str = "late"
    group: str = "everyone"
    matters: float = 0.02
    budget: float | None = None
    fitted: Fitted = ()

    @property
    def sign(self) -> float:
        """1 where more of it is better, -1 where less is."""
        return -1.0 if BY_NAME[self.measure].better < 0 else 1.0
