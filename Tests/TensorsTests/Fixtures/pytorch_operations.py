"""Writes pytorch_elements.safetensors and pytorch_axes.safetensors, PyTorch's values and gradients
for operations on tensors, and with pytorch_network_operations.py those of networks.

Run with: python3 pytorch_operations.py   (torch 2.15.0, checked; see pytorch_fixture.py)
"""
import math
import pathlib

import torch
from torch.nn import functional as F

from pytorch_fixture import Fixture, Samples, check_version

HERE = pathlib.Path(__file__).parent
SHAPES = [[], [1], [7], [3, 5], [2, 3, 2, 5]]
SPECIAL = torch.tensor([0.0, -0.0, math.inf, -math.inf, math.nan, 1e30, -1e30, 1e-40, 3.4e38])


# Element by element

def elementwise(f, s):
    def unary(operation, function, low=-2.5, high=2.5, exact=True, **arguments):
        for index, shape in enumerate(SHAPES):
            f.add(operation, function, {"x": s.real(*shape, low=low, high=high)},
                  bfloat16=("x",) if index == 3 else (), **arguments)
        f.add(operation, function, {"x": torch.zeros(2, 0, 3)}, **arguments)
        if exact:
            f.add(operation, function, {"x": SPECIAL}, single=True, **arguments)

    unary("negated", torch.neg)
    unary("exp", torch.exp)
    unary("log", torch.log, low=0.05)
    unary("sqrt", torch.sqrt, low=0.05)
    unary("abs", torch.abs)
    unary("sin", torch.sin, exact=False)
    unary("cos", torch.cos, exact=False)
    unary("tanh", torch.tanh)
    unary("sigmoid", torch.sigmoid)
    unary("relu", torch.relu)
    unary("relu6", F.relu6, low=-3, high=9)
    unary("leakyReLU", lambda x: F.leaky_relu(x, 0.01), slope=0.01)
    unary("leakyReLU", lambda x: F.leaky_relu(x, 0.3), slope=0.3)
    unary("silu", F.silu, exact=False)
    unary("hardSwish", F.hardswish, low=-4, high=4, exact=False)
    unary("gelu", F.gelu, exact=False)
    unary("geluTanh", lambda x: F.gelu(x, approximate="tanh"), exact=False)
    unary("rounded", torch.round)
    unary("clipped", lambda x: torch.clamp(x, -1, 0.5), minimum=-1, maximum=0.5)
    f.add("rounded", torch.round, {"x": torch.tensor([0.5, 1.5, -0.5, -2.5, 2.5, 8388609.0])})
    kinks = torch.tensor([-3.0, -1.0, 0.0, 0.5, 3.0, 6.0])
    for operation, function, arguments in [
            ("relu", torch.relu, {}), ("abs", torch.abs, {}), ("relu6", F.relu6, {}),
            ("hardSwish", F.hardswish, {}),
            ("leakyReLU", lambda x: F.leaky_relu(x, 0.01), {"slope": 0.01}),
            ("clipped", lambda x: torch.clamp(x, -1, 0.5), {"minimum": -1, "maximum": 0.5})]:
        f.add(operation, function, {"x": kinks}, **arguments)
    wide = torch.tensor([-100.0, -30.0, -10.0, 10.0, 30.0, 100.0])
    for operation, function in [
            ("sigmoid", torch.sigmoid), ("tanh", torch.tanh), ("gelu", F.gelu), ("silu", F.silu),
            ("geluTanh", lambda x: F.gelu(x, approximate="tanh")), ("sin", torch.sin)]:
        f.add(operation, function, {"x": wide}, single=True)
    for operation, function in [("negated", torch.neg), ("abs", torch.abs), ("relu", torch.relu)]:
        f.add(operation, function, {"x": s.whole(3, 4, low=-5, high=5)})
        f.add(operation, function, {"x": s.whole(3, 4, low=-5, high=5, dtype=torch.int32)})
    for operation, function in [("exp", torch.exp), ("sqrt", torch.sqrt), ("sigmoid", torch.sigmoid)]:
        f.add(operation, lambda x, function=function: function(x.float()), {"x": s.whole(3, 4)})


BROADCASTS = [([], []), ([7], [7]), ([3, 5], [5]), ([3, 1], [1, 5]), ([2, 3, 4], [3, 1]),
              ([1], [2, 3, 5]), ([2, 0, 3], [1, 3]), ([2, 3, 2, 5], [1, 3, 1, 1]),
              ([2, 3, 2, 5], [2, 3, 2, 5])]


def pairs(f, s):
    arithmetic = [("adding", torch.add), ("subtracting", torch.sub), ("multiplying", torch.mul),
                  ("dividing", torch.div), ("power", torch.pow)]
    for operation, function in arithmetic:
        for index, (left, right) in enumerate(BROADCASTS):
            low = 0.3 if operation in ("dividing", "power") else -2
            inputs = {"x": s.real(*left, low=low if operation == "power" else -2),
                      "y": s.real(*right, low=low)}
            f.add(operation, function, inputs, bfloat16=("x", "y") if index in (3, 8) else ())
        inputs = {"x": s.real(3, 4, low=0.3), "y": s.whole(4, low=1, high=4)}
        f.add(operation, function, inputs, bfloat16=("x",))
        if operation != "power":
            inputs = {"x": SPECIAL[:, None], "y": SPECIAL}
            f.add(operation, function, inputs, gradients=[], single=True)
        inputs = {"x": s.whole(3, 4, low=1), "y": s.whole(3, 1, low=1, high=4)}
        f.add(operation, function, inputs)
        if operation not in ("dividing",):
            kinds = [torch.uint8, torch.int32, torch.int64]
            for left in kinds:
                for right in kinds:
                    f.add(operation, function, {"x": s.whole(4, high=3, dtype=left) + 1,
                                                "y": s.whole(4, high=3, dtype=right)})
    f.add("multiplying", torch.mul, {"x": s.mask(5), "y": s.whole(5, dtype=torch.uint8)})
    f.add("adding", torch.add, {"x": s.mask(5), "y": s.whole(5, dtype=torch.int32)})
    f.add("multiplying", torch.mul, {"x": s.mask(2, 5), "y": s.real(5)})
    x, b = s.real(3, 4), s.real(3, 4).bfloat16()
    f.add("adding", torch.add, {"x": x, "y": b}, kept=(0,))
    f.add("multiplying", torch.mul, {"x": b, "y": x}, kept=(0,))
    for value in (3.0, -0.5):
        f.add("addingNumber", lambda x: x + value, {"x": x}, bfloat16=("x",), number=value)
        f.add("subtractingFrom", lambda x: value - x, {"x": x}, bfloat16=("x",), number=value)
        f.add("multiplyingNumber", lambda x: x * value, {"x": x}, bfloat16=("x",), number=value)
        f.add("dividingNumber", lambda x: x / value, {"x": x}, bfloat16=("x",), number=value)
        f.add("dividingInto", lambda x: value / x, {"x": x + 4}, bfloat16=("x",), number=value)
    whole = s.whole(3, 4)
    f.add("addingNumber", lambda x: x.float() + 1.5, {"x": whole}, number=1.5)
    f.add("dividingNumber", lambda x: x.float() / 4, {"x": whole}, number=4.0)
    for exponent in (2.0, 3.0, 0.5, -1.0, 0.0, 1.0):
        positive = s.real(3, 5, low=0.3)
        f.add("powerNumber", lambda x: x ** exponent, {"x": positive}, bfloat16=("x",),
              number=exponent)
    for exponent in (2.0, 3.0, -2.0):
        f.add("powerNumber", lambda x: x ** exponent, {"x": s.real(3, 5)}, number=exponent)
    f.add("powerNumber", lambda x: x ** 2.0, {"x": torch.tensor([0.0, -1.0])}, number=2.0)
    f.add("numberPower", lambda x: 2.0 ** x, {"x": s.real(3, 5)}, number=2.0)
    zero = torch.tensor([0.0, 0.0, 0.0, 2.0])
    f.add("power", torch.pow, {"x": zero, "y": torch.tensor([0.0, 1.0, 2.0, 0.0])})

    comparisons = [("less", torch.lt), ("lessOrEqual", torch.le), ("greater", torch.gt),
                   ("greaterOrEqual", torch.ge), ("equal", torch.eq), ("notEqual", torch.ne)]
    for operation, function in comparisons:
        for left, right in BROADCASTS[1:8]:
            inputs = {"x": s.real(*left).round(), "y": s.real(*right).round()}
            f.add(operation, function, inputs, gradients=[], bfloat16=("x", "y"))
        f.add(operation, function, {"x": SPECIAL[:, None], "y": SPECIAL}, gradients=[], single=True)
        f.add(operation, function, {"x": s.whole(4, 5), "y": s.whole(5, dtype=torch.int32)})
        big = torch.tensor([2**53, 2**53 + 1, -1])
        f.add(operation, function, {"x": big, "y": big[[1, 1, 0]]})

    for index, (mask, left, right) in enumerate([
            ([5], [5], [5]), ([3, 1], [3, 4], [4]), ([2, 3, 4], [], [3, 1]), ([4], [2, 3, 4], []),
            ([0], [0], [0])]):
        f.add("which", torch.where, {"mask": s.mask(*mask), "x": s.real(*left),
                                     "y": s.real(*right)}, bfloat16=("x", "y") if index == 1 else ())
    f.add("which", torch.where, {"mask": s.mask(3, 4), "x": s.whole(3, 4), "y": s.whole(4)})

    kinds = {"float32": torch.float32, "int32": torch.int32, "int64": torch.int64,
             "uint8": torch.uint8, "bool": torch.bool, "bfloat16": torch.bfloat16}
    for name, kind in kinds.items():
        source = torch.tensor([0.0, 1.0, 2.75, 200.2, 0.3])
        for other in kinds.values():
            f.add("cast", lambda x: x.to(kind), {"x": source.to(other)}, gradients=[], single=True,
                  dtype=name)
    f.add("cast", lambda x: x * 1, {"x": s.real(3, 4)}, dtype="float32")


# Reductions

def reductions(f, s):
    def over(operation, function, low=-2.0, bfloat16=True, empty=True, whole=True):
        for shape in SHAPES:
            f.add(operation, lambda x: function(x, tuple(range(x.dim())), False),
                  {"x": s.real(*shape, low=low)},
                  bfloat16=("x",) if shape == [3, 5] and bfloat16 else ())
        for shape, axes, keep in [
                ([3, 5], [0], False), ([3, 5], [-1], True), ([4, 3, 5], [1], False),
                ([4, 3, 5], [0, 2], True), ([2, 3, 2, 5], [2, 3], False),
                ([2, 3, 2, 5], [0, 2, 3], True), ([2, 3, 2, 5], [1], False),
                ([3, 257], [1], False), ([257, 3], [0], False)]:
            f.add(operation, lambda x: function(x, tuple(axes), keep),
                  {"x": s.real(*shape, low=low, high=2.0 if shape[-1] < 100 else 0.1)}
                  if operation != "product" or max(shape) < 100
                  else {"x": s.real(*shape, low=0.9, high=1.1)},
                  bfloat16=("x",) if axes in ([1], [0, 2]) and bfloat16 else (),
                  axes=axes, keepDims=keep)
        if empty:
            f.add(operation, lambda x: function(x, (1,), False), {"x": torch.zeros(2, 0, 3)},
                  axes=[1], keepDims=False)
        if whole:
            for kind in (torch.int64, torch.int32, torch.uint8, torch.bool):
                f.add(operation, lambda x: function(x, (0,), False),
                      {"x": s.whole(3, 4, high=4).to(kind)}, axes=[0], keepDims=False)

    over("sum", lambda x, axes, keep: torch.sum(x, dim=axes, keepdim=keep))

    def mean(x, axes, keep):
        return torch.mean(x if x.is_floating_point() else x.float(), dim=axes, keepdim=keep)

    def product(x, axes, keep):
        for axis in sorted((axis % x.dim() for axis in axes), reverse=True):
            x = torch.prod(x, dim=axis, keepdim=keep)
        return x

    def variance(x, axes, keep):
        return torch.var(x, dim=axes, keepdim=keep, correction=0)

    over("mean", mean)
    over("product", product)
    over("variance", variance, whole=False, empty=False)
    for axes in ([0], [1], [0, 1]):
        f.add("varianceUnbiased", lambda x: torch.var(x, dim=axes, correction=1),
              {"x": s.real(4, 5)}, axes=axes)
    # The square root has no slope at the deviation of a single element.
    for shape, axes, keep in [([7], [0], False), ([4, 5], [1], True), ([2, 3, 4], [0, 2], False)]:
        f.add("standardDeviation",
              lambda x: torch.std(x, dim=axes, keepdim=keep, correction=0),
              {"x": s.real(*shape)}, axes=axes, keepDims=keep)
    over("min", lambda x, axes, keep: torch.amin(x, dim=axes, keepdim=keep), empty=False,
         whole=False)
    over("max", lambda x, axes, keep: torch.amax(x, dim=axes, keepdim=keep), empty=False,
         whole=False)
    tied = torch.tensor([[1.0, 3.0, 3.0, 2.0], [3.0, 0.0, 0.0, 3.0]])
    f.add("max", torch.max, {"x": tied})
    f.add("min", torch.min, {"x": tied})
    f.add("max", lambda x: torch.amax(x, 0), {"x": s.whole(3, 4)}, axes=[0], keepDims=False)
    f.add("min", lambda x: torch.amin(x, 0), {"x": s.whole(3, 4)}, axes=[0], keepDims=False)
    zeros = torch.tensor([[1.0, 0.0, 3.0], [0.0, 2.0, 0.0], [2.0, 3.0, 4.0]])
    f.add("product", lambda x: torch.prod(x, 1), {"x": zeros}, axes=[1], keepDims=False)
    f.add("product", torch.prod, {"x": zeros})
    broken = torch.tensor([[1.0, math.nan, 3.0], [math.inf, 2.0, 0.0], [-math.inf, math.inf, 4.0]])
    for operation, function in [
            ("sum", torch.sum), ("mean", torch.mean), ("max", torch.amax), ("min", torch.amin)]:
        f.add(operation, lambda x: function(x, dim=1), {"x": broken}, gradients=[], axes=[1],
              keepDims=False)
    for operation, function in [("any", torch.any), ("all", torch.all)]:
        for axis in (0, 1, -1):
            f.add(operation, lambda x: function(x, dim=axis), {"x": s.mask(3, 4, 2)}, axis=axis)
            f.add(operation, lambda x: function(x.bool(), dim=axis), {"x": s.real(3, 4).round()},
                  gradients=[], axis=axis)
        f.add(operation, function, {"x": s.mask(3, 4)})
        f.add(operation, function, {"x": torch.zeros(0)}, gradients=[])
    for shape in ([], [7], [3, 5]):
        f.add("norm", lambda x: x.square().sum().sqrt(), {"x": s.real(*shape)}, bfloat16=("x",))
    for operation, function in [("argMin", torch.argmin), ("argMax", torch.argmax)]:
        for shape, axis, keep in [([7], 0, False), ([3, 5], 1, True), ([3, 5], 0, False),
                                  ([2, 3, 2, 5], 1, False), ([2, 3, 2, 5], -1, True)]:
            f.add(operation, lambda x: function(x, dim=axis, keepdim=keep), {"x": s.real(*shape)},
                  gradients=[], bfloat16=("x",), axis=axis, keepDims=keep)
        f.add(operation, function, {"x": s.real(3, 5)}, gradients=[])
        f.add(operation, lambda x: function(x, dim=0), {"x": s.whole(5, 3, high=100)}, axis=0,
              keepDims=False)
        f.add(operation, lambda x: function(x, dim=1), {"x": broken}, gradients=[], axis=1,
              keepDims=False)


# Rearranging

def index_of(parts, index):
    """The torch index for the parts that the Swift test reads."""
    chosen = []
    for part in parts:
        if part == "ellipsis":
            chosen.append(...)
        elif part == "newAxis":
            chosen.append(None)
        elif part == "index":
            chosen.append(index.bool() if index.dtype == torch.bool else index.long())
        elif isinstance(part, list):
            chosen.append(slice(*part))
        else:
            chosen.append(part)
    return tuple(chosen)


def indexing(f, s):
    parts = [
        ([4, 5], [1], None), ([4, 5], [-1, 2], None), ([4, 5], [[1, 3]], None),
        ([4, 5], [[None, None, 2], [1, None]], None), ([2, 3, 4], ["ellipsis", 0], None),
        ([2, 3, 4], ["newAxis", 0, "ellipsis", [None, -1]], None), ([7], [[-3, None]], None),
        ([4, 5], [[1, 1]], None), ([4, 5], [[2, 100]], None),
        ([4, 5], ["index"], torch.tensor([3, 0, 0, -1])),
        ([4, 5], [[None, None], "index"], torch.tensor([[1, 1], [-2, 4]])),
        ([2, 3, 4], [1, "ellipsis", "index"], torch.tensor([0, 3, 3])),
        ([2, 3, 4], ["index", [1, None]], torch.tensor([1, 0, 1], dtype=torch.int32)),
        ([4, 5], ["index"], s.mask(4, 5)), ([4, 5], ["index"], torch.tensor([True, False, True, True])),
        ([2, 3, 4], [0, "index"], s.mask(3, 4)), ([4], ["index"], torch.zeros(4, dtype=torch.bool)),
    ]
    for number, (shape, chosen, index) in enumerate(parts):
        inputs = {"x": s.real(*shape)}
        if index is not None:
            inputs["index"] = index

        def read(x, index=None):
            return x[index_of(chosen, index)]

        f.add("indexed", read, inputs, bfloat16=("x",) if number in (1, 9, 13) else (), parts=chosen)
        f.add("indexed", read, {**inputs, "x": s.whole(*shape)}, parts=chosen)
        repeats = index is not None and index.dtype != torch.bool  # written twice: order is open
        for value in ([], list(read(*inputs.values()).shape)):
            if repeats and value:
                continue

            def write(x, value, index=None):
                x = x.clone()
                x[index_of(chosen, index)] = value
                return x

            f.add("assigning", write, {"x": s.real(*shape), "value": s.real(*value), **(
                {"index": index} if index is not None else {})},
                gradients=["x"] if repeats else None,
                bfloat16=("x", "value") if number in (1, 13) else (), parts=chosen)


def rearranging(f, s):
    for shape, index, axis in [([7], [4], 0), ([3, 5], [3, 2], 1), ([3, 5], [2, 5], 0),
                               ([4, 3, 5], [2, 3, 4], -1), ([4, 3, 5], [4, 6, 1], 1)]:
        positions = s.whole(*index, high=shape[axis])
        f.add("gathered", lambda x, indices: torch.gather(x, axis, indices.long()),
              {"x": s.real(*shape), "indices": positions}, bfloat16=("x",), axis=axis)
        f.add("gathered", lambda x, indices: torch.gather(x, axis, indices.long()),
              {"x": s.whole(*shape), "indices": positions}, axis=axis)
    for shape, axis in [([7], 0), ([3, 5], 0), ([3, 5], -1), ([2, 3, 4], 1), ([2, 0, 3], 0),
                        ([2, 3, 2, 5], 1)]:
        for descending in (False, True):
            f.add("sorted", lambda x: torch.sort(x, dim=axis, descending=descending, stable=True)[0],
                  {"x": s.real(*shape)}, bfloat16=("x",) if shape == [3, 5] else (), axis=axis,
                  descending=descending)
            f.add("sorted", lambda x: torch.sort(x, dim=axis, descending=descending, stable=True)[0],
                  {"x": s.whole(*shape)}, axis=axis, descending=descending)
        f.add("cumulativeSum", lambda x: torch.cumsum(x, axis), {"x": s.real(*shape)},
              bfloat16=("x",) if shape == [3, 5] else (), axis=axis)
        f.add("cumulativeSum", lambda x: torch.cumsum(x, axis), {"x": s.whole(*shape)}, axis=axis)
        f.add("flipped", lambda x: torch.flip(x, [axis]), {"x": s.real(*shape)},
              bfloat16=("x",) if shape == [3, 5] else (), axis=axis)
        for shift in (1, -2, 10):
            f.add("rolled", lambda x: torch.roll(x, shift, axis), {"x": s.real(*shape)},
                  bfloat16=("x",) if shift == 1 else (), axis=axis, shift=shift)
    broken = torch.tensor([2.0, math.nan, -math.inf, math.inf, 1.0])
    f.add("sorted", lambda x: torch.sort(x)[0], {"x": broken}, gradients=[], axis=0,
          descending=False)
    for shape, k, axis in [([7], 3, 0), ([3, 5], 5, 1), ([3, 5], 1, 0), ([2, 3, 4], 2, 1),
                           ([3, 5], 0, 1)]:
        f.add("topK", lambda x: tuple(torch.topk(x, k, dim=axis)), {"x": s.real(*shape)},
              k=k, axis=axis)
    f.add("topK", lambda x: tuple(torch.topk(x, 2)), {"x": s.real(3, 5).bfloat16()}, k=2, axis=-1)
    for shape, amount, value in [([3, 5], [2, 2], 0), ([1, 2, 3, 4], [1, 0], 1.5),
                                 ([2, 3, 4], [0, 2], -1)]:
        f.add("padded", lambda x: F.pad(x, [amount[1], amount[1], amount[0], amount[0]], value=value),
              {"x": s.real(*shape)}, bfloat16=("x",), amount=amount, value=value)
        f.add("padded",
              lambda x: F.pad(x, [amount[1], amount[1], amount[0], amount[0]], value=int(value)),
              {"x": s.whole(*shape)}, amount=amount, value=int(value))
    for shape, counts in [([3], [2]), ([2, 3], [2, 1]), ([2, 3], [2]), ([3], [2, 3]),
                          ([2, 1, 3], [1, 4, 2]), ([2, 3], [0, 1])]:
        f.add("tiled", lambda x: x.tile(counts), {"x": s.real(*shape)}, bfloat16=("x",),
              counts=counts)
    for shape, to in [([2, 6], [3, 4]), ([2, 3, 4], [-1, 4]), ([], [1, 1]), ([0, 3], [3, 0, 2])]:
        f.add("reshaped", lambda x: x.reshape(to), {"x": s.real(*shape)}, bfloat16=("x",), shape=to)
    for shape, axes in [([2, 3], [1, 0]), ([2, 3, 4], [2, 0, 1]), ([2, 3, 2, 5], [0, 2, 3, 1]),
                        ([2, 3, 4, 5, 2], [4, 0, 3, 1, 2]), ([33, 17], [1, 0])]:
        f.add("transposed", lambda x: x.permute(axes), {"x": s.real(*shape)}, bfloat16=("x",),
              axes=axes)
    f.add("flattened", lambda x: x.flatten(1), {"x": s.real(2, 3, 2, 5)}, bfloat16=("x",), axis=1)
    f.add("squeezed", lambda x: x.squeeze(1), {"x": s.real(2, 1, 3)}, axis=1)
    f.add("expandedDimensions", lambda x: x.unsqueeze(-1), {"x": s.real(2, 3)}, axis=-1)
    for shape, to in [([3], [4, 3]), ([2, 1, 3], [2, 4, 3]), ([], [2, 2]), ([1], [0])]:
        f.add("broadcast", lambda x: torch.broadcast_to(x, to), {"x": s.real(*shape)},
              bfloat16=("x",), shape=to)
    for left, right, axis in [([2, 3], [4, 3], 0), ([2, 3], [2, 1], 1), ([2, 3, 4], [2, 3, 4], -1),
                              ([2, 3, 2, 5], [2, 4, 2, 5], 1), ([0, 3], [2, 3], 0)]:
        f.add("concatenated", lambda x, y: torch.cat([x, y], axis),
              {"x": s.real(*left), "y": s.real(*right)}, bfloat16=("x", "y"), axis=axis)
    for shape, axis in [([3], 0), ([2, 3], 1), ([2, 3], -1)]:
        f.add("stacked", lambda x, y: torch.stack([x, y], axis),
              {"x": s.real(*shape), "y": s.real(*shape)}, bfloat16=("x", "y"), axis=axis)
    for shape, parts, axis in [([6], 3, 0), ([2, 4, 3], 2, 1), ([2, 6], 2, -1)]:
        f.add("split", lambda x: x.chunk(parts, axis), {"x": s.real(*shape)}, bfloat16=("x",),
              parts=parts, axis=axis)


# Products

def products(f, s):
    for left, right in [([3, 4], [4, 5]), ([1, 7], [7, 1]), ([2, 3, 4], [2, 4, 5]),
                        ([2, 3, 4], [4, 5]), ([3, 4], [2, 4, 5]), ([2, 1, 3, 4], [5, 4, 2]),
                        ([3, 1, 2, 4], [1, 2, 4, 3]), ([4], [4]), ([4], [4, 3]), ([3, 4], [4]),
                        ([2, 3, 4], [4]), ([0, 4], [4, 3]), ([3, 0], [0, 2]), ([17, 33], [33, 9])]:
        inputs = {"x": s.real(*left), "y": s.real(*right)}
        f.add("matmul", torch.matmul, inputs, bfloat16=("x", "y"))
    f.add("matmul", torch.matmul, {"x": s.real(5, 16), "y": s.real(16, 8)}, mixed=True)
    for equation, *shapes in [
            ("ij,jk->ik", [3, 4], [4, 5]), ("bij,bjk->bik", [2, 3, 4], [2, 4, 5]), ("ii->", [4, 4]),
            ("ii->i", [4, 4]), ("i,j->ij", [3], [4]), ("ij->ji", [3, 4]), ("ij->", [3, 4]),
            ("ij->j", [3, 4]), ("bhid,bhjd->bhij", [2, 2, 3, 4], [2, 2, 5, 4]),
            ("...ij,jk->...ik", [2, 3, 4], [4, 2]), ("ij,ij->i", [3, 4], [3, 4]),
            ("ijk,jil->kl", [3, 2, 4], [2, 3, 5]), ("i,j", [3], [4]), ("ij,jk,kl->il", [2, 3], [3, 4], [4, 2]),
            ("nchw,kc->nkhw", [2, 3, 2, 2], [4, 3])]:
        names = ["x", "y", "z"][:len(shapes)]
        f.add("einsum", lambda *v: torch.einsum(equation, *v),
              {name: s.real(*shape) for name, shape in zip(names, shapes)},
              bfloat16=tuple(names) if len(shapes) == 2 else (), equation=equation)
    for shape, out, bias in [([5, 4], 3, True), ([2, 5, 4], 3, True), ([4], 3, True),
                             ([5, 4], 3, False), ([9, 33], 17, True), ([0, 4], 3, True),
                             ([2, 3, 2, 4], 2, True)]:
        inputs = {"x": s.real(*shape), "weights": s.real(out, shape[-1])}
        if bias:
            inputs["bias"] = s.real(out)
        f.add("linear", lambda x, weights, bias=None: F.linear(x, weights, bias), inputs,
              bfloat16=tuple(inputs))
    inputs = {"x": s.real(5, 16), "weights": s.real(8, 16), "bias": s.real(8)}
    f.add("linear", lambda x, weights, bias: F.linear(x, weights, bias), inputs, mixed=True)


def main():
    check_version()
    elements, axes = Fixture(), Fixture()
    s = Samples(1)
    elementwise(elements, s)
    pairs(elements, s)
    elements.write(HERE / "pytorch_elements.safetensors")
    s = Samples(2)
    for family in (reductions, indexing, rearranging, products):
        family(axes, s)
    axes.write(HERE / "pytorch_axes.safetensors")
    from pytorch_network_operations import write
    write()


if __name__ == "__main__":
    main()
