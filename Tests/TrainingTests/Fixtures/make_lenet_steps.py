"""Writes lenet_steps.json: PyTorch's numbers for ten training steps of LeNet-5.

Weights, images and labels come from an integer formula that the Swift test repeats, so that the
file holds results only. Run with: python3 make_lenet_steps.py  (needs torch, see
Benchmarks/requirements-peers.txt)
"""
import json
import pathlib

import numpy
import torch
from torch import nn

BATCH, STEPS = 16, 10


def formula(count, salt, scale):
    """Numbers in -scale..<scale: a multiplicative hash of the index, 24 bits of it."""
    index = numpy.arange(count, dtype=numpy.uint64)
    bits = (index * numpy.uint64(2654435761) + numpy.uint64(salt * 40503)) % numpy.uint64(2**32)
    bits = ((bits ^ (bits >> numpy.uint64(15))) * numpy.uint64(2246822519)) % numpy.uint64(2**32)
    unit = (bits >> numpy.uint64(8)).astype(numpy.float64) / 2**24
    return ((2 * unit - 1) * scale).astype(numpy.float32)


def lenet(batch_norm):
    norm = [nn.BatchNorm2d(6)] if batch_norm else []
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), *norm, nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))
    with torch.no_grad():
        for salt, parameter in enumerate(model.parameters()):
            if parameter.ndim > 1:
                fan_in = parameter[0].numel()
                values = formula(parameter.numel(), salt + 1, fan_in ** -0.5)
                parameter.copy_(torch.from_numpy(values).reshape(parameter.shape))
            else:
                parameter.copy_(torch.from_numpy(formula(parameter.numel(), salt + 1, 0.1)))
    return model


def batch(step):
    """Images whose brightness in one of ten bands of rows tells the label, under noise."""
    images = formula(BATCH * 28 * 28, 1000 + step, 1.0).reshape(BATCH, 1, 28, 28)
    labels = numpy.array([(3 * n + step) % 10 for n in range(BATCH)], dtype=numpy.int64)
    for n, label in enumerate(labels):
        images[n, 0, 2 * label + 4: 2 * label + 6] += numpy.float32(2)
    return torch.from_numpy(images), torch.from_numpy(labels)


def run(make_optimizer, batch_norm=False):
    model = lenet(batch_norm)
    optimizer = make_optimizer(model.parameters())
    losses = []
    for step in range(STEPS):
        images, labels = batch(step)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    state = {name: value for name, value in model.state_dict().items()
             if value.dtype == torch.float32}
    with torch.no_grad():
        logits = model(batch(STEPS)[0])[0]
    return {
        "losses": losses,
        "absoluteSums": {name: value.double().abs().sum().item() for name, value in state.items()},
        "logits": logits.tolist(),
    }


def one_cycle(total, peak):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, momentum=0.9)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=peak, total_steps=total, cycle_momentum=False)
    rates = []
    for _ in range(total):
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        if len(rates) < total:
            schedule.step()
    return rates


def main():
    torch.set_num_threads(2)
    figures = {
        "torch": torch.__version__,
        "batch": BATCH,
        "sgd": run(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
        "nesterov": run(lambda p: torch.optim.SGD(
            p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)),
        "adam": run(lambda p: torch.optim.Adam(p, lr=0.002)),
        "batchNorm": run(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), batch_norm=True),
        "oneCycle": {"20": one_cycle(20, 0.05), "7": one_cycle(7, 0.3), "1": one_cycle(1, 0.3)},
    }
    path = pathlib.Path(__file__).with_name("lenet_steps.json")
    path.write_text(json.dumps(figures, indent=1) + "\n")
    print({key: value["losses"] for key, value in figures.items() if isinstance(value, dict)
           and "losses" in value})


if __name__ == "__main__":
    main()
