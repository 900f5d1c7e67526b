"""Writes pytorch_images.safetensors and pytorch_networks.safetensors: PyTorch's values and
gradients for the operations of networks. pytorch_operations.py runs this too.
"""
import pathlib

import torch
from torch.nn import functional as F

from pytorch_fixture import Fixture, Samples, check_version

HERE = pathlib.Path(__file__).parent


def convolutions(f, s):
    # input, output channels, kernel, stride, padding, dilation, groups, bias
    for number, (shape, out, kernel, stride, padding, dilation, groups, bias) in enumerate([
            ([2, 3, 7, 6], 4, [3, 3], [1, 1], [1, 1], [1, 1], 1, True),
            ([1, 3, 7, 9], 5, [3, 2], [2, 1], [1, 0], [1, 1], 1, True),
            ([2, 4, 7, 5], 6, [3, 3], [2, 2], [1, 1], [1, 1], 2, True),
            ([1, 6, 7, 7], 6, [3, 3], [1, 1], [1, 1], [1, 1], 6, True),
            ([1, 3, 7, 8], 6, [3, 3], [2, 2], [1, 1], [1, 1], 3, False),
            ([1, 2, 9, 10], 3, [3, 3], [1, 1], [2, 2], [2, 3], 1, True),
            ([1, 4, 9, 9], 4, [3, 3], [2, 2], [2, 2], [2, 2], 4, False),
            ([2, 16, 3, 4], 17, [1, 1], [1, 1], [0, 0], [1, 1], 1, True),
            ([1, 5, 6, 6], 3, [1, 1], [2, 2], [0, 0], [1, 1], 1, False),
            ([1, 1, 9, 9], 2, [7, 5], [1, 1], [3, 2], [1, 1], 1, True),
            ([2, 3, 4, 4], 2, [4, 4], [4, 4], [0, 0], [1, 1], 1, True),
            ([1, 2, 3, 3], 2, [3, 3], [1, 1], [5, 4], [1, 1], 1, True),
            ([0, 2, 5, 5], 3, [3, 3], [1, 1], [1, 1], [1, 1], 1, True)]):
        inputs = {"x": s.real(*shape), "weights": s.real(out, shape[1] // groups, *kernel)}
        if bias:
            inputs["bias"] = s.real(out)
        f.add("conv2d", lambda x, w, b=None: F.conv2d(
            x, w, b, stride, padding, dilation, groups), inputs,
            bfloat16=tuple(inputs) if number in (0, 2, 3, 7) else (), stride=stride,
            padding=padding, dilation=dilation, groups=groups)
    inputs = {"x": s.real(1, 3, 5, 6), "weights": s.real(8, 3, 3, 3), "bias": s.real(8)}
    f.add("conv2d", lambda x, w, b: F.conv2d(x, w, b), inputs, mixed=True, stride=[1, 1],
          padding=[0, 0], dilation=[1, 1], groups=1)
    f.add("conv2dSame", lambda x, w: F.conv2d(x, w, padding="same"),
          {"x": s.real(1, 2, 5, 6), "weights": s.real(3, 2, 4, 3)})
    f.add("conv2dReLU", lambda x, w, b: F.relu(F.conv2d(x, w, b, padding=1)),
          {"x": s.real(2, 3, 5, 6), "weights": s.real(5, 3, 3, 3), "bias": s.real(5)})
    # input, output channels, kernel, stride, padding, output padding, groups, dilation
    for number, (shape, out, kernel, stride, padding, extra, groups, dilation) in enumerate([
            ([2, 3, 4, 5], 4, [3, 3], [1, 1], [0, 0], [0, 0], 1, [1, 1]),
            ([1, 3, 4, 5], 2, [3, 2], [2, 3], [1, 0], [0, 0], 1, [1, 1]),
            ([1, 4, 3, 4], 6, [3, 3], [2, 2], [1, 1], [1, 1], 2, [1, 1]),
            ([1, 4, 3, 3], 4, [3, 3], [2, 2], [1, 1], [0, 1], 4, [1, 1]),
            ([1, 2, 4, 4], 3, [3, 3], [1, 1], [2, 1], [0, 0], 1, [2, 3]),
            ([1, 2, 3, 3], 3, [2, 2], [2, 2], [0, 0], [0, 0], 1, [1, 1]),
            ([2, 9, 2, 3], 17, [1, 1], [1, 1], [0, 0], [0, 0], 1, [1, 1])]):
        inputs = {"x": s.real(*shape), "weights": s.real(shape[1], out // groups, *kernel)}
        if number != 5:
            inputs["bias"] = s.real(out)
        f.add("convTranspose2d", lambda x, w, b=None: F.conv_transpose2d(
            x, w, b, stride, padding, extra, groups, dilation), inputs,
            bfloat16=tuple(inputs) if number in (0, 2) else (), stride=stride, padding=padding,
            outputPadding=extra, groups=groups, dilation=dilation)


def pooling(f, s):
    for number, (shape, kernel, stride, padding, dilation, ceil) in enumerate([
            ([2, 3, 6, 8], [2, 2], [2, 2], [0, 0], [1, 1], False),
            ([2, 3, 7, 8], [3, 3], [2, 2], [1, 1], [1, 1], False),
            ([1, 2, 7, 9], [3, 2], [1, 2], [1, 0], [1, 1], False),
            ([1, 2, 7, 8], [3, 3], [2, 2], [0, 0], [1, 1], True),
            ([1, 2, 6, 6], [3, 3], [2, 2], [1, 1], [1, 1], True),
            ([1, 2, 5, 5], [2, 2], [3, 3], [0, 0], [1, 1], True),
            ([1, 2, 9, 9], [3, 3], [1, 1], [1, 1], [2, 2], False),
            ([1, 3, 9, 8], [2, 3], [2, 2], [0, 1], [2, 3], True),
            ([2, 17, 4, 4], [2, 2], [2, 2], [1, 1], [1, 1], True),
            ([2, 5, 4, 4], [4, 4], [4, 4], [0, 0], [1, 1], False)]):
        f.add("maxPool2d", lambda x: F.max_pool2d(x, kernel, stride, padding, dilation, ceil),
              {"x": s.real(*shape)}, bfloat16=("x",) if number in (1, 3) else (), kernel=kernel,
              stride=stride, padding=padding, dilation=dilation, ceilMode=ceil)
        if dilation != [1, 1]:
            continue
        for counts in (True, False):
            f.add("avgPool2d", lambda x: F.avg_pool2d(
                x, kernel, stride, padding, ceil, count_include_pad=counts), {"x": s.real(*shape)},
                bfloat16=("x",) if number in (1, 3) else (), kernel=kernel, stride=stride,
                padding=padding, ceilMode=ceil, countsPadding=counts)
    f.add("maxPool2d", lambda x: F.max_pool2d(x, 2), {"x": -torch.ones(1, 1, 4, 4)},
          kernel=[2, 2], stride=[2, 2], padding=[0, 0], dilation=[1, 1], ceilMode=False)
    for number, (shape, size) in enumerate([
            ([2, 3, 6, 8], [1, 1]), ([1, 3, 7, 9], [3, 2]), ([1, 2, 7, 5], [5, 4]),
            ([1, 2, 3, 4], [3, 4]), ([1, 2, 3, 2], [5, 7]), ([2, 17, 7, 7], [7, 1])]):
        for operation, function in [("adaptiveAvgPool2d", F.adaptive_avg_pool2d),
                                    ("adaptiveMaxPool2d", F.adaptive_max_pool2d)]:
            f.add(operation, lambda x: function(x, size), {"x": s.real(*shape)},
                  bfloat16=("x",) if number == 1 else (), size=size)


def upsampling(f, s):
    for shape, scale in [([1, 2, 3, 4], [2, 2]), ([2, 3, 2, 3], [3, 2]), ([1, 9, 1, 2], [1, 4])]:
        f.add("upsampleNearest", lambda x: F.interpolate(x, scale_factor=tuple(map(float, scale))),
              {"x": s.real(*shape)}, bfloat16=("x",), scale=scale)
        for corners in (False, True):
            f.add("upsampleBilinear", lambda x: F.interpolate(
                x, scale_factor=tuple(map(float, scale)), mode="bilinear", align_corners=corners),
                {"x": s.real(*shape)}, bfloat16=("x",), scale=scale, alignCorners=corners)
    for shape, size in [([1, 2, 3, 4], [7, 5]), ([1, 2, 5, 7], [2, 3]), ([1, 1, 4, 4], [1, 9])]:
        f.add("upsampleNearestTo", lambda x: F.interpolate(x, size=size), {"x": s.real(*shape)},
              size=size)
        for corners in (False, True):
            f.add("upsampleBilinearTo", lambda x: F.interpolate(
                x, size=size, mode="bilinear", align_corners=corners), {"x": s.real(*shape)},
                size=size, alignCorners=corners)


def normalisation(f, s):
    def batch_norm(x, scale, shift, mean, variance, training, momentum, epsilon):
        mean, variance = mean.clone(), variance.clone()
        y = F.batch_norm(x, mean, variance, scale, shift, training, momentum, epsilon)
        return y, mean, variance

    for shape, momentum, epsilon in [([4, 3, 5, 2], 0.1, 1e-5), ([2, 17, 3, 3], 0.3, 1e-3),
                                     ([2, 1, 1, 4], 0.1, 1e-5), ([3, 8, 7, 1], 0.1, 1e-5)]:
        channels = shape[1]
        for training in (True, False):
            f.add("batchNorm2d", lambda *v: batch_norm(*v, training, momentum, epsilon), {
                "x": s.real(*shape, low=-1, high=4), "scale": s.real(channels),
                "shift": s.real(channels), "mean": s.real(channels),
                "variance": s.real(channels, low=0.3)}, gradients=["x", "scale", "shift"],
                bfloat16=("x",), kept=(1, 2), training=training, momentum=momentum,
                epsilon=epsilon)
    f.add("batchNorm2dReLU", lambda *v: F.relu(batch_norm(*v, True, 0.1, 1e-5)[0]), {
        "x": s.real(4, 5, 3, 2), "scale": s.real(5), "shift": s.real(5), "mean": s.real(5),
        "variance": s.real(5, low=0.3)}, gradients=["x", "scale", "shift"])
    for shape, axes in [([5, 7], 1), ([2, 3, 8], 1), ([2, 3, 4, 5], 3), ([2, 3, 4, 5], 2), ([6], 1),
                        ([3, 65], 1), ([0, 4], 1)]:
        normal = shape[len(shape) - axes:]
        f.add("layerNorm", lambda x, scale, shift: F.layer_norm(x, normal, scale, shift, 1e-5),
              {"x": s.real(*shape), "scale": s.real(*normal), "shift": s.real(*normal)},
              bfloat16=("x",), axes=axes, epsilon=1e-5)
        f.add("layerNorm", lambda x: F.layer_norm(x, normal, eps=1e-3), {"x": s.real(*shape)},
              axes=axes, epsilon=1e-3)
    f.add("layerNorm", lambda x, scale: F.layer_norm(x, [7], scale), {
        "x": s.real(5, 7), "scale": s.real(7)}, axes=1, epsilon=1e-5)
    for shape, groups in [([2, 6, 4, 3], 3), ([2, 6, 4, 3], 1), ([2, 4, 3, 3], 4), ([3, 8], 2),
                          ([2, 4, 5], 2)]:
        f.add("groupNorm", lambda x, scale, shift: F.group_norm(x, groups, scale, shift, 1e-5),
              {"x": s.real(*shape), "scale": s.real(shape[1]), "shift": s.real(shape[1])},
              bfloat16=("x",), groups=groups, epsilon=1e-5)
        f.add("groupNorm", lambda x: F.group_norm(x, groups, eps=1e-3), {"x": s.real(*shape)},
              groups=groups, epsilon=1e-3)
    for shape, size, alpha, beta, k in [([2, 7, 3, 4], 5, 1e-4, 0.75, 1), ([1, 3, 2, 2], 5, 0.5, 0.75, 2),
                                        ([2, 6, 3, 2], 3, 0.7, 0.5, 1), ([1, 5, 2, 3], 4, 0.9, 1.2, 1.5),
                                        ([1, 5, 2, 3], 1, 0.9, 0.75, 1)]:
        f.add("localResponseNorm", lambda x: F.local_response_norm(x, size, alpha, beta, k),
              {"x": s.real(*shape)}, bfloat16=("x",), size=size, alpha=alpha, beta=beta, k=k)
    for shape, axis in [([7], 0), ([3, 5], -1), ([3, 5], 0), ([2, 3, 4], 1), ([2, 3, 2, 5], 1),
                        ([3, 65], 1), ([2, 0, 3], 2)]:
        for operation, function in [("softmax", F.softmax), ("logSoftmax", F.log_softmax)]:
            f.add(operation, lambda x: function(x, axis), {"x": s.real(*shape, low=-5, high=5)},
                  bfloat16=("x",), axis=axis)
    huge = torch.tensor([[1000.0, 1001.0, -1000.0], [-2000.0, -2001.0, -2000.5]])
    masked = torch.tensor([[0.0, -torch.inf, 1.0]])
    for operation, function in [("softmax", F.softmax), ("logSoftmax", F.log_softmax)]:
        f.add(operation, lambda x: function(x, 1), {"x": huge}, axis=1)
        f.add(operation, lambda x: function(x, 1), {"x": masked}, gradients=[], axis=1)


def attention(f, s):
    attend = F.scaled_dot_product_attention
    for number, (q, k, v) in enumerate([
            ([2, 3, 5, 4], [2, 3, 7, 4], [2, 3, 7, 6]), ([3, 5, 4], [3, 5, 4], [3, 5, 4]),
            ([5, 4], [6, 4], [6, 3]), ([1, 2, 1, 8], [1, 2, 9, 8], [1, 2, 9, 8]),
            ([2, 2, 17, 16], [2, 2, 17, 16], [2, 2, 17, 16])]):
        base = {"query": s.real(*q), "key": s.real(*k), "value": s.real(*v)}
        f.add("attention", attend, base, bfloat16=tuple(base), tolerance=2)
        f.add("attention", lambda q, k, v: attend(q, k, v, scale=0.3), base, scale=0.3)
        f.add("attention", lambda q, k, v: attend(q, k, v, is_causal=True), base,
              bfloat16=tuple(base) if number == 0 else (), tolerance=2, isCausal=True)
        kept = s.mask(q[-2], k[-2])
        kept[:, 0] = True
        f.add("attention", lambda q, k, v, mask: attend(q, k, v, attn_mask=mask),
              {**base, "mask": kept}, tolerance=2,
              bfloat16=("query", "key", "value") if number == 0 else ())
        f.add("attention", lambda q, k, v, mask: attend(q, k, v, attn_mask=mask),
              {**base, "mask": s.real(q[-2], k[-2])}, gradients=["query", "key", "value"])
    base = {"query": s.real(2, 3, 5, 4), "key": s.real(2, 3, 7, 4), "value": s.real(2, 3, 7, 4)}
    f.add("attention", lambda q, k, v, mask: attend(q, k, v, attn_mask=mask),
          {**base, "mask": s.real(2, 1, 1, 7)}, gradients=["query", "key", "value"])
    f.add("attention", attend, base, mixed=True, tolerance=2)


def losses(f, s):
    for reduction in ("mean", "sum", "none"):
        for shape in ([5, 7], [3, 2], [1, 33]):
            labels = s.whole(shape[0], high=shape[1])
            weights = s.real(shape[1], low=0.3, high=2)
            for smoothing in (0.0, 0.1):
                f.add("crossEntropy", lambda x, labels: F.cross_entropy(
                    x, labels, reduction=reduction, label_smoothing=smoothing),
                    {"x": s.real(*shape, low=-4, high=4), "labels": labels}, bfloat16=("x",),
                    kept=(0,), reduction=reduction, smoothing=smoothing)
                f.add("crossEntropy", lambda x, labels, weights: F.cross_entropy(
                    x, labels, weights, reduction=reduction, label_smoothing=smoothing),
                    {"x": s.real(*shape, low=-4, high=4), "labels": labels, "weights": weights},
                    gradients=["x"], reduction=reduction, smoothing=smoothing)

            def focal(x, labels, alpha=None, gamma=2.0):
                logs = F.log_softmax(x, 1)
                log = logs.gather(1, labels[:, None])[:, 0]
                loss = -((1 - log.exp()) ** gamma) * log
                if alpha is not None:
                    loss = loss * alpha[labels]
                return {"mean": loss.mean(), "sum": loss.sum(), "none": loss}[reduction]

            for gamma in (2.0, 0.0, 1.5):
                f.add("focalLoss", lambda x, labels: focal(x, labels, None, gamma),
                      {"x": s.real(*shape, low=-4, high=4), "labels": labels}, gamma=gamma,
                      reduction=reduction, bfloat16=("x",) if gamma == 2 else (), kept=(0,))
            f.add("focalLoss", lambda x, labels, alpha: focal(x, labels, alpha, 2.0),
                  {"x": s.real(*shape, low=-4, high=4), "labels": labels, "alpha": weights},
                  gradients=["x"], gamma=2.0, reduction=reduction)
        for shape in ([7], [3, 5], [2, 3, 2, 4]):
            for operation, function in [("meanSquaredError", F.mse_loss),
                                        ("meanAbsoluteError", F.l1_loss)]:
                f.add(operation, lambda x, target: function(x, target, reduction=reduction),
                      {"x": s.real(*shape), "target": s.real(*shape)}, reduction=reduction,
                      bfloat16=("x", "target") if shape == [3, 5] else (), kept=(0,))
            positive = s.real(shape[-1], low=0.3)
            f.add("binaryCrossEntropy", lambda x, target: F.binary_cross_entropy_with_logits(
                x, target, reduction=reduction),
                {"x": s.real(*shape, low=-4, high=4), "target": s.real(*shape, low=0, high=1)},
                gradients=["x"], bfloat16=("x",) if shape == [3, 5] else (), kept=(0,),
                reduction=reduction)
            f.add("binaryCrossEntropy",
                  lambda x, target, positive: F.binary_cross_entropy_with_logits(
                      x, target, pos_weight=positive, reduction=reduction),
                  {"x": s.real(*shape, low=-4, high=4), "target": s.mask(*shape).float(),
                   "positive": positive}, gradients=["x"], reduction=reduction)
    far = torch.tensor([-200.0, -50.0, 50.0, 200.0])
    f.add("binaryCrossEntropy", lambda x, target: F.binary_cross_entropy_with_logits(x, target),
          {"x": far, "target": torch.tensor([0.0, 1.0, 1.0, 0.0])}, gradients=["x"],
          reduction="mean")
    f.add("crossEntropy", F.cross_entropy, {
        "x": torch.tensor([[1000.0, -1000.0, 0.0], [-1000.0, 3.0, 1000.0]]),
        "labels": torch.tensor([1, 2])}, gradients=["x"], reduction="mean", smoothing=0.0)
    f.add("addReLU", lambda x, y: F.relu(x + y), {"x": s.real(2, 9, 3, 2), "y": s.real(2, 9, 3, 2)})
    f.add("linearReLU", lambda x, w, b: F.relu(F.linear(x, w, b)),
          {"x": s.real(5, 9), "weights": s.real(17, 9), "bias": s.real(17)})
    f.add("linearGELU", lambda x, w, b: F.gelu(F.linear(x, w, b)),
          {"x": s.real(5, 9), "weights": s.real(17, 9), "bias": s.real(17)})


def write():
    check_version()
    images, rest = Fixture(), Fixture()
    s = Samples(3)
    for family in (convolutions, pooling, upsampling):
        family(images, s)
    images.write(HERE / "pytorch_images.safetensors")
    s = Samples(4)
    for family in (normalisation, attention, losses):
        family(rest, s)
    rest.write(HERE / "pytorch_networks.safetensors")


if __name__ == "__main__":
    write()
