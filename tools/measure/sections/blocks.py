"""Whole transformer blocks, shaped like those of Llama 3 8B.

The time is that of one block out of several in a row, which have weights and caches
of their own. The implementation is PyTorch's own kernels (`eager`) or what
torch.compile makes (`compile`); `launch` says whether each kernel is launched from
Python or all are replayed as a CUDA graph.
"""

from functools import partial

from case import FULL, QUICK, TINY, Case, shape

BLOCKS = 4
# Tokens of each sequence, and positions that its attention sees.
PHASES = {
    "prefill": dict(b=1, sq=2048, skv=2048),
    "decode": dict(b=32, sq=1, skv=4096),
}
TINY_PHASES = {
    "prefill": dict(b=1, sq=32, skv=32),
    "decode": dict(b=2, sq=1, skv=32),
}


def measure(bench, config, phase, implementation, launch, b, sq, skv):
    import transformer

    shapes = transformer.CONFIGURATIONS[config]
    stack = transformer.Stack(bench, shapes, BLOCKS, b, sq, skv)
    run = stack.compiled() if implementation == "compile" else stack.run
    timing = bench.time([run], launch).per(BLOCKS)
    if bench.traces and launch == "eager":
        name = f"{config}-{phase}-{implementation}.json"
        timing = timing.noting(trace=transformer.trace(bench, run, bench.traces, name))
    return timing


def cases():
    for level, config, phases in (
        (TINY, "tiny", TINY_PHASES),
        (QUICK, "llama3-8b", PHASES),
    ):
        for phase, extents in phases.items():
            for implementation in ("eager", "compile"):
                for launch in ("eager", "graph"):
                    slow = implementation == "compile"
                    yield Case(
                        "blocks",
                        "transformer_block",
                        "bf16",
                        shape(model=config, phase=phase, **extents, launch=launch),
                        implementation,
                        partial(
                            measure,
                            config=config,
                            phase=phase,
                            implementation=implementation,
                            launch=launch,
                            **extents,
                        ),
                        FULL if slow and level == QUICK else level,
                        seconds=60 if slow else 3,
                    )
