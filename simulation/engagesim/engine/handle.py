"""Everything a run works on, handed to compiled code by one address.

Compiled code takes a tuple of arrays apart: handed over as they are, the hundred arrays of a company become seven
hundred arguments of every loop that is given the company, and most of the time of the first compilation went into
packing and unpacking them. A handle is the address of a table of their addresses; `company.members.trust` looks up the
one array that is used. What the table says never changes while compiled code has it, and the compiler is told so.
"""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, register_model, typeof_impl, unbox
from numba.np.arrayobj import make_array, populate_array

T = TypeVar("T")
NUMBERS = (types.float64, numba.typeof((0.0, 0.0, 0.0)))
"""What the tuples may hold besides arrays."""
KNOWN: dict[Any, types.Type] = {}
"""Types that were found before."""


class HandleType(types.Type):
    """Type of the handle of a named tuple: its fields, each with its type and its first word in the table."""

    def __init__(self, name: str, fields: tuple[tuple[str, types.Type], ...]) -> None:
        self.fields = dict(fields)
        self.first: dict[str, int] = {}
        self.words = 0
        for field, kind in fields:
            self.first[field] = self.words
            self.words += _words(kind)
        digest = hashlib.sha256(repr(fields).encode()).hexdigest()[:12]
        super().__init__(name=f"{name}.{digest}")  # short: it becomes part of the name of every function that takes it


class Handle:
    """A named tuple of arrays, numbers and further such tuples, with the table that compiled code reads.

    Attributes:
        of: the tuple itself, kept alive.
        table: uint64[words], addresses and lengths of the arrays, and the numbers.
        kind: type for compiled code.
    """

    __slots__ = ("address", "kind", "of", "table")

    def __init__(self, of: Any) -> None:
        self.of = of
        self.kind = _kind(of)
        self.table = np.array(_entries(of), dtype=np.uint64)
        self.address = int(self.table.ctypes.data)


def handle(of: T) -> T:
    """What to give to compiled code in place of the named tuple `of`: a handle, or itself where nothing is compiled."""
    return of if numba.config.DISABLE_JIT else cast("T", Handle(of))


def _shape_of(value: Any) -> Any:
    """What the type of a value depends on; much quicker to find than the type."""
    if isinstance(value, np.ndarray):
        return value.dtype.char, value.ndim, value.flags.carray
    return (type(value), *map(_shape_of, value)) if isinstance(value, tuple) else type(value)


def _kind(value: Any) -> types.Type:
    shape = _shape_of(value)
    if shape not in KNOWN:
        KNOWN[shape] = _new_kind(value)
    return KNOWN[shape]


def _new_kind(value: Any) -> types.Type:
    if hasattr(value, "_fields"):
        fields = zip(value._fields, map(_new_kind, value), strict=True)
        return HandleType(type(value).__name__, tuple(fields))
    found: types.Type = numba.typeof(value)
    ours = found.layout == "C" and found.mutable if isinstance(found, types.Array) else found in NUMBERS
    assert ours, f"a handle holds float numbers and plain arrays, not {found}"
    return found


def _words(kind: types.Type) -> int:
    if isinstance(kind, HandleType):
        return int(kind.words)
    if isinstance(kind, types.Array):
        return 1 + int(kind.ndim)
    return int(getattr(kind, "count", 1))


def _entries(value: Any) -> list[int]:
    if isinstance(value, np.ndarray):
        return [value.__array_interface__["data"][0], *value.shape]
    if isinstance(value, tuple):
        return [entry for part in value for entry in _entries(part)]
    return [int(np.float64(value).view(np.uint64))]


@typeof_impl.register(Handle)  # type: ignore[untyped-decorator]
def _typeof_handle(value: Handle, _context: Any) -> types.Type:
    return value.kind


@register_model(HandleType)
class _HandleModel(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: HandleType) -> None:
        super().__init__(manager, kind, ir.IntType(64).as_pointer())


@unbox(HandleType)  # type: ignore[untyped-decorator]
def _unbox_handle(_kind: HandleType, value: Any, c: Any) -> NativeValue:
    number = c.pyapi.object_getattr_string(value, "address")
    address = c.pyapi.long_as_ulonglong(number)
    c.pyapi.decref(number)
    pointer = c.builder.inttoptr(address, ir.IntType(64).as_pointer())
    return NativeValue(pointer, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@infer_getattr
class _HandleAttribute(AttributeTemplate):  # type: ignore[misc]
    key = HandleType

    def generic_resolve(self, kind: HandleType, name: str) -> types.Type | None:
        return kind.fields.get(name)


@lower_getattr_generic(HandleType)  # type: ignore[untyped-decorator]
def _look_up(context: Any, builder: Any, kind: HandleType, table: Any, name: str) -> Any:
    field, first = kind.fields[name], kind.first[name]
    if isinstance(field, HandleType):
        return builder.gep(table, [ir.IntType(64)(first)])
    if isinstance(field, types.Array):
        return _array(context, builder, field, [_entry(builder, table, first + k) for k in range(1 + field.ndim)])
    numbers = [builder.bitcast(_entry(builder, table, first + k), ir.DoubleType()) for k in range(_words(field))]
    if hasattr(field, "count"):
        return context.make_tuple(builder, field, numbers)
    return numbers[0]


def _entry(builder: Any, table: Any, word: int) -> Any:
    """A word of the table, which the compiler may read once and keep."""
    found = builder.load(builder.gep(table, [ir.IntType(64)(word)]))
    found.set_metadata("invariant.load", builder.module.add_metadata([]))
    return found


def _array(context: Any, builder: Any, kind: types.Array, entries: list[Any]) -> Any:
    size = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    found = make_array(kind)(context, builder)
    pointer = builder.inttoptr(entries[0], context.get_data_type(kind.dtype).as_pointer())
    shape = entries[1:]
    strides = [ir.IntType(64)(size)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    populate_array(found, data=pointer, shape=shape, strides=strides, itemsize=ir.IntType(64)(size), meminfo=None)
    return found._getvalue()
