"""The sections: each module lists its cases and measures them."""

from . import (
    attention,
    blocks,
    cache,
    gemm,
    indexing,
    launch,
    quantize,
    rows,
    streaming,
    sustained,
)

# By the names of --only, in the order of --list.
SECTIONS = {
    "launch": launch,
    "gemm": gemm,
    "attention": attention,
    "streaming": streaming,
    "rows": rows,
    "quantize": quantize,
    "indexing": indexing,
    "cache": cache,
    "sustained": sustained,
    "blocks": blocks,
}


def allCases():
    """Every case of every section."""
    return [case for section in SECTIONS.values() for case in section.cases()]
