"""Llama-3-8B-shaped inference graphs: prefill and decode, unrolled and scanned.

Every layer is RMSNorm, grouped-query attention with rotary positions, RMSNorm
and a SwiGLU feed-forward, in bf16; normalisation, rotation and softmax are
computed in f32, and the contractions of the attention accumulate in f32.
"""

import dataclasses

import jax
import jax.numpy as jnp
from jax import lax

from registry import model, shape


@dataclasses.dataclass(frozen=True)
class Llama:
    """The extents of one model; the defaults are those of Llama 3 8B."""

    layers: int = 32
    width: int = 4096
    heads: int = 32
    kv_heads: int = 8
    head_width: int = 128
    ffn: int = 14336
    vocabulary: int = 128256
    rope_base: float = 500000.0
    norm_epsilon: float = 1e-5

    @property
    def group(self):
        """Query heads that share one head of keys and values."""
        return self.heads // self.kv_heads


LLAMA3_8B = Llama()
PREFILL_TOKENS = 2048
DECODE_BATCH = 32
DECODE_CONTEXT = 4096


def layer_shapes(config, stack=()):
    """The weights of one layer, or with `stack` of several, one after the other."""

    def weight(*extents):
        return shape(jnp.bfloat16, *stack, *extents)

    queries = config.heads * config.head_width
    keys = config.kv_heads * config.head_width
    return {
        "attention_norm": weight(config.width),
        "wq": weight(config.width, queries),
        "wk": weight(config.width, keys),
        "wv": weight(config.width, keys),
        "wo": weight(queries, config.width),
        "ffn_norm": weight(config.width),
        "w_gate": weight(config.width, config.ffn),
        "w_up": weight(config.width, config.ffn),
        "w_down": weight(config.ffn, config.width),
    }


def model_shapes(config, layers):
    return {
        "embedding": shape(jnp.bfloat16, config.vocabulary, config.width),
        "layers": layers,
        "norm": shape(jnp.bfloat16, config.width),
        "head": shape(jnp.bfloat16, config.width, config.vocabulary),
    }


def unrolled_shapes(config):
    return model_shapes(config, [layer_shapes(config) for _ in range(config.layers)])


def stacked_shapes(config):
    return model_shapes(config, layer_shapes(config, (config.layers,)))


def rms_norm(config, x, weight):
    x32 = x.astype(jnp.float32)
    mean = jnp.mean(x32 * x32, axis=-1, keepdims=True)
    return (x32 * lax.rsqrt(mean + config.norm_epsilon)).astype(x.dtype) * weight


def rope_table(config, positions):
    """Cosine and sine of each position's angle, [..., head_width / 2] in f32."""
    half = config.head_width // 2
    exponents = jnp.arange(half, dtype=jnp.float32) / half
    angles = positions[..., None].astype(jnp.float32) * config.rope_base**-exponents
    return jnp.cos(angles), jnp.sin(angles)


def rotate(x, table):
    """Rotates the pairs (i, i + half) of the last axis; x is [..., heads, head]."""
    cosine, sine = (part[..., None, :] for part in table)
    first, second = jnp.split(x.astype(jnp.float32), 2, axis=-1)
    rotated = jnp.concatenate(
        [first * cosine - second * sine, second * cosine + first * sine], axis=-1
    )
    return rotated.astype(x.dtype)


def softmax(scores, mask):
    """Softmax over the last axis in f32; what the mask excludes weighs nothing."""
    scores = jnp.where(mask, scores, jnp.float32(-1e30))
    exponentials = jnp.exp(scores - jnp.max(scores, axis=-1, keepdims=True))
    return exponentials / jnp.sum(exponentials, axis=-1, keepdims=True)


def split_heads(x, heads, width):
    """[..., heads * width] -> [..., heads, width]"""
    return x.reshape(*x.shape[:-1], heads, width)


def project(config, w, x, table):
    """Queries [..., heads, head_width], keys and values [..., kv_heads, head_width]."""
    with jax.named_scope("q"):
        q = rotate(split_heads(x @ w["wq"], config.heads, config.head_width), table)
    with jax.named_scope("k"):
        k = rotate(split_heads(x @ w["wk"], config.kv_heads, config.head_width), table)
    with jax.named_scope("v"):
        v = split_heads(x @ w["wv"], config.kv_heads, config.head_width)
    return q, k, v


def attention(config, q, keys, values, mask):
    """Mixes values by softmax; q [batch, kv_heads, group, ..., head_width], keys and
    values [batch, kv_heads, context, head_width], the result in the shape of q."""
    last = q.ndim - 1
    heads = ((0, 1), (0, 1))
    with jax.named_scope("scores"):
        scores = lax.dot_general(
            q, keys, (((last,), (3,)), heads), preferred_element_type=jnp.float32
        )
        scores = scores * config.head_width**-0.5
    with jax.named_scope("softmax"):
        weights = softmax(scores, mask).astype(q.dtype)
    with jax.named_scope("values"):
        return lax.dot_general(weights, values, (((last,), (2,)), heads))


def feed_forward(config, w, x):
    with jax.named_scope("ffn"):
        y = rms_norm(config, x, w["ffn_norm"])
        with jax.named_scope("gate"):
            gate = y @ w["w_gate"]
        with jax.named_scope("up"):
            up = y @ w["w_up"]
        hidden = gate * jax.nn.sigmoid(gate) * up
        with jax.named_scope("down"):
            return x + hidden @ w["w_down"]


def next_token_logits(config, params, x):
    with jax.named_scope("head"):
        return rms_norm(config, x, params["norm"]) @ params["head"]


def prefill_layer(config, w, x, table, mask):
    """One layer over x [batch, tokens, width]; also the keys and values to keep."""
    batch, tokens, _ = x.shape
    with jax.named_scope("attention"):
        y = rms_norm(config, x, w["attention_norm"])
        q, k, v = (part.swapaxes(1, 2) for part in project(config, w, y, table))
        q = q.reshape(batch, config.kv_heads, config.group, tokens, config.head_width)
        mixed = attention(config, q, k, v, mask)
        mixed = mixed.reshape(batch, config.heads, tokens, config.head_width)
        with jax.named_scope("o"):
            x = x + mixed.swapaxes(1, 2).reshape(batch, tokens, -1) @ w["wo"]
    return feed_forward(config, w, x), (k, v)


def prefill_inputs(config, params, tokens):
    """What all layers share: embedded tokens, rotation table and causal mask."""
    with jax.named_scope("embed"):
        x = params["embedding"][tokens]
    positions = jnp.arange(tokens.shape[-1])
    with jax.named_scope("rope"):
        table = rope_table(config, positions)
    with jax.named_scope("mask"):
        mask = positions[:, None] >= positions[None, :]
    return x, table, mask


def prefill(config, params, tokens):
    """Logits of the token that follows, and every layer's keys and values."""
    x, table, mask = prefill_inputs(config, params, tokens)
    cache = []
    for index, w in enumerate(params["layers"]):
        with jax.named_scope(f"layer{index}"):
            x, kept = prefill_layer(config, w, x, table, mask)
        cache.append(kept)
    return next_token_logits(config, params, x[:, -1]), cache


def prefill_scan(config, params, tokens):
    """The same with the layers stacked and scanned."""
    x, table, mask = prefill_inputs(config, params, tokens)

    def step(x, w):
        return prefill_layer(config, w, x, table, mask)

    with jax.named_scope("layers"):
        x, cache = lax.scan(step, x, params["layers"])
    return next_token_logits(config, params, x[:, -1]), cache


def decode_layer(config, w, x, table, mask, update):
    """One layer over x [batch, width]. `update` puts the new keys and values into the
    cache and returns all that this layer attends to."""
    with jax.named_scope("attention"):
        y = rms_norm(config, x, w["attention_norm"])
        q, k, v = project(config, w, y, table)
        with jax.named_scope("cache"):
            keys, values = update(k, v)
        q = q.reshape(-1, config.kv_heads, config.group, config.head_width)
        mixed = attention(config, q, keys, values, mask)
        with jax.named_scope("o"):
            x = x + mixed.reshape(x.shape[0], -1) @ w["wo"]
    return feed_forward(config, w, x)


def decode_inputs(config, params, tokens, position, context):
    with jax.named_scope("embed"):
        x = params["embedding"][tokens]
    with jax.named_scope("rope"):
        table = rope_table(config, position)
    with jax.named_scope("mask"):
        mask = jnp.arange(context) <= position
    return x, table, mask


def decode(config, params, cache, tokens, position):
    """One step of a batch; the cache of each layer is updated in place."""
    context = cache[0]["keys"].shape[2]
    x, table, mask = decode_inputs(config, params, tokens, position, context)
    updated = []
    for index, (w, kept) in enumerate(zip(params["layers"], cache)):

        def update(k, v, kept=kept):
            start = (0, 0, position, 0)
            keys = lax.dynamic_update_slice(kept["keys"], k[:, :, None], start)
            values = lax.dynamic_update_slice(kept["values"], v[:, :, None], start)
            updated.append({"keys": keys, "values": values})
            return keys, values

        with jax.named_scope(f"layer{index}"):
            x = decode_layer(config, w, x, table, mask, update)
    return next_token_logits(config, params, x), updated


def decode_scan(config, params, cache, tokens, position):
    """The same with the layers scanned; the loop carries the stacked cache."""
    context = cache["keys"].shape[3]
    x, table, mask = decode_inputs(config, params, tokens, position, context)

    def step(carry, layer):
        x, keys, values = carry
        index, w = layer

        def update(k, v):
            nonlocal keys, values
            start = (index, 0, 0, position, 0)
            keys = lax.dynamic_update_slice(keys, k[None, :, :, None], start)
            values = lax.dynamic_update_slice(values, v[None, :, :, None], start)
            return (
                lax.dynamic_index_in_dim(keys, index, keepdims=False),
                lax.dynamic_index_in_dim(values, index, keepdims=False),
            )

        x = decode_layer(config, w, x, table, mask, update)
        return (x, keys, values), None

    with jax.named_scope("layers"):
        (x, keys, values), _ = lax.scan(
            step,
            (x, cache["keys"], cache["values"]),
            (jnp.arange(config.layers), params["layers"]),
        )
    return next_token_logits(config, params, x), {"keys": keys, "values": values}


def cache_shapes(config, stack=()):
    extents = (DECODE_BATCH, config.kv_heads, DECODE_CONTEXT, config.head_width)
    kept = shape(jnp.bfloat16, *stack, *extents)
    return {"keys": kept, "values": kept}


def prefill_arguments(params):
    return params, shape(jnp.int32, 1, PREFILL_TOKENS)


def decode_arguments(params, cache):
    return params, cache, shape(jnp.int32, DECODE_BATCH), shape(jnp.int32)


@model("llama3-8b-prefill")
def llama3_8b_prefill():
    def llama3_8b_prefill(params, tokens):
        return prefill(LLAMA3_8B, params, tokens)

    return jax.jit(llama3_8b_prefill), prefill_arguments(unrolled_shapes(LLAMA3_8B))


@model("llama3-8b-prefill-scan")
def llama3_8b_prefill_scan():
    def llama3_8b_prefill_scan(params, tokens):
        return prefill_scan(LLAMA3_8B, params, tokens)

    return jax.jit(llama3_8b_prefill_scan), prefill_arguments(stacked_shapes(LLAMA3_8B))


@model("llama3-8b-decode")
def llama3_8b_decode():
    def llama3_8b_decode(params, cache, tokens, position):
        return decode(LLAMA3_8B, params, cache, tokens, position)

    cache = [cache_shapes(LLAMA3_8B) for _ in range(LLAMA3_8B.layers)]
    arguments = decode_arguments(unrolled_shapes(LLAMA3_8B), cache)
    return jax.jit(llama3_8b_decode, donate_argnames="cache"), arguments


@model("llama3-8b-decode-scan")
def llama3_8b_decode_scan():
    def llama3_8b_decode_scan(params, cache, tokens, position):
        return decode_scan(LLAMA3_8B, params, cache, tokens, position)

    cache = cache_shapes(LLAMA3_8B, (LLAMA3_8B.layers,))
    arguments = decode_arguments(stacked_shapes(LLAMA3_8B), cache)
    return jax.jit(llama3_8b_decode_scan, donate_argnames="cache"), arguments
