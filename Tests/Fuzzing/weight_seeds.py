"""Puts weight files to begin with into a folder for each target: weight_seeds.py FIXTURES OUTPUT"""

import pathlib
import shutil
import sys
import zipfile

KINDS = {
    "safetensors": ["*.safetensors"],
    "pth": ["Weights/types.pth", "Weights/checkpoint.pth", "Weights/hostile.pth", "Weights/list.pt"],
    "stream": ["Weights/*_legacy.pth"], "npz": ["Weights/*.npz"], "onnx": ["Weights/*.onnx"],
    "pickle": ["Weights/*.pkl"],
}

fixtures, output = map(pathlib.Path, sys.argv[1:])
for kind, patterns in KINDS.items():
    folder = output / kind
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in patterns:
        for file in fixtures.glob(pattern):
            if file.stat().st_size <= 16384:
                shutil.copy(file, folder)
for file in fixtures.glob("Weights/*.pt*"):
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for name in archive.namelist():
                if name.endswith("data.pkl"):
                    (output / "pickle" / file.name).write_bytes(archive.read(name))
