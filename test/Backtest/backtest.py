#!/usr/bin/env python3
"""Compares what a port is told to lack with what people had to write.

For every graph, chip and release of CANN: what `roofline port` from an H200 finds to be
missing without community kernels, as one kernel (RF1010, RF1014) or at all (effort high),
against the ops that vLLM Ascend wrote for that structure (vllm_ascend.json). Prints precision and recall as a Markdown table, and what
was missed or named in vain below it.

usage: backtest.py --roofline=ROOFLINE [--truth=FILE] FOLDER...

Graphs that no folder has are left out, and said to be.
"""

import argparse
import json
import pathlib
import subprocess
import sys

def findGraph(name, folders):
    """The file of a graph, whatever its folder and the beginning of its name."""
    for folder in folders:
        for path in sorted(folder.rglob("*.mlir")):
            if path.stem == name or path.stem.endswith("__" + name):
                return path
    return None


def missingPatterns(tool, path, chip, version):
    """Patterns of the graph that the vendor has no kernel in one piece for."""
    command = [tool, "port", path, "--from=h200", f"--to={chip}", f"--release=cann={version}"]
    command += ["--no-community", "--format=json"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {
        finding["op"].split()[0]
        for finding in json.loads(text)["findings"]
        if finding["status"] == "missing-fusion" or finding["level"] == "high"
    }


def versionKey(version):
    """Release candidates come before the release: 8.1.RC1 < 8.1."""
    return [int(p) if p.isdigit() else -1 for p in (version + ".0").split(".")[:3]]


def neededPatterns(truth, graph, version):
    return {
        op["pattern"]
        for op in truth["ops"]
        if graph in op["graphs"] and versionKey(version) <= versionKey(op["until"])
    }


def ratio(part, whole):
    return f"{part / whole:.2f}" if whole else "-"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roofline", required=True, help="the command")
    here = pathlib.Path(__file__).parent
    parser.add_argument("--truth", type=pathlib.Path, default=here / "vllm_ascend.json")
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    truth = json.loads(options.truth.read_text())

    graphs = {name: findGraph(name, options.folders) for name in truth["graphs"]}
    for name, path in graphs.items():
        if path is None:
            print(f"left out: no folder has '{name}'\n")
    graphs = {name: path for name, path in graphs.items() if path}
    if not graphs:
        sys.exit("no graph is there")

    print("| CANN | chip | named | written | both | precision | recall |")
    print("|---|---|---|---|---|---|---|")
    misses, alarms = {}, {}
    for version in truth["cann"]:
        for chip, generation in truth["chips"].items():
            named, needed = set(), set()
            for name, path in graphs.items():
                missing = missingPatterns(options.roofline, path, chip, version)
                named |= {(name, pattern) for pattern in missing}
                needed |= {(name, p) for p in neededPatterns(truth, name, version)}
            both = named & needed
            print(
                f"| {version} | {chip} | {len(named)} | {len(needed)} | {len(both)}"
                f" | {ratio(len(both), len(named))} | {ratio(len(both), len(needed))} |"
            )
            for pair in needed - named:
                misses.setdefault(pair, []).append(f"{version} {generation}")
            for pair in named - needed:
                alarms.setdefault(pair, []).append(f"{version} {generation}")
    for title, pairs in (("Written, but not named", misses), ("Named, but not written", alarms)):
        print(f"\n{title}:\n")
        for (name, pattern), where in sorted(pairs.items()):
            print(f"- `{pattern}` in {name}: {', '.join(where)}")


if __name__ == "__main__":
    main()
