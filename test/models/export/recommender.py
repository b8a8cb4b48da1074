"""A DLRM-style recommender: embedding bags, dot interaction, two perceptrons, f32."""

import jax
import jax.numpy as jnp
from jax import lax

from registry import model, shape

BATCH = 2048
DENSE_FEATURES = 13
EMBEDDING = 128
# Rows of the 26 tables, from a click log: a few huge ones, many small ones.
TABLE_ROWS = (
    (40_000_000,) * 4 + (3_000_000,) * 4 + (300_000,) * 4 + (10_000,) * 6 + (100,) * 8
)
# The first tables are multi-hot: the rows of a bag are added up.
BAG_SIZES = (8,) * 4 + (1,) * 22
BOTTOM = (512, 256, EMBEDDING)
TOP = (1024, 1024, 512, 256, 1)
VECTORS = len(TABLE_ROWS) + 1
INTERACTIONS = VECTORS * (VECTORS - 1) // 2


def perceptron_shapes(inputs, widths):
    layers = []
    for outputs in widths:
        kernel = shape(jnp.float32, inputs, outputs)
        layers.append({"kernel": kernel, "bias": shape(jnp.float32, outputs)})
        inputs = outputs
    return layers


def weights():
    return {
        "tables": [shape(jnp.float32, rows, EMBEDDING) for rows in TABLE_ROWS],
        "bottom": perceptron_shapes(DENSE_FEATURES, BOTTOM),
        "top": perceptron_shapes(INTERACTIONS + EMBEDDING, TOP),
    }


def perceptron(layers, x):
    for index, w in enumerate(layers):
        with jax.named_scope(f"layer{index}"):
            x = x @ w["kernel"] + w["bias"]
            if index + 1 < len(layers):
                x = jax.nn.relu(x)
    return x


def embed(table, rows):
    """The sum of a bag's rows; rows is [batch, bag]."""
    picked = table.at[rows].get(mode="clip")
    return jnp.sum(picked, axis=1)


def interact(vectors):
    """Dot products of all pairs of the vectors [batch, vectors, width]."""
    products = lax.dot_general(vectors, vectors, (((2,), (2,)), ((0,), (0,))))
    rows, columns = jnp.tril_indices(VECTORS, -1)
    return products[:, rows, columns]


def dlrm(w, dense, bags):
    with jax.named_scope("bottom"):
        x = jax.nn.relu(perceptron(w["bottom"], dense))
    with jax.named_scope("embeddings"):
        vectors = [embed(table, rows) for table, rows in zip(w["tables"], bags)]
    with jax.named_scope("interaction"):
        pairs = interact(jnp.stack([x, *vectors], axis=1))
        features = jnp.concatenate([x, pairs], axis=1)
    with jax.named_scope("top"):
        return jax.nn.sigmoid(perceptron(w["top"], features))


@model("dlrm")
def dlrm_inference():
    dense = shape(jnp.float32, BATCH, DENSE_FEATURES)
    bags = [shape(jnp.int32, BATCH, size) for size in BAG_SIZES]
    return jax.jit(dlrm), (weights(), dense, bags)
