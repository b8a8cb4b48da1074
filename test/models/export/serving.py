"""Layers as serving stacks run them: what DeepSeek V3 and Qwen3 ask of software.

One layer each, one new token per sequence against a cache. DeepSeek's attention
is latent, with the products that take keys and values up moved to the queries
and to the result; its experts are spread over devices and computed in 8 bits,
tokens quantised on the way to them.
"""

import functools

import jax
import jax.numpy as jnp
from jax import lax
from jax.sharding import AbstractMesh, PartitionSpec

from llama import Llama, feed_forward, rms_norm, rope_table, rotate, softmax
from llama import split_heads
from registry import model, shape

# DeepSeek V3, one of 8 tensor-parallel ranks: 16 of 128 heads.
WIDTH = 7168
HEADS = 16
QUERY_RANK = 1536
LATENT = 512
ROPE = 64
NOPE = 128
VALUE = 128
DECODE_BATCH = 32
DECODE_CONTEXT = 4096
DEEPSEEK = Llama(width=WIDTH, head_width=ROPE, rope_base=10000.0, norm_epsilon=1e-6)

# Its experts, 32 devices with 8 of 256 each.
RANKS = 32
EXPERTS = 8
EXPERT_FFN = 2048
CHOSEN = 8
CAPACITY = 16

QWEN3_8B = Llama(width=4096, ffn=12288, rope_base=1000000.0, norm_epsilon=1e-6)


def latent_shapes():
    def weight(*extents):
        return shape(jnp.bfloat16, *extents)

    return {
        "input_norm": weight(WIDTH),
        "q_down": weight(WIDTH, QUERY_RANK),
        "q_norm": weight(QUERY_RANK),
        "q_up": weight(QUERY_RANK, HEADS * (NOPE + ROPE)),
        "kv_down": weight(WIDTH, LATENT + ROPE),
        "kv_norm": weight(LATENT),
        "key_up": weight(HEADS, NOPE, LATENT),
        "value_up": weight(HEADS, LATENT, VALUE),
        "o": weight(HEADS * VALUE, WIDTH),
    }


def latent_attention(w, x, latents, keys, position):
    """x [batch, width]; latents [batch, context, LATENT], keys [batch, context,
    ROPE]. The result in the shape of x, and both caches."""
    table = rope_table(DEEPSEEK, position[None])
    y = rms_norm(DEEPSEEK, x, w["input_norm"])
    with jax.named_scope("q"):
        q = rms_norm(DEEPSEEK, y @ w["q_down"], w["q_norm"]) @ w["q_up"]
        q = split_heads(q, HEADS, NOPE + ROPE)
        plain, turned = q[..., :NOPE], rotate(q[..., NOPE:], table)
        plain = jnp.einsum("bhd,hdl->bhl", plain, w["key_up"])
    with jax.named_scope("kv"):
        kv = y @ w["kv_down"]
        latent = rms_norm(DEEPSEEK, kv[..., :LATENT], w["kv_norm"])
        key = rotate(kv[..., None, LATENT:], table)[:, 0]
        latents = lax.dynamic_update_slice_in_dim(
            latents, latent[:, None], position, axis=1
        )
        keys = lax.dynamic_update_slice_in_dim(keys, key[:, None], position, axis=1)
    with jax.named_scope("attention"):
        scores = jnp.einsum(
            "bhl,btl->bht", plain, latents, preferred_element_type=jnp.float32
        ) + jnp.einsum("bhr,btr->bht", turned, keys, preferred_element_type=jnp.float32)
        mask = jnp.arange(latents.shape[1]) <= position
        weights = softmax(scores * (NOPE + ROPE) ** -0.5, mask).astype(x.dtype)
        mixed = jnp.einsum("bht,btl->bhl", weights, latents)
    with jax.named_scope("value_up"):
        values = jnp.einsum("bhl,hlv->bhv", mixed, w["value_up"])
    with jax.named_scope("o"):
        return x + values.reshape(x.shape[0], -1) @ w["o"], latents, keys


@model("serving/deepseek-attention-decode")
def deepseek_attention_decode():
    return jax.jit(latent_attention, donate_argnums=(2, 3)), (
        latent_shapes(),
        shape(jnp.bfloat16, DECODE_BATCH, WIDTH),
        shape(jnp.bfloat16, DECODE_BATCH, DECODE_CONTEXT, LATENT),
        shape(jnp.bfloat16, DECODE_BATCH, DECODE_CONTEXT, ROPE),
        shape(jnp.int32),
    )


def quantize(x):
    """Rows in 8 bits with one scale each."""
    largest = jnp.max(jnp.abs(x.astype(jnp.float32)), axis=-1, keepdims=True)
    scale = jnp.maximum(largest, 1e-8) / 127
    return jnp.round(x / scale).astype(jnp.int8), scale


def quantized_product(x, scale, weight, weight_scale):
    """Products of every expert, in the type of activations."""
    product = lax.dot_general(
        x, weight, (((2,), (1,)), ((0,), (0,))), preferred_element_type=jnp.int32
    )
    return (product * scale * weight_scale[:, None, :]).astype(jnp.bfloat16)


def exchange(x):
    """[ranks, ...] of what is for each device to what came from each."""
    return lax.all_to_all(x, "experts", split_axis=0, concat_axis=0, tiled=False)


def expert_layer(w, x):
    """x [tokens, width] of one device. A slot for each token that an expert of
    a device may be sent from here; what overflows is dropped."""
    with jax.named_scope("router"):
        scores = jax.nn.sigmoid(x.astype(jnp.float32) @ w["router"])
        best, experts = lax.top_k(scores, CHOSEN)
        best = best / jnp.sum(best, axis=-1, keepdims=True)
    with jax.named_scope("permute"):
        tokens = x.shape[0]
        slots = RANKS * EXPERTS * CAPACITY
        expert = experts.reshape(-1)
        order = jnp.argsort(expert)
        counts = jnp.zeros(RANKS * EXPERTS, jnp.int32).at[expert].add(1)
        starts = jnp.cumsum(counts) - counts
        slot = starts[:, None] + jnp.arange(CAPACITY)[None, :]
        filled = jnp.arange(CAPACITY)[None, :] < counts[:, None]
        source = jnp.where(
            filled, order.at[slot].get(mode="clip"), tokens * CHOSEN
        ).reshape(slots)
        sent = x.at[source // CHOSEN].get(mode="fill", fill_value=0)
        sent = sent.reshape(RANKS, EXPERTS * CAPACITY, WIDTH)
    with jax.named_scope("dispatch"):
        came = exchange(sent).reshape(RANKS, EXPERTS, CAPACITY, WIDTH)
        came = came.swapaxes(0, 1).reshape(EXPERTS, RANKS * CAPACITY, WIDTH)
    with jax.named_scope("experts"):
        rows, scale = quantize(came)
        gate = quantized_product(rows, scale, w["w_gate"], w["gate_scale"])
        up = quantized_product(rows, scale, w["w_up"], w["up_scale"])
        hidden, scale = quantize(jax.nn.silu(gate) * up)
        results = quantized_product(hidden, scale, w["w_down"], w["down_scale"])
    with jax.named_scope("combine"):
        back = results.reshape(EXPERTS, RANKS, CAPACITY, WIDTH).swapaxes(0, 1)
        back = exchange(back.reshape(RANKS, EXPERTS * CAPACITY, WIDTH))
    with jax.named_scope("unpermute"):
        weight = best.reshape(-1).at[source].get(mode="fill", fill_value=0)
        back = back.reshape(slots, WIDTH) * weight[:, None].astype(x.dtype)
        return jnp.zeros_like(x).at[source // CHOSEN].add(back, mode="drop")


@model("serving/deepseek-experts-decode")
def deepseek_experts_decode():
    def weight(*extents):
        return shape(jnp.int8, RANKS * EXPERTS, *extents)

    def scales(*extents):
        return shape(jnp.float32, RANKS * EXPERTS, *extents)

    mesh = AbstractMesh((RANKS,), ("experts",))
    divided = PartitionSpec("experts")
    shapes = {
        "router": shape(jnp.float32, WIDTH, RANKS * EXPERTS),
        "w_gate": weight(WIDTH, EXPERT_FFN),
        "gate_scale": scales(EXPERT_FFN),
        "w_up": weight(WIDTH, EXPERT_FFN),
        "up_scale": scales(EXPERT_FFN),
        "w_down": weight(EXPERT_FFN, WIDTH),
        "down_scale": scales(WIDTH),
    }
    specs = {name: divided for name in shapes} | {"router": PartitionSpec()}
    function = jax.shard_map(
        expert_layer,
        mesh=mesh,
        in_specs=(specs, divided),
        out_specs=divided,
        check_vma=False,
    )
    return jax.jit(function), (
        shapes,
        shape(jnp.bfloat16, RANKS * DECODE_BATCH, WIDTH),
    )


def qwen3_layer(config, w, x, keys, values, position):
    """x [batch, width]; a norm over each head before queries and keys turn."""
    table = rope_table(config, position[None])
    batch = x.shape[0]
    y = rms_norm(config, x, w["attention_norm"])
    q = split_heads(y @ w["wq"], config.heads, config.head_width)
    k = split_heads(y @ w["wk"], config.kv_heads, config.head_width)
    v = split_heads(y @ w["wv"], config.kv_heads, config.head_width)
    q = rotate(rms_norm(config, q, w["q_norm"]), table)
    k = rotate(rms_norm(config, k, w["k_norm"]), table)
    keys = lax.dynamic_update_slice_in_dim(keys, k[:, :, None], position, axis=2)
    values = lax.dynamic_update_slice_in_dim(values, v[:, :, None], position, axis=2)
    q = q.reshape(batch, config.kv_heads, config.group, config.head_width)
    scores = jnp.einsum("bkgd,bktd->bkgt", q, keys, preferred_element_type=jnp.float32)
    mask = jnp.arange(keys.shape[2]) <= position
    weights = softmax(scores * config.head_width**-0.5, mask).astype(x.dtype)
    mixed = jnp.einsum("bkgt,bktd->bkgd", weights, values)
    x = x + mixed.reshape(batch, -1) @ w["wo"]
    return feed_forward(config, w, x), keys, values


@model("serving/qwen3-8b-decode-layer")
def qwen3_decode():
    config = QWEN3_8B

    def weight(*extents):
        return shape(jnp.bfloat16, *extents)

    width, heads, kv_heads = config.width, config.heads, config.kv_heads
    shapes = {
        "attention_norm": weight(width),
        "wq": weight(width, heads * config.head_width),
        "wk": weight(width, kv_heads * config.head_width),
        "wv": weight(width, kv_heads * config.head_width),
        "q_norm": weight(config.head_width),
        "k_norm": weight(config.head_width),
        "wo": weight(heads * config.head_width, width),
        "ffn_norm": weight(width),
        "w_gate": weight(width, config.ffn),
        "w_up": weight(width, config.ffn),
        "w_down": weight(config.ffn, width),
    }
    cache = shape(
        jnp.bfloat16, DECODE_BATCH, kv_heads, DECODE_CONTEXT, config.head_width
    )
    function = jax.jit(functools.partial(qwen3_layer, config), donate_argnums=(2, 3))
    return function, (
        shapes,
        shape(jnp.bfloat16, DECODE_BATCH, width),
        cache,
        cache,
        shape(jnp.int32),
    )
