"""Compares the training step with PyTorch's in one run: medians, fastest steps and ratios.

    python3 Benchmarks/compare.py --engine .build/release/visionbench --python .venv/bin/python

The programs take turns, round by round, so that a slow moment of the machine meets all of them.
A ratio is our time by the better of PyTorch's modes; below 1 is faster than PyTorch. On a busy
machine the medians tell of its other work and the fastest steps of the programs.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
MODES = ["eager", "channels-last"]
HINT = ("The engine's part is built by: swift build -c release --product visionbench\n"
        "PyTorch's part needs: pip install -r Benchmarks/requirements-peers.txt")


def lines(command, threads):
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads))
    try:
        result = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    except OSError as error:
        sys.exit(f"compare.py: cannot run {command[0]}: {error.strerror}\n{HINT}")
    if result.returncode != 0:
        sys.exit(f"compare.py: {' '.join(command)} failed with status {result.returncode}\n{HINT}")
    return [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", default=str(HERE.parent / ".build/release/visionbench"))
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--batch", type=int, nargs="+", default=[64, 512])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--json", help="a file to write every measurement to")
    arguments = parser.parse_args()

    measured = {}
    for round_number in range(arguments.rounds):
        for batch in arguments.batch:
            sizes = ["--batch", str(batch), "--steps", str(arguments.steps)]
            commands = [[arguments.engine, *sizes]] + [
                [arguments.python, str(HERE / "pytorch_steps.py"), "--mode", mode,
                 "--threads", str(arguments.threads), *sizes] for mode in MODES]
            if round_number % 2:
                commands.reverse()
            for command in commands:
                for line in lines(command, arguments.threads):
                    key = (line["case"], line["program"])
                    measured.setdefault(key, []).append((line["median"], line["minimum"]))
        print(f"round {round_number + 1} of {arguments.rounds} done", file=sys.stderr)

    programs = ["swift-vision"] + ["torch " + mode for mode in MODES]
    report = []
    for figure, position, summary in [("median", 0, statistics.median), ("fastest", 1, min)]:
        print("".join([f"training step, {figure} ms".ljust(28)] + [p.rjust(22) for p in programs]
                      + ["ratio".rjust(8)]))
        for case in dict.fromkeys(case for case, _ in measured):
            seconds = [summary(run[position] for run in measured[case, p]) for p in programs]
            ratio = seconds[0] / min(seconds[1:])
            report.append(
                {"case": case, "figure": figure, "ratio": ratio, **dict(zip(programs, seconds))})
            print("".join([case.ljust(28)] + [f"{1e3 * s:.3f}".rjust(22) for s in seconds]
                          + [f"{ratio:.2f}".rjust(8)]))
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
