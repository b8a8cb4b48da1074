"""Runs a command with standard error, or all output, on a terminal, and prints it.

    terminal.py [--all] [--slow=FILE] COMMAND...

With --slow, FILE is its standard input, the last line of which comes after two seconds.
Escape characters are printed as \\e, carriage returns as \\r.
"""

import os
import pty
import subprocess
import sys
import threading
import time

arguments = sys.argv[1:]
is_all = "--all" in arguments
slow = next((a.split("=", 1)[1] for a in arguments if a.startswith("--slow=")), None)
command = [a for a in arguments if a != "--all" and not a.startswith("--slow=")]

terminal, other = pty.openpty()
process = subprocess.Popen(
    command,
    stdin=subprocess.PIPE,
    stdout=other if is_all else subprocess.DEVNULL,
    stderr=other,
    env={**os.environ, "TERM": "xterm"},
)
os.close(other)


def feed():
    if slow:
        with open(slow, "rb") as file:
            lines = file.readlines()
        process.stdin.write(b"".join(lines[:-1]))
        process.stdin.flush()
        time.sleep(2)
        process.stdin.write(lines[-1])
    process.stdin.close()


thread = threading.Thread(target=feed)
thread.start()
printed = b""
while True:
    try:
        some = os.read(terminal, 65536)
    except OSError:
        break
    if not some:
        break
    printed += some
thread.join()
text = printed.decode(errors="replace").replace("\r\n", "\n")
sys.stdout.write(text.replace("\x1b", "\\e").replace("\r", "\\r"))
sys.exit(process.wait())
