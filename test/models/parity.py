"""Compares what roofline counts of the committed graphs with two independent counts.

    python3 parity.py --roofline=PATH FOLDER

Matrix operations must equal, to the last digit, what matrix_operations.py derives by
hand. All other operations must be within 1 % of what XLA's own cost analysis said of the
same module (NAME.xla.json), or the difference must be one of those explained below,
with a figure of its own that brings both within 1 %. Of the bytes that all ops read
and write one by one, whose differences have several causes at once, the ratio to
XLA's must stay what it is explained to be. Both figures are printed.
"""

import argparse
import dataclasses
import json
import pathlib
import subprocess
import sys

# The tests leave nothing behind in the source tree.
sys.dont_write_bytecode = True

from matrix_operations import (  # noqa: E402
    MATRIX_OPERATIONS,
    PADDED_CONVOLUTION_IN_PADDING,
    TRANSPOSED_CONVOLUTION_IN_PADDING,
    product,
    resnet50_in_padding,
)

TOLERANCE = 0.01

# Loops whose count nobody knows: XLA counts such a body once, so do we when told.
TRIP_COUNTS = {
    "loops/while": "@main/while#0=1",
    "loops/generate": "@main/while#0=1",
    "loops/dynamic-bound": "@main/while#0=1",
}


@dataclasses.dataclass(frozen=True)
class Difference:
    """Why a total is not XLA's, and what XLA's becomes under our convention."""

    why: str
    corrected: int


# What the reasons below say of XLA was measured on the graphs in kinds/.
PADDING = "XLA leaves out multiplications by padding"
LOOP = "XLA counts the body of a loop once"
FIRST = "XLA's reductions save an operation on each result's first element"
EXPANDED = "XLA expands erfc and erf_inv into their polynomials"
UNCOUNTED = "XLA counts none"

ELEMENTS = 64 * 1024
IMAGE_RESULTS = 4 * 16 * 16 * 16


def explained(xla):
    """The known differences; `xla` gives the total that XLA states for a graph."""
    unrolled = {}
    for scanned in ("llama3-8b-prefill", "llama3-8b-decode"):
        for total in ("flops", "transcendentals"):
            # The unrolled graph computes the same.
            unrolled[scanned + "-scan", total] = Difference(LOOP, xla(scanned, total))

    def flops(name, why, change):
        corrected = xla(name, "flops") + change
        return {(name, "flops"): Difference(why, corrected)}

    def loop(name, trips):
        corrected = trips * xla(name, "flops")
        return {(name, "flops"): Difference(LOOP, corrected)}

    # One call of GELU for each hidden value: 62 operations for each erfc in f32, and
    # two conversions in bf16.
    vit_hidden = 12 * 32 * 197 * 3072
    # Two gradients: the one to the input is padded by 2 at either end of 32 results.
    gradient_in_padding = 2 * 4 * ((32 * 3) ** 2 - (30 * 3) ** 2) * 16 * 32
    experts = MATRIX_OPERATIONS["mixtral-moe-ragged"]["matrix_bf16"]
    ragged = MATRIX_OPERATIONS["kinds/ragged-dot"]["matrix_bf16"]
    rows = "XLA divides a grouped product by its number of rows"
    return {
        **unrolled,
        **loop("stencil", 100),
        **loop("loops/fori", 17),
        **loop("loops/reverse-scan", 10),
        # 6 trips of an inner loop of 4 and of one product; XLA sees two products.
        **loop("loops/nested", 6 * (4 + 1) // 2),
        **loop("loops/dynamic-bound", 5),
        # Padding, and 9 comparisons instead of 8 for each result of the pooling.
        **flops("resnet50", PADDING, resnet50_in_padding() + 32 * 56 * 56 * 64),
        **flops("kinds/convolution-padded", PADDING, PADDED_CONVOLUTION_IN_PADDING),
        **flops(
            "kinds/convolution-transposed", PADDING, TRANSPOSED_CONVOLUTION_IN_PADDING
        ),
        **flops("kinds/convolution-gradients", PADDING, gradient_in_padding),
        **flops("vit-b16", EXPANDED, -64 * vit_hidden),
        **flops("kinds/erfc-f32", EXPANDED, -62 * ELEMENTS),
        **flops("kinds/erfc-bf16", EXPANDED, -64 * ELEMENTS),
        **flops("mixtral-moe-ragged", rows, experts - experts // 8192),
        **flops("kinds/ragged-dot", rows, ragged - ragged // 64),
        **flops("kinds/max-pool", FIRST, IMAGE_RESULTS),
        **flops("kinds/max-pool-gradient", FIRST, IMAGE_RESULTS),
        **flops("kinds/clamp", "XLA counts one operation, not two", ELEMENTS),
        # Real operations: 4 multiplications and 2 additions.
        **flops("kinds/complex-multiply", "XLA counts one operation", 5 * ELEMENTS),
        # A running sum is one addition an element.
        **flops(
            "kinds/cumulative-sum",
            "XLA counts the window of every result",
            ELEMENTS - xla("kinds/cumulative-sum", "flops"),
        ),
        # 64 lines of 1024: 10 levels, of 9 operations to order two numbers totally.
        **flops(
            "kinds/sort",
            "XLA takes log2 of all elements, and one operation to compare",
            10 * 9 * ELEMENTS - 16 * ELEMENTS,
        ),
        # 3 levels for k = 8.
        **flops("kinds/top-k", UNCOUNTED, 3 * ELEMENTS),
        # 5 n log2 n, where XLA takes 8.
        **flops(
            "kinds/fft", "XLA counts 8 operations a butterfly, not 5", -30 * ELEMENTS
        ),
        **flops(
            "kinds/triangular-solve",
            "XLA multiplies by the zero half, too",
            -product(256, 64, 256) // 2,
        ),
        # The mask adds a constant zero to a constant.
        **flops("kinds/cholesky", "XLA folds operations on constants", ELEMENTS),
        # 25 integer operations a word of Philox.
        **flops("kinds/random-bits", UNCOUNTED, 25 * ELEMENTS),
        ("kinds/random-bits", "transcendentals"): Difference(
            "XLA counts a random word as one", 0
        ),
        # Besides 9 operations an element the generator runs 5 times 23: 4 rounds of 5,
        # and 3 additions of the key.
        **flops("kinds/threefry", LOOP, 4 * 23 * ELEMENTS),
        **flops("kinds/erf-inverse", EXPANDED, -37 * ELEMENTS),
        ("kinds/erf-inverse", "transcendentals"): Difference(
            "XLA expands erf_inv by a logarithm and a root", ELEMENTS
        ),
        # One root for each column of the factor.
        ("kinds/cholesky", "transcendentals"): Difference(UNCOUNTED, 256),
    }


# What XLA does before it counts, or counts otherwise, and the ratio that follows.
MERGED = "XLA merges equal ops first"
VIEWS = "transpositions are free for XLA, reshapes and broadcasts are not"
BYTES_RATIOS = {
    "llama3-8b-decode": (1.010, MERGED),
    "llama3-8b-prefill": (1.030, MERGED),
    # Unlike the unrolled layers these are cut out of the stacked weights.
    "llama3-8b-decode-scan": (17.04, LOOP),
    "llama3-8b-prefill-scan": (28.30, LOOP),
    "stencil": (97.83, LOOP),
    "gpt-train-adam": (1.029, MERGED),
    "mixed-precision": (1.037, MERGED),
    "dlrm": (0.948, VIEWS),
    "torch-bert-block": (0.880, VIEWS),
    "vit-b16": (0.182, EXPANDED),
}


def report(roofline, folder, name):
    """The report of one graph as a program reads it."""
    command = [roofline, "report", str(folder / f"{name}.mlir"), "--target=h200"]
    command += ["--format=json", "--top=1"]
    if name in TRIP_COUNTS:
        command.append(f"--trip-count={TRIP_COUNTS[name]}")
    completed = subprocess.run(command, stdout=subprocess.PIPE)
    if completed.returncode != 0:
        sys.exit(f"exit code {completed.returncode} from: {' '.join(command)}")
    return json.loads(completed.stdout)


def split(operations):
    """({matrix operations by type}, other vector operations, special ones)."""
    matrix = {key: n for key, n in operations.items() if key.startswith("matrix_")}
    special = sum(n for key, n in operations.items() if key.startswith("special_"))
    rest = sum(operations.values()) - sum(matrix.values()) - special
    return matrix, rest, special


def is_close(ours, theirs):
    return abs(ours - theirs) <= TOLERANCE * max(ours, theirs)


class Comparison:
    """Prints a line per total and remembers whether all of them agree."""

    def __init__(self):
        self.failures = 0

    def line(self, agrees, name, total, ours, theirs, remark):
        self.failures += not agrees
        verdict = "ok" if agrees else "WRONG"
        ratio = f"{ours / theirs:9.4f}" if theirs else f"{'':9}"
        print(
            f"{verdict:5} {name:29} {total:15} {ours:>18,} {theirs:>18,} {ratio}  {remark}".rstrip()
        )

    def matrix(self, name, counted):
        derived = MATRIX_OPERATIONS.get(name, {})
        for key in sorted({*counted, *derived}):
            ours, theirs = counted.get(key, 0), derived.get(key, 0)
            self.line(ours == theirs, name, key, ours, theirs, "derived by hand")
        if not counted and not derived:
            self.line(True, name, "matrix", 0, 0, "derived by hand")

    def bytes(self, name, ours, theirs):
        ratio, why = BYTES_RATIOS.get(name, (1, ""))
        self.line(is_close(ours, ratio * theirs), name, "bytes", ours, theirs, why)

    def xla(self, name, total, ours, theirs, difference):
        if theirs is None:
            self.line(True, name, total, ours, 0, "XLA does not know")
        elif difference:
            agrees = is_close(ours, difference.corrected)
            self.line(agrees, name, total, ours, theirs, difference.why)
        else:
            self.line(is_close(ours, theirs), name, total, ours, theirs, "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roofline", default="roofline", help="the tool to test")
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()

    records = {}
    for path in sorted(options.folder.glob("**/*.xla.json")):
        record = json.loads(path.read_text())
        records[record["model"]] = record
    differences = explained(lambda name, total: records[name][total] or 0)
    graphs = sorted(
        path.relative_to(options.folder).with_suffix("").as_posix()
        for path in options.folder.glob("**/*.mlir")
    )

    print(
        f"{'':5} {'graph':29} {'total':15} {'roofline':>18} {'other':>18} {'ratio':>9}"
    )
    comparison = Comparison()
    for name in graphs:
        demand = report(options.roofline, options.folder, name)["demand"]
        matrix, vector, special = split(demand["operations"])
        comparison.matrix(name, matrix)
        if not demand["complete"]:
            comparison.line(False, name, "complete", 0, 1, "some ops are not counted")
        if name not in records:
            continue
        ours = {"flops": sum(matrix.values()) + vector, "transcendentals": special}
        for total, count in ours.items():
            theirs = records[name][total]
            difference = differences.pop((name, total), None)
            comparison.xla(name, total, count, theirs, difference)
        # Small graphs are about operations: a few bytes are a large share.
        if "/" not in name:
            touched = demand["read_bytes"] + demand["written_bytes"]
            comparison.bytes(name, touched, records[name]["bytes_accessed"])

    for name, total in differences:
        comparison.line(False, name, total, 0, 0, "explained, but not compared")
    print(f"{len(graphs)} graphs, {comparison.failures} totals wrong")
    sys.exit(1 if comparison.failures else 0)


if __name__ == "__main__":
    main()
