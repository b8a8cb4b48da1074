# shellcheck shell=bash
#
# What quickstart.sh and test/run.sh share: the packages that a build needs, and
# how the release build is configured. Sourced, not run.

# Everything is Debian's. LLVM and MLIR must be of one version, which is that of the
# presets and of find_package in CMakeLists.txt.
readonly packages=(
  ccache
  cmake
  g++
  libfmt-dev
  libgtest-dev
  libmlir-22-dev
  libnlopt-dev
  libsqlite3-dev
  llvm-22-dev
  llvm-22-tools
  mlir-22-tools
  ninja-build
  python3
)

# What optional parts need: a build and its tests do without where these cannot be
# installed, and say so. Node.js may be there from elsewhere than Debian.
readonly htmlPackages=(nodejs npm)
readonly browserPackages=(chromium)

# Prints a message and ends the script; 2 is also what roofline's commands return
# where they cannot do their work.
fail() {
  echo "${0##*/}: error: $*" >&2
  exit 2
}

# Installs those packages that are missing, and asks for nothing.
installPackages() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    fail "this needs Debian 12, where apt-get finds the packages:" \
      "${packages[*]}; elsewhere, install their like and build by the presets" \
      "(README.md, Developing)"
  fi

  local missing=() package
  for package in "${packages[@]}"; do
    if [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) != installed ]]; then
      missing+=("$package")
    fi
  done
  if ((${#missing[@]} == 0)); then
    return
  fi

  local asRoot=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail "installing packages needs root or sudo: ${missing[*]}"
    asRoot=(sudo)
  fi
  local apt=("${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
  echo "Installing packages: ${missing[*]}"
  # A source that cannot be reached need not be the one that the packages come from.
  "${apt[@]}" update || echo "apt-get update failed; trying with the lists at hand" >&2
  local log
  log=$(mktemp)
  if ! "${apt[@]}" install -y --no-install-recommends "${missing[@]}" \
    </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "apt-get could not install: ${missing[*]}; LLVM 22 is among the security" \
      "updates of Debian 12"
  fi
  rm -f "$log"
}

# Installs the packages of an optional part. Where that fails, says so and goes on.
# usage: installOptional WHAT PACKAGE...
installOptional() {
  local what=$1 asRoot=()
  shift
  if ((EUID != 0)); then
    asRoot=(sudo -n)
  fi
  echo "Installing packages for $what: $*"
  if ! command -v apt-get >/dev/null ||
    ! { "${asRoot[@]}" apt-get -qq update && "${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"; } \
      </dev/null >/dev/null 2>&1; then
    echo "Could not install them; going on without $what" >&2
  fi
}

# Installs what the HTML report is built with.
installHtmlPackages() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    installOptional "the HTML report" "${htmlPackages[@]}"
  fi
}

# Installs the browser that the HTML report is tested in.
installBrowser() {
  if ! command -v chromium >/dev/null; then
    installOptional "tests of the HTML report" "${browserPackages[@]}"
  fi
}

# Configures build/release; expects to run in the root of the source.
configureRelease() {
  # Paths below the root count as relative, so that clones share what is compiled.
  export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$PWD}"
  cmake --preset release -DROOFLINE_BUILD_TESTS=ON -DCMAKE_CXX_COMPILER_LAUNCHER=ccache
}
