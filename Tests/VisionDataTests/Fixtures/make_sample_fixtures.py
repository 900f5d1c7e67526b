"""Makes the picture of 16 bits a sample, in three formats and as bare numbers, and a JPEG that holds one
colour for two pixels.

    python3 -m venv venv && venv/bin/pip install pillow==13.0.0 numpy==2.4.6
    venv/bin/python make_sample_fixtures.py

Made with Python 3.11.7, Pillow 13.0.0 and NumPy 2.4.6.
"""
import pathlib

import numpy as np
from PIL import Image

here = pathlib.Path(__file__).parent
y, x = np.mgrid[0:14, 0:23]
samples = ((x * 2741 + y * 991 + x * y * 173) % 65536).astype("<u2")
(here / "deep.raw").write_bytes(samples.tobytes())
picture = Image.fromarray(samples)
picture.save(here / "deep.png")
picture.save(here / "deep.tiff", compression="tiff_deflate")
(here / "deep.pgm").write_bytes(b"P5\n23 14\n65535\n" + samples.astype(">u2").tobytes())
for name in ["deep.png", "deep.tiff", "deep.pgm"]:
    assert np.array_equal(np.asarray(Image.open(here / name)).astype("<u2"), samples), name

y, x = np.mgrid[0:75, 0:109]
scene = np.stack([x * 5 ^ y, y * 3 + x * x // 7, (x // 3 + y // 2) * 37], -1).astype(np.uint8)
Image.fromarray(scene).save(here / "colors422.jpg", quality=80, subsampling="4:2:2")
