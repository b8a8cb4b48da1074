"""Holds the laws of kernels and times on every graph of a folder.

    python3 times.py --roofline=PATH FOLDER

With every fusion, on targets with and without figures of what kernels reach:

- graph roof <= sum of kernel roofs <= kernels <= as-is;
- fusing more never adds bytes, launches or time, and as-is stays what it is;
- families add up to the whole: kernels, launches, bytes, and the operations of all
  ops, each of which is in one kernel;
- so do the kernels.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

TARGETS = ["h200", "h20", "ascend-910b3", "ascend-950pr"]
FUSIONS = ["none", "compiler", "library"]
ORDER = ["roof_seconds", "kernel_roof_seconds", "kernels_seconds", "as_is_seconds"]
# Seconds are printed with seven digits.
ROUNDING = 1 + 1e-6


def report(roofline, path, fusion):
    command = [roofline, "report", path, "--target=" + ",".join(TARGETS)]
    command += ["--allow-low-confidence", "--format=json", "--fusion=" + fusion]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def total(rows, key):
    return sum(row[key] for row in rows if row[key] is not None)


def problems_of(one):
    """What a report contradicts itself in."""
    kernels, families, totals = one["kernels"], one["breakdown"], one["kernel_totals"]
    for target in one["targets"]:
        known = [(key, target["times"][key]) for key in ORDER]
        known = [(key, value) for key, value in known if value is not None]
        for (first, less), (second, more) in zip(known, known[1:]):
            if less > more * ROUNDING:
                yield f"{target['name']}: {first} {less} > {second} {more}"
        if len(known) < len(ORDER) and not target["times"]["reasons"]:
            yield f"{target['name']}: a time is unknown without a reason"
        if target["name"] == "h200" and one["demand"]["complete"] and len(known) < len(ORDER):
            yield "h200: a time is unknown"

    for key in ("kernels", "left_out", "launches"):
        if total(families, key) != totals[key]:
            yield f"families have {total(families, key)} {key}, not {totals[key]}"
    if total(families, "bytes") != totals["external_bytes"]:
        yield "families have other bytes than all kernels"
    operations = collections.Counter()
    for family in families:
        operations.update(family["operations"])
    asked = collections.Counter(one["demand"]["operations"])
    # Fused attention leaves out what masks hide, and a note says so (A73).
    hides = any("scores that its masks hide" in note for note in one["notes"])
    if hides == (operations == asked) or operations - asked:
        yield f"operations of kernels {dict(operations)}, of ops {one['demand']['operations']}"

    counts, launches = collections.Counter(), collections.Counter()
    for kernel in kernels:
        counts[kernel["family"]] += len(kernel["locations"])
        if kernel["launches"] is not None and kernel["family"] != "scalar":
            launches[kernel["family"]] += kernel["launches"]
    for family in families:
        name = family["family"]
        # Kernels of unknown demand are in no row.
        if not family["kernels"] - family["left_out"] <= counts[name] <= family["kernels"]:
            yield f"{counts[name]} rows of {family['kernels']} {name} kernels"
        if launches[name] != family["launches"]:
            yield f"rows of {name} have {launches[name]} launches, not {family['launches']}"


def problems_between(less, more):
    """What fusing more must not do."""
    for key in ("external_bytes", "launches"):
        if less["kernel_totals"][key] < more["kernel_totals"][key]:
            yield f"fusing adds {key}: {less['kernel_totals'][key]}, {more['kernel_totals'][key]}"
    if less["kernel_totals"]["as_is_launches"] != more["kernel_totals"]["as_is_launches"]:
        yield "fusing changes the launches of as-is"
    for before, after in zip(less["targets"], more["targets"]):
        # Times may grow: fused attention pads its rows, and its products in a
        # kernel each need not.
        old, new = (target["times"]["kernel_roof_seconds"] for target in (before, after))
        if old is not None and new is not None and new > old * ROUNDING:
            yield f"{after['name']}: fusing adds kernel_roof_seconds: {old}, {new}"
        if before["times"]["as_is_seconds"] != after["times"]["as_is_seconds"]:
            yield f"{after['name']}: fusing changes as-is"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True)
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    wrong = graphs = 0
    for path in sorted(arguments.folder.rglob("*.mlir")):
        reports = [report(arguments.roofline, path, fusion) for fusion in FUSIONS]
        graphs += 1
        problems = [f"{f}: {p}" for f, one in zip(FUSIONS, reports) for p in problems_of(one)]
        for index, (less, more) in enumerate(zip(reports, reports[1:])):
            problems += [f"{FUSIONS[index + 1]}: {p}" for p in problems_between(less, more)]
        for problem in problems:
            print(f"WRONG {path.relative_to(arguments.folder)}: {problem}")
        wrong += bool(problems)
    print(f"{graphs} graphs, {wrong} wrong")
    return 1 if wrong or not graphs else 0


if __name__ == "__main__":
    sys.exit(main())
