"""Image classifiers: ResNet-50 in f32 and a ViT-B/16 in bf16, batch 32, 224 x 224."""

import jax
import jax.numpy as jnp
from jax import lax

from registry import model, shape

BATCH = 32
PIXELS = 224
CLASSES = 1000

# Blocks of each ResNet-50 stage and the width of their inner convolutions.
RESNET50_STAGES = ((3, 64), (4, 128), (6, 256), (3, 512))
EXPANSION = 4


def convolution_shapes(kernel, inputs, outputs):
    """A kernel without bias and the inference statistics of its normalisation."""
    weights = {"kernel": shape(jnp.float32, kernel, kernel, inputs, outputs)}
    for name in ("scale", "offset", "mean", "variance"):
        weights[name] = shape(jnp.float32, outputs)
    return weights


def bottleneck_shapes(inputs, width, downsample):
    block = {
        "reduce": convolution_shapes(1, inputs, width),
        "spatial": convolution_shapes(3, width, width),
        "expand": convolution_shapes(1, width, EXPANSION * width),
    }
    if downsample:
        block["shortcut"] = convolution_shapes(1, inputs, EXPANSION * width)
    return block


def resnet_shapes():
    stages, inputs = [], 64
    for blocks, width in RESNET50_STAGES:
        stage = []
        for index in range(blocks):
            stage.append(bottleneck_shapes(inputs, width, downsample=index == 0))
            inputs = EXPANSION * width
        stages.append(stage)
    return {
        "stem": convolution_shapes(7, 3, 64),
        "stages": stages,
        "classifier": shape(jnp.float32, inputs, CLASSES),
        "bias": shape(jnp.float32, CLASSES),
    }


def convolve(w, x, stride=1):
    """NHWC convolution that pads half a kernel, and its normalisation."""
    half = w["kernel"].shape[0] // 2
    y = lax.conv_general_dilated(
        x,
        w["kernel"],
        window_strides=(stride, stride),
        padding=((half, half), (half, half)),
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )
    with jax.named_scope("norm"):
        scale = w["scale"] * lax.rsqrt(w["variance"] + 1e-5)
        return (y - w["mean"]) * scale + w["offset"]


def bottleneck(w, x, stride):
    with jax.named_scope("reduce"):
        y = jax.nn.relu(convolve(w["reduce"], x))
    with jax.named_scope("spatial"):
        y = jax.nn.relu(convolve(w["spatial"], y, stride))
    with jax.named_scope("expand"):
        y = convolve(w["expand"], y)
    if "shortcut" in w:
        with jax.named_scope("shortcut"):
            x = convolve(w["shortcut"], x, stride)
    return jax.nn.relu(x + y)


def max_pool(x):
    window, strides = (1, 3, 3, 1), (1, 2, 2, 1)
    padding = ((0, 0), (1, 1), (1, 1), (0, 0))
    return lax.reduce_window(x, -jnp.inf, lax.max, window, strides, padding)


def resnet(params, images):
    with jax.named_scope("stem"):
        x = max_pool(jax.nn.relu(convolve(params["stem"], images, stride=2)))
    for number, stage in enumerate(params["stages"]):
        for index, w in enumerate(stage):
            stride = 2 if number > 0 and index == 0 else 1
            with jax.named_scope(f"stage{number}/block{index}"):
                x = bottleneck(w, x, stride)
    with jax.named_scope("classifier"):
        return jnp.mean(x, axis=(1, 2)) @ params["classifier"] + params["bias"]


@model("resnet50")
def resnet50():
    images = shape(jnp.float32, BATCH, PIXELS, PIXELS, 3)
    return jax.jit(resnet), (resnet_shapes(), images)


VIT_LAYERS = 12
VIT_WIDTH = 768
VIT_HEADS = 12
VIT_HIDDEN = 3072
VIT_PATCH = 16


def vit_layer_shapes():
    def weight(*extents):
        return shape(jnp.bfloat16, *extents)

    return {
        "norm1": {"scale": weight(VIT_WIDTH), "offset": weight(VIT_WIDTH)},
        "qkv": {
            "kernel": weight(VIT_WIDTH, 3 * VIT_WIDTH),
            "bias": weight(3 * VIT_WIDTH),
        },
        "out": {"kernel": weight(VIT_WIDTH, VIT_WIDTH), "bias": weight(VIT_WIDTH)},
        "norm2": {"scale": weight(VIT_WIDTH), "offset": weight(VIT_WIDTH)},
        "up": {"kernel": weight(VIT_WIDTH, VIT_HIDDEN), "bias": weight(VIT_HIDDEN)},
        "down": {"kernel": weight(VIT_HIDDEN, VIT_WIDTH), "bias": weight(VIT_WIDTH)},
    }


def vit_shapes():
    patches = (PIXELS // VIT_PATCH) ** 2
    return {
        "patch": shape(jnp.bfloat16, VIT_PATCH, VIT_PATCH, 3, VIT_WIDTH),
        "patch_bias": shape(jnp.bfloat16, VIT_WIDTH),
        "class": shape(jnp.bfloat16, 1, 1, VIT_WIDTH),
        "positions": shape(jnp.bfloat16, 1, patches + 1, VIT_WIDTH),
        "layers": [vit_layer_shapes() for _ in range(VIT_LAYERS)],
        "norm": {
            "scale": shape(jnp.bfloat16, VIT_WIDTH),
            "offset": shape(jnp.bfloat16, VIT_WIDTH),
        },
        "head": {
            "kernel": shape(jnp.bfloat16, VIT_WIDTH, CLASSES),
            "bias": shape(jnp.bfloat16, CLASSES),
        },
    }


def layer_norm(w, x):
    x32 = x.astype(jnp.float32)
    centred = x32 - jnp.mean(x32, axis=-1, keepdims=True)
    variance = jnp.mean(centred * centred, axis=-1, keepdims=True)
    normalised = (centred * lax.rsqrt(variance + 1e-6)).astype(x.dtype)
    return normalised * w["scale"] + w["offset"]


def dense(w, x):
    return x @ w["kernel"] + w["bias"]


def self_attention(w, x):
    batch, tokens, _ = x.shape
    with jax.named_scope("qkv"):
        qkv = dense(w["qkv"], x)
        qkv = qkv.reshape(batch, tokens, 3, VIT_HEADS, VIT_WIDTH // VIT_HEADS)
        q, k, v = (qkv[:, :, part].swapaxes(1, 2) for part in range(3))
    heads = ((0, 1), (0, 1))
    with jax.named_scope("scores"):
        scores = lax.dot_general(
            q, k, (((3,), (3,)), heads), preferred_element_type=jnp.float32
        )
        scores = scores * q.shape[-1] ** -0.5
    with jax.named_scope("softmax"):
        weights = jax.nn.softmax(scores, axis=-1).astype(x.dtype)
    with jax.named_scope("values"):
        mixed = lax.dot_general(weights, v, (((3,), (2,)), heads))
    with jax.named_scope("out"):
        return dense(w["out"], mixed.swapaxes(1, 2).reshape(x.shape))


def vit(params, images):
    batch = images.shape[0]
    with jax.named_scope("patches"):
        x = lax.conv_general_dilated(
            images,
            params["patch"],
            window_strides=(VIT_PATCH, VIT_PATCH),
            padding="VALID",
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )
        x = (x + params["patch_bias"]).reshape(batch, -1, VIT_WIDTH)
        first = jnp.broadcast_to(params["class"], (batch, 1, VIT_WIDTH))
        x = jnp.concatenate([first, x], axis=1) + params["positions"]
    for index, w in enumerate(params["layers"]):
        with jax.named_scope(f"layer{index}"):
            with jax.named_scope("attention"):
                x = x + self_attention(w, layer_norm(w["norm1"], x))
            with jax.named_scope("mlp"):
                y = dense(w["up"], layer_norm(w["norm2"], x))
                x = x + dense(w["down"], jax.nn.gelu(y, approximate=False))
    with jax.named_scope("head"):
        return dense(params["head"], layer_norm(params["norm"], x[:, 0]))


@model("vit-b16")
def vit_b16():
    images = shape(jnp.bfloat16, BATCH, PIXELS, PIXELS, 3)
    return jax.jit(vit), (vit_shapes(), images)
