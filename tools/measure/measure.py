#!/usr/bin/env python3
"""Measures kernels on an NVIDIA GPU and writes the table that roofline reads.

    python3 measure.py --out=h200.csv

needs PyTorch, and writes h200.csv, one row for each kernel and shape, and
h200.csv.json, which says on what they were measured, how they scattered, and what
could not be measured and why. README.md beside this script says what each section
measures and what to do with the table.
"""

import argparse
import datetime
import gc
import pathlib
import signal
import sys
import time

from case import FULL, QUICK, TINY, inOrder
from device import READINGS, describe, hardwareName, monitorFor
from output import BadOutput, Output
from sections import SECTIONS, allCases
from timing import Bench

# Where PyTorch is missing or sees no GPU, and for every other misuse.
EXIT_UNUSABLE = 2
# Of the message in a reason, in characters.
REASON_LENGTH = 300


class Unusable(Exception):
    """The script cannot do its work; the message says what to do."""


def parseArguments(arguments):
    parser = argparse.ArgumentParser(
        prog="measure.py",
        description="Measures kernels on an NVIDIA GPU and writes them as a CSV "
        "table for `roofline calibrate` and `roofline accuracy`.",
        epilog="Exit codes: 0 measured, or stopped by the budget or a signal; 1 the "
        "GPU failed, or no case could be measured; 2 something is missing or wrong, "
        "as the message says. SECTIONS: " + ", ".join(SECTIONS) + ".",
    )
    parser.add_argument(
        "--out",
        default="measured.csv",
        metavar="FILE",
        help="the table; FILE.json is written beside it (default: %(default)s)",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="continue FILE if it exists: cases that it has are not measured again",
    )
    parser.add_argument(
        "--only",
        type=sectionNames,
        default=list(SECTIONS),
        metavar="SECTIONS",
        help="the sections to measure, by commas (default: all)",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a few shapes of each section, in less than two minutes",
    )
    parser.add_argument(
        "--device",
        default="cuda",
        help="cuda, cuda:1, ...; cpu runs a few tiny cases, to check this script, "
        "whose times say nothing about any GPU (default: %(default)s)",
    )
    parser.add_argument(
        "--budget-seconds",
        type=positive(float),
        metavar="S",
        help="begin no case that would end later than this",
    )
    parser.add_argument(
        "--runs",
        type=positive(int),
        default=6,
        metavar="N",
        help="timed runs, of which the median counts (default: %(default)s)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        help="of the random inputs (default: %(default)s)",
    )
    parser.add_argument(
        "--traces",
        metavar="DIR",
        help="write a profiler trace of each transformer block that is launched "
        "eagerly to DIR",
    )
    parser.add_argument(
        "--list",
        action="store_true",
        help="print the cases in the order they would be measured, and end; needs "
        "neither a GPU nor PyTorch",
    )
    return parser.parse_args(arguments)


def sectionNames(text):
    names = [name for name in text.split(",") if name]
    for name in names:
        if name not in SECTIONS:
            raise argparse.ArgumentTypeError(
                f"no section '{name}'; there are {', '.join(SECTIONS)}"
            )
    if not names:
        raise argparse.ArgumentTypeError("no section named")
    return names


def positive(kind):
    def convert(text):
        try:
            number = kind(text)
        except ValueError:
            number = 0
        if not 0 < number < 1e9:
            raise argparse.ArgumentTypeError(f"'{text}' is not a number above 0")
        return number

    return convert


def chosenCases(options):
    """The cases that the options ask for, in the order of measurement."""
    if options.device.startswith("cpu"):
        levels = (TINY,)
    else:
        levels = (QUICK,) if options.quick else (QUICK, FULL)
    return inOrder(
        case
        for case in allCases()
        if case.section in options.only and case.level in levels
    )


def importTorch(device):
    """PyTorch, if it is there and has the device."""
    try:
        import torch
    except (ImportError, OSError) as error:
        raise Unusable(
            f"PyTorch cannot be imported ({error}); `pip install torch`, or see the cases "
            "with --list"
        )
    try:
        kind = torch.device(device).type
    except RuntimeError:
        kind = None
    if kind not in ("cuda", "cpu"):
        raise Unusable(f"no device '{device}'; use cuda, cuda:N or cpu")
    if kind == "cuda":
        if not torch.cuda.is_available():
            raise Unusable(
                f"PyTorch {torch.__version__} sees no NVIDIA GPU; see whether "
                "`nvidia-smi` lists one and PyTorch is built for its driver, or "
                "check the script with --device=cpu"
            )
        index = torch.device(device).index or 0
        if index >= torch.cuda.device_count():
            raise Unusable(
                f"no device '{device}'; PyTorch sees {torch.cuda.device_count()}"
            )
        torch.cuda.set_device(index)
        device = f"cuda:{index}"
    return torch, device


class Stop:
    """Set by the first SIGINT or SIGTERM: the case under way is the last."""

    def __init__(self):
        self.asked = False
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._ask)

    def _ask(self, number, _frame):
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        print(f"{signal.Signals(number).name}: stopping after this case", flush=True)


def reasonOf(error):
    """The first line of an error, with its kind."""
    lines = str(error).strip().splitlines() or ["no message"]
    return f"{type(error).__name__}: {lines[0][:REASON_LENGTH]}"


def isUsable(bench):
    """Whether the device still answers. After some errors a GPU does not."""
    if not bench.isCuda:
        return True
    try:
        bench.torch.cuda.synchronize(bench.device)
        return True
    except RuntimeError:
        return False


def freeMemory(bench):
    """Gives back what a case held, graphs included."""
    gc.collect()
    if bench.isCuda:
        bench.torch.cuda.empty_cache()


class Progress:
    """Counts the cases and the time."""

    def __init__(self, cases, budget):
        self.count = len(cases)
        self.started = time.monotonic()
        self.budget = budget

    def seconds(self):
        return time.monotonic() - self.started

    def hasRoomFor(self, case):
        return self.budget is None or self.seconds() + case.seconds < self.budget

    def say(self, index, case, what):
        print(
            f"[{index + 1:4}/{self.count} {self.seconds():5.0f} s] {case}: {what}",
            flush=True,
        )


def measureAll(cases, bench, output, keyOf, progress, stop):
    """Measures the cases in turn; returns how many have a row, and what went wrong
    for good, or None."""
    measured, failure = 0, None
    for index, case in enumerate(cases):
        key = keyOf(case)
        if output.has(key):
            measured += 1
        elif failure:
            output.leaveOut(key, "the GPU failed")
        elif stop.asked:
            output.leaveOut(key, "stopped by a signal")
        elif not progress.hasRoomFor(case):
            output.leaveOut(key, "no time left")
        else:
            try:
                timing = case.measure(bench)
            except Exception as error:  # Whatever a library throws: noted, not hidden.
                output.skip(key, reasonOf(error))
                progress.say(index, case, f"skipped: {reasonOf(error)}")
                if not isUsable(bench):
                    failure = f"the GPU failed: {reasonOf(error)}"
            else:
                output.add(key, timing)
                measured += 1
                progress.say(index, case, f"{timing.us:.6g} us")
            try:
                freeMemory(bench)
            except RuntimeError as error:
                failure = failure or f"the GPU failed: {reasonOf(error)}"
    return measured, failure


def run(options):
    torch, device = importTorch(options.device)
    # What is loaded by now stays; collecting garbage after each case passes it by.
    gc.freeze()
    bench = Bench(
        torch, device, options.seed, options.runs, traces=tracesFolder(options)
    )
    monitor = monitorFor(torch, bench.device)
    environment = describe(torch, bench.device, monitor)
    hardware = hardwareName(environment["device"]) if bench.isCuda else "CPU"
    software = f"torch-{torch.__version__.partition('+')[0]}"
    cases = chosenCases(options)
    output = Output(options.out, options.resume)
    output.begin(
        {
            **environment,
            "hardware": hardware,
            "date": datetime.datetime.now(datetime.timezone.utc).isoformat(
                timespec="seconds"
            ),
            "seed": options.seed,
            "arguments": sys.argv[1:],
            "clocks_before": monitor.read(READINGS),
        }
    )

    def keyOf(case):
        prefix = "" if bench.isCuda else "cpu-"
        return (
            hardware,
            case.op,
            case.dtype,
            case.shape,
            f"{software}:{prefix}{case.implementation}",
        )

    progress = Progress(cases, options.budget_seconds)
    measured, failure = measureAll(cases, bench, output, keyOf, progress, Stop())
    output.known["runs"][-1].update(
        seconds=round(progress.seconds(), 1), clocks_after=monitor.read(READINGS)
    )
    output.save()
    skipped = len(output.known["skipped"])
    left = len(output.known["not_run"])
    print(
        f"{measured} of {len(cases)} cases in {output.path}; {skipped} skipped and "
        f"{left} not run, as {output.jsonPath} says"
    )
    if failure:
        print(f"measure.py: error: {failure}", file=sys.stderr)
    return 1 if failure or not measured else 0


def tracesFolder(options):
    """The folder for traces, made if it is not there."""
    if options.traces:
        try:
            pathlib.Path(options.traces).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadOutput(f"cannot write '{options.traces}': {error.strerror}")
    return options.traces


def main(arguments):
    options = parseArguments(arguments)
    try:
        if options.list:
            for case in chosenCases(options):
                print(case.section, case.level, case)
            return 0
        return run(options)
    except (Unusable, BadOutput) as error:
        print(f"measure.py: error: {error}", file=sys.stderr)
        return EXIT_UNUSABLE
    except BrokenPipeError:  # of `--list | head`
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
