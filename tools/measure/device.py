"""What the device is: its name in the table, its software, its clocks."""

import platform
import re
import shutil
import statistics
import subprocess
import threading

# The column `hardware` for names that drivers report. The first pattern found in the
# name counts, so a special part stands before the plain one.
NAMES = (
    (r"GB300", "GB300"),
    (r"GB200", "GB200"),
    (r"\bB300", "B300_SXM"),
    (r"\bB200", "B200_SXM"),
    (r"GH200", "GH200"),
    (r"H200 NVL", "H200_NVL"),
    (r"\bH200", "H200_SXM"),
    (r"H100 PCIe", "H100_PCIE"),
    (r"H100 NVL", "H100_NVL"),
    (r"\bH100", "H100_SXM"),
    (r"H800 PCIe", "H800_PCIE"),
    (r"\bH800", "H800_SXM"),
    (r"H20-3e", "H20_3E"),
    (r"\bH20\b", "H20"),
    (r"A100.*PCIE.*40GB", "A100_PCIE_40GB"),
    (r"A100.*PCIe", "A100_PCIE_80GB"),
    (r"A100.*40GB", "A100_SXM_40GB"),
    (r"A100", "A100_SXM_80GB"),
    (r"A800.*PCIe", "A800_PCIE_80GB"),
    (r"A800", "A800_SXM_80GB"),
    (r"\bL40S", "L40S"),
    (r"\bL20\b", "L20"),
    (r"\bL4\b", "L4"),
)

# What nvidia-smi is asked, and the key and unit in the JSON file.
READINGS = {
    "clocks.sm": "sm_clock_mhz",
    "clocks.mem": "memory_clock_mhz",
    "power.draw": "power_w",
    "temperature.gpu": "temperature_c",
}
FACTS = {
    "driver_version": "driver",
    "clocks.max.sm": "max_sm_clock_mhz",
    "clocks.max.mem": "max_memory_clock_mhz",
    "power.limit": "power_limit_w",
    "power.max_limit": "max_power_limit_w",
    "ecc.mode.current": "ecc",
    "mig.mode.current": "mig",
    "persistence_mode": "persistence_mode",
}


def hardwareName(name):
    """The column `hardware` for the name that a driver reports."""
    for pattern, hardware in NAMES:
        if re.search(pattern, name, re.IGNORECASE):
            return hardware
    plain = re.sub(r"^NVIDIA\s+", "", name, flags=re.IGNORECASE)
    return re.sub(r"\W+", "_", plain).strip("_").upper() or "UNKNOWN"


def parseReadings(line, fields):
    """A line of nvidia-smi's CSV as a dictionary; what it does not know is left out."""
    readings = {}
    for key, text in zip(fields.values(), line.split(",")):
        text = text.strip()
        if text.startswith("["):  # [N/A], [Not Supported]
            continue
        try:
            readings[key] = float(text)
        except ValueError:
            readings[key] = text
    return readings


class Monitor:
    """Asks nvidia-smi about one GPU; has nothing to say where there is none."""

    def __init__(self, identity):
        self.identity = identity
        self.program = shutil.which("nvidia-smi") if identity is not None else None

    def read(self, fields):
        """The readings now, by the names that `fields` maps to."""
        if not self.program:
            return {}
        try:
            asked = subprocess.run(
                [
                    self.program,
                    f"--id={self.identity}",
                    f"--query-gpu={','.join(fields)}",
                    "--format=csv,noheader,nounits",
                ],
                capture_output=True,
                text=True,
                timeout=20,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            return {}
        return parseReadings(asked.stdout.strip().partition("\n")[0], fields)

    def during(self, work):
        """The result of `work`, and the readings taken while it ran."""
        samples, done = [], threading.Event()

        def sample():
            while not done.is_set():
                reading = self.read(READINGS)
                if not reading:
                    return
                if not done.is_set():
                    samples.append(reading)
                done.wait(0.05)

        sampler = threading.Thread(target=sample, daemon=True)
        sampler.start()
        try:
            result = work()
        finally:
            done.set()
            sampler.join()
        return result, samples


def settled(samples):
    """The median of each reading over the later half of the samples."""
    later = samples[len(samples) // 2 :]
    return {
        key: statistics.median(sample[key] for sample in later)
        for key in READINGS.values()
        if later and all(isinstance(sample.get(key), float) for sample in later)
    }


def monitorFor(torch, device):
    """The monitor of a PyTorch device."""
    if device.type != "cuda":
        return Monitor(None)
    properties = torch.cuda.get_device_properties(device)
    uuid = str(getattr(properties, "uuid", ""))
    if uuid:
        return Monitor(uuid if uuid.startswith("GPU-") else f"GPU-{uuid}")
    return Monitor(device.index or 0)


def describe(torch, device, monitor):
    """The device and its software, for the JSON file, all units in the keys."""
    known = {"torch": torch.__version__, "python": platform.python_version()}
    if device.type != "cuda":
        return {"device": platform.processor() or platform.machine(), **known}
    properties = torch.cuda.get_device_properties(device)
    try:
        import triton

        known["triton"] = triton.__version__
    except ImportError:
        pass
    return {
        "device": properties.name,
        **known,
        "cuda": torch.version.cuda,
        "cudnn": torch.backends.cudnn.version(),
        "compute_capability": f"{properties.major}.{properties.minor}",
        "multiprocessors": properties.multi_processor_count,
        "memory_bytes": properties.total_memory,
        "l2_bytes": getattr(properties, "L2_cache_size", None),
        **monitor.read(FACTS),
    }
