"""Names the public declarations that have no comment, from the symbol graphs of a folder.

    python3 undocumented.py FOLDER

What a protocol asks for is described there, what the compiler makes needs no words, and an operator, an
initializer without parameters and a result builder's methods say themselves what they do. Exits with 1
where another declaration has none.
"""
import json
import pathlib
import sys


def speaks_for_itself(symbol):
    title = symbol["pathComponents"][-1]
    is_builder = title.startswith("build") and symbol["pathComponents"][0].endswith("Builder")
    return symbol["kind"]["identifier"] == "swift.func.op" or title == "init()" or is_builder


def main(folder):
    missing = []
    for path in sorted(pathlib.Path(folder).glob("*.symbols.json")):
        graph = json.loads(path.read_text())
        module = graph["module"]["name"]
        described = {
            r["source"] for r in graph["relationships"]
            if r["kind"] in ("defaultImplementationOf", "overrides") or r.get("sourceOrigin")}
        for symbol in graph["symbols"]:
            name = symbol["identifier"]["precise"]
            if "docComment" in symbol or "::SYNTHESIZED::" in name or name in described:
                continue
            if "location" not in symbol or speaks_for_itself(symbol):
                continue
            place = symbol["location"]
            line = place["position"]["line"] + 1
            missing.append(f"{place['uri'].removeprefix('file://')}:{line}: {module} "
                           f"{'.'.join(symbol['pathComponents'])} has no comment")
    print("\n".join(missing), end="\n" if missing else "")
    sys.exit(bool(missing))


if __name__ == "__main__":
    main(sys.argv[1])
