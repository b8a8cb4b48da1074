"""C[m,n] = A[m,k] B[k,n]: bf16, fp8 with given scales, fp8 with its quantise kernel.

B lies as a linear layer's weight does, transposed in memory. The weights rotate, the
activations stay.
"""

from functools import partial

from case import FULL, QUICK, TINY, Case, shape

# (n, k) of the linear layers of Llama 3 8B, of 70B on 8 devices, their like, and of
# shapes at the edges: square, short k, short n.
SITES = (
    (6144, 4096),
    (4096, 4096),
    (28672, 4096),
    (4096, 14336),
    (128256, 4096),
    (1280, 8192),
    (8192, 1024),
    (7168, 8192),
    (8192, 3584),
    (10240, 8192),
    (8192, 8192),
    (2048, 2048),
    (1024, 1024),
    (16384, 16384),
    (4096, 256),
    (512, 65536),
    (256, 7168),
)
M = (1, 2, 4, 8, 16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536)
LARGE_M = (2048, 3072, 4096, 6144, 8192, 16384)
QUICK_SITES = ((6144, 4096), (4096, 14336), (8192, 8192))
QUICK_M = (1, 16, 128, 512, 2048, 8192)
# fp8 takes a part of the sites.
FP8_SITES = SITES[:4] + SITES[5:9] + ((8192, 8192), (2048, 2048))
FP8_M = (1, 4, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384)
FP8_QUICK_SITES = ((6144, 4096), (8192, 8192))
FP8_QUICK_M = (1, 64, 512, 4096)


def weight(bench, n, k, dtype="bfloat16"):
    """The transposed weight, such that products keep the size of the activations."""
    scale = k**-0.5 if dtype == "bfloat16" else 1.0
    return bench.normal(n, k, dtype=dtype, scale=scale).t()


def bf16Calls(bench, m, n, k):
    """Rotating calls of one product."""
    torch, a = bench.torch, bench.normal(m, k)
    return bench.rotated(
        lambda b, c: torch.mm(a, b, out=c),
        lambda: (weight(bench, n, k), bench.empty(m, n)),
        copyBytes=2 * (n * k + m * n),
    )


def measureBf16(bench, m, n, k):
    return bench.time(bf16Calls(bench, m, n, k))


def scales(bench, m, n, byRow):
    """Scales of A and B: one number each, or one for each row and column."""
    torch = bench.torch
    extents = ((m, 1), (1, n)) if byRow else ((1,), (1,))
    return [
        torch.full(extent, 0.01, device=bench.device, dtype=torch.float32)
        for extent in extents
    ]


def scaledProduct(bench, a, b, scaleA, scaleB):
    """The fp8 product with bf16 result."""
    torch = bench.torch
    return torch._scaled_mm(
        a,
        b,
        scale_a=scaleA,
        scale_b=scaleB,
        out_dtype=torch.bfloat16,
        use_fast_accum=True,
    )


def measureFp8(bench, m, n, k, byRow):
    a = bench.normal(m, k, dtype="float8_e4m3fn")
    scaleA, scaleB = scales(bench, m, n, byRow)
    return bench.time(
        bench.rotated(
            lambda b: scaledProduct(bench, a, b, scaleA, scaleB),
            lambda: (weight(bench, n, k, "float8_e4m3fn"),),
            copyBytes=n * k + 2 * m * n,
        )
    )


def measureWithQuantise(bench, m, n, k, byRow):
    kernels, x = bench.kernels, bench.normal(m, k)
    a = bench.empty(m, k, dtype="float8_e4m3fn")
    largest = bench.empty(1, dtype="float32")
    scaleA, scaleB = scales(bench, m, n, byRow)

    def product(b):
        if byRow:
            kernels.quantizeRows(x, a, scaleA)
        else:
            kernels.absMax(x, largest)
            kernels.quantizeByMax(x, largest, a, scaleA)
        return scaledProduct(bench, a, b, scaleA, scaleB)

    return bench.time(
        bench.rotated(
            product,
            lambda: (weight(bench, n, k, "float8_e4m3fn"),),
            copyBytes=n * k + 2 * m * n,
        )
    )


def sites():
    """(m, n, k) and level of the bf16 products."""
    yield 64, 128, 256, TINY
    for n, k in SITES:
        for m in M + LARGE_M:
            quick = (n, k) in QUICK_SITES and m in QUICK_M
            yield m, n, k, QUICK if quick else FULL


def fp8Sites():
    """(m, n, k) and level of the fp8 products."""
    yield 64, 128, 256, TINY
    for n, k in FP8_SITES:
        for m in FP8_M:
            quick = (n, k) in FP8_QUICK_SITES and m in FP8_QUICK_M
            yield m, n, k, QUICK if quick else FULL


def cases():
    for m, n, k, level in sites():
        yield Case(
            "gemm",
            "gemm",
            "bf16",
            shape(m=m, n=n, k=k),
            "cublas",
            partial(measureBf16, m=m, n=n, k=k),
            level,
        )
    for m, n, k, level in fp8Sites():
        for byRow, scaling in ((False, "tensor"), (True, "row")):
            extents = dict(m=m, n=n, k=k, byRow=byRow)
            yield Case(
                "gemm",
                "gemm",
                "fp8_e4m3",
                shape(m=m, n=n, k=k),
                f"scaled_mm-{scaling}",
                partial(measureFp8, **extents),
                level,
            )
            yield Case(
                "gemm",
                "gemm_with_act_quant",
                "fp8_e4m3",
                shape(m=m, n=n, k=k),
                f"triton+scaled_mm-{scaling}",
                partial(measureWithQuantise, **extents),
                level,
            )
