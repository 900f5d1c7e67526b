# What the builds of the fuzzers share; sourced with BUILD (a release build) and OUTPUT (a folder).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$1 output=$2
mkdir -p "$output"
# The build system names a package after its folder; the same name opens what is `package`.
package=$(basename "$PWD" | tr '[:upper:]' '[:lower:]' | tr -c '[:alnum:]\n' '_')
flags=(-O -wmo -swift-version 6 -parse-as-library -sanitize=fuzzer -package-name "$package"
    -I "$build/Modules")
objects=()

# The objects of modules that are linked as they are.
use_modules() {
    for module in "$@"; do objects+=("$build/$module.build"/*.o); done
}

# The sources of a module, which are compiled again with coverage counters, and further arguments.
compile() {
    local module=$1
    shift
    find "Sources/$module" -name '*.swift' -print0 | sort -z | xargs -0 swiftc "${flags[@]}" \
        -module-name "$module" "$@"
}
