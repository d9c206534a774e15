"""M27's own pass before settling: who is recognized."""

from __future__ import annotations

from ..population import Floats
from .company import Company
from .jit import kernel
from .pieces.recognition import look_around


@kernel
def recognize(instruments: Floats, company: Company) -> None:
    """Note who is recognized this week."""
    look_around(instruments, company)
