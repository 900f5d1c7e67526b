"""Makes the small picture files and the expected pixels that VisionDataTests compares with.

    python3 -m venv venv && venv/bin/pip install pillow==13.0.0 numpy==2.4.6
    venv/bin/python make_fixtures.py

Made with Python 3.11.7, Pillow 13.0.0 (libjpeg-turbo, libwebp 1.6.0, zlib) and NumPy 2.4.6.
Pixels that a picture file decodes to are written as PPM or PGM beside it (`<name>.expected.ppm`);
resized pictures as well. All content is computed here.
"""

import os
import struct
import zlib

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def expected(name, image):
    """The pixels without alpha as P5 or P6."""
    image.save(path(name + (".expected.pgm" if image.mode == "L" else ".expected.ppm")))


def scene(width, height):
    """A smooth picture with an edge, a thin line and some noise, so that filters differ."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 127 + 120 * np.sin(x / 5) * np.cos(y / 9)
    green = 255 * x / width
    blue = np.where((x - width / 2) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2, 220, 30)
    noise = np.random.default_rng(7).normal(0, 12, (height, width, 3))
    pixels = np.stack([red, green, blue], axis=-1) + noise
    pixels[height // 4] = [255, 255, 0]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")


rgb = scene(47, 31)
gray = rgb.convert("L")
alpha = np.clip(np.hypot(*np.mgrid[-15:16, -23:24]) * 14, 0, 255).astype(np.uint8)
rgba = rgb.copy()
rgba.putalpha(Image.fromarray(alpha, "L"))

# Decoding
expected("scene", rgb)
expected("scene-gray", gray)
rgb.save(path("rgb8.png"))
gray.save(path("gray8.png"))
rgba.save(path("rgba8.png"))
np.array(rgba).tofile(path("rgba8.expected.raw"))
palette = rgb.quantize(16)
palette.save(path("palette.png"))
expected("palette", palette.convert("RGB"))
gray.point(lambda v: 255 if v > 127 else 0).convert("1").save(path("gray1.png"))
expected("gray1", gray.point(lambda v: 255 if v > 127 else 0))
Image.fromarray(np.array(gray).astype(np.uint16) * 257).save(path("gray16.png"))
rgb.save(path("rgb.jpg"), quality=85)
expected("jpeg", Image.open(path("rgb.jpg")))
rgb.save(path("progressive.jpg"), quality=85, progressive=True)
gray.save(path("gray.jpg"), quality=85)
expected("jpeg-gray", Image.open(path("gray.jpg")))
rgb.convert("CMYK").save(path("cmyk.jpg"), quality=90)
expected("cmyk", Image.open(path("cmyk.jpg")).convert("RGB"))
rgb.save(path("lossy.webp"), quality=80)
expected("webp", Image.open(path("lossy.webp")).convert("RGB"))
rgba.save(path("lossless.webp"), lossless=True, exact=True)
rgb.save(path("rgb24.bmp"))
gray.save(path("gray8.bmp"))
palette.save(path("palette8.bmp"))
rgba.save(path("rgba32.bmp"))


def interlaced_png(image):
    """Adam7, and 16 bits a sample, which Pillow does not write."""
    pixels = np.array(image).astype(np.uint16) * 257
    height, width, _ = pixels.shape
    raw = b""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    for x0, y0, dx, dy in passes:
        part = pixels[y0::dy, x0::dx]
        if part.size:
            raw += b"".join(b"\0" + row.astype(">u2").tobytes() for row in part)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


with open(path("interlaced16.png"), "wb") as file:
    file.write(interlaced_png(rgb))

# EXIF orientation: all eight show the same upright picture.
upright = scene(24, 16)
stored = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,  # the inverse of turning it clockwise for display
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
for value, operation in stored.items():
    exif = Image.Exif()
    exif[274] = value
    picture = upright if operation is None else upright.transpose(operation)
    picture.save(path(f"orientation{value}.jpg"), quality=95, subsampling=0, exif=exif)
    picture.save(path(f"orientation{value}.png"), exif=exif)
picture.save(path("orientation8.webp"), lossless=True, exif=exif)
expected("orientation", upright)

# Resizing
sizes = [(20, 13), (13, 40), (47, 9), (1, 1)]
filters = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}
with open(path("resized.bin"), "wb") as file:
    for width, height in sizes:
        for name in filters:
            for image in (rgb, gray, rgba):
                file.write(image.resize((width, height), filters[name]).tobytes())
    for name in filters:
        file.write(gray.resize((94, 62), filters[name]).tobytes())

# Rotation, counter-clockwise, and brightness of colour
with open(path("rotated.bin"), "wb") as file:
    for degrees in (15, -40, 180):
        file.write(rgb.rotate(degrees, Image.Resampling.BILINEAR).tobytes())
