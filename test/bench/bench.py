#!/usr/bin/env python3
"""Measures how much time and memory the tools take, next to stock mlir-opt.

    python3 test/bench/bench.py --build build/release

Generates files of linalg and StableHLO, runs every command a few times in turn,
and prints medians of wall time and peak memory with their ratios to
`mlir-opt FILE`, which reads and prints the same file. A limit that is exceeded
is marked and makes the exit code 1. Needs nothing but Python.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time

# Limits relative to mlir-opt reading and printing the same file.
REPORT_TIME = 1.25
REPORT_MEMORY = 1.3
ANNOTATE_TIME = 2.0
# Seconds for a StableHLO model of this many lines.
STABLEHLO_LINES = 24_000
STABLEHLO_SECONDS = 2.0
# Of n times the ops, at most this much more than n times the time: caches that
# hold a small file do not hold a large one.
GROWTH = 1.25


def write_linalg(path, ops):
    """A chain of layers, 12 ops each: contractions, elementwise work, views."""
    maps = "indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>]"
    with open(path, "w") as file:
        file.write(
            "func.func @main(%x: tensor<128x256xf32>, %w: tensor<256x256xf32>,\n"
            "                %zero: tensor<128x256xf32>) -> tensor<128x256xf32> {\n"
        )
        value, count, n = "%x", 0, 0
        t = "tensor<128x256xf32>"

        def emit(text):
            nonlocal value, count, n
            file.write(f"  %{n} = {text}\n")
            value = f"%{n}"
            n += 1
            count += 1

        while count < ops - 1:
            emit(
                f"linalg.matmul ins({value}, %w : {t}, tensor<256x256xf32>)"
                f" outs(%zero : {t}) -> {t}"
            )
            product = value
            # An elementwise op with a payload of two ops and its terminator.
            emit(
                f"linalg.generic {{{maps}, "
                'iterator_types = ["parallel", "parallel"]} '
                f"ins({value} : {t}) outs(%zero : {t}) {{\n"
                "  ^bb0(%in: f32, %out: f32):\n"
                "    %e = math.exp %in : f32\n"
                "    %s = arith.addf %e, %in : f32\n"
                "    linalg.yield %s : f32\n"
                f"  }} -> {t}"
            )
            count += 3
            emit(f"arith.addf {value}, {product} : {t}")
            emit(f"math.tanh {value} : {t}")
            emit(f"tensor.collapse_shape {value} [[0, 1]] : {t} into tensor<32768xf32>")
            emit(
                f"tensor.expand_shape {value} [[0, 1]] output_shape [128, 256] "
                f": tensor<32768xf32> into {t}"
            )
            emit(f"arith.mulf {value}, {value} : {t}")
            emit(
                f"linalg.add ins({value}, {product} : {t}, {t})"
                f" outs(%zero : {t}) -> {t}"
            )
            count += 3  # The body that its printed form leaves out.
        file.write(f"  return {value} : {t}\n}}\n")


def write_stablehlo(path, lines):
    """A transformer-like chain of StableHLO ops, one per line."""
    t, w = "tensor<128x256xbf16>", "tensor<256x256xbf16>"
    with open(path, "w") as file:
        file.write(f"func.func @main(%x: {t}, %w: {w}) -> {t} {{\n")
        file.write("  %zero = stablehlo.constant dense<0.0> : tensor<bf16>\n")
        value, n = "%x", 0
        while n < lines - 4:
            for text in (
                f"stablehlo.dot_general {{v}}, %w, contracting_dims = [1] x [0], "
                f"precision = [DEFAULT, DEFAULT] : ({t}, {w}) -> {t}",
                f"stablehlo.exponential {{v}} : {t}",
                f"stablehlo.add {{v}}, {{v}} : {t}",
                "stablehlo.reduce({v} init: %zero) applies stablehlo.add across "
                f"dimensions = [1] : ({t}, tensor<bf16>) -> tensor<128xbf16>",
                "stablehlo.broadcast_in_dim {v}, dims = [0] : "
                f"(tensor<128xbf16>) -> {t}",
                f"stablehlo.reshape {{v}} : ({t}) -> tensor<256x128xbf16>",
                "stablehlo.transpose {v}, dims = [1, 0] : "
                f"(tensor<256x128xbf16>) -> {t}",
                f"stablehlo.convert {{v}} : {t}",
            ):
                file.write(f"  %{n} = {text.format(v=value)}\n")
                value = f"%{n}"
                n += 1
        file.write(f"  return {value} : {t}\n}}\n")


class Run:
    """Median seconds and peak bytes of a command."""

    def __init__(self):
        self.seconds = []
        self.bytes = []

    def add(self, command):
        begin = time.perf_counter()
        child = os.fork()
        if child == 0:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.execvp(command[0], command)
        _, status, usage = os.wait4(child, 0)
        if status != 0:
            sys.exit(f"failed: {' '.join(command)}")
        self.seconds.append(time.perf_counter() - begin)
        self.bytes.append(usage.ru_maxrss * 1024)

    def time(self):
        return statistics.median(self.seconds)

    def memory(self):
        return statistics.median(self.bytes)


def measure(commands, repetitions):
    """Runs commands in turn, so that a busy machine slows all of them."""
    runs = {name: Run() for name in commands}
    for _ in range(repetitions):
        for name, command in commands.items():
            runs[name].add(command)
    return runs


class Table:
    def __init__(self):
        self.missed = 0

    def row(self, what, run, base=None, time_limit=None, memory_limit=None, seconds=None):
        text = f"  {what:<34} {run.time():8.3f} s {run.memory() / 2**20:8.0f} MiB"
        marks = []
        if base:
            time_ratio = run.time() / base.time()
            memory_ratio = run.memory() / base.memory()
            text += f"   time {time_ratio:5.2f} x   memory {memory_ratio:5.2f} x"
            if time_limit and time_ratio > time_limit:
                marks.append(f"time over {time_limit} x")
            if memory_limit and memory_ratio > memory_limit:
                marks.append(f"memory over {memory_limit} x")
        if seconds and run.time() > seconds:
            marks.append(f"over {seconds} s")
        self.missed += len(marks)
        print(text + "".join(f"   MISSED: {mark}" for mark in marks), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build/release", help="build folder")
    parser.add_argument("--mlir-opt", default="/usr/lib/llvm-22/bin/mlir-opt")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--ops", type=int, default=350_000, help="ops of the linalg file")
    parser.add_argument(
        "--growth",
        type=int,
        nargs="*",
        default=[10_000, 100_000, 1_000_000],
        help="ops of the files that show how time grows",
    )
    arguments = parser.parse_args()
    tool = lambda name: os.path.join(arguments.build, "bin", name)
    targets = "--target=h200,ascend-910b2"
    table = Table()

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "linalg.mlir")
        write_linalg(path, arguments.ops)
        out = os.path.join(folder, "out")
        print(f"linalg, {arguments.ops:,} ops, {os.path.getsize(path) / 2**20:.0f} MiB:")
        runs = measure(
            {
                "mlir-opt": [arguments.mlir_opt, path, "-o", out],
                "report": [tool("roofline"), "report", path, targets],
                "json": [tool("roofline"), "report", path, targets, "--format=json", "--top=10"],
                "annotate": [tool("roofline-opt"), path, "--roofline-annotate-demand", "-o", out],
                "pipeline": [tool("roofline-opt"), path, "--roofline=targets=h200", "-o", out],
            },
            arguments.repetitions,
        )
        base = runs["mlir-opt"]
        table.row("mlir-opt, read and print", base)
        table.row("roofline report", runs["report"], base, REPORT_TIME, REPORT_MEMORY)
        table.row("roofline report --format=json", runs["json"], base, REPORT_TIME, REPORT_MEMORY)
        table.row("roofline-opt, demand, print", runs["annotate"], base, ANNOTATE_TIME)
        table.row("roofline-opt, demand, times, print", runs["pipeline"], base)

        path = os.path.join(folder, "stablehlo.mlir")
        write_stablehlo(path, STABLEHLO_LINES)
        print(f"StableHLO, {STABLEHLO_LINES:,} lines:")
        runs = measure({"report": [tool("roofline"), "report", path, targets]}, arguments.repetitions)
        table.row("roofline report", runs["report"], seconds=STABLEHLO_SECONDS)

        if arguments.growth:
            print("growth with the number of ops, linalg:")
        before = None
        for ops in sorted(arguments.growth):
            path = os.path.join(folder, f"linalg-{ops}.mlir")
            write_linalg(path, ops)
            runs = measure(
                {
                    "mlir-opt": [arguments.mlir_opt, path, "-o", out],
                    "report": [tool("roofline"), "report", path, targets],
                },
                max(3, arguments.repetitions // 2),
            )
            os.remove(path)
            table.row(f"roofline report, {ops:,} ops", runs["report"], runs["mlir-opt"])
            seconds = runs["report"].time()
            if before and seconds / before[1] > GROWTH * ops / before[0]:
                table.missed += 1
                print(f"  MISSED: {seconds / before[1]:.1f} x the time for {ops / before[0]:.1f} x the ops")
            before = (ops, seconds)
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
