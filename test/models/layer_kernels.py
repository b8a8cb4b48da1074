"""Kernels of one layer of each committed model, derived by hand from its extents.

A kernel reads each value from outside once, as far as it touches it, and writes its
results once. Views and transpositions that only change a layout cost nothing. What is
made of positions alone, such as a mask, is made where it is used. An update in place
counts what it writes. A later kernel computes a value again where it is elementwise in
what is kept anyway. Operations on a few scalars for control are no kernels.

Nothing here is read from a graph or from a tool, but for what a kernel is to be called
in a report, and where its root is.
"""

import dataclasses
import typing


@dataclasses.dataclass(frozen=True)
class Kernel:
    """One launch, or several of one shape."""

    what: str
    read: int
    written: int
    # As a report names it; empty for what a report has not as a kernel of its own.
    name: str
    # Where the report places it, without the name of the layer. In both, `*` is any
    # text.
    place: str
    count: int = 1


@dataclasses.dataclass(frozen=True)
class Layer:
    graph: str
    what: str
    fusion: str
    kernels: typing.List[Kernel]
    # What the places of its kernels begin with.
    prefix: str = ""
    # Launches of one kernel of a layer that is in a loop.
    repeats: int = 1
    # What a compiler or library launches, and the MB that it moves where known.
    stack: str = ""
    stack_megabytes: str = ""
    # Layers in a loop have the kernels of those without; no list of their own.
    listed: bool = True

    @property
    def title(self):
        return f"`{self.graph}`, {self.what}, {self.fusion}"


# --- Llama 3 8B -----------------------------------------------------------------

WIDTH, KEY_WIDTH, HIDDEN, HEAD = 4096, 1024, 14336, 128
QUERY_HEADS, KEY_HEADS = 32, 8
BF16, F32 = 2, 4

# Parameters in bytes: queries and output, keys and values, gate, up and down.
SQUARE, NARROW, WIDE = (BF16 * WIDTH * columns for columns in (WIDTH, KEY_WIDTH, HIDDEN))
SCALES = BF16 * WIDTH


class LlamaBytes:
    """Bytes of the values of one layer."""

    def __init__(self, rows, positions, pairs, cached, position):
        self.x = BF16 * rows * WIDTH
        self.keys = BF16 * rows * KEY_WIDTH
        self.hidden = BF16 * rows * HIDDEN
        # Keys or values that attention reads.
        self.cache = cached
        # Scores are f32, the weights made of them bf16.
        self.scores = F32 * QUERY_HEADS * pairs
        self.weights = BF16 * QUERY_HEADS * pairs
        # Sines and cosines of every position and half of a head.
        self.table = 2 * F32 * positions * HEAD // 2
        # Where the cache is updated.
        self.position = position


# 32 sequences of one token, each with 4096 cached positions.
DECODE = LlamaBytes(32, 1, 32 * 4096, BF16 * 32 * 4096 * KEY_WIDTH, position=4)
# One sequence of 2048 tokens.
PREFILL = LlamaBytes(2048, 2048, 2048 * 2048, BF16 * 2048 * KEY_WIDTH, position=0)


def llama_library(b, keys, values, in_loop):
    """A fused normalisation begins with the residual of the layer before; in a loop
    that sum is carried, so the layer ends with it."""
    carried = b.x if in_loop else 0
    first = "rms_norm" if in_loop else "fused_add_rms_norm"
    down = "gemm_add" if in_loop else "gemm"
    return [
        Kernel("", 2 * b.x - carried + SCALES, 2 * b.x - carried, first, "attention/mul"),
        Kernel("q, k, v", b.x + SQUARE + 2 * NARROW, b.x + 2 * b.keys, "gemm", "attention/v/dot_general"),
        Kernel("q, k", b.x + b.keys + b.table, b.x + b.keys, "rope", keys),
        Kernel("cache", 2 * b.keys + b.position, 2 * b.keys, *values),
        Kernel("", b.x + 2 * b.cache, b.x, "attention", "attention/values/dot_general"),
        Kernel("o", b.x + SQUARE, b.x, "gemm", "attention/o/dot_general"),
        Kernel("", 2 * b.x + SCALES, 2 * b.x, "fused_add_rms_norm", "ffn/mul"),
        Kernel("gate, up", b.x + 2 * WIDE, 2 * b.hidden, "gemm", "ffn/up/dot_general"),
        Kernel("", 2 * b.hidden, b.hidden, "gated_activation", "ffn/mul"),
        Kernel("down", b.hidden + WIDE + carried, b.x, down, "ffn/down/dot_general"),
    ]


def llama_compiler(b, keys, values, in_loop):
    """Residuals are epilogues of the products before them: that moves least."""
    first = "rms_norm" if in_loop else "fused_add_rms_norm"
    down = "gemm_add" if in_loop else "gemm"
    return [
        Kernel("", b.x + SCALES, b.x, first, "attention/mul"),
        Kernel("q", b.x + SQUARE, b.x, "gemm", "attention/q/dot_general"),
        Kernel("k", b.x + NARROW, b.keys, "gemm", "attention/k/dot_general"),
        Kernel("v", b.x + NARROW, b.keys, "gemm", "attention/v/dot_general"),
        Kernel("q", b.x + b.table, b.x, "rope", "attention/q/convert_element_type"),
        Kernel("k, cache", b.keys + b.table + b.position, b.keys, "rope", keys),
        Kernel("v, cache", b.keys + b.position, b.keys, *values),
        Kernel("scores", b.x + b.cache, b.scores, "batched_gemm", "attention/scores/dot_general"),
        Kernel("", b.scores, b.weights, "softmax", "attention/softmax/convert_element_type"),
        Kernel("values", b.weights + b.cache, b.x, "batched_gemm", "attention/values/dot_general"),
        Kernel("o", 2 * b.x + SQUARE, b.x, "gemm", "attention/o/dot_general"),
        Kernel("", b.x + SCALES, b.x, "fused_add_rms_norm", "ffn/mul"),
        Kernel("gate", b.x + WIDE, b.hidden, "gemm", "ffn/gate/dot_general"),
        Kernel("up", b.x + WIDE, b.hidden, "gemm", "ffn/up/dot_general"),
        Kernel("", 2 * b.hidden, b.hidden, "gated_activation", "ffn/mul"),
        Kernel("down", b.hidden + WIDE + b.x, b.x, down, "ffn/down/dot_general"),
    ]


UPDATE = "attention/cache/dynamic_update_slice"
STACKED = "layers/while/body/jit(dynamic_update_index_in_dim)"


def llama():
    updates = {
        "llama3-8b-decode": (DECODE, UPDATE, ("dynamic_update_slice", UPDATE)),
        "llama3-8b-decode-scan": (DECODE, UPDATE, ("dynamic_update_slice", UPDATE)),
        "llama3-8b-prefill": (PREFILL, "attention/transpose", ("transpose", "attention/transpose")),
        "llama3-8b-prefill-scan": (PREFILL, STACKED, ("dynamic_update_index_in_dim", STACKED)),
    }
    xla = {
        "llama3-8b-decode": ("16", "1,081.8"),
        "llama3-8b-decode-scan": ("26", "3,028.0"),
        "llama3-8b-prefill": ("16", "2,811.3"),
        "llama3-8b-prefill-scan": ("30", ""),
    }
    for graph, update in updates.items():
        in_loop = graph.endswith("-scan")
        place = {"prefix": "", "repeats": 32} if in_loop else {"prefix": "layer5/"}
        place.update(what="a trip" if in_loop else "`layer5`", listed=not in_loop)
        yield Layer(graph, fusion="library", kernels=llama_library(*update, in_loop), stack="9-11", **place)
        stack, megabytes = xla[graph]
        yield Layer(graph, fusion="compiler", kernels=llama_compiler(*update, in_loop),
                    stack=stack, stack_megabytes=megabytes, **place)  # fmt: skip


# --- ViT-B/16 -------------------------------------------------------------------


def vit():
    """32 images of 197 tokens, 12 heads of 64."""
    rows, width, hidden = 32 * 197, 768, 3072
    x, h = BF16 * rows * width, BF16 * rows * hidden
    pairs = 32 * 12 * 197 * 197
    scales = 2 * BF16 * width

    def affine(inputs, outputs):
        return BF16 * (inputs + 1) * outputs

    qkv = Kernel("q, k, v", x + affine(width, 3 * width), 3 * x, "gemm_add", "attention/qkv/dot_general")
    up = Kernel("up, GELU", x + affine(width, hidden), h, "gemm_add_erfc_multiply_negate", "mlp/dot_general")
    norms = ("fused_add_layer_norm", "attention/add"), ("fused_add_layer_norm", "mlp/add")
    out, down = ("gemm", "attention/out/dot_general"), ("gemm", "mlp/dot_general")
    library = [
        Kernel("", 2 * x + scales, 2 * x, *norms[0]),
        qkv,
        Kernel("", 3 * x, x, "attention", "attention/values/dot_general"),
        Kernel("out", x + affine(width, width), x, *out),
        Kernel("", 2 * x + scales, 2 * x, *norms[1]),
        up,
        Kernel("down", h + affine(hidden, width), x, *down),
    ]
    compiler = [
        Kernel("", x + scales, x, *norms[0]),
        qkv,
        Kernel("scores", 2 * x, F32 * pairs, "batched_gemm", "attention/scores/dot_general"),
        Kernel("", F32 * pairs, BF16 * pairs, "softmax", "attention/softmax/convert_element_type"),
        Kernel("values", BF16 * pairs + x, x, "batched_gemm", "attention/values/dot_general"),
        Kernel("out", 2 * x + affine(width, width), x, *out),
        Kernel("", x + scales, x, *norms[1]),
        up,
        Kernel("down", h + affine(hidden, width) + x, x, *down),
    ]
    place = {"graph": "vit-b16", "what": "`layer5`", "prefix": "layer5/"}
    yield Layer(fusion="library", kernels=library, stack="7-8", **place)
    yield Layer(fusion="compiler", kernels=compiler, stack="15", stack_megabytes="744.9", **place)


# --- ResNet-50 ------------------------------------------------------------------


def resnet():
    """The first two blocks of the second stage: with a projection of the input, and
    without. A normalisation has four parameters per channel; a convolution by 1 x 1
    with a stride of 2 touches a quarter of the positions."""
    wide, narrow = 512, 128

    def image(extent, channels):
        return F32 * 32 * extent * extent * channels

    def kernel(taps, inputs, outputs):
        return F32 * taps * inputs * outputs

    for block, inputs, before in (("block1", 512, 28), ("block0", 256, 56)):
        a = image(before, inputs)
        y1, y2, y3 = image(before, narrow), image(28, narrow), image(28, wide)
        scales, wide_scales = 4 * F32 * narrow, 4 * F32 * wide
        touched = image(28, inputs) + kernel(1, inputs, wide)
        reduce, spatial = a + kernel(1, inputs, narrow), y1 + kernel(9, narrow, narrow)
        expand = y2 + kernel(1, narrow, wide)
        at = {name: f"{name}/conv_general_dilated" for name in ("reduce", "spatial", "expand", "shortcut")}
        library = [
            Kernel("reduce", reduce + scales, y1, "convolution_add_multiply_relu_rsqrt", at["reduce"]),
            Kernel("spatial", spatial + scales, y2, "convolution_add_multiply_relu_rsqrt", at["spatial"]),
            Kernel(
                "expand", expand + wide_scales + y3, y3, "convolution_add_multiply_relu_rsqrt", at["expand"]
            ),
        ]
        compiler = [
            Kernel("reduce", reduce, y1, "convolution", at["reduce"]),
            Kernel("norm, ReLU", y1 + scales, y1, "fused_add_multiply_relu_rsqrt", "reduce/jit(relu)"),
            Kernel("spatial", spatial, y2, "convolution", at["spatial"]),
            Kernel("norm, ReLU", y2 + scales, y2, "fused_add_multiply_relu_rsqrt", "spatial/jit(relu)"),
            Kernel("expand", expand, y3, "convolution", at["expand"]),
        ]
        norm, norms = "norm, residual, ReLU", 1
        if block == "block0":
            shortcut = ("convolution_add_multiply_rsqrt_subtract", at["shortcut"])
            library.append(Kernel("shortcut", touched + wide_scales, y3, *shortcut))
            compiler.append(Kernel("shortcut", touched, y3, "convolution", at["shortcut"]))
            norm, norms = "both norms, residual, ReLU", 2
        compiler.append(
            Kernel(norm, 2 * y3 + norms * wide_scales, y3, "fused_add_multiply_relu_rsqrt", "jit(relu)")
        )
        place = {"graph": "resnet50", "what": f"`stage1/{block}`", "prefix": f"stage1/{block}/"}
        xla = {"block1": ("6 + 1 of 512 values", "360.8"), "block0": ("7 + 3 of 512 values", "720.9")}[block]
        yield Layer(fusion="library", kernels=library, stack=str(len(library)), **place)
        yield Layer(fusion="compiler", kernels=compiler, stack=xla[0], stack_megabytes=xla[1], **place)


# --- Mixtral 8x7B, one layer of experts -----------------------------------------


def mixtral():
    """4096 tokens, each to 2 of 8 experts: in buffers of 1280 rows for each expert, or
    sorted without gaps (ragged). Weights of all experts are read."""
    tokens, experts = 4096, 8
    x, accumulator = BF16 * tokens * WIDTH, F32 * tokens * WIDTH
    router, logits = F32 * WIDTH * experts, F32 * tokens * experts
    # Chosen experts or their weights; what they are as a list.
    top = assignments = 4 * 2 * tokens
    counts = 4 * experts
    weights = experts * WIDE
    for graph, slots in (("mixtral-moe-layer", 8 * 1280), ("mixtral-moe-ragged", 2 * tokens)):
        ragged = graph.endswith("ragged")
        sizes, product = (counts, "ragged_dot_general") if ragged else (0, "dot_general")
        rows, hidden, index = BF16 * slots * WIDTH, BF16 * slots * HIDDEN, 4 * slots
        at = {name: f"experts/{name}/{product}" for name in ("gate", "up", "down")}
        route = Kernel("router", x + router, logits, "gemm_convert", "router/dot_general")
        gate = Kernel("", 2 * hidden, hidden, "gated_activation", "experts/down/mul")
        permute = "combine/select_n"
        library = [
            route,
            Kernel("", logits, 2 * top, "topk_softmax", "router/div"),
            Kernel("", top, index + counts, "moe_align", "*"),
            Kernel("", index + x, rows, "moe_permute", permute),
            Kernel("gate, up", rows + 2 * weights + sizes, 2 * hidden, "grouped_gemm", at["up"]),
            gate,
            Kernel("down", hidden + weights + sizes, rows, "grouped_gemm", at["down"]),
            Kernel("residual", rows + index + top + x, x, "moe_unpermute", "combine/add"),
        ]
        gemm = "grouped_gemm" if ragged else "batched_gemm"
        compiler = [
            route,
            Kernel("", logits, 2 * top, "top_k", "router/top_k"),
            Kernel("", top, top, "softmax", "router/div"),
            Kernel("experts", assignments, assignments, "sort", "sort"),
            Kernel("zeros of the counts", 0, counts, "", ""),
            Kernel("counts", assignments + counts, counts, "fused_*_scatter_select", "dispatch/scatter-add"),
        ]
        if not ragged:
            compiler.append(Kernel("slots", assignments + counts, 2 * index, "", ""))
        compiler += [
            Kernel("rows of tokens", index + x, rows, "fused_*", permute),
            Kernel("gate", rows + weights + sizes, hidden, gemm, at["gate"]),
            Kernel("up", rows + weights + sizes, hidden, gemm, at["up"]),
            gate,
            Kernel("down", hidden + weights + sizes, rows, gemm, at["down"]),
            Kernel("zeros of the sum", 0, accumulator, "broadcast_in_dim", "combine/broadcast_in_dim"),
            Kernel("sum by token", rows + top + (1 if ragged else 2) * index + accumulator, accumulator,
                   "fused_*_scatter", "combine/scatter-add"),
            Kernel("residual", accumulator + x, x, "fused_add_convert", "combine/add"),
        ]  # fmt: skip
        xla = ("20, dense", "10,136.9") if ragged else ("17", "5,405.9")
        place = {"graph": graph, "what": "all"}
        yield Layer(fusion="library", kernels=library, stack="7-9", **place)
        yield Layer(fusion="compiler", kernels=compiler, stack=xla[0], stack_megabytes=xla[1], **place)


# --- GPT-2 small, a training step -----------------------------------------------


def training():
    """8 x 1024 tokens of width 768, f32, 12 heads of 64."""
    rows, width, hidden = 8192, 768, 3072
    x, h, vector = F32 * rows * width, F32 * rows * hidden, F32 * width
    scores = F32 * 8 * 12 * 1024 * 1024
    # One value per row of a normalisation, per row of a softmax.
    row, line = F32 * rows, F32 * 8 * 12 * 1024
    w_qkv, w_out, w_up = (F32 * width * columns for columns in (3 * width, width, hidden))
    w_down = w_up
    norm, attention, mlp = "fused_add_layer_norm", "attention/dot_general", "mlp/dot_general"

    qkv = Kernel("q, k, v", x + w_qkv + 3 * vector, 3 * x, "gemm_add", attention)
    up = Kernel("up, GELU", x + w_up + 4 * vector, 2 * h, "gemm_add_multiply_subtract_tanh", mlp)
    forward_library = [
        Kernel("", 2 * x + 2 * vector, 2 * x + 2 * row, norm, "attention/add"),
        qkv,
        Kernel("", 3 * x, x + line, "attention", attention),
        Kernel("out", x + w_out + vector, x, "gemm", attention),
        Kernel("", 2 * x + 2 * vector, 2 * x + 2 * row, norm, "mlp/add"),
        up,
        Kernel("down", h + w_down + vector, x, "gemm", mlp),
    ]
    forward = [
        Kernel("", x + 2 * vector, x + 2 * row, norm, "attention/add"),
        qkv,
        Kernel("scores", 2 * x, scores, "batched_gemm", attention),
        Kernel("", scores, scores + 2 * line, "softmax", "attention/div"),
        Kernel("values", scores + x, x, "batched_gemm", attention),
        Kernel("out", x + w_out + vector + x, x, "gemm", attention),
        Kernel("", x + 2 * vector, x + 2 * row, norm, "mlp/add"),
        up,
        Kernel("down", h + w_down + vector + x, x, "gemm", mlp),
    ]

    def norm_gradient(part):
        sums = Kernel(
            "scale, offset", 2 * x + 2 * row, 2 * vector, "fused_multiply_reduce", f"{part}/reduce_sum"
        )
        return [sums, Kernel("norm, residual", 3 * x + vector + 2 * row, x, "fused_*", f"{part}/add_any")]

    perceptron = [
        Kernel("down bias", x, vector, "reduce", "mlp/reduce_sum"),
        Kernel("down weight", x + h, w_down, "gemm", mlp),
        Kernel("down input, GELU", x + w_down + h, h, "gemm", mlp),
        Kernel("up bias", h, 4 * vector, "fused_*_reduce", "mlp/reduce_sum"),
        Kernel("up weight", h + x, w_up, "gemm", mlp),
        Kernel("up input", h + w_up, x, "gemm", mlp),
        *norm_gradient("mlp"),
        Kernel("out bias", x, vector, "reduce", "attention/reduce_sum"),
        Kernel("out weight", 2 * x, w_out, "gemm", attention),
        Kernel("out input", x + w_out, x, "gemm", attention),
    ]
    weights = [
        Kernel("q, k, v weight", 4 * x, w_qkv, "gemm", attention),
        Kernel("q, k, v input", 3 * x + w_qkv, x, "gemm", attention),
        *norm_gradient("attention"),
    ]
    backward_library = [
        *perceptron,
        Kernel("gradient", 5 * x + line, 3 * x, "attention", attention),
        Kernel("q, k, v bias", 3 * x, 3 * vector, "fused_*reduce", "attention/reduce_sum"),
        *weights,
    ]
    backward = [
        *perceptron,
        Kernel("values", x + scores, x, "batched_gemm", attention),
        Kernel("weights", 2 * x, scores, "batched_gemm", attention),
        Kernel("softmax", 2 * scores + 2 * line, scores, "fused_*", "attention/mul"),
        Kernel("keys", scores + x, x, "batched_gemm", attention),
        Kernel("queries", scores + x, x, "batched_gemm", attention),
        Kernel("q, k, v in one", 3 * x, 3 * x, "fused_*reduce", "attention/reduce_sum"),
        Kernel("q, k, v bias", 3 * x, 3 * vector, "", ""),
        *weights,
    ]
    place = {"graph": "gpt-train-adam", "what": "forward", "prefix": "jvp(block5)/"}
    yield Layer(fusion="library", kernels=forward_library, stack="7", **place)
    yield Layer(fusion="compiler", kernels=forward, stack="16", stack_megabytes="3,225.2", **place)
    place = {"graph": "gpt-train-adam", "what": "backward", "prefix": "transpose(jvp(block5))/"}
    yield Layer(fusion="library", kernels=backward_library, stack="13-19", **place)
    yield Layer(fusion="compiler", kernels=backward, stack="32", stack_megabytes="5,058.0", **place)
    yield from adam({w_up: 24, w_qkv: 12, w_out: 12, 4 * vector: 12, 3 * vector: 12, vector: 6 * 12 + 2})


def adam(sizes):
    """Parameter, gradient and two means are read, all but the gradient written. The
    table of tokens is the projection of the output, too, and has two gradients."""
    tokens, positions = F32 * 50257 * 768, F32 * 1024 * 768
    sizes = dict(sizes)
    sizes[positions] = 1
    place = {"graph": "gpt-train-adam", "what": "Adam, all parameters", "prefix": "adam/"}
    at = "jit(adam_update)"
    parameters = [
        Kernel(f"{size // F32:,} values", 4 * size, 3 * size, "adam", at, count=count)
        for size, count in sorted(sizes.items(), reverse=True)
    ]
    table = Kernel(f"{tokens // F32:,} values", 5 * tokens, 3 * tokens, "adam", at)
    others = sum(size * count for size, count in sizes.items())
    whole = [Kernel("", 5 * tokens + 4 * others, 3 * (tokens + others), "adam", at)]
    yield Layer(fusion="library", kernels=whole, stack="1 to a few", **place)
    yield Layer(fusion="compiler", kernels=[table, *parameters], stack="148, 12 a layer", **place)


LAYERS = [*llama(), *vit(), *resnet(), *mixtral(), *training()]
