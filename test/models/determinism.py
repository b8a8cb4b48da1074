"""Runs a report again and again, and holds every byte of it to the first run.

    python3 determinism.py --roofline=PATH [--runs=N] FOLDER

In every format, N times in all, with different numbers of models at once, the models in
one run and each in a run of its own (where MLIR has threads).
"""

import argparse
import hashlib
import itertools
import pathlib
import subprocess
import sys
import tempfile

FORMATS = [
    ["text"],
    ["json"],
    ["markdown"],
    *(["csv", "--view=" + v] for v in ("summary", "breakdown", "kernels", "hotspots", "coverage")),
    ["svg"],
    ["trace"],
]
JOBS = [1, 2, 3, 5, 8, 16]


def digest(command, models, jobs):
    """Of all reports, by the names of their files."""
    runs = [models] if jobs else [[model] for model in models]
    with tempfile.TemporaryDirectory() as output:
        for run in runs:
            more = [f"-j{jobs}"] if jobs else []
            subprocess.run([*command, *more, *run, "-o", output + "/"], check=True)
        result = hashlib.sha256()
        for file in sorted(pathlib.Path(output).iterdir()):
            result.update(file.name.encode() + file.read_bytes())
        return result.hexdigest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--roofline", required=True)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    models = sorted(options.folder.glob("*.mlir"))
    wrong = 0
    first = {}
    # Jobs of 0 stand for a run per model, once per format.
    alone = [(form, 0) for form in FORMATS]
    together = itertools.cycle((form, jobs) for jobs in JOBS for form in FORMATS)
    for form, jobs in itertools.islice(itertools.chain(alone, together), options.runs):
        command = [options.roofline, "report", "--target=h200,ascend-910b2", "--format=" + form[0]]
        found = digest([*command, *form[1:]], models, jobs)
        if found != first.setdefault(tuple(form), found):
            print(f"WRONG {' '.join(form)} with -j{jobs}")
            wrong += 1
    print(f"{options.runs} runs in {len(first)} formats, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
