#!/usr/bin/env python3
"""Checks that every assumption of docs/Model.md is borne by a test.

A row of a table there that begins with its number (`| A10 | ...`) needs a file in
test/ that names the number, and the number stands once.

usage: assumptions.py SOURCE_ROOT
"""

import pathlib
import re
import sys


def main():
    root = pathlib.Path(sys.argv[1])
    numbers = re.findall(
        r"^\| (A\d+)\b", (root / "docs/Model.md").read_text(), re.MULTILINE
    )
    problems = [f"{n} is assumed twice" for n in set(numbers) if numbers.count(n) > 1]
    named = set()
    for file in (root / "test").rglob("*"):
        if file.suffix in (".cpp", ".mlir", ".test"):
            named.update(re.findall(r"\bA\d+\b", file.read_text(errors="replace")))
    problems += [f"{n} is named by no test" for n in numbers if n not in named]
    for problem in sorted(problems):
        print(f"docs/Model.md: {problem}")
    if not numbers:
        print("docs/Model.md: no assumptions found")
    return 1 if problems or not numbers else 0


if __name__ == "__main__":
    sys.exit(main())
