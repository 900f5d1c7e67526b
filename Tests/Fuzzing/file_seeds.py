"""Puts files to begin with into a folder for each target: file_seeds.py FIXTURES OUTPUT"""

import gzip
import pathlib
import shutil
import sys

KINDS = {
    "png": ["*.png"], "jpeg": ["*.jpg"], "webp": ["*.webp"], "gif": ["*.gif"], "tiff": ["*.tiff"],
    "bmp": ["*.bmp"], "ppm": ["*.ppm", "*.pgm"],
}
IDX = bytes([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4])
LABELS = bytes([0, 0, 8, 1, 0, 0, 0, 3, 9, 0, 5])
MADE = {
    "idx": [IDX, LABELS, gzip.compress(IDX), gzip.compress(LABELS)],
    "csv": [b"path,label\ncat/1.png,cat\n", b'a;"b ""c"""\r\n1;2\r\n', "\ufeffä\tö\n".encode()],
    "numbers": [b"0,1,2,3,4\n5,6,7,8,9\n", b"label,a,b,c,d\n1,2.0,3,4,5\r\n", b"1,16,16,16,0"],
    "cifar": [bytes([3, 42]) + bytes(range(256)) * 12, (bytes([1, 99]) + bytes(3072)) * 2],
    "gzip": [gzip.compress(b"hello world, " * 20), gzip.compress(bytes(5000)), b"plain text"],
}

fixtures, output = map(pathlib.Path, sys.argv[1:])
for kind, patterns in KINDS.items():
    folder = output / kind
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in patterns:
        for file in fixtures.glob(pattern):
            shutil.copy(file, folder)
for kind, contents in MADE.items():
    folder = output / kind
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(contents):
        (folder / f"seed{number}").write_bytes(content)
