"""Makes the photographs and the expected pixels that the tests of colours, changes and transforms
compare with.

    python3 -m venv venv
    venv/bin/pip install scikit-image==0.26.0 pillow==13.0.0 numpy==2.4.6
    venv/bin/python make_transform_fixtures.py

Made with Python 3.11.7. The photographs are parts of scikit-image's `chelsea` (a cat, CC0, by
Stefan van der Walt) and `rocket` (public domain, by SpaceX and NASA). Each `.bin` holds raw samples,
one result after the other in the order of the script; `colors.bin` holds float32, little-endian.
"""

import os

import numpy as np
from PIL import Image, ImageEnhance, ImageOps
from skimage import color, data, exposure, filters, transform

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def levels(values):
    """Floats in 0...1 as bytes."""
    return np.clip(np.rint(values * 255), 0, 255).astype(np.uint8)


cat = Image.fromarray(data.chelsea()).crop((100, 40, 340, 220)).resize((64, 48), Image.Resampling.LANCZOS)
rocket = Image.fromarray(data.rocket()).crop((180, 150, 430, 337))
cat.save(path("cat.png"), optimize=True)
rocket.save(path("rocket.png"), optimize=True)
pixels = np.array(cat)
gray = cat.convert("L")

# Resizing: down a little, down a lot, across only, up
with open(path("resized.bin"), "wb") as file:
    filters_of_pillow = [
        Image.Resampling.NEAREST, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS,
    ]
    for size in [(64, 48), (7, 61), (250, 3), (31, 187)]:
        for kind in filters_of_pillow:
            file.write(rocket.resize(size, kind).tobytes())
    for size in [(150, 97), (64, 49), (1, 200)]:
        for kind in filters_of_pillow:
            file.write(gray.resize(size, kind).tobytes())

# Colours: the photograph, and below it the corners and middles of the colour cube
cube = np.array([[r, g, b] for r in (0, 127, 255) for g in (0, 127, 255) for b in (0, 127, 255)], np.uint8)
row = np.zeros((1, 64, 3), np.uint8)
row[0, : len(cube)] = cube
card = np.concatenate([pixels, row])[::2]
card = np.concatenate([card, row])
Image.fromarray(card).save(path("colors.png"), optimize=True)
real = card / 255
random = np.random.default_rng(11)
lab = np.stack([random.uniform(0, 100, (4, 64)), random.uniform(-100, 100, (4, 64)), random.uniform(-100, 100, (4, 64))], -1)
with open(path("colors.bin"), "wb") as file:
    results = [
        color.rgb2hsv(real), color.rgb2lab(real), color.rgb2ycbcr(real), color.rgb2gray(real)[..., None],
        color.rgb2yuv(real)[..., :1], real[..., ::-1],
        lab, color.lab2rgb(lab), color.hsv2rgb(color.rgb2hsv(real)), color.ycbcr2rgb(color.rgb2ycbcr(real)),
    ]
    for result in results:  # as planes
        file.write(np.ascontiguousarray(np.moveaxis(result, -1, 0)).astype("<f4").tobytes())

# Levels and enhancements
with open(path("levels.bin"), "wb") as file:
    changed = [
        levels(exposure.adjust_gamma(pixels / 255, 2.2)),
        levels(exposure.adjust_gamma(pixels / 255, 0.4)),
        ImageOps.autocontrast(cat), ImageOps.autocontrast(cat, cutoff=2),
        ImageOps.posterize(cat, 3), ImageOps.solarize(cat, 100), ImageOps.invert(cat),
        levels(np.stack([exposure.equalize_hist(pixels[..., c]) for c in range(3)], -1)),
        ImageEnhance.Brightness(cat).enhance(1.4), ImageEnhance.Contrast(cat).enhance(0.5),
        ImageEnhance.Contrast(cat).enhance(1.6),
        ImageEnhance.Color(cat).enhance(1.7), ImageEnhance.Color(cat).enhance(0.3),
        ImageEnhance.Sharpness(cat).enhance(2.5), ImageEnhance.Sharpness(cat).enhance(0),
        levels(exposure.equalize_adapthist(pixels)),
        levels(exposure.equalize_adapthist(pixels, kernel_size=(12, 16), clip_limit=0.05)),
    ]
    for result in changed:
        file.write(np.asarray(result).tobytes())
    file.write(levels(exposure.equalize_adapthist(np.array(gray))).tobytes())
    file.write(levels(exposure.equalize_adapthist(np.array(gray), kernel_size=(9, 12), clip_limit=0)).tobytes())
    file.write(levels(exposure.equalize_hist(np.array(gray))).tobytes())

# Blurring and sharpening
with open(path("blurred.bin"), "wb") as file:
    def bytes_of(values):
        return np.clip(np.rint(values), 0, 255).astype(np.uint8).tobytes()

    for sigma in (0.6, 1.5, 8):
        file.write(bytes_of(filters.gaussian(pixels, sigma, channel_axis=-1, preserve_range=True)))
    for sigma, amount in ((1, 1), (2, 1.3), (3, -0.5)):
        planes = [filters.unsharp_mask(pixels[..., c], sigma, amount) for c in range(3)]
        file.write(levels(np.stack(planes, -1)).tobytes())


# Turns and other maps
def forward(degrees, scale, shear, x, y):
    """A turn counter-clockwise as seen, a lean, a magnification and a shift about the middle."""
    angle, lean = np.deg2rad(degrees), np.tan(np.deg2rad(shear))
    center = np.array([[1, 0, 32], [0, 1, 24], [0, 0, 1.0]])
    turn = np.array([[np.cos(angle), np.sin(angle), 0], [-np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    leaned = np.array([[1, lean, 0], [0, 1, 0], [0, 0, 1]])
    shift = np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])
    return shift @ center @ np.diag([scale, scale, 1]) @ leaned @ turn @ np.linalg.inv(center)


def solved(source, target):
    """Pillow's eight coefficients of a perspective that moves the points of source to target."""
    rows, values = [], []
    for (u, v), (x, y) in zip(source, target):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.linalg.solve(np.array(rows, float), np.array(values, float))


with open(path("warped.bin"), "wb") as file:
    for settings in [(20, 1.3, 0, 0, 0), (-35, 0.7, 15, 4, -3), (0, 1, -30, 0, 0), (0, 1, 0, 5.5, 7.25)]:
        inverse = np.linalg.inv(forward(*settings))
        for kind in (Image.Resampling.NEAREST, Image.Resampling.BILINEAR):
            file.write(cat.transform(cat.size, Image.Transform.AFFINE, inverse.flatten()[:6], kind).tobytes())
        half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
        cubic = transform.warp(
            pixels / 255, np.linalg.inv(half) @ inverse @ half, order=3, mode="edge", clip=False)
        file.write(levels(cubic).tobytes())
    corners = [(0, 0), (64, 0), (64, 48), (0, 48)]
    moved = [(8.3, 5.1), (60.7, 0.4), (63.2, 47.6), (3.9, 40.2)]  # no pixel's middle on an edge
    for source, target in ((corners, moved), (moved, corners)):
        file.write(cat.transform(
            cat.size, Image.Transform.PERSPECTIVE, solved(source, target), Image.Resampling.BILINEAR).tobytes())
