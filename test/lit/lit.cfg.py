# Everything a user can type: the tools on small inputs, checked with FileCheck.

import os
import shutil
import sys

import lit.formats

config.name = "Roofline"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "CMakeLists.txt"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.roofline_obj_root, "test", "lit")

# Our tools come first; FileCheck and friends are LLVM's.
config.environment["PATH"] = os.path.pathsep.join(
    [
        config.roofline_tools_dir,
        config.llvm_tools_dir,
        config.environment.get("PATH", os.environ.get("PATH", "")),
    ]
)
# A variable that no label separates from its definition is a mistake.
config.environment["FILECHECK_OPTS"] = "-enable-var-scope"
# The user's own settings must not change what the tests see.
for name in ("ROOFLINE_TARGET_PATH", "NO_COLOR"):
    config.environment.pop(name, None)
if "ASAN_OPTIONS" in os.environ:
    config.environment["ASAN_OPTIONS"] = os.environ["ASAN_OPTIONS"]

config.substitutions.append(("%roofline_libs", config.roofline_libs_dir))
config.substitutions.append(
    ("%mlir-opt", os.path.join(config.llvm_tools_dir, "mlir-opt"))
)
config.substitutions.append(("%shlibext", config.shlibext))
# A command that must fail with exit code 2, one message and no output.
config.substitutions.append(
    (
        "%fails",
        f"'{sys.executable}' " + os.path.join(config.test_source_root, "Inputs", "fails.py"),
    )
)
config.substitutions.append(("%python", f"'{sys.executable}'"))
# Reads a saved report and prints it again.
config.substitutions.append(
    ("%print_again", os.path.join(config.roofline_obj_root, "test", "RoundTrip", "roofline-print-again"))
)
# Checks SARIF and prints its findings.
config.substitutions.append(
    (
        "%sarif",
        f"'{sys.executable}' " + os.path.join(config.test_source_root, "Inputs", "sarif.py"),
    )
)
config.substitutions.append(("%models", os.path.join(config.roofline_src_root, "test", "models")))

# Root may write to what is read-only.
if os.geteuid() != 0:
    config.available_features.add("non-root")

# Fits need the optimiser, which a build may lack.
config.available_features.add("nlopt" if config.roofline_nlopt else "no-nlopt")

# Exports of Nsight Systems need SQLite, which a build may lack.
config.available_features.add("sqlite" if config.roofline_sqlite else "no-sqlite")

# The HTML report needs packages, which a build may lack.
config.available_features.add("html" if config.roofline_html else "no-html")

# Shells and formatters that read what is generated for them.
for name in ("bash", "zsh", "groff"):
    if shutil.which(name):
        config.available_features.add(name)

# A sanitized library cannot be loaded into a program that is not.
if not config.roofline_sanitized:
    config.available_features.add("plugins")
