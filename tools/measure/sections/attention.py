"""Fused attention: causal prefill, and decode of one token, with grouped heads.

Queries, keys and values lie as [batch, position, head, width]. All of them rotate. A
decode implementation `-grouped` has the query heads of a group as rows of one query
tile, as serving kernels do.
"""

from functools import partial

from case import FULL, QUICK, TINY, Case, shape

HEADS = ((32, 8), (64, 8), (8, 1), (32, 32))
WIDTHS = (64, 128, 256)
# (batch, positions)
PREFILL = (
    (1, 128),
    (1, 512),
    (1, 1024),
    (1, 2048),
    (1, 4096),
    (1, 8192),
    (1, 16384),
    (2, 4096),
    (4, 2048),
    (8, 1024),
    (16, 512),
    (64, 128),
)
QUICK_PREFILL = ((1, 1024), (1, 4096), (4, 2048))
BATCHES = (1, 4, 16, 32, 64, 128, 256)
CONTEXTS = (128, 512, 1024, 2048, 4096, 8192, 16384, 65536)
QUICK_DECODE = ((1, 4096), (32, 1024), (32, 4096), (1, 65536))
# Larger caches of keys and values are left out, in bytes.
LARGEST_CACHE = 8 << 30
# The widths other than this are measured for the first heads only in decode.
COMMON_WIDTH = 128


def backendOf(name):
    """PyTorch's name for the backend of an implementation."""
    from torch.nn.attention import SDPBackend

    return {
        "flash": SDPBackend.FLASH_ATTENTION,
        "cudnn": SDPBackend.CUDNN_ATTENTION,
    }[name]


def measure(bench, b, sq, skv, hq, hkv, d, backend, grouped=False):
    """Causal where there are as many queries as keys."""
    from torch.nn.attention import sdpa_kernel
    from torch.nn.functional import scaled_dot_product_attention

    chosen = backendOf(backend)

    def inputs():
        q = bench.normal(b, sq, hq, d).transpose(1, 2)
        if grouped:
            q = q.reshape(b, hkv, hq // hkv, d)
        k, v = (bench.normal(b, skv, hkv, d).transpose(1, 2) for _ in range(2))
        return q, k, v

    def attend(q, k, v):
        with sdpa_kernel(chosen):
            return scaled_dot_product_attention(
                q, k, v, is_causal=sq == skv, enable_gqa=hq != hkv and not grouped
            )

    copyBytes = 2 * b * d * (2 * sq * hq + 2 * skv * hkv)
    return bench.time(bench.rotated(attend, inputs, copyBytes))


def case(op, level, implementation, **extents):
    backend, _, grouped = implementation.partition("-")
    return Case(
        "attention",
        op,
        "bf16/kv_bf16",
        shape(**extents, window=0),
        f"sdpa-{implementation}",
        partial(measure, **extents, backend=backend, grouped=bool(grouped)),
        level,
    )


def prefillCases():
    small = dict(b=1, sq=64, skv=64, hq=4, hkv=2, d=64)
    yield case("attention_prefill_causal", TINY, "flash", **small)
    for b, s in PREFILL:
        for hq, hkv in HEADS:
            for d in WIDTHS:
                quick = (b, s) in QUICK_PREFILL and (hq, hkv, d) == (32, 8, 128)
                for backend in ("flash", "cudnn"):
                    yield case(
                        "attention_prefill_causal",
                        QUICK if quick else FULL,
                        backend,
                        **dict(b=b, sq=s, skv=s, hq=hq, hkv=hkv, d=d),
                    )


def decodeCases():
    small = dict(b=2, sq=1, skv=64, hq=4, hkv=2, d=64)
    for implementation in ("flash", "flash-grouped"):
        yield case("attention_decode", TINY, implementation, **small)
    for hq, hkv in HEADS:
        for d in WIDTHS if (hq, hkv) == HEADS[0] else (COMMON_WIDTH,):
            for b in BATCHES:
                for skv in CONTEXTS:
                    if 4 * b * skv * hkv * d > LARGEST_CACHE:
                        continue
                    quick = (b, skv) in QUICK_DECODE and (hq, hkv, d) == (32, 8, 128)
                    suffix = "-grouped" if hq != hkv else ""
                    for implementation in dict.fromkeys(
                        ("flash", f"flash{suffix}", f"cudnn{suffix}")
                    ):
                        yield case(
                            "attention_decode",
                            QUICK if quick else FULL,
                            implementation,
                            **dict(b=b, sq=1, skv=skv, hq=hq, hkv=hkv, d=d),
                        )


def cases():
    yield from prefillCases()
    yield from decodeCases()
