"""What a launch costs by itself: empty kernels, one-element kernels, graphs.

`launch=graph` is one of many kernels in a CUDA graph that follow each other,
`launch=eager` one of many launches from Python, `launch=sync` a launch and the wait
for its end. `graph_launch` is one graph of so many one-element kernels, and the wait.
"""

import time
from functools import partial

from case import QUICK, TINY, Case, shape
from timing import timingOf

# Launches in one run.
LAUNCHES = 1000
WAITS = 100
NODES = (1, 10, 100, 1000)


def kernelOf(bench, kernel):
    """A call of the kernel, and a function that waits for what was called."""
    if kernel == "empty":
        return bench.kernels.nothing
    x = bench.normal(1)
    return lambda: x.add_(1.0)


def timeWaits(bench, call):
    """The time of a call and the wait for its end, on the host's clock."""
    torch = bench.torch
    wait = torch.cuda.synchronize if bench.isCuda else lambda: None

    def run():
        started = time.perf_counter()
        for _ in range(WAITS):
            call()
            wait()
        return time.perf_counter() - started

    for _ in range(bench.warmups):
        run()
    return timingOf([run() for _ in range(bench.runs)], WAITS)


def measureKernel(bench, kernel, launch):
    call = kernelOf(bench, kernel)
    if launch == "sync":
        return timeWaits(bench, call)
    return bench.time([call] * LAUNCHES, launch)


def measureGraph(bench, nodes):
    calls = [kernelOf(bench, "element")] * nodes
    if not bench.isCuda:
        return timeWaits(bench, lambda: [call() for call in calls])
    graph, count, _, _ = bench.capture(calls, replaySeconds=1e-9)
    return timeWaits(bench, graph.replay).noting(kernels=count)


def cases():
    for level in (TINY, QUICK):
        for kernel in ("empty", "element"):
            for launch in ("graph", "eager", "sync"):
                yield Case(
                    "launch",
                    "launch_floor",
                    "none" if kernel == "empty" else "bf16",
                    shape(kernel=kernel, launch=launch),
                    "triton" if kernel == "empty" else "eager",
                    partial(measureKernel, kernel=kernel, launch=launch),
                    level,
                )
        for nodes in NODES:
            yield Case(
                "launch",
                "graph_launch",
                "bf16",
                shape(nodes=nodes),
                "eager",
                partial(measureGraph, nodes=nodes),
                level,
            )
