//===- KernelTraceTest.cpp - Reading profiler traces ----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/KernelTrace.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// `name[/type]@stream start+duration` of every launch in microseconds, ranges
/// and notes, a line each, or the message of the failure.
std::string read(llvm::StringRef text) {
  llvm::Expected<KernelTrace> trace = readKernelTrace(text, "t");
  if (!trace)
    return llvm::toString(trace.takeError());
  std::string result = trace->format + "\n";
  char line[128];
  for (const TraceKernel &kernel : trace->kernels) {
    const TraceName &name = trace->names[kernel.name];
    snprintf(line, sizeof line, "@%d %.3f+%.3f\n", int(kernel.stream),
             kernel.start * 1e6, kernel.seconds * 1e6);
    result += name.text + (name.type.empty() ? "" : "/" + name.type) + line;
  }
  for (const TraceRange &range : trace->ranges) {
    snprintf(line, sizeof line, " %.3f..%.3f\n", range.begin * 1e6,
             range.end * 1e6);
    result += range.name + line;
  }
  for (const std::string &name : trace->hostRanges)
    result += "host " + name + "\n";
  for (const std::string &note : trace->notes)
    result += note + "\n";
  return result;
}

std::string event(const std::string &rest) {
  return R"({"ph": "X", "pid": 0, "tid": 7, )" + rest + "}";
}

std::string kernel(const std::string &name, const std::string &times) {
  return event(R"("cat": "kernel", "name": ")" + name +
               R"(", "args": {"stream": 7}, )" + times);
}

std::string kineto(const std::string &events) {
  return R"({"schemaVersion": 1, "deviceProperties": [{"id": 0}], )"
         R"("traceEvents": [)" +
         events + R"(], "traceName": "x"})";
}

const char *const goodTimes = R"("ts": 10, "dur": 1)";

TEST(KernelTrace, ReadsKineto) {
  EXPECT_EQ(
      read(kineto(kernel("late", R"("ts": 112.5, "dur": 2.25)") + "," +
                  event(R"("cat": "cpu_op", "name": "aten::mm", "ts": 1, )"
                        R"("dur": 500)") +
                  "," + kernel("early", R"("ts": 100.5, "dur": 3)") + "," +
                  event(R"("cat": "gpu_memcpy", "name": "Memcpy DtoD", )"
                        R"("args": {"stream": 9}, "ts": 120, "dur": 0)") +
                  "," + R"({"ph": "s", "cat": "ac2g", "ts": 3})")),
      "Kineto\n"
      "early@7 0.000+3.000\n"
      "late@7 12.000+2.250\n"
      "Memcpy DtoD@9 19.500+0.000\n");
}

TEST(KernelTrace, ReadsTimesSince1970WithoutLosingDigits) {
  // A double has no nanoseconds of such times; texts keep them.
  EXPECT_EQ(read("[" +
                 event(R"("name": "a", "ts": "1786626512687837.751", )"
                       R"("dur": 20, "args": {"Task Type": "AI_CORE"})") +
                 "," +
                 event(R"("name": "b", "ts": "1786626512687837.752\t", )"
                       R"("dur": "0.001", "args": {"Task Type": "MIX_AIC"})") +
                 "]"),
            "Ascend trace\n"
            "a/a@0 0.000+20.000\n"
            "b/b@0 0.001+0.001\n");
}

TEST(KernelTrace, ReadsRangesOfTheDevice) {
  // A range has a part on each stream; those of one name that overlap are one.
  auto range = [](const char *name, const char *times) {
    return event(R"("cat": "gpu_user_annotation", "name": ")" +
                 std::string(name) + R"(", )" + times);
  };
  EXPECT_EQ(read(kineto(kernel("a", goodTimes) + "," +
                        range("step", R"("ts": 10, "dur": 5)") + "," +
                        range("step", R"("ts": 12, "dur": 8)") + "," +
                        range("step", R"("ts": 30, "dur": 1)") + "," +
                        event(R"("cat": "user_annotation", "name": "load", )"
                              R"("ts": 1, "dur": 2)") +
                        "," +
                        event(R"("cat": "user_annotation", "name": "step", )"
                              R"("ts": 1, "dur": 2)"))),
            "Kineto\na@7 0.000+1.000\n"
            "step 0.000..10.000\nstep 20.000..21.000\nhost load\n");
}

TEST(KernelTrace, LeavesWaitsOfAscendOut) {
  auto task = [](const char *name, const char *type) {
    return event(R"("name": ")" + std::string(name) +
                 R"(", "ts": 1, "dur": 2, "args": {"Task Type": ")" + type +
                 R"(", "Physic Stream Id": 3})");
  };
  EXPECT_EQ(read("[" + task("aclnnMatmul_MatMulV2_MatMulV2", "AI_CORE") + "," +
                 task("EVENT_WAIT", "EVENT_WAIT") + "," +
                 task("NOTIFY", "NOTIFY_WAIT_SQE") + "," +
                 task("MEMCPY_ASYNC", "MEMCPY_ASYNC") + "]"),
            "Ascend trace\n"
            "aclnnMatmul_MatMulV2_MatMulV2@3 0.000+2.000\n"
            "MEMCPY_ASYNC/MEMCPY_ASYNC@3 0.000+2.000\n"
            "2 tasks that wait for events or record them are left out\n");
}

TEST(KernelTrace, ReadsStreamsOfXla) {
  auto name = [](const char *kind, int thread, const char *text) {
    return R"({"ph": "M", "pid": 1, "tid": )" + std::to_string(thread) +
           R"(, "name": ")" + kind + R"(", "args": {"name": ")" + text + "\"}}";
  };
  auto run = [](int thread, const char *text) {
    return R"({"ph": "X", "pid": 1, "tid": )" + std::to_string(thread) +
           R"(, "ts": 5, "dur": 2, "name": ")" + text + "\"}";
  };
  // Names of lines come in any place.
  EXPECT_EQ(read(kineto(run(13, "loop_add_fusion") + "," + run(2, "add.1") +
                        "," + name("process_name", 0, "/device:GPU:0") + "," +
                        name("thread_name", 13, "Stream #13(Compute)") + "," +
                        name("thread_name", 2, "XLA Ops"))),
            "XLA\nloop_add_fusion@13 0.000+2.000\n");
}

TEST(KernelTrace, TakesTheBusiestDevice) {
  auto on = [](int device, int begin, int duration) {
    return R"({"ph": "X", "cat": "kernel", "name": "k)" +
           std::to_string(device) + R"(", "pid": )" + std::to_string(device) +
           R"(, "ts": )" + std::to_string(begin) + R"(, "dur": )" +
           std::to_string(duration) + "}";
  };
  // Device 0 has more kernels, which overlap: it is busy for 10 us.
  EXPECT_EQ(read(kineto(on(0, 0, 10) + "," + on(0, 1, 9) + "," + on(1, 5, 11))),
            "Kineto\nk1@0 0.000+11.000\nkernels of 2 devices; those of device "
            "1 are taken, which is busy for longest\n");
}

TEST(KernelTrace, ReadsTables) {
  EXPECT_EQ(read("Device_id,Op Name,OP Type,Task Type,Task Start Time(us),Task "
                 "Duration(us),Stream ID\n"
                 "0,mm_1,MatMulV2,AI_CORE,1699529623106750.125\t,2.5,3\n"
                 "0,add_1,Add,AI_VECTOR_CORE,1699529623106760.125\t,1,3\n"),
            "msprof op_summary\nmm_1/MatMulV2@3 0.000+2.500\n"
            "add_1/Add@3 10.000+1.000\n");
  EXPECT_EQ(read("Step Id,Name,Type,Start Time(us),Duration(us)\n"
                 "4,a,Mul,100,2\n4,b,Mul,110,2\n5,a,Mul,200,2\n"),
            "Ascend PyTorch kernel_details\na/Mul@0 0.000+2.000\n"
            "b/Mul@0 10.000+2.000\na/Mul@0 100.000+2.000\n"
            "ProfilerStep#4 0.000..12.000\nProfilerStep#5 100.000..102.000\n");
  EXPECT_EQ(read("Start (ns),Duration (ns),CorrId,Device,Strm,Name\n"
                 "5000,1500,1,NVIDIA H200 (0),7,\"gemm<1, 2>\"\n"),
            "Nsight Systems cuda_gpu_trace\ngemm<1, 2>@7 0.000+1.500\n");
}

TEST(KernelTrace, SaysWhatIsWrongWithTables) {
  const std::string head = "Name,Type,Start Time(us),Duration(us)\n";
  EXPECT_EQ(read(head), "t: error: no rows below the header; nothing ran");
  EXPECT_EQ(read(head + "a,Mul,N/A,2\n"),
            "t:2:7: error: 'Start Time(us)' expects a time, got 'N/A'");
  EXPECT_EQ(read(head + "a,Mul,1,-2\n"),
            "t:2:9: error: 'Duration(us)' is less than zero");
  EXPECT_EQ(read(head + "a,Mul,1,1e30\n"),
            "t:2:9: error: 'Duration(us)' expects a time, got '1e30'");
  EXPECT_EQ(read("op,dtype,shape,us\nadd,bf16,,1\n"),
            "t: error: no trace of kernels; expected the JSON of a profiler, "
            "an export of Nsight Systems as SQLite or cuda_gpu_trace, or "
            "op_summary or kernel_details of Ascend");
}

TEST(KernelTrace, SaysWhatIsWrongWithJson) {
  const std::string incomplete =
      "t: error: the file ends within the trace: it is not complete; let the "
      "profiler finish writing it, or record it again";
  std::string good = kineto(kernel("a", goodTimes));
  ASSERT_EQ(read(good), "Kineto\na@7 0.000+1.000\n");
  // Cut off anywhere it says so; the first byte alone begins no list.
  for (size_t length = 1; length < good.size(); ++length)
    EXPECT_EQ(read(llvm::StringRef(good).take_front(length)), incomplete)
        << length;

  EXPECT_EQ(read(""), "t: error: is empty; expected a profiler trace");
  EXPECT_EQ(read(" \n"), "t: error: is empty; expected a profiler trace");
  EXPECT_EQ(read("{}"), "t: error: no list 'traceEvents': this is JSON, but "
                        "no profiler trace");
  EXPECT_EQ(read(R"({"traceEvents": {}})"),
            "t: error: no list 'traceEvents': this is JSON, but no profiler "
            "trace");
  EXPECT_EQ(read("[]"),
            "t: error: no kernels among 0 events; record with the device's "
            "activities (ProfilerActivity.CUDA or NPU), and let something run "
            "on it");
  EXPECT_EQ(read("[\n  3]"),
            "t:2:3: error: expected an event of a trace, in braces");
  EXPECT_EQ(read("[{} {}]"),
            "t:1:5: error: expected a comma or the end of the list behind an "
            "event");
  EXPECT_EQ(read(good + "x"), "t:1:" + std::to_string(good.size() + 1) +
                                  ": error: unexpected text behind the end of "
                                  "the trace");
  EXPECT_EQ(read("[\n" + kernel("a", R"("ts": "x", "dur": 1)") + "]"),
            "t:2:1: error: 'ts' of 'a' is no time; expected microseconds as a "
            "number");
  EXPECT_EQ(read("[" + kernel("a", R"("ts": 1, "dur": null)") + "]"),
            "t:1:2: error: 'dur' of 'a' is no time; expected microseconds as "
            "a number");
  EXPECT_EQ(read("[" + kernel("a", R"("ts": 1e300, "dur": 1)") + "]"),
            "t:1:2: error: 'ts' of 'a' is no time; expected microseconds as a "
            "number");
  EXPECT_EQ(read("[" + kernel("a", R"("ts": 1, "dur": -1)") + "]"),
            "t:1:2: error: 'dur' of 'a' is less than zero");
  EXPECT_EQ(read("[{\"ph\": nan}]").substr(0, 39),
            "t:1:2: error: this event is no valid JS");
  std::string deep(1 << 20, '[');
  EXPECT_EQ(read("[{\"a\": " + deep).substr(0, 51),
            "t:1:71: error: brackets nest too deep for a profile");
  EXPECT_EQ(read("{\"a\": " + deep).substr(0, 51),
            "t:1:71: error: brackets nest too deep for a profile");
}

TEST(KernelTrace, NamesArePrintable) {
  EXPECT_EQ(read(kineto(kernel("a\\u0007b\\n\xff", goodTimes))),
            "Kineto\na b \xef\xbf\xbd@7 0.000+1.000\n");
}

TEST(KernelTrace, NamesFormatsThatItCannotRead) {
  EXPECT_EQ(read("\x1f\x8b\x08"), "t: error: is compressed; unpack it first: "
                                  "gunzip");
  EXPECT_EQ(read("PK\x03\x04"), "t: error: is compressed; unpack it first");
  EXPECT_EQ(llvm::toString(readKernelTrace("x", "a.nsys-rep").takeError()),
            "a.nsys-rep: error: a report of Nsight Systems; export it first: "
            "nsys export --type=sqlite");
}

} // namespace
