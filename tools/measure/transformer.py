"""A stack of transformer blocks in PyTorch, as the models of test/models have them.

RMSNorm, grouped-query attention with rotary positions, RMSNorm and a SwiGLU
feed-forward, with projections of their own for queries, keys, values, gate and up.
The keys and values are written to a cache: all of them in prefill, the last position
in decode, where the attention reads the whole cache.
"""

import dataclasses
import pathlib

import torch
from torch.nn import functional


@dataclasses.dataclass(frozen=True)
class Config:
    """The extents of one block."""

    width: int
    heads: int
    kvHeads: int
    headWidth: int
    ffn: int


CONFIGURATIONS = {
    "llama3-8b": Config(4096, 32, 8, 128, 14336),
    "tiny": Config(256, 4, 2, 64, 512),
}
ROPE_BASE = 500000.0
EPSILON = 1e-5


def rotate(x, table):
    """Rotates the pairs (i, i + half) of each head; x is [b, tokens, heads, head]."""
    cosine, sine = (part[:, None, :] for part in table)
    first, second = x.float().chunk(2, dim=-1)
    return torch.cat(
        (first * cosine - second * sine, second * cosine + first * sine), dim=-1
    ).to(x.dtype)


def block(config, x, w, keys, values, table):
    """One block on x [b, tokens, width]; writes the end of its cache."""
    b, tokens, _ = x.shape
    first = keys.shape[1] - tokens
    h = functional.rms_norm(x, (config.width,), w["attention_norm"], EPSILON)
    q, k, v = (functional.linear(h, w[name]) for name in ("q", "k", "v"))
    q = rotate(q.view(b, tokens, config.heads, config.headWidth), table)
    k = rotate(k.view(b, tokens, config.kvHeads, config.headWidth), table)
    keys[:, first:] = k
    values[:, first:] = v.view(b, tokens, config.kvHeads, config.headWidth)
    mixed = functional.scaled_dot_product_attention(
        q.transpose(1, 2),
        keys.transpose(1, 2),
        values.transpose(1, 2),
        is_causal=tokens > 1,
        enable_gqa=True,
    )
    mixed = mixed.transpose(1, 2).reshape(b, tokens, config.heads * config.headWidth)
    x = x + functional.linear(mixed, w["o"])
    h = functional.rms_norm(x, (config.width,), w["ffn_norm"], EPSILON)
    gated = functional.silu(functional.linear(h, w["gate"]))
    return x + functional.linear(gated * functional.linear(h, w["up"]), w["down"])


class Stack:
    """Blocks in a row on random weights, each with a cache of its own."""

    def __init__(self, bench, config, blocks, batch, tokens, context):
        self.config = config
        self.x = bench.normal(batch, tokens, config.width)
        cache = (batch, context, config.kvHeads, config.headWidth)
        self.layers = [
            (weightsOf(bench, config), bench.normal(*cache), bench.normal(*cache))
            for _ in range(blocks)
        ]
        half = config.headWidth // 2
        steps = torch.arange(half, device=bench.device, dtype=torch.float32) / half
        places = torch.arange(context - tokens, context, device=bench.device)
        angles = places[:, None].float() * ROPE_BASE**-steps
        self.table = torch.cos(angles), torch.sin(angles)

    def run(self, function=block):
        """One pass through all blocks."""
        with torch.no_grad():
            x = self.x
            for weights, keys, values in self.layers:
                x = function(self.config, x, weights, keys, values, self.table)
            return x

    def compiled(self):
        """The pass with each block compiled."""
        torch._dynamo.reset()
        function = torch.compile(block, fullgraph=True, dynamic=False)
        return lambda: self.run(function)


def weightsOf(bench, config):
    """The weights of one block, each [outputs, inputs]."""
    queries = config.heads * config.headWidth
    keys = config.kvHeads * config.headWidth
    extents = {
        "q": (queries, config.width),
        "k": (keys, config.width),
        "v": (keys, config.width),
        "o": (config.width, queries),
        "gate": (config.ffn, config.width),
        "up": (config.ffn, config.width),
        "down": (config.width, config.ffn),
    }
    weights = {
        name: bench.normal(*sizes, scale=sizes[1] ** -0.5)
        for name, sizes in extents.items()
    }
    for name in ("attention_norm", "ffn_norm"):
        weights[name] = bench.normal(config.width)
    return weights


def trace(bench, run, folder, name):
    """Writes a profiler trace of one pass; returns the file's path."""
    from torch.profiler import ProfilerActivity, profile

    activities = [ProfilerActivity.CPU]
    if bench.isCuda:
        activities.append(ProfilerActivity.CUDA)
        torch.cuda.synchronize()
    with profile(activities=activities) as profiler:
        run()
        if bench.isCuda:
            torch.cuda.synchronize()
    path = pathlib.Path(folder) / name
    profiler.export_chrome_trace(str(path))
    return str(path)
