"""Times PyTorch and prints one JSON line a measurement; the peer of Benchmarks/visionbench.

    python3 Benchmarks/pytorch_peer.py step resnet18 --mode channels-last --threads 2 --seconds 5

Modes: eager (NCHW), channels-last, and compile, which is torch.compile's better one of the two
layouts. Every step is forward, cross-entropy, backward and SGD with momentum 0.9.
"""
import argparse
import json
import resource
import statistics
import time

import torch
from torch import nn

from pytorch_models import MODELS
from pytorch_operations import CASES


def timed(body, seconds, least=5):
    """Median and least time of a run, after warming up; about `seconds` long."""
    for _ in range(3):
        body()
    start = time.perf_counter()
    body()
    once = time.perf_counter() - start
    count = max(least, min(2000, int(seconds / max(once, 1e-7))))
    runs = []
    for _ in range(count):
        start = time.perf_counter()
        body()
        runs.append(time.perf_counter() - start)
    return statistics.median(runs), min(runs), count


def step(name, mode, layout, mixed):
    make, shape, classes = MODELS[name]
    torch.manual_seed(0)
    model = make().to(memory_format=layout)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    images = torch.randn(shape).contiguous(memory_format=layout)
    labels = torch.arange(shape[0]) % classes
    forward = torch.compile(model) if mode == "compile" else model

    def body():
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=mixed):
            loss = nn.functional.cross_entropy(forward(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return body


def report(case, program, median, minimum, count):
    print(json.dumps({"case": case, "program": program, "median": median, "minimum": minimum,
                      "count": count}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("group", choices=["step", "mixed", "operations", "dispatch", "memory"])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--mode", choices=["eager", "channels-last", "compile"], default="eager")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    program = "torch " + arguments.mode
    if arguments.group in ("step", "mixed", "memory"):
        for name in arguments.names or MODELS:
            layouts = {"eager": [torch.contiguous_format], "channels-last": [torch.channels_last],
                       "compile": [torch.contiguous_format, torch.channels_last]}[arguments.mode]
            if "vit" in name and arguments.mode == "compile":
                layouts = layouts[:1]
            if arguments.group == "memory":
                with open("/proc/self/statm", encoding="ascii") as file:
                    before = int(file.read().split()[1]) * resource.getpagesize()
                body = step(name, arguments.mode, layouts[0], False)
                for _ in range(3):
                    body()
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
                print(json.dumps({"case": name, "program": program, "before": before,
                                  "peak": peak}), flush=True)
                continue
            results = []
            for layout in layouts:
                torch._dynamo.reset()
                body = step(name, arguments.mode, layout, arguments.group == "mixed")
                results.append(timed(body, arguments.seconds))
            report(name, program, *min(results))
    elif arguments.group == "operations":
        for name, make in CASES.items():
            if not arguments.names or name in arguments.names:
                torch.manual_seed(0)
                report(name, program, *timed(make(arguments.mode), arguments.seconds, least=9))
    else:
        a, b = torch.ones(1), torch.ones(1)
        for name, operation in {"add": lambda: a + b, "multiply": lambda: a * b,
                                "relu": lambda: a.relu(), "exp": lambda: a.exp(),
                                "sum": lambda: a.sum()}.items():
            def body():
                for _ in range(10_000):
                    operation()
            median, minimum, count = timed(body, arguments.seconds)
            report(name + " of 1 element", program, median / 10_000, minimum / 10_000, count)


if __name__ == "__main__":
    main()
