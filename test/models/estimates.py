"""Holds the estimates of a few graphs to those of their version of the model data.

    python3 estimates.py --roofline=PATH [--write] FOLDER

FOLDER/estimates.tsv has the four times of these graphs on every built-in target, rounded
to six digits, so that another compiler's last digit does not matter, and the version of
the model data that they are of. Whoever changes an estimate raises that version
(lib/Driver/Version.cpp), says so in docs/Changelog.md, and writes the file anew with
--write, which refuses to do so under the version that the file already has. New graphs
and targets change no estimate: --write adds them under any version.
"""

import argparse
import json
import pathlib
import subprocess
import sys

GRAPHS = [
    "dlrm",
    "linalg-mlp",
    "llama3-8b-decode-scan",
    "llama3-8b-prefill-scan",
    "mixed-precision",
    "mixtral-moe-layer",
    "mixtral-moe-ragged",
    "resnet50",
    "torch-bert-block",
    "tosa-cnn",
]
TIMES = ["roof_seconds", "kernel_roof_seconds", "kernels_seconds", "as_is_seconds"]
# Beyond these many differences a list says no more.
SHOWN = 10


def run(*command):
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def rounded(seconds):
    return "unknown" if seconds is None else f"{seconds:.5e}"


def estimates(roofline, folder):
    """The version of the model data, and times by graph and target."""
    targets = [row["name"] for row in run(roofline, "targets", "--format=json")["targets"]]
    found = {}
    for graph in GRAPHS:
        report = run(
            roofline,
            "report",
            folder / f"{graph}.mlir",
            "--target=" + ",".join(targets),
            "--allow-low-confidence",
            "--view=summary",
            "--format=json",
        )
        for target in report["targets"]:
            found[graph, target["name"]] = [rounded(target["times"][key]) for key in TIMES]
    return report["model_data_version"], found


def read(path):
    first, _, *rows = path.read_text().splitlines()
    cells = [row.split("\t") for row in rows]
    return int(first.split()[-1]), {(row[0], row[1]): row[2:] for row in cells}


def write(path, version, rows):
    lines = [f"# model data {version}", "\t".join(["graph", "target"] + TIMES)]
    lines += ["\t".join([*key, *rows[key]]) for key in sorted(rows)]
    path.write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    path = options.folder / "estimates.tsv"

    version, found = estimates(options.roofline, options.folder)
    committed, expected = read(path) if path.exists() else (0, {})
    changed = [key for key in expected if found.get(key) != expected[key]]
    for key in changed[:SHOWN]:
        print(" ".join(key), "was", *expected[key], "and is", *found.get(key, ["gone"]))
    if len(changed) > SHOWN:
        print("and", len(changed) - SHOWN, "more")
    if changed and version == committed:
        print(
            f"ESTIMATES CHANGED under model data {version}: raise modelDataVersion in "
            "lib/Driver/Version.cpp, say so in docs/Changelog.md, then run with --write"
        )
        return 1
    changelog = options.folder.parent.parent / "docs" / "Changelog.md"
    if f"model data {version}" not in changelog.read_text():
        print(f"MISSING: docs/Changelog.md has no entry for model data {version}")
        return 1
    if options.write:
        write(path, version, found)
    elif version != committed or set(found) != set(expected):
        print(f"STALE: {path.name} is of model data {committed}; run with --write")
        return 1
    print(f"model data {version}: {len(found)} estimates")
    return 0


if __name__ == "__main__":
    sys.exit(main())
