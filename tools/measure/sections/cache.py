"""The L2 cache: one kernel that reads a working set again and again.

The time is that of all passes; the details have the rate. The rate falls where the
set no longer fits.
"""

from functools import partial

from case import FULL, QUICK, TINY, Case, shape

SETS = tuple(
    size << 20
    for size in (
        *(1, 2, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64),
        *(72, 80, 96, 112, 128, 160, 192, 256, 512, 1024),
    )
)
QUICK_SETS = tuple(size << 20 for size in (4, 16, 32, 48, 64, 128, 512))
# What all passes read, in bytes.
TRAFFIC = 4 << 30
ELEMENT_BYTES = 4


def measure(bench, size, passes):
    source = bench.normal(size // ELEMENT_BYTES, dtype="float32")
    sink = bench.empty(bench.kernels.readSinkElements(bench.device), dtype="float32")
    timing = bench.time([lambda: bench.kernels.readPasses(source, sink, passes)])
    return timing.noting(bytes_per_s=round(size * passes / timing.us * 1e6))


def cases():
    sizes = [(1 << 20, 2, TINY)]
    for size in SETS:
        level = QUICK if size in QUICK_SETS else FULL
        sizes.append((size, max(4, TRAFFIC // size), level))
    for size, passes, level in sizes:
        yield Case(
            "cache",
            "cache_read",
            "f32",
            shape(bytes=size, passes=passes),
            "triton",
            partial(measure, size=size, passes=passes),
            level,
        )
