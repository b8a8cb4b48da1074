//===- MeasurementsTest.cpp - Measured times from files -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "roofline/Calibration/Measurements.h"

#include <gtest/gtest.h>

using namespace roofline;

namespace {

/// `op dtype shape us software hardware` of every row, a line each, or the
/// message of the failure.
std::string rows(llvm::StringRef text) {
  llvm::Expected<MeasurementFile> file = readMeasurements(text, "t.csv");
  if (!file)
    return llvm::toString(file.takeError());
  std::string result;
  for (const MeasuredRow &row : file->rows) {
    char time[32];
    snprintf(time, sizeof time, "%g", row.seconds * 1e6);
    result += row.op + " " + row.dtype + " " + row.shapeText() + " " + time +
              " " + row.software + " " + row.hardware + "\n";
  }
  return result;
}

TEST(Measurements, ReadsColumnsInAnyOrder) {
  EXPECT_EQ(rows("us,shape,op,dtype,software,hardware\n"
                 "2.5,n=32;m=1;k=64,gemm,bf16,lib-1,CHIP\n"),
            "gemm bf16 k=64;m=1;n=32 2.5 lib-1 CHIP\n");
  EXPECT_EQ(rows("op,dtype,shape,us\nadd,fp16,,1e3\n"), "add fp16  1000  \n");
}

TEST(Measurements, NotesColumnsThatItDoesNotUse) {
  llvm::Expected<MeasurementFile> file = readMeasurements(
      "op,dtype,shape,us,clock,note\nadd,fp16,,1,2,3\n", "t.csv");
  ASSERT_TRUE(bool(file));
  ASSERT_EQ(file->notes.size(), 1u);
  EXPECT_EQ(file->notes[0], "t.csv: not used: columns 'clock' and 'note'");
}

TEST(Measurements, SaysWhatIsWrongAndWhere) {
  const std::string head = "op,dtype,shape,us\n";
  EXPECT_EQ(rows(head + "gemm,bf16,m=1,-2\n"),
            "t.csv:2:15: error: 'us' expects a positive number, got '-2'");
  for (const char *number : {"0", "inf", "nan", "0x1p3", "1e999", "", "1 2"})
    EXPECT_NE(rows(head + "gemm,bf16,m=1," + number + "\n")
                  .find("'us' expects a positive number"),
              std::string::npos)
        << number;
  EXPECT_EQ(rows(head + "gemm,bf16,m=1;n,2\n"),
            "t.csv:2:15: error: a shape is 'name=value;name=value', such as "
            "'m=1;n=4096;k=4096', got 'n'");
  EXPECT_EQ(rows(head + "gemm,bf16,m=1;m=2,2\n"),
            "t.csv:2:15: error: the shape gives 'm' twice");
  EXPECT_EQ(rows(head + ",bf16,m=1,2\n"),
            "t.csv:2:1: error: 'op' is empty; name what was measured: 'gemm'");
  EXPECT_EQ(rows(head),
            "t.csv: error: no rows below the header; nothing was measured");
}

TEST(Measurements, ReadsAIConfigurator) {
  // Times are in milliseconds, sizes of messages in elements.
  EXPECT_EQ(rows("framework,version,device,op_name,kernel_source,gemm_dtype,m,"
                 "n,k,latency\n"
                 "TRTLLM,1.0,NVIDIA H100,gemm,torch,fp8_block,1,32,64,0.002\n"
                 "TRTLLM,1.0,NVIDIA H100,gemm,torch,bfloat16,1,32,64,0.004\n"),
            "gemm_with_act_quant fp8_e4m3_block128 k=64;m=1;n=32 2 "
            "trtllm-1.0:torch NVIDIA H100\n"
            "gemm bf16 k=64;m=1;n=32 4 trtllm-1.0:torch NVIDIA H100\n");
  EXPECT_EQ(
      rows("framework,version,device,op_name,kernel_source,batch_size,isl,"
           "num_heads,num_key_value_heads,head_dim,beam_width,attn_dtype,"
           "kv_cache_dtype,step,latency\n"
           "VLLM,1,H100,context_attention,fa3,2,512,8,4,128,1,float16,float16,"
           "0,0.01\n"
           "VLLM,1,H100,generation_attention,fa3,2,1,8,4,128,1,float16,fp8,511,"
           "0.02\n"),
      "attention_prefill_causal bf16/kv_bf16 "
      "b=2;d=128;hkv=4;hq=8;skv=512;sq=512 10 vllm-1:fa3 H100\n"
      "attention_decode bf16/kv_fp8 b=2;d=128;hkv=4;hq=8;skv=512;sq=1 20 "
      "vllm-1:fa3 H100\n");
  EXPECT_EQ(rows("op_name,nccl_dtype,num_gpus,message_size,latency\n"
                 "alltoall,half,8,1024,0.05\n"
                 "all_reduce,int8,8,1024,0.05\n"),
            "all_to_all fp16 bytes=2048;ranks=8 50  \n"
            "all_reduce int8 bytes=1024;ranks=8 50  \n");
}

TEST(Measurements, ReadsNsightSystems) {
  EXPECT_EQ(rows("NOTICE: Existing export found\n\n"
                 "Time (%),Total Time (ns),Instances,Avg (ns),Med (ns),Name\n"
                 "60.0,1200,2,600.0,500.0,\"void k<int, 4>(float *)\"\n"),
            "void k<int, 4>(float *)   0.5  \n");
  EXPECT_EQ(rows("Start (ns),Duration (ns),CorrId,Device,Strm,Name\n"
                 "1,2500,3,NVIDIA H200 (0),7,nvjet_tst\n"),
            "nvjet_tst   2.5  NVIDIA H200\n");
}

TEST(Measurements, ReadsMsprof) {
  // k = |A| / (batch * m), whichever operand is transposed.
  EXPECT_EQ(
      rows("Op Name,OP Type,Task Duration(us),Input Shapes,Input Data Types,"
           "Output Shapes\n"
           "a,MatMulV2,10.5,\"\"\"16,64;64,32\"\"\",DT_BF16;DT_BF16,\"16,32\"\n"
           "b,BatchMatMulV2,11,\"4,64,16;4,64,32\",FLOAT16;FLOAT16,"
           "\"4,16,32\"\n"
           "c,SwiGlu,3,\"8,64\",DT_BF16,\"8,32\"\n"
           "d,Add,3,\"8,64;64\",FLOAT;FLOAT,\"8,64\"\n"
           "e,MatMulV2,3,N/A,N/A,N/A\n"),
      "gemm bf16 k=64;m=16;n=32 10.5  \n"
      "gemm fp16 batch=4;k=64;m=16;n=32 11  \n"
      "silu_and_mul bf16 cols_out=32;rows=8 3  \n"
      "Add fp32  3  \n"
      "MatMulV2 n/a  3  \n");
  EXPECT_EQ(rows("Name,Type,Duration(us),Input Shapes,Input Data Types,Output "
                 "Shapes\na,RmsNorm,4,\"2,8,64;64\",DT_BF16,\"2,8,64\"\n"),
            "rmsnorm bf16 cols=64;rows=16 4  \n");
}

TEST(Measurements, NormalizesNamesOfChips) {
  EXPECT_EQ(normalizedHardware("H200_SXM"), "h200");
  EXPECT_EQ(normalizedHardware("h200"), "h200");
  EXPECT_EQ(normalizedHardware("NVIDIA A100-SXM4-80GB"), "a100");
  EXPECT_EQ(normalizedHardware("A100_80GB"), "a100");
  EXPECT_EQ(normalizedHardware("NVIDIA H100 80GB HBM3"), "h100");
  EXPECT_EQ(normalizedHardware("ASCEND_910B_24CORE"), "ascend-910b2");
  EXPECT_EQ(normalizedHardware("Ascend910B2"), "ascend-910b2");
  // Another form is another chip.
  EXPECT_EQ(normalizedHardware("NVIDIA H100 PCIe"), "h100-pcie");
  EXPECT_EQ(normalizedHardware("NVIDIA H20-3e"), "h20-3e");
  EXPECT_EQ(normalizedHardware(""), "");
}

/// The hardware of the rows that are left of those on `chips`, for target
/// `h200`, or the message of the failure; notes follow in brackets.
std::string selected(std::initializer_list<const char *> chips) {
  MeasurementFile file;
  file.name = "t.csv";
  for (const char *chip : chips) {
    file.rows.emplace_back();
    file.rows.back().hardware = chip;
  }
  std::vector<std::string> notes;
  llvm::Expected<std::vector<MeasuredRow>> rows =
      selectHardware({file}, "h200", notes);
  if (!rows)
    return llvm::toString(rows.takeError());
  std::string result;
  for (const MeasuredRow &row : *rows)
    result += row.hardware + " ";
  for (const std::string &note : notes)
    result += "[" + note + "]";
  return result;
}

TEST(Measurements, KeepsTheRowsOfTheTarget) {
  EXPECT_EQ(selected({"H200_SXM", "H200"}), "H200_SXM H200 ");
  EXPECT_EQ(selected({"H100", "H200", "H100"}),
            "H200 [t.csv: 2 rows of other chips are left out]");
  EXPECT_EQ(selected({"H100", "H100_SXM"}),
            "H100 H100_SXM [t.csv: measured on 'H100' and 'H100_SXM', taken as "
            "'h200']");
  EXPECT_EQ(selected({""}), " [t.csv: does not say what it was measured on]");
  EXPECT_EQ(selected({"H100", "B200"}),
            "t.csv: error: rows of several chips, none of which is 'h200': "
            "'B200' and 'H100'; name one of them as the target");
}

} // namespace
