"""Runs a command whose reader of standard output is gone; passes on its messages.

It must fail with exit code 2.
"""

import os
import subprocess
import sys

reader, writer = os.pipe()
os.close(reader)
result = subprocess.run(sys.argv[1:], stdout=writer, stderr=subprocess.PIPE)
sys.stdout.write(result.stderr.decode())
sys.exit(0 if result.returncode == 2 else f"exit code {result.returncode}")
