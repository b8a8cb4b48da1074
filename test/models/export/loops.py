"""Loops: a stencil in time, and small ones for what a counter can look like."""

import jax
import jax.numpy as jnp
from jax import lax

from registry import model, shape

STENCIL_EXTENT = 512
STENCIL_STEPS = 100


def diffuse(field, rate):
    """One explicit step of the heat equation; the faces of the cube stay as they are."""
    inner = field[1:-1, 1:-1, 1:-1]
    neighbours = (
        field[:-2, 1:-1, 1:-1]
        + field[2:, 1:-1, 1:-1]
        + field[1:-1, :-2, 1:-1]
        + field[1:-1, 2:, 1:-1]
        + field[1:-1, 1:-1, :-2]
        + field[1:-1, 1:-1, 2:]
    )
    return field.at[1:-1, 1:-1, 1:-1].set(inner + rate * (neighbours - 6 * inner))


@model("stencil")
def stencil():
    def heat(field, rate):
        return lax.fori_loop(0, STENCIL_STEPS, lambda _, x: diffuse(x, rate), field)

    field = shape(jnp.float32, *(STENCIL_EXTENT,) * 3)
    return jax.jit(heat, donate_argnames="field"), (field, shape(jnp.float32))


SMALL = 256


def square_matrix():
    return shape(jnp.bfloat16, SMALL, SMALL)


@model("loops/fori")
def loop_fori():
    """A counter from 3 up to 20: 17 products."""

    def run(x, w):
        return lax.fori_loop(3, 20, lambda _, y: y @ w, x)

    return jax.jit(run), (square_matrix(), square_matrix())


@model("loops/reverse-scan")
def loop_reverse_scan():
    """A scan from its last step to its first, and its gradient: three products a step."""

    def loss(x, stacked):
        y, _ = lax.scan(lambda y, w: (y @ w, None), x, stacked, reverse=True)
        return jnp.sum(y.astype(jnp.float32))

    stacked = shape(jnp.bfloat16, 10, SMALL, SMALL)
    return jax.jit(jax.grad(loss, argnums=(0, 1))), (square_matrix(), stacked)


@model("loops/nested")
def loop_nested():
    """6 x 4 products in nested counted loops, 6 more beside the inner one."""

    def outer(_, y, w):
        y = lax.fori_loop(0, 4, lambda _, z: z @ w, y)
        return y @ w

    def run(x, w):
        return lax.fori_loop(0, 6, lambda i, y: outer(i, y, w), x)

    return jax.jit(run), (square_matrix(), square_matrix())


@model("loops/while")
def loop_while():
    """Until it converges: nobody knows the count before it runs."""

    def run(x, w):
        def unsettled(state):
            _, change = state
            return change > 1e-3

        def step(state):
            y, _ = state
            z = jnp.tanh(y @ w)
            return z, jnp.max(jnp.abs((z - y).astype(jnp.float32)))

        return lax.while_loop(unsettled, step, (x, jnp.float32(jnp.inf)))

    return jax.jit(run), (square_matrix(), square_matrix())


@model("loops/generate")
def loop_generate():
    """At most 64 steps, fewer if every row ends early: the count is not known."""

    def run(x, w):
        def unfinished(state):
            index, _, done = state
            return (index < 64) & ~jnp.all(done)

        def step(state):
            index, y, done = state
            y = y @ w
            return index + 1, y, done | (y[:, 0] > 0)

        return lax.while_loop(unfinished, step, (0, x, jnp.zeros(SMALL, jnp.bool_)))

    return jax.jit(run), (square_matrix(), square_matrix())


@model("loops/dynamic-bound")
def loop_dynamic_bound():
    """A counter whose end is an argument, around a scan of 5 steps."""

    def run(x, w, steps):
        def step(_, y):
            z, _ = lax.scan(lambda z, _: (z @ w, None), y, length=5)
            return z

        return lax.fori_loop(0, steps, step, x)

    return jax.jit(run), (square_matrix(), square_matrix(), shape(jnp.int32))


@model("loops/branches")
def branches():
    """Two alternatives, one of two products and one of one."""

    def run(x, w, twice):
        return lax.cond(twice, lambda y: (y @ w) @ w, lambda y: y @ w, x)

    return jax.jit(run), (square_matrix(), square_matrix(), shape(jnp.bool_))
