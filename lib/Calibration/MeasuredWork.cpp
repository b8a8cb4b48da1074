//===- MeasuredWork.cpp - Rows of one work and their reference ------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/MeasuredWork.h"

#include "roofline/Calibration/ErrorStatistics.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FormatVariadic.h"

namespace roofline {

namespace {

std::string extents(std::initializer_list<double> values) {
  std::string text;
  for (double value : values)
    text += llvm::formatv("{0:F0}/", value).str();
  return text;
}

std::string site(const GemmShape &shape) {
  return "gemm/" + extents({shape.n, shape.k});
}

std::string site(const AttentionShape &shape) {
  return "attention/" +
         extents({shape.queryHeads, shape.kvHeads, shape.headDim});
}

std::string site(const LatentAttentionShape &shape) {
  return "latent/" + extents({shape.heads, shape.batch, shape.context});
}

std::string site(const ExpertsShape &shape) {
  return "experts/" + extents({shape.hidden, shape.intermediate, shape.chosen,
                               shape.experts});
}

std::string site(const CollectiveShape &shape) {
  return "collective/" +
         extents({double(shape.kind), shape.ranks, shape.bytes});
}

std::string site(const StreamingShape &shape) {
  return "streaming/" + extents({double(shape.kind), shape.columns});
}

} // namespace

llvm::StringRef stringify(Reference reference) {
  switch (reference) {
  case Reference::Minimum:
    return "min";
  case Reference::Median:
    return "median";
  case Reference::Each:
    return "each";
  }
  return "";
}

std::vector<MeasuredWork> measuredWorks(llvm::ArrayRef<MeasuredRow> rows,
                                        Reference reference) {
  // Rows of the same work, in the order of their first ones.
  std::vector<std::vector<const MeasuredRow *>> groups;
  llvm::StringMap<size_t> groupOf;
  for (const MeasuredRow &row : rows) {
    size_t index = groups.size();
    if (reference != Reference::Each) {
      std::string key = row.op + '\0' + row.dtype + '\0' + row.shapeText();
      index = groupOf.try_emplace(key, index).first->second;
    }
    if (index == groups.size())
      groups.emplace_back();
    groups[index].push_back(&row);
  }

  std::vector<MeasuredWork> works;
  works.reserve(groups.size());
  for (const std::vector<const MeasuredRow *> &group : groups) {
    const MeasuredRow *chosen = group.front();
    double seconds = chosen->seconds;
    if (reference == Reference::Minimum) {
      chosen =
          *std::min_element(group.begin(), group.end(),
                            [](const MeasuredRow *lhs, const MeasuredRow *rhs) {
                              return lhs->seconds < rhs->seconds;
                            });
      seconds = chosen->seconds;
    } else if (reference == Reference::Median) {
      std::vector<double> times;
      for (const MeasuredRow *row : group)
        times.push_back(row->seconds);
      seconds = quantile(times, 0.5);
    }
    works.push_back({chosen->op, chosen->dtype, chosen->shapeText(),
                     chosen->software, chosen->where, seconds,
                     measuredShapes(group)});
  }
  return works;
}

std::string siteOf(const KernelShape &shape) {
  return std::visit([](const auto &form) { return site(form); }, shape);
}

} // namespace roofline
