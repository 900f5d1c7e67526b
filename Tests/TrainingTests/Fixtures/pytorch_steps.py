"""Writes pytorch_steps.json: PyTorch's numbers for ten training steps of a small ResNet and a small
vision transformer.

Weights, images and labels come from an integer formula that the Swift test repeats, so that the
file holds results only. Run with: python3 pytorch_steps.py   (torch 2.15.0, checked)
"""
import json
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

from make_lenet_steps import formula

TORCH = "2.15.0"
BATCH, STEPS, SIZE, CLASSES = 8, 10, 16, 10


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + shortcut)


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.layer1 = BasicBlock(8, 8, 1)
        self.layer2 = BasicBlock(8, 16, 2)
        self.layer3 = BasicBlock(16, 32, 2)
        self.fc = nn.Linear(32, CLASSES)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(x.mean((2, 3)))


class Block(nn.Module):
    def __init__(self, embedding, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(embedding)
        self.attention = nn.MultiheadAttention(embedding, heads, batch_first=True)
        self.norm2 = nn.LayerNorm(embedding)
        self.linear1 = nn.Linear(embedding, 2 * embedding)
        self.linear2 = nn.Linear(2 * embedding, embedding)

    def forward(self, x):
        y = self.norm1(x)
        x = x + self.attention(y, y, y, need_weights=False)[0]
        return x + self.linear2(F.gelu(self.linear1(self.norm2(x))))


class VisionTransformer(nn.Module):
    def __init__(self, embedding=24, heads=3, depth=2, patch=4):
        super().__init__()
        tokens = (SIZE // patch) ** 2 + 1
        self.projection = nn.Conv2d(3, embedding, patch, patch)
        self.classToken = nn.Parameter(torch.zeros(1, 1, embedding))
        self.positions = nn.Parameter(torch.zeros(1, tokens, embedding))
        self.blocks = nn.ModuleList(Block(embedding, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(embedding)
        self.head = nn.Linear(embedding, CLASSES)

    def forward(self, x):
        x = self.projection(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.classToken.expand(x.shape[0], -1, -1), x], 1) + self.positions
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0])


def initialize(model):
    """Kernels and matrices by their fan-in, tokens small, scales around 1, all else around 0."""
    with torch.no_grad():
        for salt, (name, parameter) in enumerate(sorted(model.named_parameters())):
            scale, base = 0.1, 0.0
            if name in ("classToken", "positions"):
                scale = 0.2
            elif parameter.ndim > 1:
                scale = parameter[0].numel() ** -0.5
            elif name.endswith("weight"):
                base = 1.0
            values = torch.from_numpy(formula(parameter.numel(), salt + 1, scale))
            parameter.copy_((values + base).reshape(parameter.shape))


def batch(step):
    """Images with a brighter band of rows that tells the label, under noise."""
    images = formula(BATCH * 3 * SIZE * SIZE, 2000 + step, 1.0).reshape(BATCH, 3, SIZE, SIZE)
    labels = torch.tensor([(3 * n + step) % CLASSES for n in range(BATCH)])
    for n, label in enumerate(labels):
        images[n, :, label + 3] += 1.5
    return torch.from_numpy(images), labels


def run(model, make_optimizer, smoothing):
    initialize(model)
    optimizer = make_optimizer(model.parameters())
    losses = []
    for step in range(STEPS):
        images, labels = batch(step)
        loss = F.cross_entropy(model(images), labels, label_smoothing=smoothing)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.eval()
    state = {name: value for name, value in model.state_dict().items() if value.is_floating_point()}
    with torch.no_grad():
        logits = model(batch(STEPS)[0])[0]
    return {
        "losses": losses,
        "absoluteSums": {name: value.double().abs().sum().item() for name, value in state.items()},
        "logits": logits.tolist(),
    }


def main():
    if torch.__version__.split("+")[0] != TORCH:
        raise SystemExit(f"these numbers are made with torch {TORCH}, this is {torch.__version__}")
    torch.manual_seed(0)
    torch.set_num_threads(1)
    figures = {
        "torch": TORCH, "batch": BATCH, "size": SIZE,
        "resnet": run(ResNet(), lambda p: torch.optim.SGD(
            p, lr=0.05, momentum=0.9, weight_decay=5e-4), 0.0),
        "visionTransformer": run(VisionTransformer(), lambda p: torch.optim.AdamW(
            p, lr=1e-3, weight_decay=0.05), 0.1),
    }
    path = pathlib.Path(__file__).with_name("pytorch_steps.json")
    path.write_text(json.dumps(figures, indent=1) + "\n")
    for name in ("resnet", "visionTransformer"):
        print(name, figures[name]["losses"])


if __name__ == "__main__":
    main()
