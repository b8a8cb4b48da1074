"""A Mixtral-8x7B-shaped mixture-of-experts layer that runs chosen experts only.

Every token is sent to the two experts that its router rates highest. Assignments
are sorted by expert. In `mixtral-moe-layer` each expert gets a buffer of equal
capacity, filled by a gather and emptied by a scatter that adds; in
`mixtral-moe-ragged` the sorted tokens go through one grouped product. Either way
the work is that of the chosen experts, not of all of them.
"""

import jax
import jax.numpy as jnp
from jax import lax

from registry import model, shape

TOKENS = 4096
WIDTH = 4096
FFN = 14336
EXPERTS = 8
CHOSEN = 2
# Room for a quarter more than an even spread; what overflows is dropped.
CAPACITY = TOKENS * CHOSEN // EXPERTS * 5 // 4


def weights():
    return {
        "router": shape(jnp.float32, WIDTH, EXPERTS),
        "w_gate": shape(jnp.bfloat16, EXPERTS, WIDTH, FFN),
        "w_up": shape(jnp.bfloat16, EXPERTS, WIDTH, FFN),
        "w_down": shape(jnp.bfloat16, EXPERTS, FFN, WIDTH),
    }


def route(router, x):
    """The chosen experts of each token and their weights, which add up to one."""
    logits = x.astype(jnp.float32) @ router
    best, experts = lax.top_k(logits, CHOSEN)
    return jax.nn.softmax(best, axis=-1), experts


def dispatch(experts):
    """For each slot of each expert's buffer the assignment it serves.

    A slot that nothing fills gets the number after the last assignment."""
    assignments = TOKENS * CHOSEN
    expert = experts.reshape(assignments)
    order = jnp.argsort(expert)
    counts = jnp.zeros(EXPERTS, jnp.int32).at[expert].add(1)
    starts = jnp.cumsum(counts) - counts
    slot = starts[:, None] + jnp.arange(CAPACITY)[None, :]
    filled = jnp.arange(CAPACITY)[None, :] < counts[:, None]
    source = order.at[slot].get(mode="clip")
    return jnp.where(filled, source, assignments)


def expert_ffn(w, x):
    """SwiGLU of every expert over its own buffer, [experts, capacity, width]."""

    def contract(x, kernel):
        return lax.dot_general(x, kernel, (((2,), (1,)), ((0,), (0,))))

    with jax.named_scope("gate"):
        gate = contract(x, w["w_gate"])
    with jax.named_scope("up"):
        up = contract(x, w["w_up"])
    with jax.named_scope("down"):
        return contract(gate * jax.nn.sigmoid(gate) * up, w["w_down"])


def moe_layer(w, x):
    with jax.named_scope("router"):
        scales, experts = route(w["router"], x)
    with jax.named_scope("dispatch"):
        assignment = dispatch(experts)
        token = assignment // CHOSEN
        buffers = x.at[token].get(mode="fill", fill_value=0)
    with jax.named_scope("experts"):
        y = expert_ffn(w, buffers)
    with jax.named_scope("combine"):
        scale = scales.reshape(-1).at[assignment].get(mode="fill", fill_value=0)
        y = y.astype(jnp.float32) * scale[:, :, None]
        mixed = jnp.zeros((TOKENS, WIDTH), jnp.float32).at[token].add(y, mode="drop")
        return x + mixed.astype(x.dtype)


@model("mixtral-moe-layer")
def mixtral_moe_layer():
    return jax.jit(moe_layer), (weights(), shape(jnp.bfloat16, TOKENS, WIDTH))


def grouped_moe_layer(w, x):
    """The same by grouped products over all tokens, sorted by expert; none is dropped."""
    with jax.named_scope("router"):
        scales, experts = route(w["router"], x)
    with jax.named_scope("dispatch"):
        expert = experts.reshape(-1)
        order = jnp.argsort(expert)
        counts = jnp.zeros(EXPERTS, jnp.int32).at[expert].add(1)
        token = order // CHOSEN
        rows = x.at[token].get(mode="clip")
    with jax.named_scope("experts"):
        with jax.named_scope("gate"):
            gate = lax.ragged_dot(rows, w["w_gate"], counts)
        with jax.named_scope("up"):
            up = lax.ragged_dot(rows, w["w_up"], counts)
        with jax.named_scope("down"):
            hidden = gate * jax.nn.sigmoid(gate) * up
            y = lax.ragged_dot(hidden, w["w_down"], counts)
    with jax.named_scope("combine"):
        scale = scales.reshape(-1).at[order].get(mode="clip")
        y = y.astype(jnp.float32) * scale[:, None]
        mixed = jnp.zeros((TOKENS, WIDTH), jnp.float32).at[token].add(y, mode="drop")
        return x + mixed.astype(x.dtype)


# JAX has an op for grouped products on TPUs; elsewhere it computes every expert.
@model("mixtral-moe-ragged", platform="tpu")
def mixtral_moe_ragged():
    return jax.jit(grouped_moe_layer), (weights(), shape(jnp.bfloat16, TOKENS, WIDTH))
