"""Between StableHLO text and JAX: names for locations, costs of a text.

JAX's debug text places each op in a Python file; a committed graph must not
depend on where it was exported. What remains is the path of named scopes, which
is what a report shows of an op: `layer0/ffn/gate/dot_general`.

The other way, XLA can be asked what a module costs that was not traced. JAX has no
public name for that; the versions in requirements.txt have the private ones.
"""

import re

import jax.extend
from jax._src.interpreters import mlir as lowering
from jax._src.lib import xla_client
from jax._src.lib.mlir import ir

DEFINITION = re.compile(r"^#(loc\d*) = loc\((.*)\)$", re.MULTILINE)
REFERENCE = re.compile(r" loc\(#(loc\d*)\)")
# A block argument's name, with the place it comes from.
PLACED = re.compile(r'( loc\("(?:[^"\\]|\\.)*")\(#loc\d*\)\)')
NAME = re.compile(r'^"((?:[^"\\]|\\.)*)"(?:\(#loc\d*\))?$')
# 'jit(f)/' and the like are JAX's own, and say nothing of the model.
TRACED = re.compile(r"^(?:jit\([^()]*\)/)+")


def scope_names(text):
    """The name of each numbered location that has one."""
    names = {}
    for identifier, body in DEFINITION.findall(text):
        matched = NAME.match(body)
        if not matched:
            continue
        name = TRACED.sub("", matched.group(1)).removesuffix(":")
        if name and name != "jit" and not name.startswith("jit("):
            names[identifier] = name
    return names


def with_scope_names(text):
    """The module with a name for each op that was traced in a scope."""
    names = scope_names(text)

    def inline(reference):
        name = names.get(reference.group(1))
        return f' loc("{name}")' if name else ""

    body = DEFINITION.sub("", text)
    body = PLACED.sub(r"\1)", body).replace(" loc(unknown)", "")
    body = REFERENCE.sub(inline, body)
    return body.strip() + "\n"


def cost_of_text(text):
    """XLA's cost analysis of a module in StableHLO text."""
    with lowering.make_ir_context():
        module = lowering.module_to_bytecode(ir.Module.parse(text))
    computation = xla_client._xla.mlir.mlir_module_to_xla_computation(
        module, use_tuple_args=False, return_tuple=False
    )
    return xla_client._xla.hlo_module_cost_analysis(
        jax.extend.backend.get_backend("cpu"), computation.get_hlo_module()
    )
