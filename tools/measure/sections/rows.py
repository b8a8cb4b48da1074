"""Kernels that work row by row: softmax, normalisations, activations, rotation.

`eager` is PyTorch's own kernel. Where PyTorch has none, or splits the work, there is
one in Triton too, and the faster of both is what a library reaches. Inputs rotate.
"""

from functools import partial

from case import FULL, QUICK, TINY, Case, shape

ROWS = (1, 16, 64, 256, 1024, 2048, 4096, 8192, 16384, 65536)
COLUMNS = (1024, 4096, 8192, 16384)
QUICK_ROWS = (16, 2048, 16384)
QUICK_COLUMNS = 4096
# (query heads, heads of keys, width of a head)
ROTATED_HEADS = ((32, 8, 128), (64, 8, 128), (16, 16, 64), (8, 1, 256))


def measureEager(bench, op, rows, columns):
    functions = bench.torch.nn.functional
    weight, bias = bench.normal(columns), bench.normal(columns)
    kernel = {
        "softmax": lambda x: functions.softmax(x, dim=-1),
        "rmsnorm": lambda x: functions.rms_norm(x, (columns,), weight, 1e-5),
        "layernorm": lambda x: functions.layer_norm(x, (columns,), weight, bias),
        "gelu": lambda x: functions.gelu(x, approximate="tanh"),
    }[op]
    return bench.time(
        bench.rotated(
            kernel, lambda: (bench.normal(rows, columns),), 4 * rows * columns
        )
    )


def measureFused(bench, op, rows, columns):
    kernels, weight = bench.kernels, bench.normal(columns)
    kernel, inner = {
        "rmsnorm": (lambda x, out: kernels.rmsNorm(x, weight, out), columns),
        "silu_and_mul": (kernels.siluAndMul, 2 * columns),
    }[op]
    return bench.time(
        bench.rotated(
            kernel,
            lambda: (bench.normal(rows, inner), bench.empty(rows, columns)),
            2 * rows * (inner + columns),
        )
    )


def measureRope(bench, tokens, q_heads, kv_heads, head_dim):
    torch = bench.torch
    angles = bench.normal(tokens, head_dim // 2, dtype="float32")
    cosine, sine = torch.cos(angles), torch.sin(angles)
    return bench.time(
        bench.rotated(
            lambda q, k: bench.kernels.rope(q, k, cosine, sine),
            lambda: [bench.normal(tokens, h, head_dim) for h in (q_heads, kv_heads)],
            2 * tokens * (q_heads + kv_heads) * head_dim,
        )
    )


def rowCases(op, implementation, measure, key="cols"):
    sizes = [(4, 256, TINY)]
    for columns in COLUMNS:
        for rows in ROWS:
            quick = rows in QUICK_ROWS and columns == QUICK_COLUMNS
            sizes.append((rows, columns, QUICK if quick else FULL))
    for rows, columns, level in sizes:
        yield Case(
            "rows",
            op,
            "bf16",
            shape(rows=rows, **{key: columns}),
            implementation,
            partial(measure, op=op, rows=rows, columns=columns),
            level,
        )


def ropeCases():
    sizes = [(4, 4, 2, 64, TINY)]
    for heads in ROTATED_HEADS:
        for tokens in ROWS:
            quick = tokens in QUICK_ROWS and heads == ROTATED_HEADS[0]
            sizes.append((tokens, *heads, QUICK if quick else FULL))
    for *extents, level in sizes:
        named = dict(zip(("tokens", "q_heads", "kv_heads", "head_dim"), extents))
        yield Case(
            "rows",
            "rope",
            "bf16",
            shape(**named),
            "triton",
            partial(measureRope, **named),
            level,
        )


def cases():
    yield from rowCases("softmax", "eager", measureEager)
    yield from rowCases("rmsnorm", "eager", measureEager)
    yield from rowCases("rmsnorm", "triton", measureFused)
    yield from rowCases("layernorm", "eager", measureEager)
    yield from rowCases("gelu", "eager", measureEager, key="cols_out")
    yield from rowCases("silu_and_mul", "triton", measureFused, key="cols_out")
    yield from ropeCases()
