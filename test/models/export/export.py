"""Writes the graphs of this folder's parent and what XLA counts of each.

    python export.py OUTPUT_FOLDER [NAME ...]

For each model: NAME.mlir, the StableHLO that JAX lowers it to, from shapes only
and without weights; and NAME.xla.json, what XLA's cost analysis says of the same
module before any optimisation. Of graphs written by hand only the latter.
"""

import argparse
import datetime
import json
import pathlib
import sys

import jax
import jaxlib

# Each registers its models.
import kinds  # noqa: F401
import llama  # noqa: F401
import loops  # noqa: F401
import moe  # noqa: F401
import recommender  # noqa: F401
import serving  # noqa: F401
import training  # noqa: F401
import vision  # noqa: F401
from registry import MODELS
from text import cost_of_text, with_scope_names

# Graphs in StableHLO that nothing exports: XLA reads their text.
WRITTEN_BY_HAND = ("torch-bert-block",)

# Committed files stay small; a graph that does not fit needs fewer layers.
MAXIMUM_BYTES = 1_000_000


def cost_record(name, platform, cost):
    """XLA's totals, null where it does not know.

    'flops' is what is not a transcendental function. XLA adds up in f32, so that
    totals are exact to about seven digits only."""

    def total(key):
        value = int(cost.get(key, 0))
        return None if value < 0 else value

    return {
        "model": name,
        "source": "XLA's HloCostAnalysis of the module before optimisation",
        "jax": jax.__version__,
        "jaxlib": jaxlib.__version__,
        "platform": platform,
        "date": datetime.date.today().isoformat(),
        "flops": total("flops"),
        "transcendentals": total("transcendentals"),
        "bytes_accessed": total("bytes accessed"),
    }


def write_record(folder, record):
    path = folder / f"{record['model']}.xla.json"
    path.write_text(json.dumps(record, indent=2) + "\n")
    print(f"{record['model']}: {record['flops']} flops by XLA")


def export(name, folder):
    model = MODELS[name]
    function, arguments = model.build()
    lowered = function.trace(*arguments).lower(lowering_platforms=(model.platform,))
    text = with_scope_names(lowered.as_text(debug_info=True))
    if len(text) > MAXIMUM_BYTES:
        raise ValueError(f"'{name}' takes {len(text)} bytes of text")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.mlir").write_text(text)
    write_record(
        folder, cost_record(name, model.platform, lowered.cost_analysis() or {})
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="all by default")
    options = parser.parse_args()
    for name in options.names or (*MODELS, *WRITTEN_BY_HAND):
        if name in MODELS:
            export(name, options.folder)
        elif name in WRITTEN_BY_HAND:
            cost = cost_of_text((options.folder / f"{name}.mlir").read_text())
            write_record(options.folder, cost_record(name, "cpu", cost))
        else:
            sys.exit(f"there is no model '{name}'; there are {', '.join(MODELS)}")


if __name__ == "__main__":
    main()
