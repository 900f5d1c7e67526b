"""Compares reading a checkpoint of 100 MB with PyTorch, as ratios of time.

    .venv-peers/bin/python Benchmarks/loading/compare.py --engine .build/release/visionbench

A ResNet-50's weights go from a file that the system has in memory into a fresh network, through which
one image is run for the first time; making the network does not count. The programs take turns; the
least median of each counts. A ratio is our time by PyTorch's: at most 0.7 for safetensors, at most 1.0
for .pth. Needs Benchmarks/requirements-peers.txt.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import safetensors.torch
import torch
import torchvision

BARS = {".safetensors": 0.7, ".pth": 1.0}


def peer(path, runs):
    x = torch.full((1, 3, 224, 224), 0.5)
    times = []
    for run in range(runs + 2):
        network = torchvision.models.resnet50().eval()
        start = time.perf_counter()
        state = safetensors.torch.load_file(path) if path.suffix == ".safetensors" else torch.load(path)
        network.load_state_dict(state)
        with torch.no_grad():
            network(x)
        if run >= 2:
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def engine(program, path):
    output = subprocess.run(
        [program, "load", str(path), "--seconds", "2"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(output.splitlines()[-1])["median"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        state = torchvision.models.resnet50().state_dict()
        paths = [pathlib.Path(folder) / f"resnet50{suffix}" for suffix in BARS]
        safetensors.torch.save_file(state, paths[0])
        torch.save(state, paths[1])
        for path in paths:
            ours, theirs = [], []
            for _ in range(arguments.rounds):
                ours.append(engine(arguments.engine, path))
                theirs.append(peer(path, 9))
            ratio = min(ours) / min(theirs)
            bar = BARS[path.suffix]
            print(f"{path.suffix}: {1e3 * min(ours):.0f} ms, PyTorch {1e3 * min(theirs):.0f} ms, "
                  f"ratio {ratio:.2f}, bar {bar}")
            if ratio > bar:
                failed.append(path.suffix)
    if failed:
        sys.exit("above the bar: " + ", ".join(failed))


if __name__ == "__main__":
    main()
