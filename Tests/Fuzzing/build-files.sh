#!/bin/bash
# Builds the fuzzer of picture files and data sets: Tests/Fuzzing/build-files.sh BUILD OUTPUT
#
# VisionData is compiled again with coverage counters, together with the fuzzer as one module; what
# it stands on are the objects of the release build BUILD.
source "$(dirname "$0")/common.sh"
for library in COneDNN COpenMP CCairo CJPEG CSpng CWebP CGIF CTIFF CZlib CDeflate; do
    flags+=(-Xcc "-fmodule-map-file=Sources/CLibraries/$library/module.modulemap")
done
read -ra cairo <<<"$(pkg-config --cflags cairo)"
for flag in "${cairo[@]}"; do flags+=(-Xcc "$flag"); done
use_modules Hosting OneDNN Tensors Plots
compile VisionData Tests/Fuzzing/FileFuzzer.swift "${objects[@]}" \
    -L "$(dirname "$(gcc -print-file-name=libgomp.so)")" -o "$output/files-fuzzer"
