//===- RooflineAttrs.td - Attributes of the roofline dialect -*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_IR_ROOFLINEATTRS
#define ROOFLINE_IR_ROOFLINEATTRS

include "mlir/IR/AttrTypeBase.td"
include "roofline/IR/RooflineDialect.td"

class Roofline_Attr<string attrName, string attrMnemonic>
    : AttrDef<RooflineDialect, attrName> {
  let mnemonic = attrMnemonic;
  let hasCustomAssemblyFormat = 1;
}

def Roofline_WorkAttr : Roofline_Attr<"Work", "work"> {
  let summary = "operations on one unit in one element type";
  let description = [{
    One multiply-add is two operations. Counts are exact and may exceed 64 bits.

    Example:

    ```mlir
    #roofline.work<unit = matrix, type = bf16, ops = 137438953472>
    ```
  }];
  let parameters = (ins
    AttrParameter<"::roofline::Unit", "unit that executes: `matrix`, `vector`, `special` or `scalar`">:$unit,
    AttrParameter<"::roofline::ElementType", "element type of the arithmetic">:$type,
    AttrParameter<"::roofline::Count", "operations of one execution">:$ops
  );
}

def Roofline_DemandAttr : Roofline_Attr<"Demand", "demand"> {
  let summary = "target-independent work of one execution of an op";
  let description = [{
    The structure of the op, the extents of its contraction if it has one, its
    work per unit and element type, and the bytes it reads and writes.

    Example:

    ```mlir
    #roofline.demand<contraction, m = 4096, n = 4096, k = 4096,
      work = [#roofline.work<unit = matrix, type = bf16, ops = 137438953472>],
      read_bytes = 67108864, written_bytes = 33554432>
    ```

    **Constraints:**
    - `m`, `n` and `k` are given together, and only for `contraction`,
      `convolution` and `attention`; `batch` is omitted where it is 1.
    - `exchange` and `ranks`, what is exchanged and between how many devices, are
      given together, and only for `collective`; they are absent where the graph
      does not tell them.
    - `work` is sorted by unit and type and names no pair twice; it is omitted
      where there is none.
  }];
  let parameters = (ins
    AttrParameter<"::roofline::Structure", "shape of the computation">:$structure,
    AttrParameter<"::std::optional<::roofline::ContractionShape>", "extents in elements">:$contraction,
    ArrayRefParameter<"::roofline::WorkAttr", "work per unit and type">:$work,
    AttrParameter<"::roofline::Count", "bytes read by one execution">:$readBytes,
    AttrParameter<"::roofline::Count", "bytes written by one execution">:$writtenBytes,
    AttrParameter<"::std::optional<::roofline::Exchange>", "collective and devices of its group">:$exchange
  );
  let builders = [
    AttrBuilder<(ins "const ::roofline::Demand &":$demand)>
  ];
  let extraClassDeclaration = [{
    /// The same demand as a value of the model.
    ::roofline::Demand asDemand() const;
  }];
}

def Roofline_UnknownAttr : Roofline_Attr<"Unknown", "unknown"> {
  let summary = "a value that is not known, and why";
  let description = [{
    Stands where a demand or a time would: nothing is ever zero because it is
    not known. The kind is `opaque`, `unmodelled`, `dynamic`, `trip_count`,
    `overflow` or `malformed`.

    Example:

    ```mlir
    #roofline.unknown<opaque, "custom call 'foo' has no rule">
    ```
  }];
  let parameters = (ins
    AttrParameter<"::roofline::UnknownKind", "what can be done about it">:$kind,
    StringRefParameter<"phrase for the user">:$reason
  );
  let builders = [
    AttrBuilder<(ins "const ::roofline::Unknown &":$unknown), [{
      return $_get($_ctxt, unknown.kind, unknown.reason);
    }]>
  ];
  let extraClassDeclaration = [{
    /// The same as a value of the model.
    ::roofline::Unknown asUnknown() const {
      return {getKind(), getReason().str()};
    }
  }];
}

def Roofline_KernelAttr : Roofline_Attr<"Kernel", "kernel"> {
  let summary = "ops that run as one launch";
  let description = [{
    What kind of kernel it is, what it would be called, how many ops of the graph
    run in it, and what one launch demands: the work of its ops, and the bytes
    that enter and leave the kernel. Where the demand of an op of it is not
    known, neither is that of the kernel.

    The families are `gemm`, `grouped_gemm`, `convolution`, `attention`,
    `softmax`, `normalization`, `rope`, `gated_activation`, `moe_routing`,
    `quantization`, `cross_entropy`, `optimizer`, `cache_update`, `elementwise`,
    `reduction`, `data_movement`, `gather_scatter`, `sort`, `collective`,
    `scalar` and `opaque`.

    Example:

    ```mlir
    #roofline.kernel<gemm, name = "gemm_gelu", ops = 4,
      demand = #roofline.demand<contraction, m = 32, n = 14336, k = 4096, ...>>
    #roofline.kernel<opaque, name = "foo", ops = 1,
      demand = #roofline.unknown<opaque, "custom call 'foo' has no rule">>
    ```

    **Constraints:**
    - `name` is not empty, and `ops` is 1 or more.
    - `demand` is `#roofline.demand` or `#roofline.unknown`.
  }];
  let parameters = (ins
    AttrParameter<"::roofline::KernelFamily", "what kind of kernel">:$family,
    StringRefParameter<"what the kernel would be called">:$name,
    AttrParameter<"uint64_t", "ops of the graph that run in it">:$ops,
    AttrParameter<"::mlir::Attribute", "demand of one launch, or why it is not known">:$demand
  );
  let builders = [
    AttrBuilder<(ins "::roofline::KernelFamily":$family,
                     "::llvm::StringRef":$name, "uint64_t":$ops,
                     "const ::roofline::KnownOr<::roofline::Demand> &":$demand)>
  ];
  let extraClassDeclaration = [{
    /// The demand of one launch as a value of the model.
    ::roofline::KnownOr<::roofline::Demand> asDemand() const;
  }];
  let genVerifyDecl = 1;
}

def Roofline_EstimateAttr : Roofline_Attr<"Estimate", "estimate"> {
  let summary = "time of one execution of an op or a kernel on a target";
  let description = [{
    The roof is the time at datasheet peaks with every resource overlapped; the
    bound is the busiest resource, absent where there is neither work nor
    traffic. `seconds` is what a real kernel takes; it is given for kernels.
    80 % of measurements lie between `low` and `high`. Where a time is not
    known, `unknown` says why instead. Seconds are rounded to four significant
    digits.

    Example:

    ```mlir
    #roofline.estimate<target = "h200", roof_seconds = 1.389e-04, bound = matrix_bf16>
    #roofline.estimate<target = "h200", seconds = 1.710e-04, low = 1.620e-04, high = 1.830e-04, roof_seconds = 1.389e-04, bound = matrix_bf16>
    #roofline.estimate<target = "ascend-910b2", unknown = #roofline.unknown<unmodelled, "no rate and no substitute for matrix_f64">>
    ```

    **Constraints:**
    - `roof_seconds` or `unknown` is given. Both are where the roof is known and
      the time of a real kernel is not.
    - `seconds` is given with `roof_seconds` only, is not less, and not given
      with `unknown`.
    - `low` and `high` are given together and with `seconds` only, which is
      between them; `low` is not less than `roof_seconds`.
    - `bound` is given with `roof_seconds` only.
  }];
  let parameters = (ins
    StringRefParameter<"name of the target">:$target,
    AttrParameter<"::std::optional<::roofline::Seconds>", "time of a real kernel in seconds">:$seconds,
    AttrParameter<"::std::optional<::roofline::Seconds>", "low end of its interval in seconds">:$low,
    AttrParameter<"::std::optional<::roofline::Seconds>", "high end of its interval in seconds">:$high,
    AttrParameter<"::std::optional<::roofline::Seconds>", "ideal time in seconds">:$roofSeconds,
    AttrParameter<"::std::optional<::roofline::Bound>", "busiest resource at the roof">:$bound,
    AttrParameter<"::roofline::UnknownAttr", "why a time is missing, or null">:$unknown
  );
  let builders = [
    AttrBuilder<(ins "::llvm::StringRef":$target,
                     "const ::roofline::KnownOr<::roofline::Roof> &":$roof)>,
    AttrBuilder<(ins "::llvm::StringRef":$target,
                     "const ::roofline::KnownOr<::roofline::Roof> &":$roof,
                     "const ::roofline::KnownOr<::roofline::KernelTime> &":$time)>
  ];
  let genVerifyDecl = 1;
}

def Roofline_FindingAttr : Roofline_Attr<"Finding", "finding"> {
  let summary = "what becomes of an op, or of a kernel, on another target";
  let description = [{
    The rule that was found, by its stable ID, what becomes of it, and the kind
    of op or kernel that it is found of. `seconds` is the time of one execution
    on the target with the kernels that there are; absent where it is not
    known. Rules and statuses are those of docs/Porting.md.

    Example:

    ```mlir
    #roofline.finding<rule = "RF1020", status = "precision-change", target = "ascend-910c",
      op = "quantized_gemm f8", reason = "no kernel takes f8, but one takes i8", seconds = 2.630e-05>
    ```

    **Constraints:**
    - `rule`, `status`, `target` and `op` are given and not empty.
    - `seconds` is finite and not negative.
  }];
  let parameters = (ins
    StringRefParameter<"ID of the rule">:$rule,
    StringRefParameter<"what becomes of it">:$status,
    StringRefParameter<"name of the target">:$target,
    StringRefParameter<"kind of the op or kernel, with its element types">:$op,
    StringRefParameter<"why; may be empty">:$reason,
    AttrParameter<"::std::optional<::roofline::Seconds>", "time of one execution on the target in seconds">:$seconds
  );
  let genVerifyDecl = 1;
}

#endif // ROOFLINE_IR_ROOFLINEATTRS
