"""Compares explanations of the engine with PyTorch and captum in one run: medians and ratios.

    pip install torch captum
    python3 Benchmarks/explanations/compare.py --engine .build/release/visionrepl --python python3

Grad-CAM, integrated gradients (50 steps) and attention rollout of EfficientNet-Lite0 on 224x224
pixels and of the vision transformer in Notebooks/weights on 28x28. The programs take turns, round by
round, so that a slow moment of the machine meets both. A ratio is our time by the peer's; at most 1
passes.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
WEIGHTS = HERE.parent.parent / "Notebooks" / "weights"


def seconds(command, threads, text=""):
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads))
    result = subprocess.run(command, env=environment, input=text, stdout=subprocess.PIPE, text=True,
                            check=False)
    if result.returncode != 0:
        sys.exit(f"compare.py: {' '.join(command)} failed with status {result.returncode}")
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    return {line["name"]: line["seconds"] for line in lines}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", default=".build/release/visionrepl")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    ours, theirs = {}, {}
    for _ in range(arguments.rounds):
        found = seconds([arguments.engine, str(HERE / "engine.swift")], arguments.threads,
                        f"{WEIGHTS}\n{arguments.repeats}\n")
        for name, value in found.items():
            ours.setdefault(name, []).append(value)
        found = seconds([arguments.python, str(HERE / "peer.py"), str(arguments.threads),
                         str(arguments.repeats)], arguments.threads)
        for name, value in found.items():
            theirs.setdefault(name, []).append(value)
    print(f"{'case':18}{'ours, ms':>10}{'captum, ms':>12}{'ratio':>8}")
    worst = 0
    for name, values in ours.items():
        own, peer = statistics.median(values), statistics.median(theirs[name])
        worst = max(worst, own / peer)
        print(f"{name:18}{own * 1e3:10.2f}{peer * 1e3:12.2f}{own / peer:8.2f}")
    sys.exit(0 if worst <= 1 else 1)


main()
