"""Compiles the script tests with the real Swift compiler and compares what they print.

    python3 Tests/Parity/parity.py [-j JOBS] [part of a path ...]

Every program of `Tests/*/Scripts` that expects no error and is one cell is compiled by `swiftc`
and run; its output must be its `// expect:` lines. Programs of LanguageTests are compiled with the
engine's operators on numbers alone, those of VisionBindingsTests against VisionEngine. Divergences
that are meant stand in `divergences.txt` with their reasons. Answers are kept in `.build/parity`
until a program, the compiler or what it is compiled against changes.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".build" / "parity"
RELEASE = ROOT / ".build" / "release"
DIVERGENCES = Path(__file__).with_name("divergences.txt")
NUMBERS = [
    ROOT / "Sources/Tensors/OperatorPrecedence.swift",
    ROOT / "Sources/VisionEngine/Double+Int.swift",
    ROOT / "Sources/VisionEngine/Power.swift",
]
# Swift 5's rules for concurrency: a script's variables belong to no actor.
SWIFTC = ["swiftc", "-swift-version", "5", "-Onone", "-suppress-warnings"]
ENVIRONMENT = os.environ | {"SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C.UTF-8"}


class Program(NamedTuple):
    """One program of a script file."""

    path: str
    number: int
    count: int
    line: int
    text: str

    @property
    def name(self):
        return self.path if self.count == 1 else f"{self.path} {self.number}"

    @property
    def uses_engine(self):
        return self.path.startswith("Tests/VisionBindingsTests/")

    @property
    def is_session(self):
        return "// cell\n" in self.text

    def comments(self, mark):
        lines = [line.partition(f"// {mark}:") for line in self.text.split("\n")]
        return [text.removeprefix(" ") for _, found, text in lines if found]


def programs(wanted):
    for path in sorted(ROOT.glob("Tests/*/Scripts/**/*.swift")):
        name = str(path.relative_to(ROOT))
        if wanted and not any(part in name for part in wanted):
            continue
        line = 1
        texts = path.read_text().split("// ---\n")
        for number, text in enumerate(texts, 1):
            yield Program(name, number, len(texts), line, text)
            line += text.count("\n") + 1


def divergences():
    result = {}
    for line in DIVERGENCES.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, reason = line.partition(": ")
            result[name.strip()] = reason.strip()
    return result


def call(command, **options):
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


class Compiler:
    """What programs are compiled against, made once."""

    def __init__(self, uses_engine):
        WORK.mkdir(parents=True, exist_ok=True)
        version = call(["swiftc", "--version"]).encode()
        self.key = hashlib.sha256(version + repr(SWIFTC).encode())
        for source in NUMBERS:
            self.key.update(source.read_bytes())
        self.flags = {False: self.numbers()}
        if uses_engine:
            self.flags[True] = self.engine()

    def numbers(self):
        """The operators on numbers as a module of their own."""
        folder = WORK / ("numbers-" + self.key.hexdigest()[:16])
        folder.mkdir(exist_ok=True)
        library = folder / "Numbers.o"
        if not library.exists():
            partial = folder / "Partial.o"
            module = ["-module-name", "Numbers", "-emit-module", "-parse-as-library"]
            output = ["-emit-module-path", folder / "Numbers.swiftmodule", "-o", partial]
            call(SWIFTC + ["-O", "-wmo", "-c"] + module + output + NUMBERS)
            partial.rename(library)
        return ["-I", folder, library]

    def engine(self):
        """The engine as one library that programs load."""
        call(["swift", "build", "-c", "release", "--product", "VisionEngine"], cwd=ROOT)
        modules = "Hosting OneDNN Tensors NeuralNetworks Plots VisionData Training Analysis"
        objects = []
        for module in modules.split() + ["VisionEngine"]:
            # Objects of sources that are no more stay behind in a build folder.
            sources = (ROOT / "Sources" / module).rglob("*.swift")
            names = {file.name + ".o" for file in sources}
            built = RELEASE.glob(f"{module}.build/**/*.o")
            objects += sorted(file for file in built if file.name in names)
        library = WORK / "libVisionEngine.so"
        newest = max(file.stat().st_mtime for file in objects)
        if not library.exists() or library.stat().st_mtime < newest:
            call(["swiftc", "-emit-library", "-o", library] + objects)
        self.engine_key = str(library.stat().st_mtime_ns).encode()
        flags = ["-I", RELEASE / "Modules", "-L", WORK, "-lVisionEngine"]
        for module_map in sorted(ROOT.glob("Sources/CLibraries/*/module.modulemap")):
            flags += ["-Xcc", f"-fmodule-map-file={module_map}"]
        return flags + ["-Xlinker", "-rpath", "-Xlinker", WORK]

    def output(self, program):
        """What the program prints, or why there is no such program."""
        module = "VisionEngine" if program.uses_engine else "Numbers"
        place = f'#sourceLocation(file: "{program.path}", line: {program.line})'
        # The engine is there already, or not needed: an import that the script writes does nothing.
        text = re.sub(r"^import VisionEngine$", "", program.text, flags=re.M)
        source = f"import Foundation\nimport {module}\n{place}\n{text}"
        key = self.key.copy()
        key.update(source.encode())
        if program.uses_engine:
            key.update(self.engine_key)
        answer = WORK / (key.hexdigest()[:32] + ".txt")
        if not answer.exists():
            text = self.run(source, program, answer.with_suffix(""))
            partial = answer.with_suffix(".partial")
            partial.write_text(text)
            partial.rename(answer)
        return answer.read_text()

    def run(self, source, program, folder):
        folder.mkdir(exist_ok=True)
        main = folder / "main.swift"
        main.write_text(source)
        executable = folder / "program"
        command = SWIFTC + [main, "-o", executable] + self.flags[program.uses_engine]
        compiled = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
        if compiled.returncode != 0:
            lines = compiled.stderr.splitlines() + compiled.stdout.splitlines()
            found = [line for line in lines if "error:" in line]
            result = "\n".join(["(swiftc refuses it)"] + (found or lines[:20])) + "\n"
        else:
            try:
                done = subprocess.run(
                    [executable], input="typed\n", capture_output=True, text=True, timeout=60,
                    env=ENVIRONMENT, cwd=folder,
                )
                # A script's types belong to no module, and are written without one.
                result = re.sub(r"\bprogram\.(?=[A-Z])", "", done.stdout)
                if done.returncode != 0:
                    end = next((s for s in done.stderr.splitlines() if s.strip()), "")
                    result += f"(it ends with status {done.returncode}: {end})\n"
            except subprocess.TimeoutExpired:
                result = "(it runs for more than a minute)\n"
        for file in folder.iterdir():
            if file.is_file():
                file.unlink()
        return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count())
    parser.add_argument("parts", nargs="*", help="only scripts whose paths contain one of these")
    options = parser.parse_args()

    every = list(programs(options.parts))
    failing = [p for p in every if p.comments("expect error")]
    sessions = [p for p in every if p.is_session and p not in failing]
    compared = [p for p in every if p not in failing and p not in sessions]
    compiler = Compiler(any(p.uses_engine for p in compared))
    meant = divergences()
    wrong = 0
    diverging = set()
    with ThreadPoolExecutor(options.jobs) as pool:
        for program, output in zip(compared, pool.map(compiler.output, compared)):
            expected = "".join(line + "\n" for line in program.comments("expect"))
            if output == expected:
                continue
            diverging.add(program.name)
            if program.name in meant:
                continue
            wrong += 1
            print(f"\n{program.name}: Swift prints\n{indented(output)}in place of")
            print(indented(expected), end="")
    known = {p.name for p in compared}
    for name, reason in meant.items():
        if name in known and name in diverging:
            print(f"{name}: {reason}")
        elif name in known or not options.parts:
            wrong += 1
            print(f"{name}: diverges no more, or is no such program: strike it off the list")
    print(
        f"{len(compared)} programs compared with Swift, {wrong} not as they should be, "
        f"{len(diverging & meant.keys())} divergences that are meant; "
        f"{len(failing)} expect an error, {len(sessions)} are sessions of several cells"
    )
    return 1 if wrong else 0


def indented(text):
    return re.sub(r"^", "    ", text.rstrip("\n"), flags=re.M) + "\n"


if __name__ == "__main__":
    sys.exit(main())
