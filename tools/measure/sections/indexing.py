"""Kernels that follow indices: embedding, gather, scatter, sort and top-k.

Rows are drawn at random, all equally likely. Indices and results rotate; a table of
rows is one, and larger than every L2 cache except where the shape says otherwise.
"""

from functools import partial

from case import FULL, QUICK, TINY, Case, shape

TOKENS = (1, 16, 64, 256, 1024, 4096, 16384)
# (width of a row, rows of the table): Llama 2, Llama 3, and one that stays in L2.
TABLES = ((4096, 32000), (4096, 128256), (8192, 128256), (1024, 4096))
# (rows, columns, how many of each row)
TOP = (
    *((tokens, 128256, 50) for tokens in (1, 8, 64, 256)),
    *((tokens, 256, 8) for tokens in (1, 64, 1024, 16384)),
    *((tokens, 8, 2) for tokens in (64, 4096, 16384)),
)
SORTED = (
    *((1, columns) for columns in (1024, 32768, 1048576, 16777216)),
    *((64, columns) for columns in (1024, 32768, 128256)),
    *((4096, columns) for columns in (256, 2048)),
)


def measureRows(bench, op, tokens, hidden, vocab):
    torch, table = bench.torch, bench.normal(vocab, hidden)
    functions = torch.nn.functional
    # What is scattered comes from one matrix; where it goes to is the table.
    source = bench.normal(tokens, hidden) if op.startswith("scatter") else None
    kernel = {
        "embedding": lambda index: functions.embedding(index, table),
        "gather_rows": lambda index: torch.index_select(table, 0, index),
        "scatter_rows": lambda index: table.index_copy_(0, index, source),
        "scatter_add_rows": lambda index: table.index_add_(0, index, source),
    }[op]
    return bench.time(
        bench.rotated(
            kernel, lambda: (bench.integers(vocab, tokens),), 2 * tokens * hidden
        )
    )


def measureTop(bench, rows, cols, k):
    return bench.time(
        bench.rotated(
            lambda x: bench.torch.topk(x, k, dim=-1),
            lambda: (bench.normal(rows, cols, dtype="float32"),),
            4 * rows * cols,
        )
    )


def measureSort(bench, rows, cols):
    return bench.time(
        bench.rotated(
            lambda x: bench.torch.sort(x, dim=-1),
            lambda: (bench.normal(rows, cols, dtype="float32"),),
            16 * rows * cols,
        )
    )


def rowCases(op):
    sizes = [(4, 64, 128, TINY)]
    for hidden, vocab in TABLES:
        for tokens in TOKENS:
            quick = (hidden, vocab) == TABLES[1] and tokens in (16, 4096)
            sizes.append((tokens, hidden, vocab, QUICK if quick else FULL))
    for tokens, hidden, vocab, level in sizes:
        extents = dict(tokens=tokens, hidden=hidden, vocab=vocab)
        yield Case(
            "indexing",
            op,
            "bf16",
            shape(**extents),
            "eager",
            partial(measureRows, op=op, **extents),
            level,
        )


def orderCases(op, measure, keys, sizes):
    for level, *extents in sizes:
        named = dict(zip(keys, extents))
        yield Case(
            "indexing",
            op,
            "f32",
            shape(**named),
            "eager",
            partial(measure, **named),
            level,
        )


def cases():
    for op in ("embedding", "gather_rows", "scatter_rows", "scatter_add_rows"):
        yield from rowCases(op)
    top = [(TINY, 4, 64, 2), *((QUICK if t[0] == 64 else FULL, *t) for t in TOP)]
    yield from orderCases("topk", measureTop, ("rows", "cols", "k"), top)
    ordered = [(TINY, 4, 64), *((QUICK if s[1] == 32768 else FULL, *s) for s in SORTED)]
    yield from orderCases("sort", measureSort, ("rows", "cols"), ordered)
