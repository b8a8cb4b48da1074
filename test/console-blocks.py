#!/usr/bin/env python3
"""Runs the commands that a document shows, and compares what they print.

A block of Markdown marked `console` holds commands, each after '$ ', and below each
what it prints on both streams. They run in the root of the source with the built
tools on PATH; `build/release` stands for the build that is tested.

usage: console-blocks.py [--update] SOURCE_ROOT BUILD_ROOT DOCUMENT...

With --update the documents are rewritten with what the commands print now.
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def commandsOf(block):
    """The commands of a block, those with a trailing backslash joined."""
    commands, continued = [], False
    for line in block.splitlines():
        if continued:
            commands[-1] += "\n" + line
        elif line.startswith("$ "):
            commands.append(line[2:])
        else:
            continue
        continued = line.endswith("\\")
    return commands


def run(command, source, build):
    """What a command prints in a shell, as a reader of the document would see it."""
    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join([str(build / "bin"), environment["PATH"]])
    environment.pop("ROOFLINE_TARGET_PATH", None)
    shown = os.path.relpath(build, source)
    result = subprocess.run(
        ["bash", "-c", command.replace("build/release", shown)],
        cwd=source,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return result.stdout.replace(shown, "build/release")


def main():
    arguments = sys.argv[1:]
    update = arguments[0] == "--update"
    source, build, *documents = map(pathlib.Path, arguments[update:])
    source, build = source.resolve(), build.resolve()
    count, stale = 0, False
    for document in documents:

        def renewed(match):
            nonlocal count
            text = ""
            for command in commandsOf(match.group(1)):
                count += 1
                text += f"$ {command}\n{run(command, source, build)}"
            return f"```console\n{text}```"

        old = document.read_text()
        new = BLOCK.sub(renewed, old)
        if new == old:
            continue
        if update:
            document.write_text(new)
            continue
        stale = True
        sys.stdout.writelines(
            difflib.unified_diff(
                old.splitlines(keepends=True),
                new.splitlines(keepends=True),
                f"{document}: as written",
                f"{document}: as run",
            )
        )
    if stale:
        print("renew it with the target roofline-doc, and read what changed")
    print(f"{count} commands run")
    return 1 if stale or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
