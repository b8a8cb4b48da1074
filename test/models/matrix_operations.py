"""Matrix operations of each committed graph, derived by hand from its extents.

A multiply-add is two operations. Nothing here is read from a graph or from a tool:
these are the numbers that a report of the graph must show, to the last digit.
Each function returns {unit_and_type: operations}.
"""


def product(rows, columns, depth, batch=1):
    """Operations of `batch` products of [rows, depth] by [depth, columns]."""
    return 2 * batch * rows * columns * depth


# --- Llama 3 8B -----------------------------------------------------------------

LAYERS, WIDTH, HEADS, KEY_HEADS, HEAD = 32, 4096, 32, 8, 128
FFN, VOCABULARY = 14336, 128256

# Queries and output are square, keys and values serve 8 heads; gate, up and down.
LLAMA_LAYER_WEIGHTS = 2 * WIDTH * WIDTH + 2 * WIDTH * KEY_HEADS * HEAD + 3 * WIDTH * FFN


def llama_prefill():
    """2048 tokens through every layer, every pair of tokens in the attention (masked
    ones are computed, too), the last token through the output projection."""
    tokens = 2048
    attention = 2 * product(tokens, tokens, HEAD, batch=HEADS)
    layer = 2 * tokens * LLAMA_LAYER_WEIGHTS + attention
    return {"matrix_bf16": LAYERS * layer + product(1, VOCABULARY, WIDTH)}


def llama_decode():
    """One token of 32 sequences, each against 4096 cached positions."""
    batch, context = 32, 4096
    attention = 2 * product(1, context, HEAD, batch=batch * HEADS)
    layer = 2 * batch * LLAMA_LAYER_WEIGHTS + attention
    return {"matrix_bf16": LAYERS * layer + product(batch, VOCABULARY, WIDTH)}


# --- ResNet-50 ------------------------------------------------------------------

RESNET_BATCH = 32


def resnet_convolutions():
    """(result extent, kernel, stride, input features, output features) of each.

    Blocks per stage 3, 4, 6, 3; each block is 1 x 1, 3 x 3, 1 x 1 with four times
    the features at the end, and a 1 x 1 beside the first block of a stage. The 3 x 3
    has the stride, and so has the convolution beside it."""
    yield 112, 7, 2, 3, 64
    inputs, extent = 64, 56
    for stage, (blocks, width) in enumerate(((3, 64), (4, 128), (6, 256), (3, 512))):
        for block in range(blocks):
            stride = 2 if stage > 0 and block == 0 else 1
            yield extent, 1, 1, inputs, width
            extent //= stride
            yield extent, 3, stride, width, width
            yield extent, 1, 1, width, 4 * width
            if block == 0:
                yield extent, 1, stride, inputs, 4 * width
            inputs = 4 * width


def taps_in_padding(extent, kernel, stride):
    """Along one axis: taps of all results, and how many of them fall on padding.

    The padding is half a kernel on either side of extent * stride elements."""
    outside = 0
    for result in range(extent):
        for tap in range(kernel):
            position = result * stride + tap - kernel // 2
            outside += not 0 <= position < extent * stride
    return extent * kernel, outside


def resnet50():
    """Every result position counts every tap; the classifier is 2048 x 1000."""
    operations = product(RESNET_BATCH, 1000, 2048)
    for extent, kernel, _, inputs, outputs in resnet_convolutions():
        positions = RESNET_BATCH * extent * extent
        operations += product(positions, outputs, kernel * kernel * inputs)
    return {"matrix_tf32": operations}


def resnet50_in_padding():
    """The part of the above that multiplies padding."""
    operations = 0
    for extent, kernel, stride, inputs, outputs in resnet_convolutions():
        taps, outside = taps_in_padding(extent, kernel, stride)
        skipped = taps * taps - (taps - outside) * (taps - outside)
        operations += 2 * RESNET_BATCH * skipped * inputs * outputs
    return operations


# --- The other models -----------------------------------------------------------


def vit_b16():
    """196 patches of 16 x 16 x 3 and a class token, 12 layers, 1000 classes."""
    batch, patches, width, hidden, heads = 32, 196, 768, 3072, 12
    tokens = patches + 1
    weights = 4 * width * width + 2 * width * hidden
    attention = 2 * product(tokens, tokens, width // heads, batch=batch * heads)
    layer = 2 * batch * tokens * weights + attention
    embedding = product(batch * patches, width, 16 * 16 * 3)
    return {"matrix_bf16": embedding + 12 * layer + product(batch, 1000, width)}


def moe_router():
    """4096 tokens rate 8 experts, in f32."""
    return product(4096, 8, 4096)


def mixtral_moe_layer():
    """Two of 8 experts for each of 4096 tokens: 1024 an expert, with room for 1280."""
    experts = 3 * product(1280, 14336, 4096, batch=8)
    return {"matrix_tf32": moe_router(), "matrix_bf16": experts}


def mixtral_moe_ragged():
    """The same without spare room: 8192 rows, each by one expert."""
    experts = 3 * product(8192, 14336, 4096)
    return {"matrix_tf32": moe_router(), "matrix_bf16": experts}


def dlrm():
    """Perceptrons, and the products of all pairs of 27 vectors of 128."""
    batch = 2048
    bottom = (13, 512, 256, 128)
    top = (27 * 26 // 2 + 128, 1024, 1024, 512, 256, 1)
    weights = sum(a * b for widths in (bottom, top) for a, b in zip(widths, widths[1:]))
    return {"matrix_tf32": 2 * batch * weights + product(27, 27, 128, batch=batch)}


def gpt_train_adam():
    """Each product forward is two backward, for the gradients of its two operands.

    12 layers of width 768 over 8 x 1024 tokens; the token table is the head."""
    batch, tokens, width, hidden, heads = 8, 1024, 768, 3072, 12
    weights = 4 * width * width + 2 * width * hidden
    attention = 2 * product(tokens, tokens, width // heads, batch=batch * heads)
    layer = 2 * batch * tokens * weights + attention
    forward = 12 * layer + product(batch * tokens, 50257, width)
    return {"matrix_tf32": 3 * forward}


def mixed_precision():
    """Forward two products in bf16; their gradients multiply an f32 by a bf16, which
    runs as tf32; the head with its two gradients asks for full f32."""
    rows, width, hidden, classes = 8192, 2048, 8192, 1024
    return {
        "matrix_bf16": 2 * product(rows, hidden, width),
        "matrix_tf32": 4 * product(rows, hidden, width),
        "matrix_f32": 3 * product(rows, classes, width),
    }


def linalg_mlp():
    """1024 rows, 2048 -> 8192 -> 2048 -> 1000."""
    weights = 2048 * 8192 + 8192 * 2048 + 2048 * 1000
    return {"matrix_bf16": 2 * 1024 * weights}


def tosa_cnn():
    """Three convolutions over 8 x 32 x 32 results, one of them depthwise; a matmul."""
    positions = 8 * 32 * 32
    stem = product(positions, 32, 3 * 3 * 3)
    depthwise = product(positions, 1, 3 * 3, batch=32)
    pointwise = product(positions, 32, 32)
    return {"matrix_tf32": stem + depthwise + pointwise + product(8, 100, 8192)}


def torch_bert_block():
    """8 x 128 tokens, width 768, 12 heads, hidden 3072."""
    weights = 4 * 768 * 768 + 2 * 768 * 3072
    attention = 2 * product(128, 128, 64, batch=8 * 12)
    return {"matrix_tf32": 2 * 8 * 128 * weights + attention}


# --- Small graphs ---------------------------------------------------------------


def small_products(count):
    """`count` products of 256 x 256 matrices in bf16."""
    return {"matrix_bf16": count * product(256, 256, 256)}


# 4 x 3 x 3 x 16 -> 32 kernels over 4 images of 32 x 32, without and with padding.
VALID_CONVOLUTION = product(4 * 30 * 30, 32, 9 * 16)
PADDED_CONVOLUTION = product(4 * 32 * 32, 32, 9 * 16)
# A tap of the padded one falls on padding once at either end of 32 results of 3.
PADDED_CONVOLUTION_IN_PADDING = 2 * 4 * ((32 * 3) ** 2 - (32 * 3 - 2) ** 2) * 16 * 32
# Of its 4 x 4 taps a stride of 2 leaves 2 x 2 for each of 66 x 66 results; what is
# not in the padding is each input times each tap.
TRANSPOSED_CONVOLUTION = product(4 * 66 * 66, 32, 4 * 16)
TRANSPOSED_CONVOLUTION_IN_PADDING = TRANSPOSED_CONVOLUTION - product(
    4 * 32 * 32, 32, 16 * 16
)

# --- Layers as serving stacks run them --------------------------------------------


def deepseek_attention_decode():
    """One token of 32 sequences, 16 heads, against 4096 rows of a latent cache: 512
    elements for scores and values, 64 more for scores."""
    batch, context, width, heads, latent, rope = 32, 4096, 7168, 16, 512, 64
    down = 1536 + latent + rope
    weights = width * down + 1536 * heads * (128 + rope) + heads * 128 * width
    absorbed = 2 * heads * 128 * latent
    attention = product(1, context, 2 * latent + rope, batch=batch * heads)
    return {"matrix_bf16": 2 * batch * (weights + absorbed) + attention}


def deepseek_experts_decode():
    """32 tokens of a device are rated in f32; 8 experts have 16 rows from each of 32
    devices."""
    experts = 3 * product(32 * 16, 2048, 7168, batch=8)
    return {"matrix_tf32": product(32, 256, 7168), "matrix_i8": experts}


def qwen3_decode_layer():
    batch, context, width, keys, ffn, heads, head = 32, 4096, 4096, 1024, 12288, 32, 128
    weights = 2 * width * width + 2 * width * keys + 3 * width * ffn
    attention = 2 * product(1, context, head, batch=batch * heads)
    return {"matrix_bf16": 2 * batch * weights + attention}


MATRIX_OPERATIONS = {
    "llama3-8b-prefill": llama_prefill(),
    "llama3-8b-prefill-scan": llama_prefill(),
    "llama3-8b-decode": llama_decode(),
    "llama3-8b-decode-scan": llama_decode(),
    "resnet50": resnet50(),
    "vit-b16": vit_b16(),
    "mixtral-moe-layer": mixtral_moe_layer(),
    "mixtral-moe-ragged": mixtral_moe_ragged(),
    "dlrm": dlrm(),
    "gpt-train-adam": gpt_train_adam(),
    "mixed-precision": mixed_precision(),
    "stencil": {},
    "linalg-mlp": linalg_mlp(),
    "tosa-cnn": tosa_cnn(),
    "torch-bert-block": torch_bert_block(),
    "serving/deepseek-attention-decode": deepseek_attention_decode(),
    "serving/deepseek-experts-decode": deepseek_experts_decode(),
    "serving/qwen3-8b-decode-layer": qwen3_decode_layer(),
    # 3 to 20; 10 steps forward and two products each backward; 6 x (4 + 1).
    "loops/fori": small_products(17),
    "loops/reverse-scan": small_products(30),
    "loops/nested": small_products(30),
    # With the trip counts that the comparison gives: 1, 1, and 1 x 5.
    "loops/while": small_products(1),
    "loops/generate": small_products(1),
    "loops/dynamic-bound": small_products(5),
    # The dearer branch.
    "loops/branches": small_products(2),
    "kinds/convolution-valid": {"matrix_tf32": VALID_CONVOLUTION},
    "kinds/convolution-padded": {"matrix_tf32": PADDED_CONVOLUTION},
    # One input feature for each of 16 results.
    "kinds/convolution-depthwise": {"matrix_tf32": product(4 * 30 * 30, 1, 9, 16)},
    "kinds/convolution-transposed": {"matrix_tf32": TRANSPOSED_CONVOLUTION},
    # To the input: a full convolution back to 32 x 32; to the kernel: as forward.
    "kinds/convolution-gradients": {
        "matrix_tf32": PADDED_CONVOLUTION + VALID_CONVOLUTION
    },
    "kinds/dot-batched": {"matrix_bf16": product(128, 128, 64, batch=8)},
    "kinds/ragged-dot": {"matrix_bf16": product(64, 256, 1024)},
    "kinds/ragged-dot-masked": {"matrix_bf16": product(64, 256, 1024, batch=4)},
    # n^3 / 3 rounded up; n^2 for each right-hand side.
    "kinds/cholesky": {"matrix_f32": -(-(256**3) // 3)},
    "kinds/triangular-solve": {"matrix_f32": 256 * 256 * 64},
}
