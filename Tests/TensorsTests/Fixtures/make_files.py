"""Writes the small .npy and .safetensors files that FilesTests reads and compares with.

Run in this folder with the pinned packages:
    pip install numpy==2.4.6 safetensors==0.8.0 && python3 make_files.py
"""
import pathlib

import numpy
import safetensors
from numpy.lib import format as npy
from safetensors.numpy import save_file

HERE = pathlib.Path(__file__).parent
GRID = numpy.arange(6).reshape(2, 3)


def array(name, values, version=None):
    with open(HERE / f"{name}.npy", "wb") as file:
        npy.write_array(file, values, version=version)


array("float32", (GRID / 2).astype("<f4"))
array("float64_fortran", numpy.asfortranarray(GRID / 4))
array("float16", numpy.array([0, -0.5, 65504, 6e-8, 1e-5, numpy.inf], "<f2"))
array("int64_version2", GRID.astype("<i8") - 3, version=(2, 0))
array("int32_version3", GRID.astype("<i4"), version=(3, 0))
array("int16", numpy.array([-32768, 0, 32767], "<i2"))
array("uint8", numpy.array([[0, 255]], "u1"))
array("bool", numpy.array([True, False, True]))
array("scalar", numpy.array(2.5, "<f4"))
array("empty", numpy.zeros((0, 3), "<f4"))
array("big_endian", GRID.astype(">f4"))
array("structured", numpy.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))

# What our own writer has to give byte for byte.
save_file(
    {
        "weight": (GRID / 2).astype("f4"),
        "bias": numpy.array([1, -1], "f4"),
        "labels": numpy.array([3, 1, 2], "i8"),
        "ids": numpy.array([7], "i4"),
        "pixels": numpy.array([0, 128, 255], "u1"),
        "mask": numpy.array([True, False]),
        "naïve \"name\"": numpy.array(1.5, "f4"),
    },
    HERE / "ours.safetensors",
    metadata={"format": "pt"},
)

# Every stored type, each with the values 0, 1 and 2 or their like.
NUMPY = {
    "BOOL": "?", "U8": "u1", "I8": "i1", "U16": "u2", "I16": "i2", "U32": "u4", "I32": "i4",
    "I64": "i8", "F16": "f2", "F32": "f4", "F64": "f8",
}
LONG = {
    "BOOL": "bool", "U8": "uint8", "I8": "int8", "U16": "uint16", "I16": "int16",
    "U32": "uint32", "I32": "int32", "I64": "int64", "F16": "float16", "F32": "float32",
    "F64": "float64", "BF16": "bfloat16",
}
buffers = {
    name: numpy.array([0, 1, 1 if name == "BOOL" else 2], code) for name, code in NUMPY.items()
}
buffers["BF16"] = (numpy.array([0, 1, 2], "f4").view("u4") >> 16).astype("u2")
specs = {
    name: safetensors.TensorSpec(
        dtype=LONG[name], shape=[3], data_ptr=buffer.ctypes.data, data_len=buffer.nbytes)
    for name, buffer in buffers.items()
}
(HERE / "types.safetensors").write_bytes(safetensors.serialize(specs))
(HERE / "ours.safetensors").chmod(0o644)
