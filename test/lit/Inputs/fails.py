"""Runs a command that must fail the way `roofline` promises to.

Exit code 2, nothing on standard output, a message of at most one error on
standard error (which is passed on), and no stack dump.
"""

import subprocess
import sys

result = subprocess.run(sys.argv[1:], capture_output=True)
message = result.stderr.decode(errors="replace")
sys.stderr.write(message)

problems = []
if result.returncode != 2:
    problems.append(f"exit code {result.returncode}")
if result.stdout:
    problems.append("output on standard output")
if not message.strip():
    problems.append("no message")
if message.count("error:") > 1:
    problems.append("more than one error")
if "Stack dump" in message or "LLVM ERROR" in message:
    problems.append("a crash")
for problem in problems:
    print(f"expected a clean failure, got {problem}", file=sys.stderr)
sys.exit(1 if problems else 0)
