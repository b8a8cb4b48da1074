//===- VerdictText.h - Words for verdicts -----------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What every format and the pass say in the same words.
//
//===----------------------------------------------------------------------===//

#ifndef ROOFLINE_CHECK_VERDICTTEXT_H
#define ROOFLINE_CHECK_VERDICTTEXT_H

#include "roofline/Check/Verdict.h"

namespace roofline {

/// What is limited: `time of kernels on h200`.
std::string limitTitle(const LimitVerdict &limit);

/// The value: `12.60 ms`.
std::string limitValue(const LimitVerdict &limit);

/// What the value may be: `at most 12.47 ms, +1 % of 12.35 ms`.
std::string limitAllowed(const LimitVerdict &limit);

/// The whole as a phrase: `time of kernels on h200 is 12.60 ms, more than
/// 12.47 ms, +1 % of 12.35 ms`.
std::string limitSentence(const LimitVerdict &limit);

/// What a kernel that made it worse did: `gemm at model.mlir:31:10 takes
/// 25.08 us more on h200: k 4096 -> 4178`.
std::string culpritSentence(const ModelVerdict &model,
                            const LimitVerdict &limit, size_t culprit);

/// What stands in the way of moving a model: `RF1030 rewrite of topk f32: no
/// kernel of it is known; 5 to 20 person-days`.
std::string findingSentence(const PortFinding &finding);

/// `3 of op 'foo.bar' are not modelled: no rule`.
std::string leftOutSentence(const LeftOutFinding &finding);

/// The last line of a verdict: `2 limits kept, 1 exceeded`.
std::string summarySentence(const Verdict &verdict);

} // namespace roofline

#endif // ROOFLINE_CHECK_VERDICTTEXT_H
