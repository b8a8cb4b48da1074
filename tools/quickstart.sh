#!/usr/bin/env bash
#
# From a clone to a report: installs what a build needs, builds the tools into
# build/release, and reports what the prefill of a Llama-shaped model costs on two
# NVIDIA chips and one of Huawei's. Run it from anywhere and as often as you like.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/setup.sh
source tools/setup.sh

installPackages
installHtmlPackages
configureRelease
cmake --build --preset release \
  --target roofline roofline-opt roofline-lsp-server RooflinePlugin

command=(build/release/bin/roofline report test/models/llama3-8b-prefill.mlir
  "--target=h200,h20,ascend-910b2")
printf '\n$ %s\n' "${command[*]}"
"${command[@]}"
