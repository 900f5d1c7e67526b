#!/bin/bash
# Builds the fuzzer of weight files: Tests/Fuzzing/build-weights.sh BUILD OUTPUT
#
# Tensors is compiled again with coverage counters, together with the fuzzer as one module; what it
# stands on are the objects of the release build BUILD.
source "$(dirname "$0")/common.sh"
for library in COneDNN COpenMP CZlib; do
    flags+=(-Xcc "-fmodule-map-file=Sources/CLibraries/$library/module.modulemap")
done
use_modules Hosting OneDNN
compile Tensors Tests/Fuzzing/WeightFuzzer.swift "${objects[@]}" \
    -L "$(dirname "$(gcc -print-file-name=libgomp.so)")" -o "$output/weights-fuzzer"
