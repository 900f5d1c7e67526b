"""Times PyTorch's training steps and prints one JSON line a measurement.

    python3 Benchmarks/pytorch_steps.py --mode eager --threads 2 --batch 64 --steps 200

Modes: eager (NCHW) and channels-last. The network, data and optimizer are those of
Benchmarks/visionbench: LeNet-5 on 28x28, SGD with momentum 0.9, cross-entropy.
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mode", choices=["eager", "channels-last"], default="eager")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch", type=int, nargs="+", default=[64, 512])
    parser.add_argument("--steps", type=int, default=100)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    layout = torch.channels_last if arguments.mode == "channels-last" else torch.contiguous_format
    for batch in arguments.batch:
        torch.manual_seed(0)
        model = lenet().to(memory_format=layout)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
        images = torch.randn(batch, 1, 28, 28).contiguous(memory_format=layout)
        labels = torch.arange(batch) % 10

        def step():
            loss = nn.functional.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            return loss.item()

        for _ in range(max(5, arguments.steps // 5)):
            step()
        seconds = []
        for _ in range(arguments.steps):
            start = time.perf_counter()
            step()
            seconds.append(time.perf_counter() - start)
        print(json.dumps({
            "program": "torch " + arguments.mode, "case": f"LeNet step, batch {batch}",
            "batch": batch, "steps": arguments.steps, "median": statistics.median(seconds),
            "minimum": min(seconds)}), flush=True)


if __name__ == "__main__":
    main()
