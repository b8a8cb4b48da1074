#!/usr/bin/env python3
"""Checks tools/measure without a GPU and without PyTorch.

The list of cases is well-formed, the files are written as documented whatever a case
does, and what is missing is said in one line.

usage: measurement.py SOURCE_ROOT
"""

import contextlib
import csv
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(sys.argv.pop(1)).resolve()
SCRIPT = ROOT / "tools" / "measure" / "measure.py"
sys.path.insert(0, str(SCRIPT.parent))

import case  # noqa: E402
import device  # noqa: E402
import measure  # noqa: E402
import output  # noqa: E402
import timing  # noqa: E402

# The keys of `shape` by op. Those of published tables are as these have them.
SHAPE_KEYS = {
    "gemm": "m n k",
    "gemm_with_act_quant": "m n k",
    "gemm_sustained": "m n k",
    "attention_prefill_causal": "b sq skv hq hkv d window",
    "attention_decode": "b sq skv hq hkv d window",
    "fp8_compute_scale_absmax": "m k",
    "fp8_quantize_scale_matrix": "m k",
    "fp8_dynamic_quantize_rows": "m k",
    "rmsnorm": "rows cols",
    "layernorm": "rows cols",
    "softmax": "rows cols",
    "gelu": "rows cols_out",
    "silu_and_mul": "rows cols_out",
    "rope": "tokens q_heads kv_heads head_dim",
    "embedding": "tokens hidden vocab",
    "gather_rows": "tokens hidden vocab",
    "scatter_rows": "tokens hidden vocab",
    "scatter_add_rows": "tokens hidden vocab",
    "topk": "rows cols k",
    "sort": "rows cols",
    "copy": "rows cols cache",
    "add": "rows cols cache",
    "transpose": "rows cols cache",
    "sum_rows": "rows cols cache",
    "sum_all": "rows cols cache",
    "cache_read": "bytes passes",
    "clock_spin": "cycles",
    "launch_floor": "kernel launch",
    "graph_launch": "nodes",
    "transformer_block": "model phase b sq skv launch",
}
DTYPES = {"none", "f32", "bf16", "fp8_e4m3", "bf16/kv_bf16", "bf16->fp8"}
WORDS = {
    "cache": {"cold", "warm"},
    "kernel": {"empty", "element"},
    "launch": {"graph", "eager", "sync"},
    "model": {"tiny", "llama3-8b"},
    "phase": {"prefill", "decode"},
}

NO_TORCH = 'raise ImportError("none here")'
NO_GPU = """
__version__ = "0.0"
class device:
    def __init__(self, name):
        self.type, self.index = name, None
class cuda:
    is_available = staticmethod(lambda: False)
"""


def run(*arguments, torch=NO_TORCH, folder=None):
    """Runs the script with a module `torch` of this text in the way of any other."""
    with tempfile.TemporaryDirectory() as modules:
        (pathlib.Path(modules) / "torch.py").write_text(torch)
        return subprocess.run(
            [sys.executable, "-B", str(SCRIPT), *arguments],
            capture_output=True,
            text=True,
            cwd=folder or modules,
            env={**os.environ, "PYTHONPATH": modules},
        )


def listed(*arguments):
    """The lines of --list, split into section, level, op, dtype, shape and what
    runs it."""
    done = run("--list", *arguments)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return [line.split(" ") for line in done.stdout.splitlines()]


class Cases(unittest.TestCase):
    def checkShape(self, op, text):
        keys = [pair.partition("=")[0] for pair in text.split(";")]
        self.assertEqual(keys, SHAPE_KEYS[op].split(), op)
        for key, _, value in (pair.partition("=") for pair in text.split(";")):
            if key in WORDS:
                self.assertIn(value, WORDS[key])
            elif key == "window":
                self.assertEqual(value, "0")
            else:
                self.assertRegex(value, r"^[1-9]\d*$", text)

    def testListIsWellFormed(self):
        for arguments in ((), ("--device=cpu",)):
            lines = listed(*arguments)
            ops = set()
            for fields in lines:
                self.assertEqual(len(fields), 6, fields)
                section, level, op, dtype, shape, implementation = fields
                self.assertIn(section, measure.SECTIONS)
                levels = ("tiny",) if arguments else ("quick", "full")
                self.assertIn(level, levels)
                self.assertIn(dtype, DTYPES)
                self.assertRegex(implementation, r"^[\w.+-]+$")
                self.checkShape(op, shape)
                ops.add(op)
            self.assertEqual(ops, set(SHAPE_KEYS))
            keys = [tuple(fields[2:]) for fields in lines]
            self.assertEqual(len(keys), len(set(keys)), "a row is measured twice")

    def testHeadsDivide(self):
        for *_, shape, _ in listed("--only=attention"):
            extents = {k: int(v) for k, v in (p.split("=") for p in shape.split(";"))}
            self.assertEqual(extents["hq"] % extents["hkv"], 0, shape)

    def testFp8ExtentsAreMultiplesOf16(self):
        # Scaled products take no others.
        for _, _, op, dtype, shape, _ in listed("--only=gemm"):
            extents = {k: int(v) for k, v in (p.split("=") for p in shape.split(";"))}
            if dtype == "fp8_e4m3":
                self.assertEqual((extents["n"] % 16, extents["k"] % 16), (0, 0), shape)

    def testQuickIsTheBeginning(self):
        quick, everything = listed("--quick"), listed()
        self.assertEqual(quick, everything[: len(quick)])
        self.assertEqual({line[0] for line in quick}, set(measure.SECTIONS))
        self.assertEqual(everything, listed())

    def testABeginningSamplesEverySection(self):
        # A tenth of the cases holds about a tenth of every larger section, and of
        # each op that has many shapes at least one.
        full = [line for line in listed() if line[1] == "full"]
        tenth = full[: len(full) // 10]
        for column in (0, 2):
            for name in {line[column] for line in full}:
                count = sum(line[column] == name for line in full)
                early = sum(line[column] == name for line in tenth)
                if count >= 100:
                    self.assertGreater(early, count / 20, name)
                if count >= 30:
                    self.assertGreater(early, 0, name)

    def testOnly(self):
        self.assertEqual({line[0] for line in listed("--only=rows")}, {"rows"})
        done = run("--list", "--only=rows,colums")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no section 'colums'; there are launch, gemm", done.stderr)


class Misuse(unittest.TestCase):
    def checkMessage(self, done, *words):
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertTrue(done.stderr.startswith("measure.py: error: "))
        for word in words:
            self.assertIn(word, done.stderr)

    def testNoTorch(self):
        with tempfile.TemporaryDirectory() as folder:
            self.checkMessage(run(folder=folder), "pip install torch", "--list")
            self.assertEqual(os.listdir(folder), [])

    def testNoGpu(self):
        done = run(torch=NO_GPU)
        self.checkMessage(done, "sees no NVIDIA GPU", "nvidia-smi", "--device=cpu")

    def testNumbers(self):
        for option in ("--budget-seconds=0", "--budget-seconds=x", "--runs=-1"):
            self.assertEqual(run("--list", option).returncode, 2)

    def testHelpExplainsEachOption(self):
        help = run("--help").stdout
        readme = (SCRIPT.parent / "README.md").read_text()
        options = re.findall(r"add_argument\(\s*\"(--[a-z-]+)\"", SCRIPT.read_text())
        self.assertGreater(len(options), 8)
        for option in options:
            self.assertIn(option, help)
            self.assertIn(f"`{option}", readme)
        for section in measure.SECTIONS:
            self.assertIn(f"| `{section}` |", readme)


class StubBench:
    """What measureAll needs of a bench."""

    isCuda = False


def stubCase(name, function, seconds=1.0):
    return case.Case(
        "gemm", name, "bf16", case.shape(m=1, n=2), "x", function, seconds=seconds
    )


def timed(us):
    return lambda bench: timing.timingOf([2e-6 * us, 1e-6 * us, 4e-6 * us], 2)


def fails(bench):
    raise RuntimeError("out of memory,\nat length")


class Stopped:
    asked = False


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name) / "t.csv"
        self.addCleanup(self.folder.cleanup)

    def measure(self, *cases, resume=False, budget=None, stop=Stopped, bench=StubBench):
        written = output.Output(self.path, resume)
        written.begin({"device": "none"})

        def keyOf(one):
            return "HW", one.op, one.dtype, one.shape, f"torch-1:{one.implementation}"

        with contextlib.redirect_stdout(io.StringIO()):
            result = measure.measureAll(
                cases,
                bench,
                written,
                keyOf,
                measure.Progress(cases, budget),
                stop,
            )
        written.save()
        written.file.close()
        return result

    def json(self):
        return json.loads(pathlib.Path(f"{self.path}.json").read_text())

    def testRowsAndReasons(self):
        # Runs of 2 a, 1 a and 4 a us with two calls each: the median call is a us.
        result = self.measure(
            stubCase("a", timed(3.25)), stubCase("b", fails), stubCase("c", timed(10))
        )
        self.assertEqual(result, (2, None))
        self.assertEqual(
            self.path.read_text(),
            "hardware,op,dtype,shape,us,software\n"
            "HW,a,bf16,m=1;n=2,3.25,torch-1:x\n"
            "HW,c,bf16,m=1;n=2,10,torch-1:x\n",
        )
        known = self.json()
        self.assertEqual(known["skipped"][0]["op"], "b")
        self.assertEqual(known["skipped"][0]["reason"], "RuntimeError: out of memory,")
        self.assertEqual(
            known["rows"][0],
            {
                "hardware": "HW",
                "op": "a",
                "dtype": "bf16",
                "shape": "m=1;n=2",
                "software": "torch-1:x",
                "low_us": 1.625,
                "high_us": 6.5,
                "runs": 3,
                "calls": 2,
            },
        )

    def testBudgetLeavesOutWhatDoesNotFit(self):
        self.measure(
            stubCase("a", timed(1), seconds=1000), stubCase("b", timed(1)), budget=60
        )
        self.assertEqual([row["op"] for row in output.rowsIn(self.path)], ["b"])
        self.assertEqual(
            [(c["op"], c["reason"]) for c in self.json()["not_run"]],
            [("a", "no time left")],
        )

    def testSignalEndsAfterTheCase(self):
        stop = Stopped()

        def interrupted(bench):
            stop.asked = True
            return timed(1)(bench)

        self.measure(stubCase("a", interrupted), stubCase("b", timed(1)), stop=stop)
        self.assertEqual([row["op"] for row in output.rowsIn(self.path)], ["a"])
        self.assertEqual(self.json()["not_run"][0]["reason"], "stopped by a signal")

    def testDeadGpuEndsTheRun(self):
        class Cuda:
            @staticmethod
            def synchronize(device):
                raise RuntimeError("illegal access")

            empty_cache = staticmethod(lambda: None)

        class Dead:
            isCuda, device = True, None
            torch = type("torch", (), {"cuda": Cuda})

        measured, failure = self.measure(
            stubCase("a", fails), stubCase("b", timed(1)), bench=Dead
        )
        self.assertEqual(measured, 0)
        self.assertIn("the GPU failed", failure)
        self.assertEqual(self.json()["not_run"][0]["op"], "b")

    def testResumeMeasuresWhatIsMissing(self):
        self.measure(stubCase("a", timed(1)), stubCase("b", fails))
        with self.path.open("a") as torn:
            torn.write("HW,b,bf16,m=1")
        self.measure(stubCase("a", fails), stubCase("b", timed(2)), resume=True)
        self.assertEqual(
            self.path.read_text(),
            "hardware,op,dtype,shape,us,software\n"
            "HW,a,bf16,m=1;n=2,1,torch-1:x\n"
            "HW,b,bf16,m=1;n=2,2,torch-1:x\n",
        )
        known = self.json()
        self.assertEqual(known["skipped"], [])
        self.assertEqual(len(known["runs"]), 2)
        self.assertEqual(len(known["rows"]), 2)

    def testFilesOfOthersStay(self):
        self.path.write_text("a,b\n1,2\n")
        for resume, words in ((False, "--resume"), (True, "is not a table")):
            with self.assertRaisesRegex(output.BadOutput, words):
                output.Output(self.path, resume)
        self.assertEqual(self.path.read_text(), "a,b\n1,2\n")
        with self.assertRaisesRegex(output.BadOutput, "cannot write"):
            output.Output(self.path.parent / "none" / "t.csv", False)

    def testColumnsNeedNoQuotes(self):
        line = output.csvLine(("HW", "op", "bf16->fp8", "m=1;n=2", "1", "torch-1:a+b"))
        self.assertEqual(line, "HW,op,bf16->fp8,m=1;n=2,1,torch-1:a+b\n")
        self.assertEqual(len(next(csv.reader([line]))), len(output.COLUMNS))


class Devices(unittest.TestCase):
    def testHardwareNames(self):
        for name, hardware in {
            "NVIDIA H200": "H200_SXM",
            "NVIDIA H200 NVL": "H200_NVL",
            "NVIDIA H100 80GB HBM3": "H100_SXM",
            "NVIDIA H100 PCIe": "H100_PCIE",
            "NVIDIA A100-SXM4-80GB": "A100_SXM_80GB",
            "NVIDIA A100-SXM4-40GB": "A100_SXM_40GB",
            "NVIDIA A100 80GB PCIe": "A100_PCIE_80GB",
            "NVIDIA A100-PCIE-40GB": "A100_PCIE_40GB",
            "NVIDIA A800-SXM4-80GB": "A800_SXM_80GB",
            "NVIDIA H20": "H20",
            "NVIDIA H20-3e": "H20_3E",
            "NVIDIA B200": "B200_SXM",
            "NVIDIA GB200": "GB200",
            "NVIDIA L40S": "L40S",
            # By no row of the table:
            "NVIDIA GeForce RTX 4090": "GEFORCE_RTX_4090",
            "Tesla V100-SXM2-16GB": "TESLA_V100_SXM2_16GB",
            "": "UNKNOWN",
        }.items():
            self.assertEqual(device.hardwareName(name), hardware, name)

    def testReadings(self):
        reading = device.parseReadings("1980, 3201, [N/A], 41", device.READINGS)
        self.assertEqual(
            reading,
            {"sm_clock_mhz": 1980.0, "memory_clock_mhz": 3201.0, "temperature_c": 41.0},
        )
        # Of the later half, the median; power is not always known.
        samples = [
            device.parseReadings(f"{clock}, 3201, [N/A], 40", device.READINGS)
            for clock in (1980, 1980, 1980, 1400, 1500, 1410)
        ]
        self.assertEqual(
            device.settled(samples),
            {"sm_clock_mhz": 1410.0, "memory_clock_mhz": 3201.0, "temperature_c": 40.0},
        )
        self.assertEqual(device.settled([]), {})
        self.assertEqual(device.Monitor(None).read(device.READINGS), {})


class Times(unittest.TestCase):
    def testCallsPerReplay(self):
        # 4 ms hold 400 calls of 10 us: 402 are whole rounds of 6 copies.
        self.assertEqual(timing.callsPerReplay(10e-6, 6), 402)
        # Calls of 1 us would be 4000, more than the limit of 1000: 1002.
        self.assertEqual(timing.callsPerReplay(1e-6, 6), 1002)
        # One round at least, however many copies, unless a call is long.
        self.assertEqual(timing.callsPerReplay(9e-3, 6), 6)
        self.assertEqual(timing.callsPerReplay(1e-6, 7680), 7680)
        self.assertEqual(timing.callsPerReplay(11e-3, 6), 1)

    def testMedianAndParts(self):
        taken = timing.timingOf([8e-6, 4e-6, 100e-6, 12e-6], 4)
        # Of 1, 2, 3 and 25 us.
        self.assertAlmostEqual(taken.us, 2.5)
        self.assertAlmostEqual(taken.per(5).us, 0.5)
        self.assertAlmostEqual(taken.per(5).highUs, 5)
        self.assertEqual(taken.noting(clock=1).details, {"clock": 1})


if __name__ == "__main__":
    unittest.main()
