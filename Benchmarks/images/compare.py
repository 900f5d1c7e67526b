"""Compares reading pictures with Pillow and torchvision: time ratios, file by file, on one core.

    .venv-peers/bin/python Benchmarks/images/compare.py --engine .build/release/visionbench FILE...

A JPEG goes from its bytes to a normalised tensor (decode, short side 256, centre 224, mean and
deviation); a PNG is decoded. The programs take turns, round by round; the least median of each
counts. A ratio is our time by the peer's: at most 0.7 for a JPEG, at most 1.0 for a PNG.
"""
import argparse
import io
import json
import statistics
import subprocess
import sys
import time

import torch
from PIL import Image
from torchvision import transforms

BARS = {"jpg": 0.7, "png": 1.0}

torch.set_num_threads(1)
pipeline = transforms.Compose([
    transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
    transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
])


def peer(path, seconds):
    with open(path, "rb") as file:
        data = file.read()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        image = Image.open(io.BytesIO(data))
        if path.endswith(".png"):
            image.load()
        else:
            pipeline(image.convert("RGB"))
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def engine(program, path, seconds):
    output = subprocess.run(
        [program, "files", path, "--seconds", str(seconds)], stdout=subprocess.PIPE, text=True, check=True).stdout
    return json.loads(output.splitlines()[-1])["median"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    failed = []
    for path in arguments.files:
        ours, theirs = [], []
        for _ in range(arguments.rounds):
            ours.append(engine(arguments.engine, path, arguments.seconds))
            theirs.append(peer(path, arguments.seconds))
        ratio = min(ours) / min(theirs)
        bar = BARS[path.rsplit(".", 1)[-1].lower().replace("jpeg", "jpg")]
        print(f"{path}: {1e3 * min(ours):.2f} ms, Pillow {1e3 * min(theirs):.2f} ms, ratio {ratio:.2f}, bar {bar}")
        if ratio > bar:
            failed.append(path)
    if failed:
        sys.exit("above the bar: " + ", ".join(failed))


if __name__ == "__main__":
    main()
