"""Bandwidth by size: kernels that read and write a buffer once.

`cache=cold` spreads the calls over so many buffers that each reads from memory;
`cache=warm` has one set of buffers, so that small ones stay in the L2 cache.
"""

from functools import partial

from case import FULL, QUICK, TINY, Case, shape

COLUMNS = 8192
ELEMENT_BYTES = 2
# Of one buffer.
SIZES = tuple(
    size << 10
    for size in (
        *(16, 64, 256, 512, 1024, 2048, 4096, 8192, 16384, 24576, 32768, 49152),
        *(65536, 131072, 262144, 524288, 1048576, 2097152, 4194304),
    )
)
QUICK_SIZES = tuple(size << 20 for size in (1, 8, 64, 512))
# How many buffers a call touches.
BUFFERS = {"copy": 2, "add": 3, "transpose": 2, "sum_rows": 1, "sum_all": 1}


def kernelOf(torch, op):
    """The function of an op: inputs and the output -> what it wrote."""
    return {
        "copy": lambda x, out: out.copy_(x),
        "add": lambda x, y, out: torch.add(x, y, out=out),
        "transpose": lambda x, out: out.copy_(x.t()),
        "sum_rows": lambda x, out: torch.sum(x, dim=1, out=out),
        "sum_all": lambda x, out: torch.sum(x, dim=(0, 1), out=out),
    }[op]


def measure(bench, op, rows, columns, cold):
    def buffers():
        inputs = [bench.normal(rows, columns) for _ in range(2 if op == "add" else 1)]
        extents = {
            "transpose": (columns, rows),
            "sum_rows": (rows,),
            "sum_all": (),
        }.get(op, (rows, columns))
        return *inputs, bench.empty(*extents)

    callBytes = BUFFERS[op] * rows * columns * ELEMENT_BYTES
    copies = bench.coldCopiesOf(callBytes) if cold else 1
    timing = bench.time(
        bench.rotated(kernelOf(bench.torch, op), buffers, copies=copies)
    )
    return timing.noting(bytes_per_s=round(callBytes / timing.us * 1e6))


def cases():
    for op in BUFFERS:
        for size in (2 * COLUMNS * ELEMENT_BYTES, *SIZES):
            tiny = size == 2 * COLUMNS * ELEMENT_BYTES
            rows = size // (COLUMNS * ELEMENT_BYTES)
            for state in ("cold", "warm"):
                level = TINY if tiny else QUICK if size in QUICK_SIZES else FULL
                yield Case(
                    "streaming",
                    op,
                    "bf16",
                    shape(rows=rows, cols=COLUMNS, cache=state),
                    "eager",
                    partial(
                        measure, op=op, rows=rows, columns=COLUMNS, cold=state == "cold"
                    ),
                    level,
                )
