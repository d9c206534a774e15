"""A hint to the processor to fetch a line of memory before it is needed; it changes no result."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, overload

from .jit import INLINED


def prefetch(address: int) -> None:
    """Ask for the cache line at `address`; without compilation, do nothing."""


@intrinsic  # type: ignore[untyped-decorator]
def _prefetch_line(_typing: Any, _address: Any) -> Any:
    def codegen(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
        name = "llvm.prefetch.p0"
        function = builder.module.globals.get(name) or ir.Function(builder.module, kind, name)
        read, keep, data = flag(0), flag(3), flag(1)
        builder.call(function, [builder.inttoptr(args[0], byte), read, keep, data])
        return context.get_dummy_value()

    return types.void(types.intp), codegen


@overload(prefetch, jit_options=INLINED)
def _prefetch(address):  # type: ignore[no-untyped-def]  # noqa: ARG001  # Numba compares the two signatures, annotations included
    return lambda address: _prefetch_line(address)
