"""Compares the kernels of one layer with those that are derived by hand.

    python3 layers.py --roofline=PATH [--docs=FOLDER [--write]] FOLDER

On each layer of layer_kernels.py, as the committed graphs in FOLDER have them, a report
must have the kernels that are expected by name and place, within one launch of those
by hand in all, and external bytes within 10 %. With --docs, the tables of Model.md and
Kernels.md there must be these figures; --write makes them so.
"""

import argparse
import dataclasses
import fnmatch
import json
import pathlib
import subprocess
import sys

# The tests leave nothing behind in the source tree.
sys.dont_write_bytecode = True

from layer_kernels import LAYERS, Kernel  # noqa: E402

LAUNCHES = 1
BYTES = 0.10


def reported(roofline, folder, graph, fusion):
    """The kernels of a graph, each with how often it is launched, its place whole."""
    command = [roofline, "report", folder / (graph + ".mlir"), "--target=h200"]
    command += ["--view=kernels", "--format=json", "--top=0", "--fusion=" + fusion]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    for row in json.loads(output)["kernels"]:
        if row["family"] == "scalar":
            continue
        launches = row["launches"] / len(row["locations"])
        for place in row["locations"]:
            yield launches, Kernel("", row["read_bytes"], row["written_bytes"], row["name"], place)


def kernels_of(launched, layer):
    """Those of one layer, places without its name."""
    for launches, kernel in launched:
        if kernel.place.startswith(layer.prefix) and launches == layer.repeats:
            yield dataclasses.replace(kernel, place=kernel.place[len(layer.prefix) :])


def total(kernels):
    """Launches and bytes."""
    kernels = [kernel for kernel in kernels if kernel]
    size = sum(kernel.count * (kernel.read + kernel.written) for kernel in kernels)
    return sum(kernel.count for kernel in kernels), size


def paired(layer, found):
    """Kernels by hand in their order, each with the one that a report has at its place by
    its name; where these are several, they are paired by their bytes. What has no
    counterpart comes with None."""

    def size(kernel):
        return kernel.written, kernel.read

    found = sorted(found, key=size)
    pairs = {}
    for kernel in sorted(layer.kernels, key=size):
        same = [
            other
            for other in found
            if fnmatch.fnmatchcase(other.place, kernel.place)
            and fnmatch.fnmatchcase(other.name, kernel.name)
        ][: kernel.count]
        if len(same) == kernel.count and all(other == same[0] for other in same):
            pairs[kernel] = dataclasses.replace(same[0], count=kernel.count)
            for other in same:
                found.remove(other)
    alone = [(None, other) for other in found]
    return [(kernel, pairs.get(kernel)) for kernel in layer.kernels] + alone


def problems_of(layer, pairs):
    launches, size = total(other for _, other in pairs)
    expected_launches, expected_size = total(layer.kernels)
    for kernel, other in pairs:
        if kernel and kernel.name and not other:
            yield f"no {kernel.name} at {kernel.place} ({kernel.what})"
    if abs(launches - expected_launches) > LAUNCHES:
        yield f"{launches} launches, {expected_launches} by hand"
    if abs(size - expected_size) > BYTES * expected_size:
        yield f"{size:,} bytes, {expected_size:,} by hand"


# --- Tables ---------------------------------------------------------------------


def rounded(number, form):
    """Without the sign of what rounds to zero."""
    text = format(number, form)
    return text.lstrip("+-") if not text.strip("+-0.") else text


def megabytes(size):
    return rounded(size / 1e6, ",.3f")


def called(name, what):
    return f"`{name}`" + (f" ({what})" if what else "")


def sums_row(layer, pairs):
    launches, size = total(other for _, other in pairs)
    expected_launches, expected_size = total(layer.kernels)
    cells = [
        f"`{layer.graph}`",
        layer.what,
        layer.fusion,
        launches,
        expected_launches,
        layer.stack,
    ]
    cells += [f"{size / 1e6:,.1f}", f"{expected_size / 1e6:,.1f}"]
    cells += [rounded(100 * (size / expected_size - 1), "+.1f"), layer.stack_megabytes]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def names_row(layer, pairs):
    names = [
        (f"{other.count} x " if other.count > 1 else "")
        + called(other.name, kernel.what if kernel else "")
        for kernel, other in pairs
        if other
    ]
    return f"| `{layer.graph}`, {layer.what} | {layer.fusion} | {', '.join(names)} |"


def list_of(pairs):
    yield "| by hand | launches | reads | writes | roofline | reads | writes | difference, MB |"
    yield "|---|---|---|---|---|---|---|---|"
    for kernel, other in pairs:
        count = (kernel or other).count
        cells = [(kernel.what or f"`{kernel.name}`") if kernel else "", count]
        for one in (kernel, other):
            if one is other:
                cells.append(f"`{one.name}`" if one else "")
            cells += [f"{one.read:,}", f"{one.written:,}"] if one else ["", ""]
        change = total([other])[1] - total([kernel])[1]
        cells.append(megabytes(change))
        yield "| " + " | ".join(str(cell) for cell in cells) + " |"


def with_tables(text, tables):
    """`text` with the table after each heading of `tables` replaced."""
    lines, result, heading = text.splitlines(), [], None
    left = dict(tables)
    for line in lines:
        if line.startswith("#"):
            heading = line.lstrip("# ")
        if line.startswith("|") and heading in tables:
            result += left.pop(heading, [])
            continue
        result.append(line)
    return "\n".join(result) + "\n", sorted(left)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True)
    parser.add_argument("--fusion", help="instead of that of each layer")
    parser.add_argument("--docs", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()

    reports, wrong = {}, 0
    sums, names, lists = [], [], {}
    for layer in LAYERS:
        key = (layer.graph, arguments.fusion or layer.fusion)
        if key not in reports:
            reports[key] = list(reported(arguments.roofline, arguments.folder, *key))
        pairs = paired(layer, kernels_of(reports[key], layer))
        problems = list(problems_of(layer, pairs))
        for problem in problems:
            print(f"WRONG {layer.title}: {problem}")
        wrong += bool(problems)
        launches, size = total(other for _, other in pairs)
        print(f"{layer.title}: {launches} launches, {megabytes(size)} MB")
        sums.append(sums_row(layer, pairs))
        names.append(names_row(layer, pairs))
        if layer.listed:
            lists[layer.title] = list(list_of(pairs))
    print(f"{len(LAYERS)} layers, {wrong} wrong")

    if arguments.docs:
        header = "| graph | layer | fusion | launches | by hand | stack | MB | by hand | % | XLA |"
        sums = [header, "|" + "---|" * 10, *sums]
        names = ["| layer | fusion | kernels |", "|---|---|---|", *names]
        documents = {
            "Model.md": {"Launches and bytes of one layer": sums, "Kernels of one layer": names},
            "Kernels.md": lists,
        }
        for name, tables in documents.items():
            path = arguments.docs / name
            text, missing = with_tables(path.read_text(), tables)
            for heading in missing:
                print(f"WRONG {name}: no table under '{heading}'")
            if text != path.read_text() and not arguments.write:
                print(f"WRONG {name}: figures are not those of a report; --write renews them")
            elif arguments.write:
                path.write_text(text)
            wrong += bool(missing) or (text != path.read_text())
    return 1 if wrong or not LAYERS else 0


if __name__ == "__main__":
    sys.exit(main())
