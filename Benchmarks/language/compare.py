"""Compares the language with CPython 3.11 and, where present, Lua 5.4: time ratios, case by case.

    python3 Benchmarks/language/compare.py --interpreter .build/release/visionrepl

Each case is one program in three languages (fib.swift, fib.py, fib.lua) that must print the same.
A time is the processor time of the whole process less that of an empty program, so that start-up
and other work on the machine stay out of it; programs take turns, round by round, and the least
time of each counts. A ratio is our time by the peer's: below 1 is faster. The bar is CPython's
alone: at most 1.3 on any case, 0.9 in the geometric mean. `--instructions` counts instructions
(perf) instead of seconds, which a loaded machine does not blur.

`--program` adds what visionbench measures of the interpreter itself: the time until a cell of 20
lines runs (at most 5 ms) and what a tensor operation in a loop costs above the same call from
Swift (at most 1 us).
"""
import argparse
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
GREATEST, MEAN = 1.3, 0.9
CELL_MILLISECONDS, OPERATION_MICROSECONDS = 5.0, 1.0


def run(command, count_instructions):
    """What a program printed, and its processor time in seconds or its instructions."""
    if count_instructions:
        command = ["perf", "stat", "-x,", "-e", "instructions:u", "--", *command]
    environment = dict(os.environ, OMP_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1")
    process = subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # The output is short, so reading one stream after the other cannot block the program.
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"compare.py: {' '.join(command)} failed:\n{errors}")
    if count_instructions:
        counts = [line.split(",")[0] for line in errors.splitlines() if "instructions" in line]
        if not counts or not counts[-1].isdigit():
            sys.exit("compare.py: this machine counts no instructions; measure seconds")
        return output, float(counts[-1])
    return output, usage.ru_utime + usage.ru_stime


def same(ours, theirs):
    """Whether two outputs have the same words; numbers are compared by value."""
    def value(word):
        try:
            return float(word)
        except ValueError:
            return word
    return [value(w) for w in ours.split()] == [value(w) for w in theirs.split()]


def measure(case, languages, empty, arguments):
    best = {name: math.inf for name in languages}
    outputs = {}
    for _ in range(arguments.rounds):
        for name, (command, suffix) in languages.items():
            outputs[name], cost = run(
                [command, str(HERE / (case + suffix))], arguments.instructions)
            best[name] = min(best[name], cost - empty[name])
    for name, output in outputs.items():
        if not same(outputs["ours"], output):
            sys.exit(f"compare.py: {case}: {name} prints something else:\n{output}\n"
                     f"than the interpreter:\n{outputs['ours']}")
    return best


def interpreter_figures(program):
    """What visionbench prints about the interpreter: one JSON object a line."""
    output = subprocess.run([program, "interpreter"], stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in output.stdout.splitlines() if line.startswith("{")]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--interpreter", default=".build/release/visionrepl")
    parser.add_argument("--python", default="python3.11")
    parser.add_argument("--lua", default="lua5.4")
    parser.add_argument("--program", help="visionbench, for the interpreter's own figures")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("cases", nargs="*", help="all where none is named")
    arguments = parser.parse_args()

    languages = {"ours": (arguments.interpreter, ".swift")}
    for name, command, suffix in [
        ("python", arguments.python, ".py"), ("lua", arguments.lua, ".lua")]:
        if shutil.which(command):
            languages[name] = (command, suffix)
        else:
            print(f"({command} is not here: no comparison with it)")
    if "python" in languages:
        version = subprocess.run(
            [arguments.python, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
        print(f"against {version.strip()}")

    with tempfile.TemporaryDirectory() as folder:
        empty = {}
        for name, (command, suffix) in languages.items():
            program = pathlib.Path(folder, "empty" + suffix)
            program.write_text("")
            empty[name] = min(
                run([command, str(program)], arguments.instructions)[1]
                for _ in range(arguments.rounds))

    unit, scale = ("10^6", 1e-6) if arguments.instructions else ("ms", 1e3)
    peers = [name for name in languages if name != "ours"]
    print(f"{'case':12}" + "".join(f"{name + ' ' + unit:>14}" for name in languages)
          + "".join(f"{'/ ' + name:>10}" for name in peers))
    ratios = {name: [] for name in peers}
    over = []
    cases = arguments.cases or sorted(path.stem for path in HERE.glob("*.swift"))
    for case in cases:
        best = measure(case, languages, empty, arguments)
        row = f"{case:12}" + "".join(f"{best[name] * scale:14.1f}" for name in languages)
        for name in peers:
            ratio = best["ours"] / best[name]
            ratios[name].append(ratio)
            row += f"{ratio:10.2f}"
            if name == "python" and ratio > GREATEST:
                over.append(f"{case} takes {ratio:.2f} of CPython's, at most {GREATEST}")
        print(row, flush=True)
    means = {name: math.exp(sum(map(math.log, ratios[name])) / len(ratios[name])) for name in peers}
    print(f"{'mean':12}" + " " * (14 * len(languages))
          + "".join(f"{means[name]:10.2f}" for name in peers))
    if "python" in means and means["python"] > MEAN:
        over.append(f"the geometric mean is {means['python']:.2f}, at most {MEAN}")

    if arguments.program:
        for figure in interpreter_figures(arguments.program):
            bar = CELL_MILLISECONDS if figure["unit"] == "ms" else OPERATION_MICROSECONDS
            print(f"{figure['name']}: {figure['value']:.3f} {figure['unit']} (at most {bar})")
            if figure["value"] > bar:
                over.append(f"{figure['name']}: {figure['value']:.3f} {figure['unit']}")
    for line in over:
        print(f"OVER THE BAR: {line}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
