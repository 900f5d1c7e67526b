#!/bin/bash
# Builds the fuzzer of the language: Tests/Fuzzing/build.sh BUILD OUTPUT
#
# The language is compiled again with coverage counters; the parser and what else it stands on are
# the objects of the release build BUILD.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1 output=$2
mkdir -p "$output"
# The build system names a package after its folder; the same name opens what is `package`.
package=$(basename "$PWD" | tr '[:upper:]' '[:lower:]' | tr -c '[:alnum:]\n' '_')
flags=(-O -wmo -swift-version 6 -parse-as-library -sanitize=fuzzer -package-name "$package"
    -I "$build/Modules" -I .build/checkouts/swift-syntax/Sources/_SwiftSyntaxCShims/include)
objects=()
for module in Hosting SwiftSyntax SwiftParser; do
    objects+=("$build/$module.build"/*.o)
done
for folder in "$build"/SwiftSyntax[0-9]*.build "$build"/_SwiftSyntaxCShims.build; do
    for object in "$folder"/*.o; do [ -e "$object" ] && objects+=("$object"); done
done
find Sources/Language -name '*.swift' -print0 | sort -z | xargs -0 swiftc "${flags[@]}" \
    -module-name Language -emit-module -emit-module-path "$output/Language.swiftmodule" \
    -c -o "$output/Language.o"
swiftc "${flags[@]}" -I "$output" -module-name LanguageFuzzer Tests/Fuzzing/LanguageFuzzer.swift \
    "$output/Language.o" "${objects[@]}" -o "$output/language"
