"""How a time is taken: inputs, their copies in rotation, CUDA graphs and medians."""

import functools
import math
import statistics
import time
from typing import NamedTuple

# Copies of the inputs that successive calls take in turn, as libraries of measured
# kernels do. What all copies fit into stays in the L2 cache; larger inputs are read
# from memory by every call.
COPIES = 6
# All copies of a case together stay below this, in bytes. One copy of what is larger
# exceeds every L2 cache by itself.
COPY_BUDGET = 4 << 30
# A replay of a graph lasts about this long, in seconds, so that starting it, some
# microseconds, adds less than 1 %; and no graph has more calls than this.
REPLAY_SECONDS = 4e-3
REPLAY_CALLS = 1000
# A call longer than this, in seconds, is a replay of its own.
LONG_CALL_SECONDS = 10e-3
# Cold inputs are spread over this many times the L2 cache.
COLD_FACTOR = 4
# Where no L2 cache is known, as on a CPU: in bytes.
DEFAULT_CACHE = 4 << 20


class Timing(NamedTuple):
    """The time of one call, in microseconds, over several runs."""

    us: float
    lowUs: float
    highUs: float
    runs: int
    # Calls in each run, over which its time is divided.
    calls: int
    # What else was seen, for the JSON file.
    details: dict = {}

    def per(self, parts):
        """The time of one of so many equal parts of a call."""
        return self._replace(
            us=self.us / parts, lowUs=self.lowUs / parts, highUs=self.highUs / parts
        )

    def noting(self, **details):
        """The same with more details."""
        return self._replace(details={**self.details, **details})


def timingOf(seconds, calls, details=None):
    """The timing of runs that took so long each, of so many calls each."""
    us = [1e6 * run / calls for run in seconds]
    return Timing(
        statistics.median(us), min(us), max(us), len(us), calls, details or {}
    )


def callsPerReplay(callSeconds, copies):
    """How many calls a graph holds, given the time of one: whole rounds of copies."""
    if callSeconds > LONG_CALL_SECONDS:
        return 1
    wanted = min(REPLAY_CALLS, math.ceil(REPLAY_SECONDS / max(callSeconds, 1e-9)))
    return copies * math.ceil(max(wanted, 1) / copies)


class Bench:
    """The device, its random inputs, and the clock. Cases measure through it."""

    def __init__(self, torch, device, seed=1, runs=6, warmups=3, traces=None):
        self.torch = torch
        self.device = torch.device(device)
        self.isCuda = self.device.type == "cuda"
        self.runs = runs
        self.warmups = warmups
        # The folder for profiler traces, or None.
        self.traces = traces
        self.generator = torch.Generator(device=self.device).manual_seed(seed)

    @functools.cached_property
    def kernels(self):
        """Fused kernels that PyTorch has no function for: Triton's on a GPU."""
        if self.isCuda:
            import fused

            return fused
        import plain

        return plain

    @functools.cached_property
    def cacheBytes(self):
        """The size of the L2 cache, in bytes."""
        if not self.isCuda:
            return DEFAULT_CACHE
        properties = self.torch.cuda.get_device_properties(self.device)
        return getattr(properties, "L2_cache_size", 0) or DEFAULT_CACHE

    def normal(self, *extents, dtype="bfloat16", scale=1.0):
        """A tensor of normally distributed numbers. Zeros would run too fast."""
        torch = self.torch
        made = torch.randn(
            extents, generator=self.generator, device=self.device, dtype=torch.bfloat16
        )
        if scale != 1.0:
            made *= scale
        return made.to(getattr(torch, dtype))

    def integers(self, limit, *extents):
        """A tensor of whole numbers below `limit`, all equally likely."""
        return self.torch.randint(
            limit, extents, generator=self.generator, device=self.device
        )

    def empty(self, *extents, dtype="bfloat16"):
        """A tensor to write into."""
        return self.torch.empty(
            extents, device=self.device, dtype=getattr(self.torch, dtype)
        )

    def copiesOf(self, copyBytes):
        """How many copies of inputs of this size rotate."""
        budget = COPY_BUDGET if self.isCuda else 16 * DEFAULT_CACHE
        return max(1, min(COPIES, budget // max(copyBytes, 1)))

    def coldCopiesOf(self, callBytes):
        """How many copies keep calls that touch so many bytes out of the L2 cache."""
        return max(2, math.ceil(COLD_FACTOR * self.cacheBytes / callBytes))

    def rotated(self, function, makeInputs, copyBytes=0, copies=None):
        """Calls of `function`, each on inputs of its own, made by `makeInputs`.

        Results live until the next call on the same inputs, so that outputs rotate
        like inputs.
        """
        results = {}

        def callOn(index, inputs):
            def call():
                results[index] = function(*inputs)

            return call

        count = copies or self.copiesOf(copyBytes)
        return [callOn(index, makeInputs()) for index in range(count)]

    def time(self, calls, launch="graph"):
        """Times the calls in turn: replayed as a CUDA graph, or launched one by one.

        On a CPU there is nothing to launch, and both are the same.
        """
        if not self.isCuda:
            return self._timeOnCpu(calls)
        if launch == "graph":
            graph, count, stream, _ = self.capture(calls)
            replays = self.warmups + self.runs
            seconds = self.replay(graph, stream, replays)[self.warmups :]
            return timingOf(seconds, count)
        return self._timeEagerly(calls)

    def capture(self, calls, replaySeconds=None):
        """A CUDA graph of the calls in turn, how many there are, the stream to replay
        it on, and about how long a replay takes in seconds."""
        torch = self.torch
        torch.cuda.synchronize(self.device)
        stream = torch.cuda.Stream(self.device)
        few = calls[:COPIES]
        with torch.cuda.stream(stream):
            # The first calls load libraries, which a capture cannot.
            for call in few:
                call()
            seconds = self._between(stream, lambda: [call() for call in few]) / len(few)
        count = callsPerReplay(seconds, len(calls))
        if replaySeconds:
            rounds = max(1, round(replaySeconds / seconds / len(calls)))
            count = len(calls) * rounds
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, stream=stream):
            for index in range(count):
                calls[index % len(calls)]()
        return graph, count, stream, seconds * count

    def replay(self, graph, stream, replays):
        """The seconds of each replay. All are queued at once: none waits for the
        host."""
        torch = self.torch
        events = [torch.cuda.Event(enable_timing=True) for _ in range(replays + 1)]
        with torch.cuda.stream(stream):
            events[0].record(stream)
            for event in events[1:]:
                graph.replay()
                event.record(stream)
        stream.synchronize()
        return [
            first.elapsed_time(second) * 1e-3
            for first, second in zip(events, events[1:])
        ]

    def _between(self, stream, work):
        """The seconds from before `work` to after it on the stream."""
        first, second = (self.torch.cuda.Event(enable_timing=True) for _ in range(2))
        first.record(stream)
        work()
        second.record(stream)
        second.synchronize()
        return first.elapsed_time(second) * 1e-3

    def _timeEagerly(self, calls):
        torch = self.torch
        stream = torch.cuda.current_stream(self.device)
        few = calls[:COPIES]
        for _ in range(self.warmups):
            for call in few:
                call()
        seconds = self._between(stream, lambda: [call() for call in few]) / len(few)
        count = callsPerReplay(seconds, len(calls))

        def run():
            for index in range(count):
                calls[index % len(calls)]()

        return timingOf([self._between(stream, run) for _ in range(self.runs)], count)

    def _timeOnCpu(self, calls):
        def run():
            started = time.perf_counter()
            for call in calls:
                call()
            return time.perf_counter() - started

        for _ in range(self.warmups):
            run()
        return timingOf([run() for _ in range(self.runs)], len(calls))
