"""Holds completions and manual pages to what help lists.

    options_everywhere.py ROOFLINE BASH ZSH MAN
"""

import pathlib
import re
import subprocess
import sys

roofline, bash, zsh, pages = sys.argv[1:]
bash, zsh = pathlib.Path(bash).read_text(), pathlib.Path(zsh).read_text()


def help_of(*command):
    return subprocess.run(
        [roofline, *command, "--help"], stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def check(found, what):
    if not found:
        print("missing", what)


commands = re.findall(r"^  ([a-z][a-z-]*) +- ", help_of().partition("SUBCOMMANDS:")[2], re.M)
options = 0
for command in commands:
    page = (pathlib.Path(pages) / f"roofline-{command}.1").read_text().replace("\\-", "-")
    in_bash = re.search(rf"^    '{command} -'\*\) values='(.*)'", bash, re.M)[1].split()
    in_zsh = re.search(rf"^  {command}\)\n(.*?)^    ;;", zsh, re.M | re.S)[1]
    listed = help_of(command).rpartition("\nOptions:\n")[2]
    for name, value in re.findall(r"^ +(--?[a-z0-9-]+)([= ]<[^>]*>)?  +- ", listed, re.M):
        options += 1
        check(f"\\fB{name}\\fR" in page, f"{command} {name} in the manual")
        check(name in [word.rstrip("=") for word in in_bash], f"{command} {name} in bash")
        check(re.search(rf"'\*{name}=?\[", in_zsh), f"{command} {name} in zsh")
    for value in re.findall(r"^    =([a-z0-9]+)  +-", listed, re.M):
        options += 1
        check(f"\\fB{value}\\fR" in page, f"{command} ={value} in the manual")
        check(re.search(rf"^  '{command} --.*'.*\b{value}\b", bash, re.M), f"{value} in bash")
        check(value in in_zsh, f"{command} ={value} in zsh")
print(f"{options} options of {len(commands)} commands")
