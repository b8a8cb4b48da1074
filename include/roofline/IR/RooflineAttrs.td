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
    - `work` is sorted by unit and type and names no pair twice; it is omitted
      where there is none.
  }];
  let parameters = (ins
    AttrParameter<"::roofline::Structure", "shape of the computation">:$structure,
    AttrParameter<"::std::optional<::roofline::ContractionShape>", "extents in elements">:$contraction,
    ArrayRefParameter<"::roofline::WorkAttr", "work per unit and type">:$work,
    AttrParameter<"::roofline::Count", "bytes read by one execution">:$readBytes,
    AttrParameter<"::roofline::Count", "bytes written by one execution">:$writtenBytes
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
}

def Roofline_EstimateAttr : Roofline_Attr<"Estimate", "estimate"> {
  let summary = "time of one execution of an op on a target";
  let description = [{
    The roof is the time at datasheet peaks with every resource overlapped; the
    bound is the busiest resource, absent where the op neither works nor moves
    bytes. Where the time is not known, `unknown` says why instead. Seconds are
    rounded to four significant digits.

    Example:

    ```mlir
    #roofline.estimate<target = "h200", roof_seconds = 1.389e-04, bound = matrix_bf16>
    #roofline.estimate<target = "ascend-910b2", unknown = #roofline.unknown<unmodelled, "no rate and no substitute for matrix_f64">>
    ```

    **Constraints:** either `roof_seconds` or `unknown` is given.
  }];
  let parameters = (ins
    StringRefParameter<"name of the target">:$target,
    AttrParameter<"::std::optional<::roofline::Seconds>", "ideal time in seconds">:$roofSeconds,
    AttrParameter<"::std::optional<::roofline::Bound>", "busiest resource">:$bound,
    AttrParameter<"::roofline::UnknownAttr", "why there is no time, or null">:$unknown
  );
  let builders = [
    AttrBuilder<(ins "::llvm::StringRef":$target,
                     "const ::roofline::KnownOr<::roofline::Roof> &":$roof)>
  ];
  let genVerifyDecl = 1;
}

#endif // ROOFLINE_IR_ROOFLINEATTRS
