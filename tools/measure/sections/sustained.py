"""Products that run for seconds, until the power limit sets the clock.

`gemm_sustained` rows are from the later half of the run; the details have the clock
and the power that nvidia-smi read meanwhile. `clock_spin` counts cycles of one
multiprocessor that has nothing else to do: the clock without load.
"""

import math
from functools import partial

from case import FULL, QUICK, TINY, Case, shape
from device import monitorFor, settled
from timing import timingOf

from . import gemm

SECONDS = 3.0
REPLAY_SECONDS = 50e-3
SITES = (
    (8192, 8192, 8192),
    (16384, 16384, 16384),
    (4096, 28672, 4096),
    (2048, 4096, 14336),
    (512, 8192, 8192),
    (1024, 65536, 1024),
    (64, 28672, 4096),
    (1, 28672, 4096),
)
SPIN_CYCLES = 20_000_000


def measureGemm(bench, m, n, k):
    calls = gemm.bf16Calls(bench, m, n, k)
    if not bench.isCuda:
        return bench.time(calls)
    graph, count, stream, seconds = bench.capture(calls, REPLAY_SECONDS)
    replays = max(2 * bench.runs, math.ceil(SECONDS / seconds))
    monitor = monitorFor(bench.torch, bench.device)
    times, samples = monitor.during(lambda: bench.replay(graph, stream, replays))
    early = timingOf(times[1 : 1 + bench.runs], count)
    return timingOf(times[len(times) // 2 :], count).noting(
        early_us=float(f"{early.us:.6g}"), samples=len(samples), **settled(samples)
    )


def measureSpin(bench):
    torch = bench.torch
    if not bench.isCuda:
        raise NotImplementedError("only a GPU counts its cycles")
    timing = bench.time([lambda: torch.cuda._sleep(SPIN_CYCLES)])
    return timing.noting(sm_clock_mhz=round(SPIN_CYCLES / timing.us, 1))


def cases():
    sizes = [(32, 64, 128, TINY)]
    sizes += [(*site, QUICK if site == SITES[0] else FULL) for site in SITES]
    for m, n, k, level in sizes:
        yield Case(
            "sustained",
            "gemm_sustained",
            "bf16",
            shape(m=m, n=n, k=k),
            "cublas",
            partial(measureGemm, m=m, n=n, k=k),
            level,
            seconds=SECONDS + 2,
        )
    for level in (TINY, QUICK):
        yield Case(
            "sustained",
            "clock_spin",
            "none",
            shape(cycles=SPIN_CYCLES),
            "sleep",
            measureSpin,
            level,
        )
