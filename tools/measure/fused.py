"""Kernels that libraries have and PyTorch has not, or not as one: in Triton.

Imported when a case needs one. plain.py says what each computes.
"""

import torch
import triton
import triton.language as tl

FP8_MAX = tl.constexpr(448.0)
# Rows up to this many elements are held in registers, longer ones are read twice.
ROW_LIMIT = 16384
# Elements of a program that works through a flat range.
BLOCK = 4096


def warpsFor(block):
    """Warps for a program that holds so many elements: up to 32 for each thread."""
    return max(1, min(16, block // 512))


@triton.jit
def _nothing():
    pass


def nothing():
    _nothing[(1,)](num_warps=1)


@triton.jit
def _quantizeRows(x, out, scales, columns, BLOCK: tl.constexpr, HELD: tl.constexpr):
    row = tl.program_id(0).to(tl.int64)
    offsets = tl.arange(0, BLOCK)
    if HELD:
        inside = offsets < columns
        values = tl.load(x + row * columns + offsets, mask=inside, other=0).to(
            tl.float32
        )
        scale = tl.maximum(tl.max(tl.abs(values)), 1e-12) / FP8_MAX
        quantized = tl.clamp(values / scale, -FP8_MAX, FP8_MAX)
        tl.store(
            out + row * columns + offsets,
            quantized.to(out.dtype.element_ty),
            mask=inside,
        )
    else:
        largest = tl.zeros((BLOCK,), tl.float32)
        for start in range(0, columns, BLOCK):
            inside = start + offsets < columns
            values = tl.load(
                x + row * columns + start + offsets, mask=inside, other=0
            ).to(tl.float32)
            largest = tl.maximum(largest, tl.abs(values))
        scale = tl.maximum(tl.max(largest), 1e-12) / FP8_MAX
        for start in range(0, columns, BLOCK):
            inside = start + offsets < columns
            values = tl.load(
                x + row * columns + start + offsets, mask=inside, other=0
            ).to(tl.float32)
            quantized = tl.clamp(values / scale, -FP8_MAX, FP8_MAX)
            tl.store(
                out + row * columns + start + offsets,
                quantized.to(out.dtype.element_ty),
                mask=inside,
            )
    tl.store(scales + row, scale)


def quantizeRows(x, out, scales):
    rows, columns = x.shape
    held = columns <= ROW_LIMIT
    block = triton.next_power_of_2(columns) if held else BLOCK
    _quantizeRows[(rows,)](
        x, out, scales, columns, BLOCK=block, HELD=held, num_warps=warpsFor(block)
    )


@triton.jit
def _absMax(x, out, count, BLOCK: tl.constexpr):
    offsets = tl.program_id(0).to(tl.int64) * BLOCK + tl.arange(0, BLOCK)
    values = tl.load(x + offsets, mask=offsets < count, other=0).to(tl.float32)
    tl.atomic_max(out, tl.max(tl.abs(values)))


def absMax(x, out):
    out.zero_()
    _absMax[(triton.cdiv(x.numel(), BLOCK),)](
        x, out, x.numel(), BLOCK=BLOCK, num_warps=warpsFor(BLOCK)
    )


@triton.jit
def _quantizeByMax(x, largest, out, scale, count, BLOCK: tl.constexpr):
    program = tl.program_id(0).to(tl.int64)
    offsets = program * BLOCK + tl.arange(0, BLOCK)
    inside = offsets < count
    factor = tl.maximum(tl.load(largest), 1e-12) / FP8_MAX
    values = tl.load(x + offsets, mask=inside, other=0).to(tl.float32)
    quantized = tl.clamp(values / factor, -FP8_MAX, FP8_MAX)
    tl.store(out + offsets, quantized.to(out.dtype.element_ty), mask=inside)
    if program == 0:
        tl.store(scale, factor)


def quantizeByMax(x, largest, out, scale):
    _quantizeByMax[(triton.cdiv(x.numel(), BLOCK),)](
        x, largest, out, scale, x.numel(), BLOCK=BLOCK, num_warps=warpsFor(BLOCK)
    )


@triton.jit
def _siluAndMul(x, out, columns, BLOCK: tl.constexpr):
    row = tl.program_id(0).to(tl.int64)
    offsets = tl.program_id(1) * BLOCK + tl.arange(0, BLOCK)
    inside = offsets < columns
    gate = tl.load(x + row * 2 * columns + offsets, mask=inside, other=0).to(tl.float32)
    up = tl.load(x + row * 2 * columns + columns + offsets, mask=inside, other=0)
    result = gate * tl.sigmoid(gate) * up.to(tl.float32)
    tl.store(out + row * columns + offsets, result.to(out.dtype.element_ty), inside)


def siluAndMul(x, out):
    rows, columns = out.shape
    block = min(2048, triton.next_power_of_2(columns))
    _siluAndMul[(rows, triton.cdiv(columns, block))](
        x, out, columns, BLOCK=block, num_warps=4
    )


@triton.jit
def _rmsNorm(x, weight, out, columns, BLOCK: tl.constexpr):
    row = tl.program_id(0).to(tl.int64)
    offsets = tl.arange(0, BLOCK)
    inside = offsets < columns
    values = tl.load(x + row * columns + offsets, mask=inside, other=0).to(tl.float32)
    scale = tl.rsqrt(tl.sum(values * values) / columns + 1e-5)
    factors = tl.load(weight + offsets, mask=inside, other=0).to(tl.float32)
    result = values * scale * factors
    tl.store(out + row * columns + offsets, result.to(out.dtype.element_ty), inside)


def rmsNorm(x, weight, out):
    rows, columns = x.shape
    block = triton.next_power_of_2(columns)
    _rmsNorm[(rows,)](x, weight, out, columns, BLOCK=block, num_warps=warpsFor(block))


@triton.jit
def _rotateHeads(x, token, group, heads, c, s, HALF: tl.constexpr, GROUP: tl.constexpr):
    head = group * GROUP + tl.arange(0, GROUP)
    lanes = tl.arange(0, HALF)
    places = x + (token * heads + head[:, None]) * 2 * HALF + lanes[None, :]
    inside = (head < heads)[:, None]
    first = tl.load(places, mask=inside, other=0).to(tl.float32)
    second = tl.load(places + HALF, mask=inside, other=0).to(tl.float32)
    kind = x.dtype.element_ty
    tl.store(places, (first * c - second * s).to(kind), mask=inside)
    tl.store(places + HALF, (second * c + first * s).to(kind), mask=inside)


@triton.jit
def _rope(q, k, cosine, sine, qHeads, kHeads, HALF: tl.constexpr, GROUP: tl.constexpr):
    token = tl.program_id(0).to(tl.int64)
    group = tl.program_id(1)
    lanes = tl.arange(0, HALF)
    c = tl.load(cosine + token * HALF + lanes)[None, :]
    s = tl.load(sine + token * HALF + lanes)[None, :]
    groups = tl.cdiv(qHeads, GROUP)
    if group < groups:
        _rotateHeads(q, token, group, qHeads, c, s, HALF, GROUP)
    else:
        _rotateHeads(k, token, group - groups, kHeads, c, s, HALF, GROUP)


def rope(q, k, cosine, sine):
    tokens, qHeads, head = q.shape
    kHeads, group = k.shape[1], 8
    programs = triton.cdiv(qHeads, group) + triton.cdiv(kHeads, group)
    _rope[(tokens, programs)](
        q, k, cosine, sine, qHeads, kHeads, HALF=head // 2, GROUP=group, num_warps=4
    )


@triton.jit
def _readPasses(source, sink, count, passes, BLOCK: tl.constexpr):
    program = tl.program_id(0)
    lanes = tl.arange(0, BLOCK)
    total = tl.zeros((BLOCK,), tl.float32)
    for _ in range(passes):
        for start in range(program * BLOCK, count, tl.num_programs(0) * BLOCK):
            offsets = start + lanes
            # .cg leaves the L1 cache out.
            total += tl.load(
                source + offsets, mask=offsets < count, other=0, cache_modifier=".cg"
            )
    tl.store(sink + program * BLOCK + lanes, total)


def _readers(device):
    """As many programs of readPasses as run at once."""
    return 4 * torch.cuda.get_device_properties(device).multi_processor_count


def readPasses(source, sink, passes):
    _readPasses[(sink.numel() // BLOCK,)](
        source, sink, source.numel(), passes, BLOCK=BLOCK, num_warps=8
    )


def readSinkElements(device):
    return _readers(device) * BLOCK
