"""Writes pytorch_layers.safetensors: for every layer PyTorch's output, the gradients of its input
and of every parameter, and its buffers afterwards, in training and in evaluation mode.

A case is named as one writes the layer in Swift. Its tensors: "<case>/state/<name>" with PyTorch's
names, "<case>/x", and for each mode "<case>/<mode>/output", ".../gradient" (of the input),
".../gradient/<name>" (of a parameter) and ".../after/<name>" (a buffer that changed). Computed in
float64 from float32 numbers. Run with: python3 pytorch_layers.py   (torch 2.15.0, checked)
"""
import copy
import json
import pathlib
import sys

import torch
from torch import nn

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "TensorsTests" / "Fixtures"))

from pytorch_fixture import TORCH, Samples, check_version, cotangent, write_safetensors  # noqa: E402

samples = Samples(5)
cases, tensors = [], {}


def add(swift, module, *shape, low=-2.0, high=2.0):
    """Adds a case: the layer as Swift spells it, PyTorch's, and the shape of the input."""
    for name, value in module.state_dict().items():
        if value.is_floating_point():
            positive = name.endswith("running_var")
            value.copy_(samples.real(*value.shape, low=0.3 if positive else -1, high=1))
    tensors.update({f"{swift}/state/{name}": value.clone()
                    for name, value in module.state_dict().items()})
    x = samples.real(*shape, low=low, high=high)
    tensors[f"{swift}/x"] = x
    for mode in ("training", "evaluation"):
        layer = copy.deepcopy(module).double().train(mode == "training")
        before = {name: value.clone() for name, value in layer.named_buffers()}
        given = x.double().requires_grad_()
        output = layer(given)
        output.backward(cotangent(output, 0))
        prefix = f"{swift}/{mode}"
        tensors[f"{prefix}/output"] = output.detach().float()
        tensors[f"{prefix}/gradient"] = given.grad.float()
        for name, parameter in layer.named_parameters():
            tensors[f"{prefix}/gradient/{name}"] = parameter.grad.float()
        for name, value in layer.named_buffers():
            if value.is_floating_point() and not torch.equal(value, before[name]):
                tensors[f"{prefix}/after/{name}"] = value.float()
    cases.append(swift)


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def convolutions():
    add("Conv2d(3, 5, kernel: 3)", nn.Conv2d(3, 5, 3), 2, 3, 6, 5)
    add("Conv2d(4, 6, kernel: [3, 2], stride: [2, 1], padding: [1, 0])",
        nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 0)), 1, 4, 7, 6)
    add("Conv2d(4, 8, kernel: 3, padding: 2, dilation: 2, groups: 2, bias: false)",
        nn.Conv2d(4, 8, 3, padding=2, dilation=2, groups=2, bias=False), 2, 4, 6, 7)
    add("Conv2d(5, 5, kernel: 3, padding: .same, groups: 5)",
        nn.Conv2d(5, 5, 3, padding="same", groups=5), 1, 5, 4, 6)
    add("ConvTranspose2d(3, 4, kernel: 3)", nn.ConvTranspose2d(3, 4, 3), 2, 3, 4, 3)
    add("ConvTranspose2d(4, 6, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2)",
        nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, 2), 1, 4, 3, 4)
    add("ConvTranspose2d(2, 3, kernel: 2, stride: 2, bias: false)",
        nn.ConvTranspose2d(2, 3, 2, 2, bias=False), 1, 2, 3, 3)
    add("Linear(7, 4)", nn.Linear(7, 4), 3, 7)
    add("Linear(5, 6, bias: false)", nn.Linear(5, 6, bias=False), 2, 3, 5)


def normalisation():
    add("BatchNorm2d(5)", nn.BatchNorm2d(5), 3, 5, 4, 3)
    add("BatchNorm2d(3, epsilon: 1e-3, momentum: 0.3)", nn.BatchNorm2d(3, 1e-3, 0.3), 4, 3, 2, 5)
    add("BatchNorm2d(3, affine: false)", nn.BatchNorm2d(3, affine=False), 4, 3, 2, 5)
    add("LayerNorm(6)", nn.LayerNorm(6), 2, 3, 6)
    add("LayerNorm([3, 4], epsilon: 1e-3)", nn.LayerNorm([3, 4], 1e-3), 2, 3, 4)
    add("LayerNorm(6, affine: false)", nn.LayerNorm(6, elementwise_affine=False), 2, 6)
    add("GroupNorm(3, 6)", nn.GroupNorm(3, 6), 2, 6, 3, 2)
    add("GroupNorm(1, 4, affine: false)", nn.GroupNorm(1, 4, affine=False), 2, 4, 3, 3)
    add("LocalResponseNorm(5)", nn.LocalResponseNorm(5), 2, 7, 3, 3)
    add("LocalResponseNorm(3, alpha: 0.5, beta: 0.6, k: 2)",
        nn.LocalResponseNorm(3, 0.5, 0.6, 2), 1, 6, 2, 3)


def activations():
    for swift, module in [
            ("ReLU()", nn.ReLU()), ("ReLU6()", nn.ReLU6()), ("LeakyReLU()", nn.LeakyReLU()),
            ("LeakyReLU(slope: 0.2)", nn.LeakyReLU(0.2)), ("GELU()", nn.GELU()),
            ("GELU(approximation: .tanh)", nn.GELU(approximate="tanh")), ("SiLU()", nn.SiLU()),
            ("HardSwish()", nn.Hardswish()), ("Sigmoid()", nn.Sigmoid()), ("Tanh()", nn.Tanh()),
            ("Softmax()", nn.Softmax(-1)), ("Softmax(axis: 1)", nn.Softmax(1)),
            ("Identity()", nn.Identity())]:
        add(swift, module, 2, 3, 4, low=-5, high=8)


def pooling():
    add("MaxPool2d(2)", nn.MaxPool2d(2), 2, 3, 6, 5)
    add("MaxPool2d(3, stride: 2, padding: 1, ceilMode: true)",
        nn.MaxPool2d(3, 2, 1, ceil_mode=True), 1, 3, 6, 6)
    add("AvgPool2d(2)", nn.AvgPool2d(2), 2, 3, 6, 5)
    add("AvgPool2d(3, stride: 2, padding: 1, countsPadding: false)",
        nn.AvgPool2d(3, 2, 1, count_include_pad=False), 1, 3, 6, 6)
    add("AdaptiveAvgPool2d([3, 2])", nn.AdaptiveAvgPool2d((3, 2)), 2, 3, 7, 5)
    add("GlobalAvgPool2d()", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), 2, 3, 5, 4)
    add("Flatten()", nn.Flatten(), 2, 3, 2, 2)
    add("Upsample(scale: 2)", nn.Upsample(scale_factor=2), 1, 2, 3, 4)
    add("Upsample(scale: 2, mode: .bilinear)", nn.Upsample(scale_factor=2, mode="bilinear"),
        1, 2, 3, 4)
    add("Upsample(size: [5, 7], mode: .bilinear, alignCorners: true)",
        nn.Upsample(size=(5, 7), mode="bilinear", align_corners=True), 1, 2, 3, 4)
    add("Dropout(0)", nn.Dropout(0), 2, 3, 4)
    add("DropPath(0)", nn.Identity(), 2, 3, 4)


class SelfAttention(nn.MultiheadAttention):
    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)[0]


class LayerScale(nn.Module):
    def __init__(self, features, axis=-1):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(features))
        self.shape = (features,) if axis == -1 else (features, 1, 1)

    def forward(self, x):
        return x * self.gamma.view(self.shape)


class Branches(nn.ModuleDict):
    """Branches by name, joined by a function."""

    def __init__(self, join, **branches):
        super().__init__(branches)
        self.join = join

    def forward(self, x):
        return self.join([branch(x) for branch in self.values()])


class Residual(nn.Module):
    def __init__(self, body, shortcut=None, activation=None):
        super().__init__()
        self.body, self.shortcut, self.activation = body, shortcut, activation

    def forward(self, x):
        y = self.body(x) + (x if self.shortcut is None else self.shortcut(x))
        return y if self.activation is None else self.activation(y)


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, squeezed):
        super().__init__()
        self.fc1 = nn.Conv2d(channels, squeezed, 1)
        self.fc2 = nn.Conv2d(squeezed, channels, 1)

    def forward(self, x):
        y = self.fc2(torch.relu(self.fc1(x.mean((2, 3), keepdim=True))))
        return x * torch.sigmoid(y)


class PatchEmbedding(nn.Module):
    def __init__(self, inputs, embedding, patch, tokens=0, class_token=False):
        super().__init__()
        self.proj = nn.Conv2d(inputs, embedding, patch, patch)
        if class_token:
            self.cls_token = nn.Parameter(torch.zeros(1, 1, embedding))
        if tokens:
            self.pos_embed = nn.Parameter(torch.zeros(1, tokens, embedding))

    def forward(self, x):
        x = self.proj(x).flatten(2).transpose(1, 2)
        if hasattr(self, "cls_token"):
            x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1)
        return x + self.pos_embed if hasattr(self, "pos_embed") else x


def encoder(embedding, heads, hidden, norm_first, activation="gelu"):
    return nn.TransformerEncoderLayer(
        embedding, heads, hidden, 0.0, activation, batch_first=True, norm_first=norm_first)


def composite():
    add("SqueezeExcitation(6, squeezed: 2)", SqueezeExcitation(6, 2), 2, 6, 3, 4)
    add("PatchEmbedding(3, 8, patch: 2)", PatchEmbedding(3, 8, 2), 2, 3, 4, 6)
    add("PatchEmbedding(3, 6, patch: [2, 3], imageSize: [4, 6], classToken: true)",
        PatchEmbedding(3, 6, (2, 3), 5, True), 2, 3, 4, 6)
    add("TransformerEncoderLayer(embedding: 8, heads: 2, hidden: 12)",
        encoder(8, 2, 12, True), 2, 5, 8)
    add("TransformerEncoderLayer(embedding: 6, heads: 3, activation: ReLU(), normFirst: false)",
        encoder(6, 3, 24, False, "relu"), 1, 4, 6)
    add("TransformerEncoder(embedding: 8, heads: 2, depth: 2, hidden: 12)",
        nn.TransformerEncoder(encoder(8, 2, 12, True), 2, nn.LayerNorm(8), False), 2, 5, 8)
    add("MultiHeadAttention(embedding: 8, heads: 2)", SelfAttention(8, 2, batch_first=True), 2, 5, 8)
    add("MultiHeadAttention(embedding: 6, heads: 3, bias: false)",
        SelfAttention(6, 3, bias=False, batch_first=True), 1, 4, 6)
    add("LayerScale(4)", LayerScale(4), 2, 3, 4)
    add("LayerScale(3, axis: 1)", LayerScale(3, 1), 2, 3, 4, 2)
    add("Residual { Conv2d(3, 3, kernel: 3, padding: 1) }",
        Residual(nn.Sequential(nn.Conv2d(3, 3, 3, padding=1))), 1, 3, 4, 4)
    add("Residual(shortcut: Conv2d(3, 4, kernel: 1), activation: ReLU()) "
        "{ Conv2d(3, 4, kernel: 3, padding: 1); BatchNorm2d(4) }",
        Residual(nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.BatchNorm2d(4)),
                 nn.Conv2d(3, 4, 1), nn.ReLU()), 2, 3, 4, 4)
    branches = {"0": nn.Conv2d(3, 4, 1), "1": nn.Conv2d(3, 2, 3, padding=1)}
    add("Parallel { Conv2d(3, 4, kernel: 1); Conv2d(3, 2, kernel: 3, padding: 1) }",
        Branches(lambda v: torch.cat(v, 1), **branches), 1, 3, 4, 3)
    branches = {"0": nn.Linear(4, 3), "1": nn.Linear(4, 3)}
    add("Parallel(.add) { Linear(4, 3); Linear(4, 3) }", Branches(sum, **branches), 2, 4)
    add("Lambda { $0 * $0 }", Function(lambda x: x * x), 2, 3)


def main():
    check_version()
    for family in (convolutions, normalisation, activations, pooling, composite):
        family()
    path = HERE / "pytorch_layers.safetensors"
    write_safetensors(path, tensors, {"torch": TORCH, "cases": json.dumps(cases)})
    print(f"{path.name}: {len(cases)} cases, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
