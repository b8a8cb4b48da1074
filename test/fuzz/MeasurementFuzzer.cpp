//===- MeasurementFuzzer.cpp - Measurements that nobody took --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Takes bytes through the reader of measured times, and what is read to the
// shapes of kernels. Rows must be ones that can be printed and compared, and
// what is wrong must be said in one line.
//
//===----------------------------------------------------------------------===//

#include "Require.h"

#include "roofline/Calibration/MeasuredWork.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <cstdlib>

using namespace roofline;

namespace {

constexpr llvm::StringLiteral file = "rows.csv";

void checkRow(const MeasuredRow &row) {
  for (llvm::StringRef text :
       {row.hardware, row.op, row.dtype, row.shapeText(), row.software})
    checkText(text);
  require(row.seconds > 0 && std::isfinite(row.seconds), "row without a time",
          row.op);
  require(row.where.file == file && row.where.line > 0 && row.where.column > 0,
          "row without a place", row.op);
}

/// A work has kernels or a reason.
void checkWork(const MeasuredWork &work) {
  if (!work.kernels)
    return checkText(work.kernels.unknown().reason);
  require(!work.kernels->empty(), "work without kernels", work.op);
  for (const KernelShape &kernel : *work.kernels)
    require(!siteOf(kernel).empty(), "kernel without a site", work.op);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef text(reinterpret_cast<const char *>(data), size);
  llvm::Expected<MeasurementFile> measurements = readMeasurements(text, file);
  if (!measurements) {
    std::string message = llvm::toString(measurements.takeError());
    checkText(message);
    require(llvm::StringRef(message).starts_with(file),
            "error without its file", message);
    return 0;
  }
  for (const MeasuredRow &row : measurements->rows)
    checkRow(row);
  for (Reference reference :
       {Reference::Minimum, Reference::Median, Reference::Each})
    for (const MeasuredWork &work :
         measuredWorks(measurements->rows, reference))
      checkWork(work);
  return 0;
}
