"""Makes the weight files that WeightFileTests reads: make_weights.py, in this folder.

Made with torch 2.15.0, numpy 2.4.6 and onnx 1.23.2.
"""

import collections
import os
import pickle

import numpy
import onnx
import torch

a = torch.arange(6, dtype=torch.float32).reshape(2, 3)
base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
state = collections.OrderedDict([
    ("a", a),
    ("transposed", base.t()),
    ("part", base[1:3, 2:5]),
    ("every_second", base[:, ::2]),
    ("parameter", torch.nn.Parameter(a + 0.5)),
    ("half", a.half() / 4),
    ("bfloat16", a.bfloat16()),
    ("double", a.double() / 3),
    ("int64", torch.arange(3)),
    ("int32", torch.arange(3, dtype=torch.int32)),
    ("int16", torch.tensor([-7, 9], dtype=torch.int16)),
    ("int8", torch.tensor([-7, 9], dtype=torch.int8)),
    ("uint8", torch.tensor([7, 255], dtype=torch.uint8)),
    ("bool", torch.tensor([True, False])),
    ("scalar", torch.tensor(41)),
    ("empty", torch.zeros(0, 3)),
    ("expanded", torch.tensor([1.0, 2.0]).expand(3, 2)),
])
torch.save(state, "types.pth")
torch.save(state, "types_legacy.pth", _use_new_zipfile_serialization=False)
torch.save({"epoch": 3, "lr": 0.1, "best": None, "state_dict": {"module.w": a}, "names": ["x"],
            "optimizer": {"state": {0: {"momentum": a * 2}}}}, "checkpoint.pth")
torch.save([a, {"b": a + 1}], "list.pt")
torch.save(torch.nn.Linear(2, 1), "module.pth")


class Hostile:
    def __reduce__(self):
        return os.system, ("touch /tmp/the-pickle-ran",)


torch.save({"w": a, "x": Hostile()}, "hostile.pth")
torch.save({"w": a, "x": Hostile()}, "hostile_legacy.pth", _use_new_zipfile_serialization=False)
with open("plain.pkl", "wb") as file:
    pickle.dump({"w": [1, 2]}, file)

numpy.savez("arrays.npz", a=a.numpy(), b=numpy.asfortranarray(base.numpy()), c=numpy.arange(3))
numpy.savez_compressed("packed.npz", a=a.numpy(), zeros=numpy.zeros((300, 300), numpy.float32))


def tensor(name, values, kind, raw=False):
    values = numpy.asarray(values)
    return onnx.helper.make_tensor(
        name, kind, values.shape, values.tobytes() if raw else values.flatten().tolist(), raw=raw)


T = onnx.TensorProto
graph = onnx.helper.make_graph([], "g", [], [], [
    tensor("raw", a.numpy(), T.FLOAT, raw=True), tensor("floats", a.numpy(), T.FLOAT),
    tensor("int64", [3, -4, 1 << 40], T.INT64), tensor("int32", [-1, 5], T.INT32),
    tensor("uint8", [0, 255], T.UINT8), tensor("bool", [True, False], T.BOOL),
    tensor("half", [0.5, -2.0], T.FLOAT16), tensor("double", [0.25, 1e9], T.DOUBLE),
    tensor("bfloat16", [1.5, -3.0], T.BFLOAT16), tensor("scalar", numpy.float32(2.5), T.FLOAT),
])
model = onnx.helper.make_model(graph)
onnx.save(model, "model.onnx")
big = onnx.helper.make_model(onnx.helper.make_graph([], "g", [], [], [
    tensor("w", base.numpy(), T.FLOAT, raw=True), tensor("v", a.numpy(), T.FLOAT, raw=True)]))
onnx.save_model(big, "external.onnx", save_as_external_data=True, location="external.bin",
                size_threshold=0)
