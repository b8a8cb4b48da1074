//===- ExportColumns.cpp - Measurements in columns of other tools ---------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExportColumns.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <optional>

namespace roofline {

namespace {

constexpr double secondsPerMillisecond = 1e-3;
constexpr double secondsPerMicrosecond = 1e-6;
constexpr double secondsPerNanosecond = 1e-9;

//===----------------------------------------------------------------------===//
// AIConfigurator: one file per op, times in milliseconds, types by the names of
// its quantisation modes.
//===----------------------------------------------------------------------===//

/// `float16`, `bfloat16`, `fp8`, ... as our files write it.
llvm::StringRef typeOfMode(llvm::StringRef mode) {
  return llvm::StringSwitch<llvm::StringRef>(mode)
      .Cases({"bfloat16", "bf16"}, "bf16")
      .Cases({"float16", "half", "fp16"}, "fp16")
      .Default(mode);
}

/// What every file of the data base says the same way.
llvm::Error convertCommon(const CsvRow &source, MeasuredRow &row) {
  row.hardware = source.get("device").str();
  llvm::StringRef framework = source.get("framework");
  llvm::StringRef version = source.get("version");
  llvm::StringRef kernel = source.get("kernel_source");
  row.software = framework.lower();
  if (!version.empty())
    row.software += "-" + version.str();
  if (!kernel.empty())
    row.software += ":" + kernel.str();
  llvm::Expected<double> seconds =
      source.getPositive("latency", secondsPerMillisecond);
  if (!seconds)
    return seconds.takeError();
  row.seconds = *seconds;
  return llvm::Error::success();
}

/// Copies `columns`, by the names that our files have for them.
void copyShape(
    const CsvRow &source, MeasuredRow &row,
    llvm::ArrayRef<std::pair<llvm::StringLiteral, llvm::StringLiteral>>
        columns) {
  for (const auto &[theirs, ours] : columns)
    if (const CsvField *field = source.find(theirs))
      row.shape[ours.str()] = field->text;
}

llvm::Error convertGemm(const CsvRow &source, MeasuredRow &row) {
  struct Mode {
    llvm::StringLiteral theirs, op, dtype;
  };
  // The collectors time the activation's quantisation with these types.
  static constexpr Mode modes[] = {
      {"fp8", "gemm_with_act_quant", "fp8_e4m3"},
      {"fp8_block", "gemm_with_act_quant", "fp8_e4m3_block128"},
      {"nvfp4", "gemm_with_act_quant", "nvfp4"},
      {"sq", "gemm", "int8"},
      {"int8_wo", "gemm_weight_only", "bf16xint8_weight_only"},
      {"int4_wo", "gemm_weight_only", "bf16xint4_weight_only"}};
  llvm::StringRef mode = source.get("gemm_dtype");
  row.op = "gemm";
  row.dtype = typeOfMode(mode).str();
  for (const Mode &entry : modes)
    if (mode == entry.theirs) {
      row.op = entry.op.str();
      row.dtype = entry.dtype.str();
    }
  copyShape(source, row, {{"m", "m"}, {"n", "n"}, {"k", "k"}});
  return convertCommon(source, row);
}

/// `bf16/kv_fp8` from the type of the products and that of the cache.
std::string attentionType(const CsvRow &source, llvm::StringRef column) {
  llvm::StringRef cache = typeOfMode(source.get("kv_cache_dtype"));
  // The data base writes half precision where bf16 was run.
  auto wide = [](llvm::StringRef type) {
    return type == "fp16" ? llvm::StringRef("bf16") : type;
  };
  return (wide(typeOfMode(source.get(column))) + "/kv_" + wide(cache)).str();
}

/// The context of decode: what is in the cache and the new row.
llvm::Error copyContext(const CsvRow &source, MeasuredRow &row, bool isDecode) {
  llvm::Expected<double> length = source.getPositive("isl", 1);
  if (!length)
    return length.takeError();
  double queries = isDecode ? 1 : *length;
  double context = *length;
  const CsvField *step = source.find("step");
  double cached = 0;
  if (step && !llvm::StringRef(step->text).getAsDouble(cached) &&
      std::isfinite(cached) && cached > 0)
    context += cached;
  auto whole = [](double value) {
    return llvm::formatv("{0:F0}", value).str();
  };
  row.shape["sq"] = whole(queries);
  row.shape["skv"] = whole(context);
  return llvm::Error::success();
}

llvm::Error convertAttention(const CsvRow &source, MeasuredRow &row) {
  bool isDecode = source.get("op_name").contains("generation");
  row.op = isDecode ? "attention_decode" : "attention_prefill_causal";
  row.dtype = attentionType(source, "attn_dtype");
  if (!source.find("attn_dtype") || source.get("attn_dtype").empty())
    row.dtype = attentionType(source, "kv_cache_dtype");
  copyShape(source, row,
            {{"batch_size", "b"},
             {"num_heads", "hq"},
             {"num_key_value_heads", "hkv"},
             {"head_dim", "d"},
             {"window_size", "window"}});
  if (llvm::Error error = copyContext(source, row, isDecode))
    return error;
  return convertCommon(source, row);
}

llvm::Error convertLatentAttention(const CsvRow &source, MeasuredRow &row) {
  bool isDecode = source.get("op_name").contains("generation");
  row.op = isDecode ? "mla_decode" : "mla_prefill";
  row.dtype = attentionType(source, "mla_dtype");
  copyShape(source, row, {{"batch_size", "b"}, {"num_heads", "heads"}});
  if (llvm::Error error = copyContext(source, row, isDecode))
    return error;
  return convertCommon(source, row);
}

llvm::Error convertExperts(const CsvRow &source, MeasuredRow &row) {
  row.op = "moe_ffn_fused";
  row.dtype = typeOfMode(source.get("moe_dtype")).str();
  copyShape(source, row,
            {{"num_tokens", "tokens"},
             {"hidden_size", "hidden"},
             {"inter_size", "inter"},
             {"topk", "topk"},
             {"num_experts", "experts"},
             {"moe_tp_size", "tp"},
             {"moe_ep_size", "ep"},
             {"distribution", "dist"}});
  return convertCommon(source, row);
}

llvm::Error convertCollective(const CsvRow &source, MeasuredRow &row) {
  llvm::StringRef op = source.get("op_name");
  row.op = op == "alltoall" ? "all_to_all" : op.str();
  row.dtype = typeOfMode(source.get("nccl_dtype")).str();
  // The size of a message is in elements.
  llvm::Expected<double> elements = source.getPositive("message_size", 1);
  if (!elements)
    return elements.takeError();
  double bytes = row.dtype == "int8" ? 1 : 2;
  row.shape["bytes"] = llvm::formatv("{0:F0}", *elements * bytes).str();
  copyShape(source, row, {{"num_gpus", "ranks"}});
  return convertCommon(source, row);
}

//===----------------------------------------------------------------------===//
// Nsight Systems: names of kernels, no shapes; times in nanoseconds.
//===----------------------------------------------------------------------===//

llvm::Error convertKernelSummary(const CsvRow &source, MeasuredRow &row) {
  row.op = source.get("Name").str();
  // The median where there is one: the mean contains the first launches.
  llvm::StringRef column = source.find("Med (ns)") ? "Med (ns)" : "Avg (ns)";
  llvm::Expected<double> seconds =
      source.getPositive(column, secondsPerNanosecond);
  if (!seconds)
    return seconds.takeError();
  row.seconds = *seconds;
  return llvm::Error::success();
}

llvm::Error convertKernelTrace(const CsvRow &source, MeasuredRow &row) {
  row.op = source.get("Name").str();
  // `NVIDIA H200 (0)`: the number is the device's, not the chip's.
  row.hardware = source.get("Device").rsplit(" (").first.str();
  llvm::Expected<double> seconds =
      source.getPositive("Duration (ns)", secondsPerNanosecond);
  if (!seconds)
    return seconds.takeError();
  row.seconds = *seconds;
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// msprof: types of operators with the shapes of their operands.
//===----------------------------------------------------------------------===//

using Extents = llvm::SmallVector<double, 4>;

/// The extents of `"1024,4096;4096,4096"`, one list per operand; nothing where
/// one is no number.
std::vector<Extents> parseShapes(llvm::StringRef text) {
  std::vector<Extents> shapes;
  llvm::SmallVector<llvm::StringRef> operands;
  text.trim("\" ").split(operands, ';');
  for (llvm::StringRef operand : operands) {
    Extents &extents = shapes.emplace_back();
    llvm::SmallVector<llvm::StringRef> parts;
    operand.split(parts, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
    for (llvm::StringRef part : parts) {
      uint64_t extent = 0;
      if (part.trim().getAsInteger(10, extent))
        return {};
      extents.push_back(double(extent));
    }
  }
  return shapes;
}

double elementsOf(llvm::ArrayRef<double> extents) {
  double product = 1;
  for (double extent : extents)
    product *= extent;
  return product;
}

/// The type of the first operand as our files write it.
std::string operandType(llvm::StringRef types) {
  llvm::StringRef first = types.trim("\" ").split(';').first;
  first.consume_front("DT_");
  return llvm::StringSwitch<std::string>(first)
      .Cases({"BF16", "BFLOAT16"}, "bf16")
      .Case("FLOAT16", "fp16")
      .Case("FLOAT", "fp32")
      .Default(first.lower());
}

void setExtent(MeasuredRow &row, llvm::StringRef name, double value) {
  row.shape[name.str()] = llvm::formatv("{0:F0}", value).str();
}

/// A product: rows and columns are the result's, the inner extent what is left
/// of the left operand, whichever of the two is transposed.
void convertProduct(MeasuredRow &row, llvm::ArrayRef<Extents> inputs,
                    llvm::ArrayRef<Extents> outputs) {
  if (inputs.empty() || outputs.empty() || outputs[0].size() < 2)
    return;
  llvm::ArrayRef<double> result = outputs[0];
  double n = result.back();
  double m = result.drop_back().back();
  double batch = elementsOf(result.drop_back(2));
  double k = elementsOf(inputs[0]) / (batch * m);
  if (!(k >= 1) || k != std::floor(k))
    return;
  row.op = "gemm";
  setExtent(row, "m", m);
  setExtent(row, "n", n);
  setExtent(row, "k", k);
  if (batch > 1)
    setExtent(row, "batch", batch);
}

/// A kernel of rows: as many as there are, and the elements of each.
void convertRows(MeasuredRow &row, llvm::StringRef op,
                 llvm::ArrayRef<Extents> shapes, llvm::StringRef rows,
                 llvm::StringRef columns) {
  if (shapes.empty() || shapes[0].empty() || shapes[0].back() < 1)
    return;
  row.op = op.str();
  setExtent(row, rows, elementsOf(shapes[0]) / shapes[0].back());
  setExtent(row, columns, shapes[0].back());
}

void convertOperator(const CsvRow &source, MeasuredRow &row,
                     llvm::StringRef type) {
  std::vector<Extents> inputs = parseShapes(source.get("Input Shapes"));
  std::vector<Extents> outputs = parseShapes(source.get("Output Shapes"));
  row.op = type.str();
  row.dtype = operandType(source.get("Input Data Types"));
  if (type.starts_with("MatMul") || type.starts_with("BatchMatMul") ||
      type.starts_with("QuantBatchMatmul"))
    return convertProduct(row, inputs, outputs);
  if (type == "SwiGlu")
    return convertRows(row, "silu_and_mul", outputs, "rows", "cols_out");
  if (type == "GatherV2")
    return convertRows(row, "embedding", outputs, "tokens", "hidden");
  llvm::StringRef op = llvm::StringSwitch<llvm::StringRef>(type)
                           .Cases({"Add", "Mul", "Sub", "RealDiv"}, "add")
                           .Cases({"Gelu", "FastGelu"}, "gelu")
                           .Cases({"Swish", "Silu"}, "silu")
                           .Case("SoftmaxV2", "softmax")
                           .Case("RmsNorm", "rmsnorm")
                           .Cases({"LayerNormV3", "LayerNormV4"}, "layernorm")
                           .Case("Transpose", "transpose")
                           .Default("");
  // What is broadcast reads less than it computes.
  bool isBroadcast =
      op == "add" && (inputs.size() != 2 || inputs[0] != inputs[1]);
  if (!op.empty() && !isBroadcast)
    convertRows(row, op, inputs, "rows",
                op == "gelu" || op == "silu" ? "cols_out" : "cols");
}

llvm::Error convertOpSummary(const CsvRow &source, MeasuredRow &row) {
  convertOperator(source, row, source.get("OP Type"));
  llvm::Expected<double> seconds =
      source.getPositive("Task Duration(us)", secondsPerMicrosecond);
  if (!seconds)
    return seconds.takeError();
  row.seconds = *seconds;
  return llvm::Error::success();
}

llvm::Error convertKernelDetails(const CsvRow &source, MeasuredRow &row) {
  convertOperator(source, row, source.get("Type"));
  llvm::Expected<double> seconds =
      source.getPositive("Duration(us)", secondsPerMicrosecond);
  if (!seconds)
    return seconds.takeError();
  row.seconds = *seconds;
  return llvm::Error::success();
}

//===----------------------------------------------------------------------===//
// The columns that tell the formats
//===----------------------------------------------------------------------===//

constexpr llvm::StringLiteral gemmColumns[] = {"gemm_dtype", "m", "n", "k",
                                               "latency"};
constexpr llvm::StringLiteral attentionColumns[] = {
    "op_name",   "kv_cache_dtype",      "batch_size", "isl",
    "num_heads", "num_key_value_heads", "head_dim",   "latency"};
constexpr llvm::StringLiteral latentColumns[] = {
    "op_name", "mla_dtype", "kv_cache_dtype", "batch_size",
    "isl",     "num_heads", "latency"};
constexpr llvm::StringLiteral expertsColumns[] = {
    "moe_dtype",   "num_tokens",  "hidden_size", "inter_size",   "topk",
    "num_experts", "moe_tp_size", "moe_ep_size", "distribution", "latency"};
constexpr llvm::StringLiteral collectiveColumns[] = {
    "op_name", "nccl_dtype", "num_gpus", "message_size", "latency"};
constexpr llvm::StringLiteral kernelSummaryColumns[] = {
    "Total Time (ns)", "Instances", "Avg (ns)", "Name"};
constexpr llvm::StringLiteral kernelTraceColumns[] = {"Start (ns)",
                                                      "Duration (ns)", "Name"};
constexpr llvm::StringLiteral opSummaryColumns[] = {"Op Name", "OP Type",
                                                    "Task Duration(us)"};
constexpr llvm::StringLiteral kernelDetailsColumns[] = {"Name", "Type",
                                                        "Duration(us)"};

constexpr ExportFormat formats[] = {
    {"AIConfigurator gemm", gemmColumns, convertGemm},
    {"AIConfigurator mla", latentColumns, convertLatentAttention},
    {"AIConfigurator attention", attentionColumns, convertAttention},
    {"AIConfigurator moe", expertsColumns, convertExperts},
    {"AIConfigurator nccl", collectiveColumns, convertCollective},
    {"Nsight Systems cuda_gpu_kern_sum", kernelSummaryColumns,
     convertKernelSummary},
    {"Nsight Systems cuda_gpu_trace", kernelTraceColumns, convertKernelTrace},
    {"msprof op_summary", opSummaryColumns, convertOpSummary},
    {"Ascend PyTorch kernel_details", kernelDetailsColumns,
     convertKernelDetails}};

} // namespace

const CsvField *CsvRow::find(llvm::StringRef name) const {
  std::optional<size_t> column = table.findColumn(name);
  return column ? &record[*column] : nullptr;
}

llvm::StringRef CsvRow::get(llvm::StringRef name) const {
  const CsvField *field = find(name);
  return field ? llvm::StringRef(field->text).trim() : llvm::StringRef();
}

FileLocation CsvRow::locate(llvm::StringRef name) const {
  const CsvField *field = find(name);
  return table.locate(field ? *field : record.front());
}

llvm::Expected<double> CsvRow::getPositive(llvm::StringRef name,
                                           double scale) const {
  llvm::StringRef text = get(name);
  double value = 0;
  // Hexadecimal and the names of infinities are numbers to a C library only.
  bool isDecimal =
      text.find_first_not_of("0123456789.eE+-") == llvm::StringRef::npos;
  // Beyond these, ratios of times are no numbers any more.
  constexpr double smallest = 1e-15;
  constexpr double largest = 1e15;
  if (!isDecimal || text.getAsDouble(value) || !(value * scale >= smallest) ||
      value * scale > largest)
    return makeFileError(locate(name),
                         "'" + name + "' expects a positive number, got '" +
                             text + "'");
  return value * scale;
}

llvm::ArrayRef<ExportFormat> exportFormats() { return formats; }

} // namespace roofline
