"""Holds comparisons of targets to figures by hand and to laws.

    python3 compare.py --roofline=PATH FOLDER

On the prefill and the decoding of a Llama-shaped model of FOLDER, how far an H200 is
ahead of an H20 is near the ratio of what bounds both:

- prefill multiplies: 30.8e12 operations in bf16 against 15.3 GB, 2,000 per byte, far
  above the ridge points of 206 (H200) and 37 (H20). Dense bf16 peaks are 989.4 and
  148 TFLOP/s: 6.69;
- decode reads: 550e9 operations against 32 GB, 17 per byte, below both. Bandwidths are
  4.8 and 4.0 TB/s: 1.20.

Between kernels most is alive where gate and up are multiplied: both, the product, and
what the layer began with. With 2048 tokens or 32, 14336 columns and 4096, in bf16, that is
tokens x (3 x 14336 + 4096) x 2 bytes, and some scalars.

Graph roofs must be within 1 % of that. Real kernels reach more of what there is little
of, and need their launches on both: their ratio must be between 1 and that of the peaks.

On every graph: the first target has a throughput of 1; a throughput is in its interval
and turns over when targets change places; a device that the graph needs more than one of
is as fast as another in no smaller number; what is in memory adds up.
"""

import argparse
import json
import pathlib
import subprocess
import sys

# The tests leave nothing behind in the source tree.
sys.dont_write_bytecode = True

BY_HAND = {
    "llama3-8b-prefill": ("matrix_bf16", 989.4 / 148, 2048 * (3 * 14336 + 4096) * 2),
    "llama3-8b-decode": ("hbm", 4.8 / 4.0, 32 * (3 * 14336 + 4096) * 2),
}
NEAR = 0.01
SCALARS = 64
PARTS = ["weight_bytes", "cache_bytes", "input_bytes", "result_bytes", "intermediate_bytes"]
# Ratios are printed with seven digits.
ROUNDING = 1e-5


def compare(roofline, path, targets):
    command = [roofline, "compare", path, "--target=" + ",".join(targets), "--format=json"]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def problems_by_hand(name, one):
    bound, expected, between = BY_HAND[name]
    h200, h20 = one["targets"]
    if not 0 <= one["memory"]["intermediate_bytes"] - between <= SCALARS:
        yield f"{one['memory']['intermediate_bytes']} bytes between kernels, not {between}"
    for target in (h200, h20):
        if target["bound"] != bound:
            yield f"bound by {target['bound']} on {target['name']}, not {bound}"
    ratio = h20["roof_seconds"] / h200["roof_seconds"]
    if abs(ratio / expected - 1) > NEAR:
        yield f"graph roofs differ by {ratio:.3f}, not {expected:.3f}"
    ratio = 1 / h20["throughput"]["ratio"]
    if not 1 < ratio < BY_HAND["llama3-8b-prefill"][1]:
        yield f"kernels differ by {ratio:.3f}"


def problems_of(one, turned):
    memory = one["memory"]
    parts = [memory[part] for part in PARTS]
    if None in parts:
        if memory["total_bytes"] is not None:
            yield "a total of unknown parts"
    elif sum(parts) != memory["total_bytes"]:
        yield f"parts of {sum(parts)} bytes, in all {memory['total_bytes']}"
    first = one["targets"][0]
    if first["throughput"] and first["throughput"]["ratio"] != 1:
        yield f"the first target is {first['throughput']['ratio']} times as fast as itself"
    for target in one["targets"]:
        fit, ratio = target["memory_fit"], target["throughput"]
        if fit["devices"] is None and not fit["reason"]:
            yield f"{target['name']}: no reason why it is unknown whether it fits"
        if not ratio:
            continue
        if not ratio["low"] <= ratio["ratio"] <= ratio["high"]:
            yield f"{target['name']}: {ratio}"
        if target["devices_to_match"] < max(1, fit["devices"] or 1):
            yield f"{target['name']}: {target['devices_to_match']} devices, memory {fit}"
    for row in one["bound_changes"]["rows"]:
        bounds = {target["bound"] for target in row["targets"] if target["bound"]}
        if len(bounds) < 2:
            yield f"{row['name']}: no other bound"
    there, back = one["targets"][-1]["throughput"], turned["targets"][-1]["throughput"]
    if bool(there) != bool(back):
        yield "a ratio is known one way only"
    elif there and abs(there["ratio"] * back["ratio"] - 1) > ROUNDING:
        yield f"{there['ratio']} there, {back['ratio']} back"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True)
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    wrong = graphs = 0
    for path in sorted(options.folder.glob("*.mlir")):
        one = compare(options.roofline, path, ["h200", "h20"])
        turned = compare(options.roofline, path, ["h20", "h200"])
        problems = list(problems_of(one, turned))
        if path.stem in BY_HAND:
            problems += problems_by_hand(path.stem, one)
        for problem in problems:
            print(f"WRONG {path.stem}: {problem}")
        wrong += bool(problems)
        graphs += 1
    print(f"{graphs} graphs, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
