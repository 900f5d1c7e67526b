"""Compares the engine with PyTorch, and forward passes with ONNX Runtime and OpenVINO too, in one
run: medians and ratios.

    python3 Benchmarks/compare.py --engine .build/release/visionbench --python .venv/bin/python

Groups: step and mixed (training steps in float32 and in bfloat16 mixed precision), operations,
dispatch (operations on one element), memory (of a ResNet-50 training step) and forward (published
networks on one and on eight images of 224x224, without gradients). The programs take turns, round
by round, so that a slow moment of the machine meets all of them. A ratio is our time by the best of
PyTorch's modes (eager, channels-last, torch.compile); below 1 is faster than PyTorch. Operations
and dispatch have no compiled mode: a single operation is one kernel anyway. Where other programs
are measured too, a second ratio is our time by the best of all.
"""
import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

MODELS = ["lenet-64", "lenet-512", "resnet18", "resnet50", "vgg11-bn", "vit-192", "vit-b16"]
FORWARD = [f"{name}-{batch}" for batch in (1, 8) for name in (
    "alexnet", "vgg16", "googlenet", "resnet18", "resnet50", "mobilenet_v2", "vit_b_16")]
HERE = pathlib.Path(__file__).resolve().parent
HINT = ("The engine's part is built by: swift build -c release --product visionbench\n"
        "PyTorch's part needs: pip install -r Benchmarks/requirements-peers.txt")
MODES = {"step": ["eager", "channels-last", "compile"],
         "mixed": ["eager", "channels-last", "compile"],
         "operations": ["eager", "channels-last"], "dispatch": ["eager"], "memory": ["eager"],
         "forward": ["eager", "channels-last"]}
OTHERS = {"forward": ["onnxruntime", "openvino"]}
# The greatest ratio of a case, and of the geometric mean where there is one.
BARS = {"step": (0.85, 0.7), "mixed": (0.85, None), "operations": (1.1, 0.9),
        "dispatch": (1.0, None), "memory": (1.0, None), "forward": (1.0, 0.8)}
CASE_BARS = {("step", "vit-b16"): 0.95}
# The greatest ratio to the best of all programs, where others than PyTorch are measured.
BEST_BAR = 1.2


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


def peers(group, cases, arguments, folder, is_first):
    """The commands of the other programs."""
    options = ["--threads", str(arguments.threads), "--seconds", str(arguments.seconds)]
    if group == "forward":
        programs = ["torch " + mode for mode in MODES[group]] + OTHERS[group]
        return [[arguments.python, str(HERE / "forward_peers.py"), program, folder, *cases,
                 *options] for program in programs]
    return [[arguments.python, str(HERE / "pytorch_peer.py"), group, *cases, "--mode", mode,
             *options]
            for mode in MODES[group]
            if is_first or mode != "compile" or arguments.compile_each_round]


def measure(group, arguments, folder):
    """The figures of every case and program: lists of one number a round."""
    named = group in ("step", "mixed", "memory", "forward")
    names = arguments.cases or {"memory": ["resnet50"], "forward": FORWARD}.get(
        group, MODELS if named else [])
    if group == "forward":
        lines([arguments.python, str(HERE / "forward_peers.py"), "export", folder, *names],
              arguments.threads)
    sets = [[name] for name in names] if named else [arguments.cases]
    measured = {}
    for round_number in range(arguments.rounds):
        for cases in sets:
            commands = [[arguments.engine, group, *cases, "--seconds", str(arguments.seconds)]]
            commands += peers(group, cases, arguments, folder, round_number == 0)
            if round_number % 2:
                commands.reverse()
            for command in commands:
                for line in lines(command, arguments.threads):
                    figure = line["peak"] - line["before"] if group == "memory" \
                        else line["median"]
                    programs = measured.setdefault(line["case"], {})
                    programs.setdefault(line["program"], []).append(figure)
        print(f"{group}: round {round_number + 1} of {arguments.rounds}", file=sys.stderr)
    return measured


def show(group, measured):
    """Prints a table and returns what it says."""
    torch = ["torch " + mode for mode in MODES[group]]
    programs = ["swift-vision"] + torch + OTHERS.get(group, [])
    unit, scale = {"memory": ("MB", 1e-6), "dispatch": ("us", 1e6)}.get(group, ("ms", 1e3))
    width = max(len(case) for case in measured) + 2
    columns = ["ratio", "bar"] + (["best", "bar"] if group in OTHERS else [])
    print("".join([f"{group}, {unit}".ljust(width)] + [p.rjust(20) for p in programs]
                  + [column.rjust(8) for column in columns]))
    rows = []
    for case, figures in measured.items():
        medians = {p: statistics.median(figures[p]) for p in programs if p in figures}
        ours = medians["swift-vision"]
        figures = [ours / min(medians[p] for p in torch if p in medians),
                   CASE_BARS.get((group, case), BARS[group][0])]
        row = {"group": group, "case": case, "ratio": figures[0], "bar": figures[1], **medians}
        if group in OTHERS:
            figures += [ours / min(v for p, v in medians.items() if p != "swift-vision"), BEST_BAR]
            row |= {"best": figures[2], "bestBar": BEST_BAR}
        rows.append(row)
        over = any(ratio > bar for ratio, bar in zip(figures[::2], figures[1::2]))
        print("".join(
            [case.ljust(width)]
            + [(f"{scale * medians[p]:.3f}" if p in medians else "-").rjust(20) for p in programs]
            + [f"{figure:.2f}".rjust(8) for figure in figures] + ["  over" if over else ""]))
    if len(rows) > 1:
        mean = math.exp(statistics.mean(math.log(row["ratio"]) for row in rows))
        bar = BARS[group][1]
        print("geometric mean".ljust(width + 20 * len(programs)) + f"{mean:.2f}".rjust(8)
              + (f"{bar:.2f}".rjust(8) if bar else ""))
    print()
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("groups", nargs="*", default=list(MODES))
    parser.add_argument("--cases", nargs="*", default=[], help="only these networks or operations")
    parser.add_argument("--engine", default=str(HERE.parent / ".build/release/visionbench"))
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="for each case and round")
    parser.add_argument("--compile-each-round", action="store_true",
                        help="torch.compile in every round; it takes minutes a round")
    parser.add_argument("--json", help="a file to write every ratio to")
    arguments = parser.parse_args()
    unknown = [group for group in arguments.groups if group not in MODES]
    if unknown:
        parser.error(f"no group {unknown[0]}: there are {', '.join(MODES)}")
    report = []
    with tempfile.TemporaryDirectory() as folder:
        for group in arguments.groups:
            report += show(group, measure(group, arguments, folder))
    if arguments.json:
        pathlib.Path(arguments.json).write_text(
            json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
