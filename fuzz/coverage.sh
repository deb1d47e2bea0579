#!/usr/bin/env bash
# Runs a fuzz target by libFuzzer, which looks for inputs that reach new code: fuzz/coverage.sh TARGET [FLAG OF LIBFUZZER]...
#
# On a stable toolchain, with a compiler of C++ and nothing else; cargo-fuzz does the same on nightly, with sanitizers that
# a project without unsafe code has little use for.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
target=${1:?which target?}
shift
# Counters and comparisons that libFuzzer learns from, in all that is fuzzed; panics on broken promises and overflows.
flags=(passes=sancov-module debug-assertions overflow-checks)
for flag in level=4 inline-8bit-counters pc-table trace-compares; do flags+=("llvm-args=-sanitizer-coverage-$flag"); done
export RUSTFLAGS="${flags[*]/#/-C}"
# With a target named, scripts and macros that run while it is built are left as they are.
host=$(rustc -vV | sed -n 's/^host: //p')
folder=${CARGO_TARGET_DIR:-../target}/coverage
CARGO_TARGET_DIR=$folder cargo build --release --package limier-fuzz --features run --bin "$target" --target "$host"
mkdir -p "corpus/$target" "artifacts/$target"
"$folder/$host/release/$target" -dict=dictionary -artifact_prefix="artifacts/$target/" -max_len=4096 "$@" \
    "corpus/$target" "seeds/$target"
