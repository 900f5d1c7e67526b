"""Makes the GIF, TIFF and animated WebP files, those with colour profiles, and their expected pixels.

    python3 -m venv venv && venv/bin/pip install pillow==13.0.0 numpy==2.4.6
    venv/bin/python make_file_fixtures.py

Made with Python 3.11.7, Pillow 13.0.0 (libtiff 4.7, libwebp 1.6.0) and NumPy 2.4.6. What a file's
frames or pages decode to stands beside it as RGBA, one after the other (`<name>.frames.raw`). All
content is computed here.
"""

import os
import struct

import numpy as np
from PIL import Image, ImageCms, ImageSequence, TiffImagePlugin

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def scene(width, height, phase=0.0):
    """A smooth picture with a disc that wanders with the phase."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    red = 127 + 120 * np.sin(x / 5 + phase) * np.cos(y / 9)
    green = 255 * x / width
    centre = width * (0.3 + 0.1 * phase)
    blue = np.where((x - centre) ** 2 + (y - height / 2) ** 2 < (height / 3) ** 2, 220, 30)
    pixels = np.stack([red, green, blue], axis=-1)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def expected(name, frames):
    with open(path(name + ".frames.raw"), "wb") as file:
        for frame in frames:
            file.write(frame.convert("RGBA").tobytes())


def decoded(name):
    """The frames as Pillow shows them."""
    with Image.open(path(name)) as image:
        expected(os.path.splitext(name)[0] if name.endswith("gif") else name,
                 [frame.copy() for frame in ImageSequence.Iterator(image)])


WIDTH, HEIGHT = 33, 21
rgb = scene(WIDTH, HEIGHT)
gray = rgb.convert("L")
ramp = np.clip(np.hypot(*np.mgrid[-10:11, -16:17]) * 20, 0, 255).astype(np.uint8)
rgba = rgb.copy()
rgba.putalpha(Image.fromarray(ramp))

# GIF
still = rgb.quantize(31)
still.save(path("still.gif"))
decoded("still.gif")
gray.save(path("gray.gif"), interlace=1)
decoded("gray.gif")


PLACES = [
    # left, top, width, height, pixels, what becomes of it before the next one, transparent colour
    (0, 0, 12, 9, [(x + y) % 4 for y in range(9) for x in range(12)], 1, None),
    (2, 1, 5, 4, [0 if (x * y) % 2 else 3 for y in range(4) for x in range(5)], 3, 0),
    (4, 3, 6, 5, [1] * 30, 2, 0),
    (1, 5, 4, 3, [2, 0, 2, 0] * 3, 1, 0),
]
COLORS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]


def gif_by_hand():
    """Four pictures at places of their own, with transparency and every way to be disposed of."""
    out = b"GIF89a" + struct.pack("<HHBBB", 12, 9, 0xF1, 0, 0) + bytes(sum(COLORS, ()))
    for left, top, width, height, pixels, disposal, transparent in PLACES:
        control = struct.pack("<BHB", disposal << 2 | (transparent is not None), 5, transparent or 0)
        out += b"\x21\xf9\x04" + control + b"\0"
        out += b"\x2c" + struct.pack("<HHHHB", left, top, width, height, 0) + b"\x02"
        # Codes of 3 bits, with a clear code (4) before every second pixel so that they stay at 3 bits.
        codes = []
        for index, pixel in enumerate(pixels):
            if index % 2 == 0:
                codes.append(4)
            codes.append(pixel)
        codes.append(5)
        bits = sum(code << (3 * index) for index, code in enumerate(codes))
        data = bits.to_bytes((3 * len(codes) + 7) // 8, "little")
        for start in range(0, len(data), 255):
            part = data[start:start + 255]
            out += bytes([len(part)]) + part
        out += b"\0"
    return out + b"\x3b"


def gif_frames():
    """What GIF89a says is seen: 2 clears a picture's place, 3 brings back what it covered.

    Pillow fills the place with the transparent entry's colour where the canvas was opaque; browsers
    and this clear it.
    """
    canvas, frames = np.zeros((9, 12, 4), np.uint8), []
    for left, top, width, height, pixels, disposal, transparent in PLACES:
        before = canvas.copy()
        for index, pixel in enumerate(pixels):
            if pixel != transparent:
                canvas[top + index // width, left + index % width] = COLORS[pixel] + (255,)
        frames.append(Image.fromarray(canvas.copy()))
        if disposal == 2:
            canvas[top:top + height, left:left + width] = 0
        elif disposal == 3:
            canvas = before
    return frames


with open(path("animated.gif"), "wb") as file:
    file.write(gif_by_hand())
with Image.open(path("animated.gif")) as animated:
    # The file itself is one that Pillow reads alike, up to the first place that is cleared.
    for index, frame in enumerate(gif_frames()[:3]):
        animated.seek(index)
        assert animated.convert("RGBA").tobytes() == frame.tobytes(), index
expected("animated", gif_frames())

# WebP
frames = [scene(WIDTH, HEIGHT, phase) for phase in (0, 1, 2)]
clear = rgba.copy()
clear.paste((0, 0, 0, 0), (3, 3, 15, 15))
frames[0].save(path("opaque.webp"), save_all=True, append_images=frames[1:], lossless=True, duration=80)
expected("opaque.webp", frames)
rgba.save(path("animated.webp"), save_all=True, append_images=[clear], lossless=True, exact=True, duration=80)
decoded("animated.webp")

# TIFF
deep = Image.fromarray(np.array(gray).astype(np.uint16) * 257)
inverted = Image.fromarray(255 - np.array(gray))
bilevel = gray.point(lambda value: 255 if value > 127 else 0).convert("1")
for name, image, options in [
    ("gray8.tiff", gray, {}),
    ("gray16.tiff", deep, {"compression": "tiff_lzw"}),
    ("bilevel.tiff", bilevel, {"compression": "group4"}),
    ("rgb-lzw.tiff", rgb, {"compression": "tiff_lzw", "tiffinfo": {317: 2}}),
    ("rgb-deflate.tiff", rgb, {"compression": "tiff_adobe_deflate"}),
    ("rgb-jpeg.tiff", rgb, {"compression": "jpeg", "quality": 95}),
    ("rgba.tiff", rgba, {"compression": "packbits"}),
    ("palette.tiff", still, {}),
    ("cmyk.tiff", rgb.convert("CMYK"), {}),
    ("float.tiff", gray.convert("F"), {}),
]:
    image.save(path(name), **options)
for name, image in [
    ("gray8.tiff", gray), ("gray16.tiff", gray), ("bilevel.tiff", bilevel), ("rgb-lzw.tiff", rgb),
    ("rgb-deflate.tiff", rgb), ("rgba.tiff", rgba), ("palette.tiff", still.convert("RGB")),
    ("cmyk.tiff", rgb),
]:
    expected(name, [image])
decoded("rgb-jpeg.tiff")


def big_endian_deep_rgb():
    """Colour of 16 bits a sample in big-endian order, in two strips, which Pillow does not write."""
    pixels = (np.array(rgb).astype(np.uint16) * 257).astype(">u2").tobytes()
    rows = 11
    first = rows * WIDTH * 6
    entries = [
        (256, 3, 1, WIDTH), (257, 3, 1, HEIGHT), (258, 3, 3, None), (259, 3, 1, 1), (262, 3, 1, 2),
        (273, 4, 2, None), (277, 3, 1, 3), (278, 3, 1, rows), (279, 4, 2, None),
    ]
    base = 8 + 2 + 12 * len(entries) + 4
    bits, offsets, counts = base, base + 6, base + 14
    data = base + 22
    out = b"MM\0*" + struct.pack(">I", 8) + struct.pack(">H", len(entries))
    for tag, kind, count, value in entries:
        out += struct.pack(">HHI", tag, kind, count)
        if value is None:
            out += struct.pack(">I", {258: bits, 273: offsets, 279: counts}[tag])
        else:
            out += struct.pack(">HH", value, 0)
    out += struct.pack(">I", 0) + struct.pack(">HHH", 16, 16, 16)
    out += struct.pack(">II", data, data + first) + struct.pack(">II", first, len(pixels) - first)
    return out + pixels


with open(path("rgb16.tiff"), "wb") as file:
    file.write(big_endian_deep_rgb())
expected("rgb16.tiff", [rgb])


def tiled():
    """Tiles of 16x16, which Pillow does not write."""
    columns, rows = -(-WIDTH // 16), -(-HEIGHT // 16)
    padded = np.zeros((rows * 16, columns * 16, 3), np.uint8)
    padded[:HEIGHT, :WIDTH] = np.array(rgb)
    tiles = [padded[16 * j:16 * j + 16, 16 * i:16 * i + 16].tobytes() for j in range(rows) for i in range(columns)]
    count = len(tiles)
    entries = [
        (256, 3, 1, WIDTH), (257, 3, 1, HEIGHT), (258, 3, 3, None), (259, 3, 1, 1), (262, 3, 1, 2),
        (277, 3, 1, 3), (322, 3, 1, 16), (323, 3, 1, 16), (324, 4, count, None), (325, 4, count, None),
    ]
    base = 8 + 2 + 12 * len(entries) + 4
    bits, offsets, counts = base, base + 6, base + 6 + 4 * count
    data = counts + 4 * count
    out = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries))
    for tag, kind, number, value in entries:
        out += struct.pack("<HHI", tag, kind, number)
        where = {258: bits, 324: offsets, 325: counts}
        out += struct.pack("<I", where[tag] if value is None else value)
    out += struct.pack("<I", 0) + struct.pack("<HHH", 8, 8, 8)
    out += b"".join(struct.pack("<I", data + 768 * index) for index in range(count))
    out += struct.pack("<I", 768) * count
    return out + b"".join(tiles)


with open(path("tiled.tiff"), "wb") as file:
    file.write(tiled())
expected("tiled.tiff", [rgb])

pages = [rgb, scene(20, 10, 1), gray]
pages[0].save(path("pages.tiff"), save_all=True, append_images=pages[1:], compression="tiff_lzw")
expected("pages.tiff", pages)

upright = scene(12, 8)
stored = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
for value, operation in stored.items():
    picture = upright if operation is None else upright.transpose(operation)
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[274] = value
    picture.save(path(f"orientation{value}.tiff"), tiffinfo=info)
expected("orientation.tiff", [upright])

# Colour profiles: version 4 in PNG, JPEG, WebP and TIFF.
profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
small = scene(8, 6)
small.save(path("profile.png"), icc_profile=profile)
small.save(path("profile.jpg"), icc_profile=profile, quality=90)
small.save(path("profile.webp"), icc_profile=profile, lossless=True)
small.save(path("profile.tiff"), icc_profile=profile)
