"""A handle leads compiled code to the very arrays and numbers of a named tuple."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

from engagesim.engine.handle import Handle, handle
from engagesim.engine.jit import kernel


class Inner(NamedTuple):
    counts: Any
    grid: Any


class Outer(NamedTuple):
    rate: float
    by_role: tuple[float, float, float]
    inner: Inner
    flags: Any


def things() -> Outer:
    grid = np.arange(12, dtype=np.float64).reshape(3, 4)
    return Outer(0.25, (1.0, 2.0, 4.0), Inner(np.array([5, 6, 7], np.int32), grid), np.zeros(2, np.uint8))


@kernel
def look(of: Outer, out: Any) -> None:
    out[0], out[1], out[2] = of.rate, of.by_role[2], of.inner.counts[1]
    out[3], out[4], out[5] = of.inner.grid[2, 1], len(of.flags), of.inner.grid[1:, 2:].sum()


@kernel
def change(of: Outer) -> None:
    of.inner.grid[1] = of.by_role[1]
    of.flags[1] += 3


def test_compiled_code_reads_numbers_arrays_and_tuples_within_tuples():
    out = np.zeros(6)
    look(handle(things()), out)
    assert out.tolist() == [0.25, 4.0, 6.0, 9.0, 2.0, 6.0 + 7.0 + 10.0 + 11.0]


def test_what_compiled_code_writes_is_in_the_arrays():
    here = things()
    change(handle(here))
    assert here.inner.grid.tolist() == [[0, 1, 2, 3], [2, 2, 2, 2], [8, 9, 10, 11]]
    assert here.flags.tolist() == [0, 3]


def test_two_tuples_of_one_kind_share_a_type_and_other_arrays_make_another():
    one, two = Handle(things()), Handle(things())
    other = Handle(things()._replace(flags=np.zeros(2, np.int64)))
    assert one.kind is two.kind
    assert one.kind != other.kind


def test_each_handle_leads_to_its_own_tuple():
    first, second, out = things(), things()._replace(rate=0.75), np.zeros(6)
    look(handle(second), out)
    assert out[0] == 0.75
    look(handle(first), out)
    assert out[0] == 0.25


@pytest.mark.parametrize("wrong", [np.zeros((4, 4))[:, 1], np.zeros(3).view(), 1])
def test_what_a_table_cannot_say_is_refused(wrong: Any):
    if isinstance(wrong, np.ndarray) and wrong.flags.c_contiguous:
        wrong.flags.writeable = False
    with pytest.raises(AssertionError, match="a handle holds float numbers and plain arrays"):
        Handle(things()._replace(flags=wrong))
