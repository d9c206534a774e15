"""Numbers as JSON can hold them."""

from __future__ import annotations

from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

DIGITS = 7


@overload
def rounded(values: NDArray[np.floating[Any]], digits: int = ...) -> list[float | None]: ...
@overload
def rounded(values: float | np.floating[Any], digits: int = ...) -> float | None: ...
def rounded(values: Any, digits: int = DIGITS) -> Any:
    """Numbers to so many digits; None for what is not there."""
    if isinstance(values, np.ndarray):
        return [rounded(v, digits) for v in values.tolist()]
    return None if values != values else float(f"{values:.{digits}g}")
