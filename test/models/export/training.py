"""Training steps: a GPT-2-small-shaped one with Adam, and a mixed-precision block."""

import jax
import jax.numpy as jnp
from jax import lax

from registry import model, shape

LAYERS = 12
WIDTH = 768
HEADS = 12
HIDDEN = 3072
VOCABULARY = 50257
TOKENS = 1024
BATCH = 8

LEARNING_RATE = 6e-4
BETA1, BETA2, EPSILON = 0.9, 0.95, 1e-8


def affine_shapes(*extents):
    kernel = shape(jnp.float32, *extents)
    return {"kernel": kernel, "bias": shape(jnp.float32, extents[-1])}


def norm_shapes(width):
    return {"scale": shape(jnp.float32, width), "offset": shape(jnp.float32, width)}


def block_shapes():
    return {
        "norm1": norm_shapes(WIDTH),
        "qkv": affine_shapes(WIDTH, 3 * WIDTH),
        "out": affine_shapes(WIDTH, WIDTH),
        "norm2": norm_shapes(WIDTH),
        "up": affine_shapes(WIDTH, HIDDEN),
        "down": affine_shapes(HIDDEN, WIDTH),
    }


def gpt_shapes():
    return {
        "tokens": shape(jnp.float32, VOCABULARY, WIDTH),
        "positions": shape(jnp.float32, TOKENS, WIDTH),
        "blocks": [block_shapes() for _ in range(LAYERS)],
        "norm": norm_shapes(WIDTH),
    }


def layer_norm(w, x):
    mean = jnp.mean(x, axis=-1, keepdims=True)
    centred = x - mean
    variance = jnp.mean(centred * centred, axis=-1, keepdims=True)
    return centred * lax.rsqrt(variance + 1e-5) * w["scale"] + w["offset"]


def affine(w, x):
    return x @ w["kernel"] + w["bias"]


def causal_attention(w, x):
    batch, tokens, width = x.shape
    qkv = affine(w["qkv"], x).reshape(batch, tokens, 3, HEADS, width // HEADS)
    q, k, v = (qkv[:, :, part].swapaxes(1, 2) for part in range(3))
    heads = ((0, 1), (0, 1))
    scores = lax.dot_general(q, k, (((3,), (3,)), heads)) * (width // HEADS) ** -0.5
    mask = jnp.arange(tokens)[:, None] >= jnp.arange(tokens)[None, :]
    weights = jax.nn.softmax(jnp.where(mask, scores, -1e30), axis=-1)
    mixed = lax.dot_general(weights, v, (((3,), (2,)), heads))
    return affine(w["out"], mixed.swapaxes(1, 2).reshape(batch, tokens, width))


def gpt_loss(params, tokens, targets):
    """Mean cross-entropy; the token table is the output projection, too."""
    x = params["tokens"].at[tokens].get(mode="clip") + params["positions"]
    for index, w in enumerate(params["blocks"]):
        with jax.named_scope(f"block{index}"):
            with jax.named_scope("attention"):
                x = x + causal_attention(w, layer_norm(w["norm1"], x))
            with jax.named_scope("mlp"):
                y = jax.nn.gelu(affine(w["up"], layer_norm(w["norm2"], x)))
                x = x + affine(w["down"], y)
    with jax.named_scope("loss"):
        x = layer_norm(params["norm"], x)
        logits = lax.dot_general(x, params["tokens"], (((2,), (1,)), ((), ())))
        chosen = jnp.take_along_axis(logits, targets[..., None], axis=-1, mode="clip")
        return jnp.mean(jax.nn.logsumexp(logits, axis=-1) - chosen[..., 0])


def adam(params, gradients, state, step):
    """One update of every parameter; `state` holds the two running means."""
    scale1 = 1 / (1 - BETA1**step)
    scale2 = 1 / (1 - BETA2**step)

    # Traced once per shape: a function of the module, called for each parameter.
    @jax.jit
    def adam_update(parameter, gradient, mean, square, scale1, scale2):
        mean = BETA1 * mean + (1 - BETA1) * gradient
        square = BETA2 * square + (1 - BETA2) * gradient * gradient
        change = mean * scale1 / (jnp.sqrt(square * scale2) + EPSILON)
        return parameter - LEARNING_RATE * change, mean, square

    leaves, tree = jax.tree.flatten(params)
    updated = [
        adam_update(*parts, scale1, scale2)
        for parts in zip(
            leaves,
            jax.tree.leaves(gradients),
            jax.tree.leaves(state["mean"]),
            jax.tree.leaves(state["square"]),
        )
    ]
    params, mean, square = (tree.unflatten(part) for part in zip(*updated))
    return params, {"mean": mean, "square": square}


def gpt_step(params, state, step, tokens, targets):
    loss, gradients = jax.value_and_grad(gpt_loss)(params, tokens, targets)
    with jax.named_scope("adam"):
        params, state = adam(params, gradients, state, step)
    return params, state, loss


@model("gpt-train-adam")
def gpt_train_adam():
    params = gpt_shapes()
    batch = shape(jnp.int32, BATCH, TOKENS)
    arguments = (
        params,
        {"mean": params, "square": params},
        shape(jnp.float32),
        batch,
        batch,
    )
    return jax.jit(gpt_step, donate_argnames=("params", "state")), arguments


MIXED_ROWS = 8192
MIXED_WIDTH = 2048
MIXED_HIDDEN = 8192
MIXED_CLASSES = 1024


def mixed_shapes():
    return {
        "norm": norm_shapes(MIXED_WIDTH),
        "up": shape(jnp.float32, MIXED_WIDTH, MIXED_HIDDEN),
        "down": shape(jnp.float32, MIXED_HIDDEN, MIXED_WIDTH),
        "head": shape(jnp.float32, MIXED_WIDTH, MIXED_CLASSES),
    }


def mixed_loss(params, x, targets, loss_scale):
    """Hidden layers in bf16 accumulating in f32, the head in full f32."""

    def low(value):
        return value.astype(jnp.bfloat16)

    y = low(layer_norm(params["norm"], x))
    with jax.named_scope("up"):
        y = jnp.matmul(y, low(params["up"]), preferred_element_type=jnp.float32)
    y = low(jax.nn.silu(y))
    with jax.named_scope("down"):
        y = jnp.matmul(y, low(params["down"]), preferred_element_type=jnp.float32)
    with jax.named_scope("head"):
        logits = jnp.matmul(x + y, params["head"], precision=lax.Precision.HIGHEST)
    residual = logits - targets
    return loss_scale * jnp.mean(residual * residual)


def mixed_step(params, x, targets, loss_scale):
    """Gradient descent with a loss scale; an overflow leaves the weights alone."""
    gradients = jax.grad(mixed_loss)(params, x, targets, loss_scale)
    gradients = jax.tree.map(lambda gradient: gradient / loss_scale, gradients)
    finite = jnp.all(
        jnp.stack([jnp.all(jnp.isfinite(leaf)) for leaf in jax.tree.leaves(gradients)])
    )
    return jax.tree.map(
        lambda weight, gradient: jnp.where(finite, weight - 1e-3 * gradient, weight),
        params,
        gradients,
    )


@model("mixed-precision")
def mixed_precision():
    arguments = (
        mixed_shapes(),
        shape(jnp.float32, MIXED_ROWS, MIXED_WIDTH),
        shape(jnp.float32, MIXED_ROWS, MIXED_CLASSES),
        shape(jnp.float32),
    )
    return jax.jit(mixed_step, donate_argnames="params"), arguments
