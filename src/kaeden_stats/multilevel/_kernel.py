"""The compiled loops of the streamed pass. Private.

Sums are kept as pairs of doubles, as in `_exact`; eight or four of them move at once, in
vectors that the processor has or LLVM makes of what it has. Arrays are one-dimensional:
where a sum lies is worked out in `_records`.
"""

from typing import NamedTuple

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from kaeden_stats.multilevel._compiled import compiled

BLOCK = 64
"""Rows whose numbers are laid out before any is summed: a processor waits where it reads
as a vector what it has just written number by number."""
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
"""2⁶⁴ divided by the golden ratio: multiplied by it, keys spread over a table."""
DOUBLE = ir.DoubleType()


def room(plan: "Plan") -> NDArray[np.float64]:
    """Return room for a number for each place of the rows that are laid out at once."""
    return np.zeros(BLOCK * (plan.lanes + plan.width))


class Plan(NamedTuple):
    """Where a record keeps which sum; see `_records.Layout`."""

    lanes: int
    width: int
    size: int
    part_starts: NDArray[np.int64]
    parts: NDArray[np.int64]
    first_lanes: NDArray[np.int64]
    spans: NDArray[np.int64]
    within: NDArray[np.int64]
    slots: NDArray[np.int64]
    cells: NDArray[np.int64]
    cell_rows: NDArray[np.int64]
    cell_columns: NDArray[np.int64]
    values: NDArray[np.int64]
    rows: int
    logs: int


# What numba compiles is never seen by a tracer: the tests reach it through `_stream`.


def _pointer(
    context, builder, kind, array, place, count
):  # pragma: no cover  # runs in the compiler
    """Return where `count` doubles of an array begin."""
    start = context.make_array(kind)(context, builder, array).data
    vector = ir.VectorType(DOUBLE, count)
    return builder.bitcast(builder.gep(start, [place]), vector.as_pointer())


def _fused(builder, a, b, c):  # pragma: no cover  # runs in the compiler
    """Return a·b + c of vectors, rounded once."""
    kind = ir.FunctionType(a.type, [a.type] * 3)
    name = f"llvm.fma.v{a.type.count}f64"
    known = cgutils.get_or_insert_function(builder.module, kind, name)
    return builder.call(known, [a, b, c])


def _alike(builder, number, count):  # pragma: no cover  # runs in the compiler
    """Return a vector of one number."""
    vector, whole = ir.VectorType(DOUBLE, count), ir.IntType(32)
    one = builder.insert_element(
        ir.Constant(vector, ir.Undefined), number, ir.Constant(whole, 0)
    )
    first = ir.Constant(ir.VectorType(whole, count), [0] * count)
    return builder.shuffle_vector(one, one, first)


def _add(builder, high, low, more, less):  # pragma: no cover  # runs in the compiler
    """Add a vector, and what is already missing of it, to sums in memory."""
    before = builder.load(high, align=8)
    after = builder.fadd(before, more)
    part = builder.fsub(after, before)
    missed = builder.fadd(
        builder.fsub(before, builder.fsub(after, part)), builder.fsub(more, part)
    )
    missed = missed if less is None else builder.fadd(missed, less)
    builder.store(after, high, align=8)
    builder.store(builder.fadd(builder.load(low, align=8), missed), low, align=8)


def _products(count):  # pragma: no cover  # runs in the compiler
    """Return what adds w·x_i·x_j for `count` i and j side by side."""

    @intrinsic
    def products(_typing, high, low, to, x, i, j, weight, rest):
        place = types.intp
        signature = types.void(high, low, place, x, place, place, weight, rest)

        def generate(context, builder, signature, args):
            high, low, to, x, i, j, w, _rest = args
            kinds = signature.args
            a, b = (
                builder.load(_pointer(context, builder, kinds[3], x, k, count), align=8)
                for k in (i, j)
            )
            found = builder.fmul(a, b)
            missed = _fused(builder, a, b, builder.fneg(found))
            if not isinstance(kinds[7], types.NoneType):
                w = _alike(builder, w, count)
                whole = builder.fmul(found, w)
                rest = _fused(builder, found, w, builder.fneg(whole))
                found, missed = whole, _fused(builder, missed, w, rest)
            ends = (
                _pointer(context, builder, kind, end, to, count)
                for kind, end in zip(kinds, (high, low), strict=False)
            )
            _add(builder, *ends, found, missed)
            return context.get_dummy_value()

        return signature, generate

    return products


def _numbers(count):  # pragma: no cover  # runs in the compiler
    """Return what adds w·x_i, rounded and what that took, for `count` i side by side."""

    @intrinsic
    def numbers(_typing, high, low, to, left, rest, i):
        place = types.intp
        signature = types.void(high, low, place, left, rest, place)

        def generate(context, builder, signature, args):
            high, low, to, left, rest, i = args
            kinds = signature.args
            ends = (
                _pointer(context, builder, kind, end, to, count)
                for kind, end in zip(kinds, (high, low), strict=False)
            )
            more, less = (
                None
                if isinstance(kind, types.NoneType)
                else builder.load(
                    _pointer(context, builder, kind, part, i, count), align=8
                )
                for kind, part in ((kinds[3], left), (kinds[4], rest))
            )
            _add(builder, *ends, more, less)
            return context.get_dummy_value()

        return signature, generate

    return numbers


products_8, numbers_8 = _products(8), _numbers(8)
products_4, numbers_4 = _products(4), _numbers(4)


@intrinsic
def number_at(_typing, address, place):  # pragma: no cover  # runs in the compiler
    """Return the double at a place of a column in memory."""
    signature = types.float64(types.int64, types.int64)

    def generate(_context, builder, _signature, args):
        start = builder.inttoptr(args[0], DOUBLE.as_pointer())
        return builder.load(builder.gep(start, [args[1]]), align=8)

    return signature, generate


@intrinsic
def fused(_typing, a, b, c):  # pragma: no cover  # runs in the compiler
    """Return a·b + c, rounded once."""
    signature = types.float64(types.float64, types.float64, types.float64)

    def generate(_context, builder, _signature, args):
        return builder.fma(*args)

    return signature, generate


@compiled
def add_one(high, low, to, more):  # pragma: no cover  # compiled
    """Add a number to one sum."""
    before = high[to]
    after = before + more
    part = after - before
    low[to] += (before - (after - part)) + (more - part)
    high[to] = after


@compiled
def accumulate(
    high, low, order, group, shift, columns, weight, rest, codes, plan
):  # pragma: no cover  # compiled
    """Add rows to the records of their groups.

    `high` and `low` are the records one after the other; `order` the rows to add;
    `columns` the addresses of the numbers; `codes` (categories, rows); `rest`, where there
    are weights, room for what rounding takes from w·x.
    """
    x = np.zeros(BLOCK * (plan.lanes + plan.width))
    left = x if rest is None else np.zeros(x.size)
    bases = np.empty(BLOCK, dtype=np.int64)
    for start in range(0, order.size, BLOCK):
        rows = order[start : start + BLOCK]
        for b in range(rows.size):
            bases[b] = np.int64(group[rows[b]] >> shift) * plan.size
        lay_out(x, rows, columns, codes, plan)
        if rest is not None:
            weigh(x, left, rest, rows, columns[weight], plan)
        add_products(high, low, bases, x, left, rest, rows.size, plan)
        add_slots(high, low, bases, left, rest, rows, codes, plan)
        add_cells(high, low, bases, left, rest, rows, codes, plan)


@compiled
def lay_out(x, rows, columns, codes, plan):  # pragma: no cover  # compiled
    """Write each row's x, and after it the first half of it again.

    So every product of two of them is x_i·x_(i+d) for some distance d, and those of one
    distance lie side by side.
    """
    lanes = plan.lanes
    stride = lanes + plan.width
    for one in range(plan.within.size):
        first, last = plan.part_starts[one], plan.part_starts[one + 1]
        lane, within = plan.first_lanes[one], plan.within[one]
        for b in range(rows.size):
            r = rows[b]
            value = number_at(columns[plan.parts[first]], r)
            for part in range(first + 1, last):
                value *= number_at(columns[plan.parts[part]], r)
            to = b * stride + lane
            if within >= 0:
                for other in range(plan.spans[one]):
                    x[to + other] = 0.0
                to += codes[within, r]
            x[to] = value
    for b in range(rows.size):
        x[b * stride] = 1.0
        for lane in range(b * stride, b * stride + lanes // 2):
            x[lane + lanes] = x[lane]


@compiled
def weigh(x, left, rest, rows, weights, plan):  # pragma: no cover  # compiled
    """Write w·x of each row, rounded, and what rounding took."""
    for b in range(rows.size):
        w = number_at(weights, rows[b])
        start = b * (plan.lanes + plan.width)
        for lane in range(start, start + plan.lanes):
            left[lane] = w * x[lane]
            rest[lane] = fused(w, x[lane], -left[lane])


@compiled
def add_products(
    high, low, bases, x, left, rest, count, plan
):  # pragma: no cover  # compiled
    """Add w·x_i·x_j."""
    for b in range(count):
        row = b * (plan.lanes + plan.width)
        to = bases[b]
        for distance in range(plan.lanes // 2 + 1):
            i = row
            while i + 8 <= row + plan.width:
                products_8(high, low, to, x, i, i + distance, left[row], rest)
                i += 8
                to += 8
            if i < row + plan.width:
                products_4(high, low, to, x, i, i + distance, left[row], rest)
                to += 4


@compiled
def add_slots(
    high, low, bases, left, rest, rows, codes, plan
):  # pragma: no cover  # compiled
    """Add w·x where the row's values are."""
    for b in range(rows.size):
        row = b * (plan.lanes + plan.width)
        for k in range(plan.slots.size):
            to = bases[b] + plan.slots[k] + np.int64(codes[k, rows[b]]) * plan.width
            i = row
            while i + 8 <= row + plan.width:
                numbers_8(high, low, to, left, rest, i)
                i += 8
                to += 8
            if i < row + plan.width:
                numbers_4(high, low, to, left, rest, i)


@compiled
def add_cells(
    high, low, bases, left, rest, rows, codes, plan
):  # pragma: no cover  # compiled
    """Add w where two values meet; count the row, and add log w."""
    for b in range(rows.size):
        base, r = bases[b], rows[b]
        w = left[b * (plan.lanes + plan.width)]
        for k in range(plan.cells.size):
            i, j = plan.cell_rows[k], plan.cell_columns[k]
            to = base + plan.cells[k] + codes[i, r] * plan.values[j] + codes[j, r]
            if rest is None:
                high[to] += 1.0
            else:
                add_one(high, low, to, w)
        high[base + plan.rows] += 1.0
        if rest is not None:
            add_one(high, low, base + plan.logs, np.log(w))


@compiled
def screen(columns, weight, labels, order, left_out):  # pragma: no cover  # compiled
    """Put the complete rows into `order`; return how many, and how many weights are ≤ 0.

    An incomplete row is counted in `left_out` at the first column that it lacks: numbers
    that are not finite first, then labels with a negative code.
    """
    numbers, rows = columns.size, order.size
    some = False
    for k in range(numbers):
        for r in range(rows):
            value = number_at(columns[k], r)
            some |= value - value != 0.0
    for k in range(labels.shape[0]):
        for r in range(rows):
            some |= labels[k, r] < 0
    kept, refused = 0, 0
    for r in range(rows):
        lacks = -1
        if some:
            for k in range(numbers):
                value = number_at(columns[k], r)
                if lacks < 0 and value - value != 0.0:
                    lacks = k
            for k in range(labels.shape[0]):
                if lacks < 0 and labels[k, r] < 0:
                    lacks = numbers + k
        if lacks >= 0:
            left_out[lacks] += 1
            continue
        if weight >= 0 and number_at(columns[weight], r) <= 0.0:
            refused += 1
            continue
        order[kept] = r
        kept += 1
    return kept, refused


@compiled
def find(
    values, order, done, table, shift, known, count, codes
):  # pragma: no cover  # compiled
    """Number the values of rows; return how many rows were done and values are known.

    Stops where `known` is full. `table` holds value and number side by side, the number
    -1 where there is none.
    """
    mask = np.uint64(table.size // 2 - 1)
    for z in range(done, order.size):
        value = values[order[z]]
        slot = (np.uint64(value) * GOLDEN) >> shift
        while table[2 * slot + 1] >= 0 and table[2 * slot] != value:
            slot = (slot + np.uint64(1)) & mask
        if table[2 * slot + 1] < 0:
            if count == known.size:
                return z, count
            table[2 * slot] = value
            table[2 * slot + 1] = count
            known[count] = value
            count += 1
        codes[order[z]] = table[2 * slot + 1]
    return order.size, count


@compiled
def split(order, group, mask, parted):  # pragma: no cover  # compiled
    """Sort rows by the last bits of their groups, else as they came; return the starts."""
    starts = np.zeros(mask + 2, dtype=np.int64)
    for r in order:
        starts[(group[r] & mask) + 1] += 1
    for part in range(mask + 1):
        starts[part + 1] += starts[part]
    to = starts[:-1].copy()
    for r in order:
        part = group[r] & mask
        parted[to[part]] = r
        to[part] += 1
    return starts
