#!/usr/bin/env bash
#
# Every test of the project: installs what is missing, builds everything into
# build/release and runs CTest, whose summary is the last that is printed. Arguments
# go to CTest: `test/run.sh -R lit`.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/setup.sh
source tools/setup.sh

installPackages
installHtmlPackages
installBrowser
configureRelease
cmake --build --preset release
exec ctest --preset release --parallel "$(nproc)" "$@"
