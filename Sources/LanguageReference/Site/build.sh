#!/bin/bash
# Makes the reference as a web site: one page a name of the language, with what its examples give, and
# DocC's pages of the engine's Swift modules.
#
#     Sources/LanguageReference/Site/build.sh BUILD WORK SITE
#
# BUILD has visionkernel, visionrepl and the compiled modules; WORK is for what is made on the way.
# A warning of DocC's and a public declaration without a comment end it.
set -euo pipefail

build=$(realpath "$1") work=$(realpath -m "$2") site=$(realpath -m "$3")
here=$(realpath "$(dirname "$0")")
root=$(realpath "$here/../../..")
modules=(VisionEngine Tensors NeuralNetworks VisionData VisionModels Training Analysis Plots Hosting)

rm -rf "$work" "$site"
mkdir -p "$work/examples/pets/cat" "$work/examples/pets/dog" "$work/symbols"

# What the examples read: a photograph and labelled pictures.
cd "$work/examples"
"$build/visionrepl" -e "try Image(\"$root/Notebooks/photographs/chelsea.png\").save(\"cat.jpg\");"
stamps=${XDG_CACHE_HOME:-$HOME/.cache}/swift-vision/data/tuxpaint/stamps/animals/mammals
[ -d "$stamps" ] || { echo "The examples need cut-outs of cats and dogs: make data, then again."; exit 1; }
cp "$stamps"/cats/*.png pets/cat/
cp "$stamps"/dogs/*.png pets/dog/
{ echo path,label; for file in pets/*/*.png; do echo "$file,$(basename "$(dirname "$file")")"; done; } > pets.csv

echo "Running the examples"
"$build/visionkernel" reference "$work/Language.docc"
cp "$here/theme-settings.json" "$work/Language.docc/"

echo "Collecting the declarations of ${#modules[@]} modules"
maps=()
for map in "$root"/Sources/CLibraries/*/module.modulemap; do maps+=(-Xcc "-fmodule-map-file=$map"); done
target=$(swiftc -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)".*/\1/p')
for module in "${modules[@]}"; do
    swift symbolgraph-extract -module-name "$module" -target "$target" -I "$build/Modules" "${maps[@]}" \
        -minimum-access-level public -output-dir "$work/symbols"
done
python3 "$here/undocumented.py" "$work/symbols"

echo "Writing the site"
docc=$(dirname "$(realpath "$(command -v swift)")")/docc
"$docc" convert "$work/Language.docc" --output-dir "$work/Language.doccarchive" --warnings-as-errors \
    --fallback-display-name Language --fallback-bundle-identifier swift-vision.language
"$docc" convert "$here/Engine.docc" --additional-symbol-graph-dir "$work/symbols" \
    --output-dir "$work/Engine.doccarchive" --warnings-as-errors \
    --fallback-display-name Engine --fallback-bundle-identifier swift-vision.engine \
    --fallback-default-module-kind Module
"$docc" merge "$work/Language.doccarchive" "$work/Engine.doccarchive" --output-path "$site" \
    --synthesized-landing-page-name "Swift Vision Workbench" --synthesized-landing-page-kind Reference \
    --synthesized-landing-page-topics-style list
cp "$here/theme-settings.json" "$here/index.html" "$site/"
