"""The two files that are written: the table, row by row, and what lies beside it."""

import csv
import io
import json
import os
import pathlib
import time

COLUMNS = ("hardware", "op", "dtype", "shape", "us", "software")
# The JSON file is written anew at most this often, in seconds, and at the end.
JSON_INTERVAL_SECONDS = 5.0


class BadOutput(Exception):
    """A file that cannot be written, or continued; the message says what to do."""


def csvLine(fields):
    """One line of the table, with its end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(fields)
    return text.getvalue()


def rowsIn(path):
    """The rows of a table as dictionaries. A last line without end is no row."""
    text = path.read_text()
    reader = csv.DictReader(io.StringIO(text[: text.rfind("\n") + 1]))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise BadOutput(
            f"'{path}' is not a table of this script: its first line is not "
            f"'{','.join(COLUMNS)}'; give another --out"
        )
    return list(reader)


class Output:
    """A table and its JSON file, written as measured."""

    def __init__(self, path, resume):
        self.path = pathlib.Path(path)
        self.jsonPath = pathlib.Path(f"{path}.json")
        self.done = set()
        self.known = {"runs": [], "rows": [], "skipped": [], "not_run": []}
        self.written = 0.0
        try:
            self._open(resume)
        except OSError as error:
            raise BadOutput(f"cannot write '{error.filename}': {error.strerror}")

    def _open(self, resume):
        if self.path.exists() and not resume:
            raise BadOutput(
                f"'{self.path}' exists; continue it with --resume, or give another "
                "--out"
            )
        if self.path.exists():
            rows = rowsIn(self.path)
            self.done = {tuple(row[c] for c in COLUMNS if c != "us") for row in rows}
            if self.jsonPath.exists():
                self._continueJson()
            # Ends where the last whole line does.
            text = self.path.read_bytes()
            os.truncate(self.path, text.rfind(b"\n") + 1)
            self.file = self.path.open("a")
        else:
            self.file = self.path.open("w")
            self._write(COLUMNS)

    def _continueJson(self):
        try:
            known = json.loads(self.jsonPath.read_text())
            self.known = {key: list(known[key]) for key in self.known}
        except (ValueError, KeyError, TypeError):
            raise BadOutput(
                f"'{self.jsonPath}' is not a file of this script; move it away, or "
                "give another --out"
            )
        self.known["not_run"] = []

    def _write(self, fields):
        self.file.write(csvLine(fields))
        self.file.flush()

    def begin(self, environment):
        """Notes a new run and where it runs."""
        self.known["runs"].append(environment)
        self.save()

    def has(self, key):
        """Whether the table has the row of a key: all columns but the time."""
        return key in self.done

    def add(self, key, timing):
        """Writes the row of a key."""
        hardware, op, dtype, shape, software = key
        self._write((hardware, op, dtype, shape, f"{timing.us:.6g}", software))
        self.done.add(key)
        self._forget(key)
        self.known["rows"].append(
            {
                **asEntry(key),
                "low_us": float(f"{timing.lowUs:.6g}"),
                "high_us": float(f"{timing.highUs:.6g}"),
                "runs": timing.runs,
                "calls": timing.calls,
                **({"details": timing.details} if timing.details else {}),
            }
        )
        self._saveSometimes()

    def skip(self, key, reason):
        """Notes why a case has no row."""
        self._forget(key)
        self.known["skipped"].append({**asEntry(key), "reason": reason})
        self._saveSometimes()

    def leaveOut(self, key, reason):
        """Notes a case that this run did not come to."""
        self.known["not_run"].append({**asEntry(key), "reason": reason})

    def _forget(self, key):
        """Drops what an earlier run said of a case that is now measured again."""
        entry = asEntry(key)
        self.known["skipped"] = [
            old
            for old in self.known["skipped"]
            if any(old.get(name) != value for name, value in entry.items())
        ]

    def _saveSometimes(self):
        if time.monotonic() - self.written > JSON_INTERVAL_SECONDS:
            self.save()

    def save(self):
        """Writes the JSON file, all of it or nothing."""
        part = pathlib.Path(f"{self.jsonPath}.part")
        try:
            part.write_text(json.dumps(self.known, indent=1) + "\n")
            part.replace(self.jsonPath)
        except OSError as error:
            raise BadOutput(f"cannot write '{self.jsonPath}': {error.strerror}")
        self.written = time.monotonic()


def asEntry(key):
    """A key as the JSON file has it."""
    return dict(zip((name for name in COLUMNS if name != "us"), key))
