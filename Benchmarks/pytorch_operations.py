"""The single operations of the benchmark in PyTorch; Benchmarks/visionbench has the same ones.

Each case makes its tensors, in NCHW or channels-last, and returns what is timed.
"""
import torch
from torch.nn import functional as F


def layout(mode):
    return torch.channels_last if mode == "channels-last" else torch.contiguous_format


def matmul(m, n, k):
    def make(_):
        a, b = torch.randn(m, k), torch.randn(k, n)
        return lambda: a @ b
    return make


def convolution(n, c, size, k, kernel, stride, direction):
    def make(mode):
        x = torch.randn(n, c, size, size).contiguous(memory_format=layout(mode))
        w = torch.randn(k, c, kernel, kernel).contiguous(memory_format=layout(mode))
        padding = kernel // 2
        if direction == "forward":
            def forward():
                with torch.no_grad():
                    return F.conv2d(x, w, None, stride, padding)
            return forward
        x.requires_grad_(True)
        w.requires_grad_(True)
        g = torch.randn_like(F.conv2d(x, w, None, stride, padding))
        return lambda: torch.autograd.grad(F.conv2d(x, w, None, stride, padding), [x, w], g)
    return make


def unary(shape, operation):
    def make(_):
        x = torch.randn(shape)
        return lambda: operation(x)
    return make


def batch_norm(direction):
    def make(mode):
        x = torch.randn(8, 256, 56, 56).contiguous(memory_format=layout(mode))
        w, b = torch.ones(256, requires_grad=True), torch.zeros(256, requires_grad=True)
        mean, variance = torch.zeros(256), torch.ones(256)
        x.requires_grad_(True)
        if direction == "forward":
            def forward():
                with torch.no_grad():
                    return F.batch_norm(x, mean, variance, w, b, True)
            return forward
        g = torch.randn_like(x)
        return lambda: torch.autograd.grad(F.batch_norm(x, mean, variance, w, b, True),
                                           [x, w, b], g)
    return make


def layer_norm(direction):
    def make(_):
        x = torch.randn(4160, 192, requires_grad=True)
        w, b = torch.ones(192, requires_grad=True), torch.zeros(192, requires_grad=True)
        if direction == "forward":
            def forward():
                with torch.no_grad():
                    return F.layer_norm(x, [192], w, b)
            return forward
        g = torch.randn(4160, 192)
        return lambda: torch.autograd.grad(F.layer_norm(x, [192], w, b), [x, w, b], g)
    return make


def add(shape):
    def make(_):
        a, b = torch.randn(shape), torch.randn(shape)
        return lambda: a + b
    return make


def gather(_):
    x = torch.randn(1024, 1024)
    indices = torch.randint(0, 1024, (1024, 1024))
    return lambda: x.gather(1, indices)


# The distinct convolutions of ResNet-50 at 224, batch 8: channels, size, kernels, kernel, stride.
RESNET50 = [(3, 224, 64, 7, 2), (64, 56, 64, 1, 1), (64, 56, 64, 3, 1), (64, 56, 256, 1, 1),
            (256, 56, 64, 1, 1), (256, 56, 128, 1, 1), (128, 56, 128, 3, 2), (128, 28, 512, 1, 1),
            (256, 56, 512, 1, 2), (512, 28, 128, 1, 1), (128, 28, 128, 3, 1),
            (512, 28, 256, 1, 1), (256, 28, 256, 3, 2), (256, 14, 1024, 1, 1),
            (512, 28, 1024, 1, 2), (1024, 14, 256, 1, 1), (256, 14, 256, 3, 1),
            (1024, 14, 512, 1, 1), (512, 14, 512, 3, 2), (512, 7, 2048, 1, 1),
            (1024, 14, 2048, 1, 2), (2048, 7, 512, 1, 1), (512, 7, 512, 3, 1)]

CASES = {f"matmul {m}x{k} {k}x{n}": matmul(m, n, k) for m, n, k in [
    (64, 64, 64), (256, 256, 256), (1024, 1024, 1024), (4160, 576, 192), (788, 3072, 768)]}
for direction in ["forward", "forward and backward"]:
    CASES.update({
        f"conv {c}x{s}x{s}, {k} of {w}x{w}/{t} {direction}": convolution(
            8, c, s, k, w, t, direction) for c, s, k, w, t in RESNET50})
CASES.update({
    "softmax 4096x1000": unary((4096, 1000), lambda x: x.softmax(-1)),
    "softmax 12x197x197": unary((12, 197, 197), lambda x: x.softmax(-1)),
    "layerNorm 4160x192 forward": layer_norm("forward"),
    "layerNorm 4160x192 forward and backward": layer_norm("both"),
    "batchNorm 8x256x56x56 forward": batch_norm("forward"),
    "batchNorm 8x256x56x56 forward and backward": batch_norm("both"),
    "add 1000x1000": add((1000, 1000)),
    "add 8x256x56x56": add((8, 256, 56, 56)),
    "sum 4096x1024": unary((4096, 1024), lambda x: x.sum()),
    "sum 4096x1024 over axis 0": unary((4096, 1024), lambda x: x.sum(0)),
    "sum 4096x1024 over axis 1": unary((4096, 1024), lambda x: x.sum(1)),
    "transpose 2048x2048": unary((2048, 2048), lambda x: x.t().contiguous()),
    "transpose 64x197x12x64": unary((64, 197, 12, 64),
                                    lambda x: x.transpose(1, 2).contiguous()),
    "gather 1024x1024": gather,
})
