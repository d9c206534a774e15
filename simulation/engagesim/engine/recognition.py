"""M27's own pass before settling: who is recognized."""

from __future__ import annotations

from ..population import Floats
from .company import Company
from .jit import piece
from .pieces.recognition import look_around


@piece
def recognize(instruments: Floats, company: Company) -> None:
    """Note who is recognized this week."""
    look_around(instruments, company)
