"""What there is to measure: one case is one row of the table.

Nothing here or in the modules that list cases needs PyTorch, so that `--list` works
everywhere; a case imports it when it is measured.
"""

import dataclasses
from typing import Callable

# Cases of a level are measured where the level is asked for: `tiny` ones on a CPU
# only, where they check the script; `quick` ones always else; `full` ones unless
# `--quick` is given.
TINY, QUICK, FULL = "tiny", "quick", "full"


@dataclasses.dataclass(frozen=True)
class Case:
    """One kernel or model part, of one shape, by one implementation."""

    section: str
    op: str
    dtype: str
    # `key=value;...`, as `shape` below makes it.
    shape: str
    # What of the software runs it, as in the column `software` behind the version.
    implementation: str
    # Called with a timing.Bench; returns a timing.Timing.
    measure: Callable
    level: str = FULL
    # About how long the case takes on a GPU, in seconds, inputs included. A case
    # that a budget has no room for is left out.
    seconds: float = 1.0

    def __str__(self):
        return f"{self.op} {self.dtype} {self.shape} {self.implementation}"


def shape(**extents):
    """The column `shape` for the extents, in the order given."""
    return ";".join(f"{key}={value}" for key, value in extents.items())


def inOrder(cases):
    """The cases, quick ones first, and each level well mixed.

    A run that ends early has then measured a part of every section, and of each a
    sample of all its shapes. The order is always the same.
    """
    seen, places = {}, []
    for case in cases:
        group = (case.level, case.section)
        index = seen[group] = seen.get(group, 0) + 1
        # Multiples of the golden ratio, without their whole part, spread evenly.
        place = index * 0.6180339887498949 % 1
        places.append(((TINY, QUICK, FULL).index(case.level), place, len(places), case))
    return [case for *_, case in sorted(places, key=lambda entry: entry[:3])]
