"""Checks the kernels that are attached to the ops of graphs.

    python3 kernel_attributes.py PROGRAM FILE...

PROGRAM is roofline-opt. For each graph and each way to fuse: kernels are numbered from 0
without gaps; each has one op that stands for it, which carries the number too, and as
many ops as it says; attaching everything twice is attaching it once; text and bytecode
give it back; and stripping gives back the graph.
"""

import collections
import pathlib
import re
import subprocess
import sys

NUMBER = re.compile(r"roofline\.kernel = (\d+) : i64")
KERNEL = re.compile(
    r"roofline\.kernel_demand = "
    r'#roofline\.kernel<\w+, name = "[^"]+", ops = (\d+),'
)


def run(program, source, *options):
    """What the program makes of a graph that it reads from its input."""
    result = subprocess.run(
        [program, "-", *options], input=source, stdout=subprocess.PIPE, check=False
    )
    if result.returncode != 0:
        sys.exit(f"{' '.join(options)} failed")
    return result.stdout


def problemsOf(text):
    """What is wrong with the kernels of a printed graph, and how many there are."""
    problems = []
    ops, declared = collections.Counter(), {}
    for line in text.splitlines():
        number, kernel = NUMBER.search(line), KERNEL.search(line)
        if number:
            ops[int(number[1])] += 1
        if kernel and not number:
            problems.append(f"not in the kernel that it stands for: {line.strip()[:160]}")
        elif kernel and int(number[1]) in declared:
            problems.append(f"kernel {number[1]} has two ops that stand for it")
        elif kernel:
            declared[int(number[1])] = int(kernel[1])
    if sorted(ops) != list(range(len(ops))):
        problems.append("the numbers of kernels have gaps")
    for number, count in ops.items():
        if declared.get(number) != count:
            problems.append(
                f"kernel {number} has {count} ops and says {declared.get(number)}"
            )
    return problems, len(ops)


def main():
    program, *files = sys.argv[1:]
    wrong, kernels = 0, 0
    for file in files:
        source = pathlib.Path(file).read_bytes()
        plain = run(program, source)
        for fusion in ("none", "compiler", "library"):
            pipeline = f"--roofline=targets=h200 fusion={fusion}"
            attached = run(program, source, pipeline)
            problems, count = problemsOf(attached.decode())
            if run(program, attached, pipeline) != attached:
                problems.append("attaching twice differs from attaching once")
            if run(program, run(program, attached, "--emit-bytecode")) != attached:
                problems.append("bytecode does not give it back")
            if run(program, attached, "--roofline-strip") != plain:
                problems.append("stripping leaves something behind")
            for problem in problems:
                print(f"WRONG {pathlib.Path(file).name} {fusion}: {problem}")
            wrong += bool(problems)
            kernels += count
    print(f"{len(files)} graphs, {kernels} kernels, {wrong} wrong")


if __name__ == "__main__":
    main()
