"""The kernels that turn bf16 activations into fp8, each by itself.

`fp8_compute_scale_absmax` finds the largest absolute value of a matrix,
`fp8_quantize_scale_matrix` divides by a scale that is there, and
`fp8_dynamic_quantize_rows` does both row by row in one kernel.
"""

from functools import partial

from case import FULL, QUICK, TINY, Case, shape

M = (1, 8, 32, 128, 512, 1024, 4096, 16384)
K = (1024, 4096, 8192, 14336, 28672)
QUICK_M = (1, 512, 4096)
OPS = (
    "fp8_compute_scale_absmax",
    "fp8_quantize_scale_matrix",
    "fp8_dynamic_quantize_rows",
)


def measure(bench, op, m, k):
    kernels = bench.kernels
    largest, scale = (bench.empty(1, dtype="float32") for _ in range(2))
    largest.fill_(4.0)
    rowScales = bench.empty(m, 1, dtype="float32")
    kernel = {
        OPS[0]: lambda x, out: kernels.absMax(x, largest),
        OPS[1]: lambda x, out: kernels.quantizeByMax(x, largest, out, scale),
        OPS[2]: lambda x, out: kernels.quantizeRows(x, out, rowScales),
    }[op]
    return bench.time(
        bench.rotated(
            kernel,
            lambda: (bench.normal(m, k), bench.empty(m, k, dtype="float8_e4m3fn")),
            3 * m * k,
        )
    )


def cases():
    sizes = [(4, 256, TINY)]
    for k in K:
        for m in M:
            sizes.append((m, k, QUICK if m in QUICK_M and k == 4096 else FULL))
    for op in OPS:
        for m, k, level in sizes:
            yield Case(
                "quantize",
                op,
                "bf16->fp8",
                shape(m=m, k=k),
                "triton",
                partial(measure, op=op, m=m, k=k),
                level,
            )
