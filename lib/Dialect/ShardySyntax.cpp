//===- ShardySyntax.cpp - Ops of Shardy -----------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Meshes, shardings and axis lists appear in the ops without the name that they
// have as attributes. They are kept as text under that name.
//
//===----------------------------------------------------------------------===//

#include "OpReader.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;
using llvm::StringLiteral;

namespace roofline::assembly {

/// Reads an attribute in full (`#sdy...`) or stripped of its name, and sets it.
/// `prefix` and `suffix` complete the stripped text.
static ParseResult readStripped(OpReader &reader, StringRef attribute,
                                StringRef prefix, StringRef suffix = "") {
  if (reader.peek() == '#') {
    Attribute value;
    if (reader.getParser().parseAttribute(value))
      return failure();
    reader.setInherent(attribute, value);
    return success();
  }
  std::string text;
  if (reader.readBracketed(text))
    return failure();
  reader.setInherent(attribute, reader.opaque(prefix + text + suffix));
  return success();
}

/// `keyword=` and a stripped attribute of the same name.
static ParseResult readNamed(OpReader &reader, StringRef keyword,
                             StringRef prefix, StringRef suffix = "") {
  OpAsmParser &parser = reader.getParser();
  return failure(parser.parseKeyword(keyword) || parser.parseEqual() ||
                 readStripped(reader, keyword, prefix, suffix));
}

/// `{attrs} : T`, the type of the operand and of the result if there is one.
static ParseResult readTail(OpReader &reader) {
  if (reader.readAttrDict() || reader.readSignature())
    return failure();
  return reader.finish();
}

/// `@mesh = <["x"=2]> {attrs}`
static ParseResult readMesh(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  StringAttr name;
  if (parser.parseSymbolName(name) || parser.parseEqual() ||
      readStripped(reader, "mesh", "mesh"))
    return failure();
  reader.setInherent("sym_name", name);
  if (reader.readAttrDict())
    return failure();
  return reader.finish();
}

/// `%a <@mesh, [{"x"}, {}]> {attrs} : T`
static ParseResult readSharded(OpReader &reader) {
  if (reader.readOperand() || readStripped(reader, "sharding", "sharding"))
    return failure();
  return readTail(reader);
}

/// `%a group_id=0 {attrs} : T`
static ParseResult readShardingGroup(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  int64_t group = 0;
  if (reader.readOperand() || parser.parseKeyword("group_id") ||
      parser.parseEqual() || parser.parseInteger(group))
    return failure();
  reader.setInherent("group_id", reader.getBuilder().getI64IntegerAttr(group));
  return readTail(reader);
}

/// `%a sharding=<..> {attrs} : T`; the sharding is optional.
static ParseResult readDataFlowEdge(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  if (reader.readOperand())
    return failure();
  if (succeeded(parser.parseOptionalKeyword("sharding")) &&
      (parser.parseEqual() || readStripped(reader, "sharding", "sharding")))
    return failure();
  return readTail(reader);
}

/// `%a allowed_direction=FORWARD {attrs} : T`
static ParseResult readPropagationBarrier(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  // An integer in generic form: the position in this list.
  static constexpr StringRef directions[] = {"NONE", "FORWARD", "BACKWARD",
                                             "BOTH"};
  if (reader.readOperand() || parser.parseKeyword("allowed_direction") ||
      parser.parseEqual())
    return failure();
  SMLoc loc = parser.getCurrentLocation();
  StringRef word;
  (void)parser.parseOptionalKeyword(&word);
  const StringRef *found = llvm::find(directions, word);
  if (found == std::end(directions))
    return reader.error(loc)
           << "expected 'NONE', 'FORWARD', 'BACKWARD' or 'BOTH'";
  reader.setInherent("allowed_direction",
                     reader.getBuilder().getI32IntegerAttr(found - directions));
  return readTail(reader);
}

//===----------------------------------------------------------------------===//
// Collectives
//===----------------------------------------------------------------------===//

/// `AXES %a out_sharding=<..> {attrs} : T`
static ParseResult readCollective(OpReader &reader, StringRef axes,
                                  StringRef prefix) {
  if ((!axes.empty() && readStripped(reader, axes, prefix)) ||
      reader.readOperand() || readNamed(reader, "out_sharding", "sharding"))
    return failure();
  return readTail(reader);
}

static constexpr StringLiteral axisLists = "list_of_axis_ref_lists";
static constexpr StringLiteral axisList = "axis_ref_list";

static ParseResult readAllGather(OpReader &reader) {
  return readCollective(reader, "gathering_axes", axisLists);
}
static ParseResult readAllSlice(OpReader &reader) {
  return readCollective(reader, "slicing_axes", axisLists);
}
static ParseResult readAllToAll(OpReader &reader) {
  return readCollective(reader, "params", "all_to_all_param_list");
}
static ParseResult readCollectivePermute(OpReader &reader) {
  return readCollective(reader, "", "");
}
static ParseResult readAllReduce(OpReader &reader) {
  return readCollective(reader, "reduction_axes", axisList);
}
static ParseResult readReduceScatter(OpReader &reader) {
  return readCollective(reader, "reduce_scatter_axes", axisLists);
}
static ParseResult readShardedToUnreduced(OpReader &reader) {
  return readCollective(reader, "axes", axisLists);
}
static ParseResult readReplicatedToUnreduced(OpReader &reader) {
  return readCollective(reader, "axes", axisList);
}

//===----------------------------------------------------------------------===//
// Computations
//===----------------------------------------------------------------------===//

/// `(%x: T, ..) {..} {attrs} : (..) -> ..`
static ParseResult readBody(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  SmallVector<OpAsmParser::Argument> arguments;
  if (parser.parseArgumentList(arguments, OpAsmParser::Delimiter::Paren,
                               /*allowType=*/true) ||
      parser.parseRegion(*reader.getState().addRegion(), arguments) ||
      reader.readAttrDict() || reader.readSignature(TypeForm::Function))
    return failure();
  return reader.finish();
}

/// `(%a, ..) in_shardings=[<..>] out_shardings=[<..>] manual_axes={"x"} BODY`
static ParseResult readManualComputation(OpReader &reader) {
  if (reader.readParenthesizedOperands() ||
      readNamed(reader, "in_shardings", "sharding_per_value<", ">") ||
      readNamed(reader, "out_shardings", "sharding_per_value<", ">") ||
      readNamed(reader, "manual_axes", "manual_axes"))
    return failure();
  return readBody(reader);
}

/// `<"name">(%a, ..) in_shardings=[<..>] out_shardings=[<..>] BODY`; both
/// lists are optional.
static ParseResult readNamedComputation(OpReader &reader) {
  OpAsmParser &parser = reader.getParser();
  StringAttr name;
  if (parser.parseLess() || parser.parseAttribute(name) ||
      parser.parseGreater())
    return failure();
  reader.setInherent("name", name);
  if (reader.readParenthesizedOperands())
    return failure();
  for (StringRef list : {"in_shardings", "out_shardings"})
    if (succeeded(parser.parseOptionalKeyword(list)) &&
        (parser.parseEqual() ||
         readStripped(reader, list, "sharding_per_value<", ">")))
      return failure();
  return readBody(reader);
}

static constexpr StringLiteral valueAttrs[] = {"value"};

static constexpr OpSyntax sdyTable[] = {
    {"mesh", readMesh},
    {"constant", readConstant, 0, TypeForm::Results, {}, valueAttrs},
    {"return", readReturn, variadic, TypeForm::Operands},
    {"sharding_constraint", readSharded, 1, TypeForm::Same},
    {"reshard", readSharded, 1, TypeForm::Same},
    {"sharding_group", readShardingGroup, 1, TypeForm::Operands},
    {"data_flow_edge", readDataFlowEdge, 1, TypeForm::Same},
    {"func_data_flow_edge", readDataFlowEdge, 1, TypeForm::Same},
    {"propagation_barrier", readPropagationBarrier, 1, TypeForm::Same},
    {"manual_computation", readManualComputation, variadic},
    {"named_computation", readNamedComputation, variadic},
    {"all_gather", readAllGather, 1, TypeForm::Same},
    {"all_slice", readAllSlice, 1, TypeForm::Same},
    {"all_to_all", readAllToAll, 1, TypeForm::Same},
    {"collective_permute", readCollectivePermute, 1, TypeForm::Same},
    {"all_reduce", readAllReduce, 1, TypeForm::Same},
    {"reduce_scatter", readReduceScatter, 1, TypeForm::Same},
    {"sharded_to_unreduced", readShardedToUnreduced, 1, TypeForm::Same},
    {"replicated_to_unreduced", readReplicatedToUnreduced, 1, TypeForm::Same},
};

llvm::ArrayRef<OpSyntax> sdyOps() { return sdyTable; }

} // namespace roofline::assembly
