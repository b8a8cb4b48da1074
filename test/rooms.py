#!/usr/bin/env python3
"""Checks that no room knows another that its CMakeLists.txt does not link.

All headers are on one include path, so the compiler does not notice. The rule is
the LINK_LIBS list in lib/<Room>/CMakeLists.txt: a file of the room, in lib/ or in
include/roofline/, may include headers of the rooms that it names and of those that
they know in turn. The rooms of plain C++ include nothing of MLIR.

usage: rooms.py SOURCE_ROOT
"""

import pathlib
import re
import sys

PLAIN_ROOMS = ("Calibration", "Check", "Model", "Target", "Porting", "Report")

INCLUDE = re.compile(r'^\s*#?\s*include\s+["<]([^">]+)[">]', re.MULTILINE)
LIBRARY = re.compile(r"roofline_add_library\(Roofline\w+(.*?)\)", re.DOTALL)


def linkedRooms(cmakeFile):
    """The rooms in the LINK_LIBS list of a CMakeLists.txt."""
    rooms = set()
    for body in LIBRARY.findall(cmakeFile.read_text()):
        keyword = ""
        for word in re.sub(r"#.*", "", body).split():
            if word.isupper() and word != "LLVM" and word != "MLIR":
                keyword = word
            elif keyword == "LINK_LIBS" and word.startswith("Roofline"):
                rooms.add(word.removeprefix("Roofline"))
    return rooms


def knownRooms(room, links):
    """The rooms that `room` may include, itself among them."""
    known, todo = set(), [room]
    while todo:
        name = todo.pop()
        if name not in known:
            known.add(name)
            todo.extend(links.get(name, ()))
    return known


def problemsOf(path, room, known):
    """The includes of a file that its room may not have."""
    for match in INCLUDE.finditer(path.read_text()):
        header = match.group(1)
        if room in PLAIN_ROOMS and header.startswith("mlir/"):
            yield f"includes '{header}', and {room} is plain C++"
        parts = header.split("/")
        if parts[0] != "roofline":
            continue
        if len(parts) < 3:
            yield f"includes '{header}', which knows every room"
        elif parts[1] not in known:
            yield f"includes '{header}', and lib/{room} does not link {parts[1]}"


def main():
    root = pathlib.Path(sys.argv[1])
    links = {
        file.parent.name: linkedRooms(file)
        for file in sorted((root / "lib").glob("*/CMakeLists.txt"))
    }
    checked, problems = 0, []
    for room in links:
        known = knownRooms(room, links)
        for folder in (root / "lib" / room, root / "include" / "roofline" / room):
            for path in sorted(folder.rglob("*")):
                if path.suffix not in (".h", ".cpp", ".td"):
                    continue
                checked += 1
                problems += [
                    f"{path.relative_to(root)} {problem}"
                    for problem in problemsOf(path, room, known)
                ]
    print("\n".join(problems + [f"{checked} files, {len(problems)} problems"]))
    if checked == 0:
        sys.exit("no sources found: wrong folder?")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
