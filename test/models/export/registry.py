"""The models that export.py writes, each a function that is run on demand."""

import dataclasses
import typing

import jax

MODELS = {}


@dataclasses.dataclass(frozen=True)
class Model:
    """What to export: `build` returns a jitted function and its arguments' shapes.

    JAX lowers some functions to calls of a platform's library; `platform` names
    the one to lower for where an op of StableHLO is wanted instead."""

    build: typing.Callable
    platform: str = "cpu"


def model(name, platform="cpu"):
    """Registers a function that returns a jitted function and its arguments' shapes."""

    def register(build):
        if name in MODELS:
            raise ValueError(f"two models are called '{name}'")
        MODELS[name] = Model(build, platform)
        return build

    return register


def shape(dtype, *extents):
    """An argument that is known by its shape only: no weight is ever made."""
    return jax.ShapeDtypeStruct(extents, dtype)
