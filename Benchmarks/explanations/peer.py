"""Times explanations with PyTorch and captum, one JSON line each; compare.py runs it."""
import json
import statistics
import sys
import time

import torch
from captum.attr import IntegratedGradients, LayerAttribution, LayerGradCam
from torch import nn


class Same(nn.Conv2d):
    """A convolution padded as TensorFlow pads."""

    def forward(self, x):
        pads = []
        for size, kernel, stride in zip(x.shape[:1:-1], self.kernel_size, self.stride):
            pad = max((-(-size // stride) - 1) * stride + kernel - size, 0)
            pads += [pad // 2, pad - pad // 2]
        if any(pads):
            x = nn.functional.pad(x, pads)
        return super().forward(x)


def unit(inputs, outputs, kernel, stride=1, groups=1, active=True):
    # Where the padding is even on both sides, the convolution pads by itself.
    if stride == 1:
        conv = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, groups=groups, bias=False)
    else:
        conv = Same(inputs, outputs, kernel, stride, groups=groups, bias=False)
    layers = [conv, nn.BatchNorm2d(outputs, eps=1e-3)]
    return nn.Sequential(*layers, *([nn.ReLU6()] if active else []))


class Block(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride, expansion):
        super().__init__()
        inner = inputs * expansion
        layers = [unit(inputs, inner, 1)] if expansion > 1 else []
        layers += [unit(inner, inner, kernel, stride, inner), unit(inner, outputs, 1, active=False)]
        self.body = nn.Sequential(*layers)
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.adds else self.body(x)


class Lite0(nn.Module):
    def __init__(self):
        super().__init__()
        blocks, inputs = [], 32
        for kernel, count, stride, expansion, outputs in [
                (3, 1, 1, 1, 16), (3, 2, 2, 6, 24), (5, 2, 2, 6, 40), (3, 3, 2, 6, 80),
                (5, 3, 1, 6, 112), (5, 4, 2, 6, 192), (3, 1, 1, 6, 320)]:
            for position in range(count):
                blocks.append(Block(inputs, outputs, kernel, stride if position == 0 else 1,
                                    expansion))
                inputs = outputs
        self.stem = unit(3, 32, 3, 2)
        self.blocks = nn.Sequential(*blocks)
        self.head = unit(320, 1280, 1)
        self.classifier = nn.Linear(1280, 1000)

    def forward(self, x):
        return self.classifier(self.head(self.blocks(self.stem(x))).mean((2, 3)))


class ViTBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(width, eps=1e-6)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.ln_2 = nn.LayerNorm(width, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.keeps = False
        self.weights = None

    def forward(self, x):
        y = self.ln_1(x)
        y, self.weights = self.attention(
            y, y, y, need_weights=self.keeps, average_attn_weights=False)
        x = x + y
        return x + self.mlp(self.ln_2(x))


class ViTMini(nn.Module):
    def __init__(self):
        super().__init__()
        self.proj = nn.Conv2d(1, 96, 4, stride=4)
        self.token = nn.Parameter(torch.zeros(1, 1, 96))
        self.positions = nn.Parameter(torch.randn(1, 50, 96) * 0.02)
        self.blocks = nn.Sequential(*[ViTBlock(96, 3) for _ in range(5)])
        self.ln = nn.LayerNorm(96, eps=1e-6)
        self.head = nn.Linear(96, 10)

    def forward(self, x):
        x = self.proj(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], 1) + self.positions
        return self.head(self.ln(self.blocks(x))[:, 0])


def report(name, repeats, body):
    body()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        body()
        times.append(time.perf_counter() - start)
    print(json.dumps({"name": name, "seconds": statistics.median(times)}), flush=True)


def main():
    torch.manual_seed(1)
    torch.set_num_threads(int(sys.argv[1]))
    repeats = int(sys.argv[2])
    lite = Lite0().eval()
    photo = torch.randn(1, 3, 224, 224)
    cam = LayerGradCam(lite, lite.head)

    def grad_cam():
        map = cam.attribute(photo, target=7, relu_attributions=True)
        return LayerAttribution.interpolate(map, (224, 224), "bilinear")

    report("gradcam-lite0", 5 * repeats, grad_cam)
    integrated = IntegratedGradients(lite)
    # All 50 steps as one batch, or in batches of the size that captum is quicker with.
    report("integrated-lite0", repeats, lambda: integrated.attribute(
        photo, target=7, n_steps=50, internal_batch_size=10, return_convergence_delta=True))

    vit = ViTMini().eval()
    digit = torch.randn(1, 1, 28, 28)
    tokens = LayerGradCam(vit, vit.blocks[-1].ln_1)

    def token_cam():
        # captum takes the mean over the tokens for that over places.
        return tokens.attribute(digit, target=7, relu_attributions=True, attr_dim_summation=False)

    report("gradcam-vit", 20 * repeats, token_cam)
    report("integrated-vit", 5 * repeats, lambda: IntegratedGradients(vit).attribute(
        digit, target=7, n_steps=50, return_convergence_delta=True))
    for block in vit.blocks:
        block.keeps = True

    def rollout():
        with torch.no_grad():
            vit(digit)
            product = torch.eye(50)
            for block in vit.blocks:
                product = (0.5 * block.weights[0].mean(0) + 0.5 * torch.eye(50)) @ product
            map = product[0, 1:].reshape(1, 1, 7, 7)
            return nn.functional.interpolate(map, (28, 28), mode="bilinear")

    report("rollout-vit", 20 * repeats, rollout)


main()
