#!/bin/bash
# Builds the fuzzer of the language: Tests/Fuzzing/build.sh BUILD OUTPUT
#
# The language is compiled again with coverage counters; the parser and what else it stands on are
# the objects of the release build BUILD.
source "$(dirname "$0")/common.sh"
flags+=(-I .build/checkouts/swift-syntax/Sources/_SwiftSyntaxCShims/include)
use_modules Hosting SwiftSyntax SwiftParser
for folder in "$build"/SwiftSyntax[0-9]*.build "$build"/_SwiftSyntaxCShims.build; do
    for object in "$folder"/*.o; do [ -e "$object" ] && objects+=("$object"); done
done
compile Language -emit-module -emit-module-path "$output/Language.swiftmodule" \
    -c -o "$output/Language.o"
swiftc "${flags[@]}" -I "$output" -module-name LanguageFuzzer Tests/Fuzzing/LanguageFuzzer.swift \
    "$output/Language.o" "${objects[@]}" -o "$output/language"
