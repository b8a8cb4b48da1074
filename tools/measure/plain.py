"""What fused.py computes, in PyTorch's own functions.

It stands in on a CPU, and says what the kernels of fused.py have to compute.
"""

import torch

# The largest finite number of float8_e4m3fn.
FP8_MAX = 448.0


def nothing():
    """No work at all."""


def quantizeRows(x, out, scales):
    """out = x / scales by row, where the largest of each row becomes FP8_MAX."""
    scales.copy_(x.float().abs().amax(dim=1, keepdim=True) / FP8_MAX)
    out.copy_((x.float() / scales).clamp(-FP8_MAX, FP8_MAX))


def absMax(x, out):
    """out = the largest absolute value of x."""
    out.copy_(x.float().abs().max())


def quantizeByMax(x, largest, out, scale):
    """scale = largest / FP8_MAX; out = x / scale."""
    scale.copy_(largest / FP8_MAX)
    out.copy_((x.float() / scale).clamp(-FP8_MAX, FP8_MAX))


def siluAndMul(x, out):
    """out = silu(left half of each row of x) * right half"""
    gate, up = x.float().chunk(2, dim=1)
    out.copy_(torch.nn.functional.silu(gate) * up)


def rmsNorm(x, weight, out):
    """out = x / root mean square of its row * weight"""
    x32 = x.float()
    scale = torch.rsqrt(x32.square().mean(dim=1, keepdim=True) + 1e-5)
    out.copy_(x32 * scale * weight.float())


def rope(q, k, cosine, sine):
    """Rotates the pairs (i, i + half) of each head of q and k, in place.

    q and k are [tokens, heads, head], cosine and sine [tokens, head / 2].
    """
    for x in (q, k):
        first, second = x.float().chunk(2, dim=2)
        c, s = cosine[:, None], sine[:, None]
        x.copy_(torch.cat((first * c - second * s, second * c + first * s), dim=2))


def readPasses(source, sink, passes):
    """Reads all of source `passes` times and writes some sum of it into sink."""
    for _ in range(passes):
        sink[0] = source.sum()


def readSinkElements(_):
    """How many elements the sink of readPasses has."""
    return 1
