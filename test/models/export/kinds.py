"""One small graph per kind of op, to see what XLA counts for it and what we do."""

import jax
import jax.numpy as jnp
from jax import lax

from registry import model, shape

ROWS, COLUMNS = 64, 1024


def kind(name, *arguments, platform="cpu"):
    """Registers the decorated function itself, as kinds/NAME."""

    def register(function):
        model(f"kinds/{name}", platform)(lambda: (jax.jit(function), arguments))
        return function

    return register


F32 = shape(jnp.float32, ROWS, COLUMNS)
BF16 = shape(jnp.bfloat16, ROWS, COLUMNS)
IMAGE = shape(jnp.float32, 4, 32, 32, 16)
NHWC = ("NHWC", "HWIO", "NHWC")


@kind("elementwise", F32, F32)
def elementwise(x, y):
    return jnp.maximum(x * y, x - y) / x


@kind("compare-select", F32, F32)
def compare_select(x, y):
    return lax.select(x < y, x, y)


@kind("convert", F32)
def convert(x):
    return x.astype(jnp.bfloat16)


@kind("clamp", F32)
def clamp(x):
    return lax.clamp(jnp.float32(-1), x, jnp.float32(1))


@kind("transcendental", F32)
def transcendental(x):
    return lax.tanh(lax.rsqrt(lax.exp(x)))


@kind("logistic", F32)
def logistic(x):
    return lax.logistic(x)


@kind("erf-f32", F32)
def erf_f32(x):
    return lax.erf(x)


@kind("erf-bf16", BF16)
def erf_bf16(x):
    return lax.erf(x)


@kind("erfc-f32", F32)
def erfc_f32(x):
    return lax.erfc(x)


@kind("erfc-bf16", BF16)
def erfc_bf16(x):
    return lax.erfc(x)


@kind("power", F32, F32)
def power(x, y):
    return lax.pow(x, y)


@kind("integer-remainder", shape(jnp.int32, ROWS, COLUMNS))
def integer_remainder(x):
    return lax.rem(x, jnp.full_like(x, 7))


@kind("reduce", F32)
def reduce(x):
    return jnp.sum(x, axis=1)


@kind("argmax", F32)
def argmax(x):
    return lax.argmax(x, 1, jnp.int32)


@kind("cumulative-sum", F32)
def cumulative_sum(x):
    return lax.cumsum(x, axis=1)


@kind("sort", F32)
def sort(x):
    return lax.sort(x, dimension=1)


@kind("top-k", F32)
def top_k(x):
    return lax.top_k(x, 8)


@kind("max-pool", IMAGE)
def max_pool(x):
    window, strides = (1, 3, 3, 1), (1, 2, 2, 1)
    padding = ((0, 0), (1, 1), (1, 1), (0, 0))
    return lax.reduce_window(x, -jnp.inf, lax.max, window, strides, padding)


@kind("max-pool-gradient", IMAGE)
def max_pool_gradient(x):
    return jax.grad(lambda x: jnp.sum(max_pool(x)))(x)


@kind("convolution-valid", IMAGE, shape(jnp.float32, 3, 3, 16, 32))
def convolution_valid(x, w):
    return lax.conv_general_dilated(x, w, (1, 1), "VALID", dimension_numbers=NHWC)


@kind("convolution-padded", IMAGE, shape(jnp.float32, 3, 3, 16, 32))
def convolution_padded(x, w):
    return lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=NHWC)


@kind("convolution-depthwise", IMAGE, shape(jnp.float32, 3, 3, 1, 16))
def convolution_depthwise(x, w):
    return lax.conv_general_dilated(
        x, w, (1, 1), "VALID", dimension_numbers=NHWC, feature_group_count=16
    )


@kind("convolution-transposed", IMAGE, shape(jnp.float32, 4, 4, 16, 32))
def convolution_transposed(x, w):
    return lax.conv_transpose(x, w, (2, 2), "VALID", dimension_numbers=NHWC)


@kind("convolution-gradients", IMAGE, shape(jnp.float32, 3, 3, 16, 32))
def convolution_gradients(x, w):
    return jax.grad(lambda x, w: jnp.sum(convolution_valid(x, w)), (0, 1))(x, w)


@kind("gather", F32, shape(jnp.int32, 16))
def gather(x, rows):
    return x.at[rows].get(mode="clip")


@kind("scatter-add", F32, shape(jnp.int32, 16), shape(jnp.float32, 16, COLUMNS))
def scatter_add(x, rows, y):
    return x.at[rows].add(y, mode="drop")


@kind("dynamic-update-slice", F32, shape(jnp.float32, 1, COLUMNS), shape(jnp.int32))
def dynamic_update_slice(x, row, index):
    return lax.dynamic_update_slice(x, row, (index, 0))


@kind("transpose", F32)
def transpose(x):
    return x.T


@kind("iota", shape(jnp.float32))
def iota(x):
    return lax.broadcasted_iota(jnp.float32, (ROWS, COLUMNS), 1) + x


@kind("fft", shape(jnp.complex64, ROWS, COLUMNS))
def fft(x):
    return jnp.fft.fft(x)


@kind("complex-multiply", *(shape(jnp.complex64, ROWS, COLUMNS),) * 2)
def complex_multiply(x, y):
    return x * y


# The CPU's Cholesky factorisation and solver are calls of LAPACK.
MATRIX = shape(jnp.float32, 256, 256)


@kind("cholesky", MATRIX, platform="tpu")
def cholesky(x):
    return lax.linalg.cholesky(x, symmetrize_input=False)


@kind("triangular-solve", MATRIX, shape(jnp.float32, 256, 64), platform="tpu")
def triangular_solve(a, b):
    return lax.linalg.triangular_solve(a, b, left_side=True, lower=True)


@kind("random-bits", shape(jnp.uint32, 4))
def random_bits(state):
    return lax.rng_bit_generator(state, (ROWS, COLUMNS), jnp.uint32)


@kind("threefry", shape(jnp.uint32, 2))
def threefry(key):
    """JAX's own generator: a loop of five times four rounds."""
    return jax.random.bits(jax.random.wrap_key_data(key), (ROWS, COLUMNS))


@kind("erf-inverse", F32)
def erf_inverse(x):
    return lax.erf_inv(x)


@kind("dot-batched", *(shape(jnp.bfloat16, 8, 128, 64),) * 2)
def dot_batched(x, y):
    return jnp.einsum("bik,bjk->bij", x, y)


RAGGED = (BF16, shape(jnp.bfloat16, 4, COLUMNS, 256), shape(jnp.int32, 4))


@kind("ragged-dot", *RAGGED, platform="tpu")
def ragged_dot(x, w, sizes):
    return lax.ragged_dot(x, w, sizes)


@kind("ragged-dot-masked", *RAGGED)
def ragged_dot_masked(x, w, sizes):
    """The CPU has no grouped product: it computes all groups and masks them."""
    return lax.ragged_dot(x, w, sizes)
