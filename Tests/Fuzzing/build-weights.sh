#!/bin/bash
# Builds the fuzzer of weight files: Tests/Fuzzing/build-weights.sh BUILD OUTPUT
#
# Tensors is compiled again with coverage counters, together with the fuzzer as one module; what it
# stands on are the objects of the release build BUILD.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1 output=$2
mkdir -p "$output"
# The build system names a package after its folder; the same name opens what is `package`.
package=$(basename "$PWD" | tr '[:upper:]' '[:lower:]' | tr -c '[:alnum:]\n' '_')
flags=(-O -wmo -swift-version 6 -parse-as-library -sanitize=fuzzer -package-name "$package"
    -I "$build/Modules" -module-name Tensors)
for library in COneDNN COpenMP CZlib; do
    flags+=(-Xcc "-fmodule-map-file=Sources/CLibraries/$library/module.modulemap")
done
objects=()
for module in Hosting OneDNN; do objects+=("$build/$module.build"/*.o); done
find Sources/Tensors -name '*.swift' -print0 | sort -z | xargs -0 swiftc "${flags[@]}" \
    Tests/Fuzzing/WeightFuzzer.swift "${objects[@]}" \
    -L "$(dirname "$(gcc -print-file-name=libgomp.so)")" -o "$output/weights-fuzzer"
