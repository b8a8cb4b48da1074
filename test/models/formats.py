"""Holds every format of a report to JSON, on every graph of a folder.

    python3 formats.py --roofline=PATH FOLDER

- trace: events have what viewers need, none begins before the end of the one before on
  its track, and together they last as long as the kernels of the target;
- svg: well-formed, without anything that runs or is loaded, a field per target;
- csv: a line per row and target, with the values of JSON;
- markdown: every row has the cells of its table, every fold is closed.
"""

import argparse
import collections
import csv
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

TARGETS = ["h200", "ascend-910b2", "ascend-310p"]
# What every event of a viewer needs, by phase.
KEYS = {
    "M": {"ph", "name", "pid", "tid", "args"},
    "X": {"ph", "name", "cat", "ts", "dur", "pid", "tid", "args"},
}
# Seconds are printed with seven digits, and events are rounded to a nanosecond.
ROUNDING = 1e-6
NANOSECONDS = 2e-9


def render(roofline, folder, form, *options):
    """The reports of all graphs of a folder in one format, by the names of their files."""
    command = [roofline, "report", folder, "--target=" + ",".join(TARGETS), "--format=" + form]
    with tempfile.TemporaryDirectory() as output:
        subprocess.run([*command, *options, "-o", output + "/"], check=True)
        files = sorted(pathlib.Path(output).iterdir())
        return {file.name.partition(".mlir.")[0]: file.read_text() for file in files}


def is_near(value, expected):
    return abs(value - expected) <= ROUNDING * abs(expected) + NANOSECONDS


def trace_problems(text, report):
    trace = json.loads(text)
    ends, totals = {}, collections.Counter()
    names = {}
    for event in trace["traceEvents"]:
        if set(event) != KEYS[event["ph"]]:
            yield f"trace: an event has {sorted(event)}"
        if event["name"] == "process_name":
            names[event["pid"]] = event["args"]["name"]
        if event["ph"] != "X":
            continue
        if not event["name"] or event["dur"] < 0:
            yield f"trace: {event}"
        track = event["pid"], event["tid"]
        if event["ts"] != ends.get(track, 0):
            yield f"trace: an event begins at {event['ts']}, not {ends.get(track, 0)}"
        ends[track] = event["ts"] + event["dur"]
        totals[event["pid"]] += event["dur"]
    for pid, target in enumerate(report["targets"], 1):
        times = target["times"]
        is_timed = times["kernels_seconds"] is not None
        expected = times["kernels_seconds" if is_timed else "kernel_roof_seconds"]
        # Roofs of the whole graph may lift a sum of times of kernels.
        summed = sum(
            row["targets"][pid - 1]["seconds" if is_timed else "roof_seconds"] or 0
            for row in report["kernels"]
        )
        if expected is None:
            continue
        seconds = totals[pid] * 1e-6
        if not is_near(seconds, expected) and not is_near(seconds, summed):
            yield f"trace: {target['name']} takes {seconds}, not {expected}"
        if names[pid] != target["name"] + ("" if is_timed else " (roofs)"):
            yield f"trace: {target['name']} is called {names[pid]}"


def svg_problems(text, report):
    root = xml.etree.ElementTree.fromstring(text)
    tags = collections.Counter(element.tag.rsplit("}")[-1] for element in root.iter())
    for tag in set(tags) - {"svg", "title", "style", "text", "path", "g", "circle"}:
        yield f"svg: has <{tag}>"
    if re.search(r"href|url\(|\bon\w+=|nan|inf", re.sub("<title>.*?</title>", "", text)):
        yield "svg: refers to something, or has no number"
    if tags["g"] != len(report["targets"]):
        yield f"svg: {tags['g']} fields"


def same(cell, value):
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, int):
        return cell == str(value)
    return float(cell) == value if isinstance(value, float) else cell == value


def csv_problems(render_view, report):
    views = {"breakdown": "breakdown", "kernels": "kernels", "hotspots": "ops"}
    for view, key in views.items():
        lines = list(csv.DictReader(io.StringIO(render_view(view), newline="")))
        rows = [(row, target) for row in report[key] for target in row["targets"]]
        if len(lines) != len(rows):
            yield f"csv: {len(lines)} lines of {view}, not {len(rows)}"
        for line, (row, target) in zip(lines, rows):
            for name in set(line) & (set(row) | set(target)):
                value = target[name] if name in target and name != "name" else row[name]
                if not isinstance(value, (dict, list)) and not same(line[name], value):
                    yield f"csv: {name} is {line[name]}, not {value}"
    lines = list(csv.DictReader(io.StringIO(render_view("summary"), newline="")))
    for line, target in zip(lines, report["targets"]):
        for name, value in target["times"].items():
            if name in line and not same(line[name], value):
                yield f"csv: {name} is {line[name]}, not {value}"


def markdown_problems(text, report):
    if text.count("<details>") != text.count("</details>"):
        yield "markdown: a fold is not closed"
    columns = 0
    for line in text.splitlines():
        bars = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        if bars and columns and bars != columns:
            yield f"markdown: {line}"
        columns = bars
    for target in report["targets"]:
        if f"| {target['name']} |" not in text:
            yield f"markdown: no row of {target['name']}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True)
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    rendered = {
        form: render(options.roofline, options.folder, form)
        for form in ("json", "trace", "svg", "markdown")
    }
    tables = {
        view: render(options.roofline, options.folder, "csv", "--view=" + view)
        for view in ("summary", "breakdown", "kernels", "hotspots")
    }
    wrong = 0
    for name, text in rendered["json"].items():
        report = json.loads(text)
        problems = [
            *trace_problems(rendered["trace"][name], report),
            *svg_problems(rendered["svg"][name], report),
            *csv_problems(lambda view, name=name: tables[view][name], report),
            *markdown_problems(rendered["markdown"][name], report),
        ]
        for problem in problems:
            print(f"WRONG {name}: {problem}")
        wrong += bool(problems)
    print(f"{len(rendered['json'])} graphs, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
