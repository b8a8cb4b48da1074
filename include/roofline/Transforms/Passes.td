//===- Passes.td - Passes -----------------------------------*- tablegen -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_TRANSFORMS_PASSES
#define ROOFLINE_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

defvar f32Option = Option<"f32", "f32", "::roofline::F32Precision",
  /*default=*/"::roofline::F32Precision::FromGraph",
  "How f32 contractions and convolutions run",
  [{::llvm::cl::values(
    clEnumValN(::roofline::F32Precision::FromGraph, "graph",
               "as the op's precision says; tf32 where it says nothing"),
    clEnumValN(::roofline::F32Precision::TF32, "tf32",
               "with operands rounded to tf32 (hf32 on Ascend)"),
    clEnumValN(::roofline::F32Precision::Strict, "strict", "in full f32"))}]>;

defvar customCallsOption = ListOption<"customCalls", "custom-calls", "std::string",
  "Files that say what custom calls cost; they come before what is built in">;

defvar fusionOption = Option<"fusion", "fusion", "::roofline::Fusion",
  /*default=*/"::roofline::Fusion::Library",
  "Which ops run as one launch",
  [{::llvm::cl::values(
    clEnumValN(::roofline::Fusion::None, "none",
               "every op by itself: the graph as it is"),
    clEnumValN(::roofline::Fusion::Compiler, "compiler",
               "what XLA and Inductor fuse"),
    clEnumValN(::roofline::Fusion::Library, "library",
               "what compilers fuse, and the fused kernels of vendors' libraries"))}]>;

defvar launchOption = Option<"launching", "launch", "::roofline::Launching",
  /*default=*/"::roofline::Launching::Queued",
  "How kernels get onto the device",
  [{::llvm::cl::values(
    clEnumValN(::roofline::Launching::Queued, "graph",
               "captured or submitted ahead: the device never waits"),
    clEnumValN(::roofline::Launching::Eager, "eager",
               "one by one: a kernel takes at least the host's time to submit it"))}]>;

defvar targetsOption = ListOption<"targets", "targets", "std::string",
  "Names of targets, without spaces: h200,ascend-910b3">;

defvar targetFilesOption = ListOption<"targetFiles", "target-files", "std::string",
  "Target files that come before the built-in ones">;

defvar catalogueFilesOption = ListOption<"catalogueFiles", "catalogue", "std::string",
  "Catalogue files that come before the built-in ones">;

defvar releasesOption = ListOption<"releases", "release", "std::string",
  "Releases that are installed on the target: cann=8.2.RC1">;

defvar includesCommunityOption = Option<"includesCommunity", "community", "bool",
  /*default=*/"true", "Count kernels of projects that are not the vendor's">;

defvar effortFileOption = Option<"effortFile", "effort-file", "std::string",
  /*default=*/"", "File with the person-days of remedies">;

defvar allowLowConfidenceOption = Option<"allowLowConfidence",
  "allow-low-confidence", "bool", /*default=*/"false",
  "Give times for targets whose files are not to be trusted with them">;

def RooflineAnnotateDemandPass : Pass<"roofline-annotate-demand"> {
  let summary = "attach to every op what it demands";
  let description = [{
    Attaches `roofline.demand` to every op in a function: its structure, work
    per unit and element type, and bytes read and written by one execution. An
    op that has no rule, or whose rule cannot tell, gets `#roofline.unknown`
    with the reason. Ops that neither work nor move bytes (views, constants,
    terminators, symbols) are left alone, and so are the combiner regions of ops
    whose work includes them.

    The result depends on no target. Existing `roofline.demand` attributes are
    replaced.

    ```mlir
    %0 = linalg.matmul ins(%a, %b : tensor<16x64xbf16>, tensor<64x32xbf16>)
                       outs(%c : tensor<16x32xf32>) -> tensor<16x32xf32>
    ```

    `==>`

    ```mlir
    %0 = linalg.matmul {roofline.demand = #roofline.demand<contraction, m = 16, n = 32, k = 64,
           work = [#roofline.work<unit = matrix, type = bf16, ops = 65536>],
           read_bytes = 8192, written_bytes = 2048>} ins(...) outs(...) -> tensor<16x32xf32>
    ```
  }];
  let options = [f32Option, customCallsOption];
  let dependentDialects = ["::roofline::RooflineDialect"];
}

def RooflineFormKernelsPass
    : Pass<"roofline-form-kernels", "::mlir::ModuleOp"> {
  let summary = "tell which ops run as one launch";
  let description = [{
    Forms kernels and attaches `roofline.kernel`, the number of its kernel, to
    every op of one. Kernels are numbered from 0, in program order within a
    function and callers before callees. The op that stands for a kernel, its
    contraction or the one that yields its last result, also gets
    `roofline.kernel_demand`: family, name, and what one launch demands, where
    bytes count that enter or leave the kernel. An op that neither works nor
    moves bytes by itself (a view, a constant) belongs to no kernel. A call of a
    small function that fuses with what is around it belongs to the kernel for
    all ops of the function, which have no attribute then. Ops of a function
    that is called once fuse with those around the call.

    Kernels are formed in what the entry reaches, as the report counts it. Other
    functions, and those of several alternatives that do not run, have none. A
    module without ops to count is left as it is.

    The result depends on no target, and not on `roofline.demand`. Existing
    kernels are replaced; their estimates are removed.

    ```mlir
    func.func @main(%x: tensor<64x64xf32>, %y: tensor<64x64xf32>) -> tensor<64x64xf32> {
      %0 = stablehlo.multiply %x, %y : tensor<64x64xf32>
      %1 = stablehlo.add %0, %x : tensor<64x64xf32>
      return %1 : tensor<64x64xf32>
    }
    ```

    `==>`

    ```mlir
    %0 = "stablehlo.multiply"(%x, %y) {roofline.kernel = 0 : i64} : ...
    %1 = "stablehlo.add"(%0, %x) {roofline.kernel = 0 : i64,
           roofline.kernel_demand = #roofline.kernel<elementwise, name = "fused_add_multiply",
             ops = 2, demand = #roofline.demand<elementwise,
               work = [#roofline.work<unit = vector, type = f32, ops = 8192>],
               read_bytes = 32768, written_bytes = 16384>>} : ...
    ```
  }];
  let options = [
    fusionOption, f32Option, customCallsOption,
    Option<"entry", "entry", "std::string", /*default=*/"",
           "Function to form kernels in and in what it calls; by default main, "
           "or the one nothing calls">
  ];
  let dependentDialects = ["::roofline::RooflineDialect"];
}

def RooflineEstimatePass : Pass<"roofline-estimate"> {
  let summary = "attach to ops and kernels their times on targets";
  let description = [{
    Attaches `roofline.estimates`, one `#roofline.estimate` per target, to every
    op that has `roofline.demand`, and likewise `roofline.kernel_estimates` to
    every op that has `roofline.kernel_demand`. The estimate of an op is its
    roof; that of a kernel also says in `seconds` what a launch takes, and in
    `low` and `high` between which times 80 % of measurements lie. Run `roofline-annotate-demand` and
    `roofline-form-kernels` before it, or use the pipeline `roofline`, which
    does. What has an unknown demand gets no estimate. Existing estimates are
    replaced.

    With the option `--remarks-filter=roofline` of the tool, every estimate of
    an op is also an analysis remark of the category `roofline`, with the
    operations, bytes and seconds as metrics. Those of kernels are of the
    category `roofline-kernels`, so that sums over one category count nothing
    twice.

    ```mlir
    %0 = linalg.matmul {roofline.demand = #roofline.demand<contraction, ...>} ...
    ```

    `==>`

    ```mlir
    %0 = linalg.matmul {roofline.demand = #roofline.demand<contraction, ...>,
           roofline.estimates = [#roofline.estimate<target = "h200",
             roof_seconds = 1.389e-04, bound = matrix_bf16>]} ...
    ```
  }];
  let options = [
    targetsOption, targetFilesOption, allowLowConfidenceOption, launchOption
  ];
  let dependentDialects = ["::roofline::RooflineDialect"];
}

def RooflinePortPass : Pass<"roofline-port", "::mlir::ModuleOp"> {
  let summary = "tell what becomes of ops on another target";
  let description = [{
    Judges every kernel of what the entry reaches on the target `to`, for a
    graph that runs on `from` now, as `roofline port` does, and attaches
    `roofline.findings` to the op that each finding is about: the op that stands
    for a kernel, where libraries have the kernel as a whole, else every op of
    it. Ops that nothing has to be said of (views, control) have none. Existing
    findings are replaced.

    With the option `--remarks-filter=roofline-port` of the tool, what runs on
    existing kernels is a remark of the kind `passed`, what does not is one of
    the kind `missed`; their category is `roofline-port`. An analysis remark at
    the module has the grade, the person-days and the times.

    ```mlir
    %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
      : (tensor<64x64xf8E4M3FN>, tensor<64x64xf8E4M3FN>) -> tensor<64x64xbf16>
    ```

    `==>` with `from=h200 to=ascend-910c`

    ```mlir
    %0 = "stablehlo.dot_general"(%a, %b) {roofline.findings = [#roofline.finding<rule = "RF1020",
           status = "precision-change", target = "ascend-910c", op = "quantized_gemm bf16, f8",
           reason = "no kernel on ascend-a3 takes f8, but one takes i8, bf16, f16",
           seconds = 5.205e-06>]} ...
    ```
  }];
  let options = [
    Option<"from", "from", "std::string", /*default=*/"",
           "Target that the graph runs on now">,
    Option<"to", "to", "std::string", /*default=*/"",
           "Target that it is moved to">,
    targetFilesOption, allowLowConfidenceOption,
    catalogueFilesOption, releasesOption, includesCommunityOption,
    effortFileOption,
    f32Option, customCallsOption, fusionOption, launchOption,
    Option<"entry", "entry", "std::string", /*default=*/"",
           "Function to judge; by default main, or the one nothing calls">
  ];
  let dependentDialects = ["::roofline::RooflineDialect"];
}

def RooflineReportPass : Pass<"roofline-report", "::mlir::ModuleOp"> {
  let summary = "write the report of a module";
  let description = [{
    Counts the module and writes the same report as `roofline report`: totals,
    one line per target, kernels by family, the hottest kernels and ops, what is
    not modelled and what was assumed. The IR is not changed, and existing
    roofline attributes are not read.
  }];
  let options = [
    targetsOption, targetFilesOption, allowLowConfidenceOption, f32Option,
    customCallsOption, fusionOption, launchOption,
    Option<"entry", "entry", "std::string", /*default=*/"",
           "Function to count; by default main, or the one nothing calls">,
    Option<"format", "format", "::roofline::ReportFormat",
           /*default=*/"::roofline::ReportFormat::Text", "Format of the report",
           [{::llvm::cl::values(
             clEnumValN(::roofline::ReportFormat::Text, "text", "for people"),
             clEnumValN(::roofline::ReportFormat::Json, "json", "for programs"),
             clEnumValN(::roofline::ReportFormat::Html, "html", "for browsers, in one file"))}]>,
    Option<"output", "output", "std::string", /*default=*/"\"-\"",
           "File to write; - is standard output">,
    Option<"top", "top", "int64_t", /*default=*/"10",
           "Hottest ops and kernels to list; 0 lists all">
  ];
  let dependentDialects = ["::roofline::RooflineDialect"];
}

def RooflineCheckPass : Pass<"roofline-check", "::mlir::ModuleOp"> {
  let summary = "hold a module against a budget";
  let description = [{
    Counts the module and holds it against the limits of a budget as
    `roofline check` does. A limit that is exceeded, or that cannot be decided, is
    an error where the kernel is that made it worse than the baseline; the kernels
    that did are notes, and so are the findings of a limit on moving the module and the
    place of the limit. Ops that are left out are warnings. The pass fails where a limit is not kept. The IR is not changed, and
    existing roofline attributes are not read.

    ```mlir
    // roofline-opt model.mlir --roofline-check=budget=budget.yaml
    // model.mlir:9:10: error: time of kernels on h200 is 564.1 us, more than 560.6 us, +0.1 % of 560.0 us
    // budget.yaml:8:11: note: the limit in the budget
    ```
  }];
  let options = [
    Option<"budget", "budget", "std::string", /*default=*/"",
           "Limits, and what they are relative to">,
    Option<"minCoverage", "min-coverage", "double", /*default=*/"-1",
           "Least share of ops and of bytes, in percent, that has to be modelled">,
    catalogueFilesOption, releasesOption, includesCommunityOption,
    effortFileOption, targetFilesOption, allowLowConfidenceOption, f32Option, customCallsOption,
    fusionOption, launchOption,
    Option<"entry", "entry", "std::string", /*default=*/"",
           "Function to count; by default main, or the one nothing calls">
  ];
  let dependentDialects = ["::roofline::RooflineDialect"];
}

def RooflineStripPass : Pass<"roofline-strip"> {
  let summary = "remove every roofline attribute";
  let description = [{
    Removes all discardable attributes of the roofline dialect, so that the IR
    is again what it was before `roofline-annotate-demand`,
    `roofline-form-kernels` and `roofline-estimate`.
  }];
}

def RooflineAttachTargetPass
    : Pass<"roofline-attach-target", "::mlir::ModuleOp"> {
  let summary = "describe a target in the module for other passes";
  let description = [{
    Writes the machine of a target into the module's
    `#dlti.target_system_spec`, as device `"<name>"`, so that passes that know
    nothing of roofline can query it (`dlti.query`, `transform.dlti.query`).
    Rates are in operations per second, bandwidths in bytes per second, times in
    seconds, all `f64`; sizes in bytes and numbers of cores are `i64`. Other devices of the specification stay; one of the same name is
    replaced.

    ```mlir
    module {}
    ```

    `==>` with `target=h20`

    ```mlir
    module attributes {dlti.target_system_spec = #dlti.target_system_spec<
      "h20" = #dlti.target_device_spec<"matrix_bf16" = 1.48e+14 : f64, ...>>} {}
    ```
  }];
  let options = [
    Option<"target", "target", "std::string", /*default=*/"",
           "Name of the target">,
    targetFilesOption
  ];
  let dependentDialects = ["::mlir::DLTIDialect"];
}

#endif // ROOFLINE_TRANSFORMS_PASSES
