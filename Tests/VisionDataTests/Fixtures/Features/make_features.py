"""Makes the photographs and the expected features that the tests of Features and Classifiers use.

    python3 -m venv venv
    venv/bin/pip install scikit-image==0.26.0 scikit-learn==1.9.1 opencv-python-headless==5.0.0.93 \
        numpy==2.4.6 pillow==13.0.0
    venv/bin/python make_features.py

camera.png and coffee.png are parts of scikit-image's photographs (CC0; coffee by Rachel Michetti,
camera by Lav Varshney). The numbers, computed by scikit-image, OpenCV and scikit-learn, are
written as filters.safetensors, features.safetensors and
sift.safetensors; digits.safetensors has the 1,797 digits of scikit-learn (BSD-3) and what
its classifiers make of them.
"""

import json
import os
import struct

import cv2
import numpy as np
from PIL import Image
from scipy import ndimage
from skimage import color, data, feature, filters
from sklearn import cluster, datasets, decomposition, linear_model, neighbors, svm

HERE = os.path.dirname(os.path.abspath(__file__))
DTYPES = {"float32": "F32", "int64": "I64", "int32": "I32", "uint8": "U8"}


def save(name, arrays):
    header, offset, body = {}, 0, b""
    for key, array in arrays.items():
        array = np.ascontiguousarray(array)
        raw = array.tobytes()
        header[key] = {
            "dtype": DTYPES[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(raw)],
        }
        offset += len(raw)
        body += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def f32(array):
    return np.asarray(array, dtype=np.float32)


def decided(gray, points, radius):
    """Where no neighbour of the circle is exactly as bright as the pixel, by whole numbers.

    On a tie scikit-image's answer depends on how its products are rounded.
    """
    height, width = gray.shape
    unit = 100000
    padded = np.pad(gray.astype(object), 8)
    result = np.ones(gray.shape, dtype=np.uint8)
    for index in range(points):
        angle = 2 * np.pi * index / points
        y = int(round(round(-radius * np.sin(angle), 5) * unit))
        x = int(round(round(radius * np.cos(angle), 5) * unit))
        (row, part_y), (column, part_x) = divmod(y, unit), divmod(x, unit)
        if part_x == 0 and part_y == 0:
            continue
        total = np.zeros(gray.shape, dtype=object)
        for dy, wy in ((0, unit - part_y), (1, part_y)):
            for dx, wx in ((0, unit - part_x), (1, part_x)):
                top, left = 8 + row + dy, 8 + column + dx
                total = total + padded[top : top + height, left : left + width] * (wy * wx)
        tie = (total - gray.astype(object) * (unit * unit)) == 0
        result[tie.astype(bool)] = 0
    return result


def features():
    gray = data.camera()[90:154, 200:272]
    coffee = data.coffee()[120:168, 200:256]
    Image.fromarray(gray).save(os.path.join(HERE, "camera.png"), optimize=True)
    Image.fromarray(coffee).save(os.path.join(HERE, "coffee.png"), optimize=True)
    unit = gray / 255.0
    single = f32(unit)
    out = {}
    border = cv2.BORDER_REFLECT
    out["sobel.x"] = cv2.Sobel(single, cv2.CV_32F, 1, 0, borderType=border)
    out["sobel.y"] = cv2.Sobel(single, cv2.CV_32F, 0, 1, borderType=border)
    # scikit-image divides the kernel by 4 and the magnitude by the square root of 2.
    out["sobel.magnitude"] = f32(filters.sobel(unit) * 4 * np.sqrt(2))
    out["scharr.magnitude"] = f32(filters.scharr(unit) * 16 * np.sqrt(2))
    out["prewitt.magnitude"] = f32(filters.prewitt(unit) * 3 * np.sqrt(2))
    out["laplacian"] = cv2.Laplacian(single, cv2.CV_32F, borderType=border)
    out["gaussian"] = f32(filters.gaussian(unit, sigma=1.7))
    out["gaussian.coffee"] = f32(
        filters.gaussian(coffee / 255.0, sigma=2, channel_axis=-1).transpose(2, 0, 1)
    )
    out["dog"] = f32(filters.difference_of_gaussians(unit, 1, 1.6))
    kernel = np.array([[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], dtype=np.float32)
    out["emboss"] = cv2.filter2D(single, cv2.CV_32F, kernel, borderType=border)

    save("filters.safetensors", out)

    out = {}
    for name, sigma, low, high in [("a", 1, 0.1, 0.2), ("b", 2, 0.05, 0.15), ("c", 0.5, 0.3, 0.9)]:
        edges = feature.canny(unit, sigma=sigma, low_threshold=low, high_threshold=high)
        out["canny." + name] = edges.astype(np.uint8)

    out["hog"] = f32(feature.hog(gray))
    out["hog.small"] = f32(
        feature.hog(gray, orientations=8, pixels_per_cell=(5, 5), cells_per_block=(2, 2))
    )
    out["hog.coffee"] = f32(feature.hog(coffee, channel_axis=-1))

    for name, points, radius in [("8.1", 8, 1), ("16.2", 16, 2), ("12.2.5", 12, 2.5)]:
        codes = feature.local_binary_pattern(gray, points, radius, "uniform")
        out["lbp." + name] = codes.astype(np.int32)
        out["lbp.decided." + name] = decided(gray, points, radius)
    out["lbp.plain"] = feature.local_binary_pattern(gray, 8, 1, "default").astype(np.int32)

    harris = feature.corner_harris(unit)
    tomasi = feature.corner_shi_tomasi(unit)
    out["harris"], out["tomasi"] = f32(harris), f32(tomasi)
    for name, response in [("harris", harris), ("tomasi", tomasi)]:
        peaks = feature.corner_peaks(response, min_distance=5, threshold_rel=0.01)
        out[name + ".corners"] = peaks.astype(np.int64)

    for index, theta in enumerate([0, np.pi / 4, np.pi / 2]):
        kernel = filters.gabor_kernel(1 / 6, theta=theta)
        for part in ("real", "imag"):
            out[f"gabor.kernel.{index}.{part}"] = f32(getattr(kernel, part))
        real, imaginary = filters.gabor(unit, 1 / 6, theta=theta)
        if index == 0:
            out["gabor.energy"] = f32(np.hypot(real, imaginary))

    template = gray[20:41, 30:55]
    out["template"] = f32(feature.match_template(unit, template / 255.0))
    out["integral"] = f32(np.cumsum(np.cumsum(unit, 0), 1))
    bins = coffee.astype(int) * 4 // 256
    counts = np.zeros((4, 4, 4))
    np.add.at(counts, (bins[..., 0], bins[..., 1], bins[..., 2]), 1)
    out["histogram"] = f32(counts / counts.sum())
    save("features.safetensors", out)


def sift():
    """OpenCV's keypoints of a larger part, and those of the same part turned and shrunk."""
    gray = cv2.resize(data.camera()[0:300, 100:400], (240, 240), interpolation=cv2.INTER_AREA)
    Image.fromarray(gray).save(os.path.join(HERE, "scene.png"), optimize=True)
    matrix = cv2.getRotationMatrix2D((120, 120), 30, 0.8)
    turned = cv2.warpAffine(gray, matrix, (240, 240), flags=cv2.INTER_CUBIC)
    Image.fromarray(turned).save(os.path.join(HERE, "turned.png"), optimize=True)
    detector = cv2.SIFT_create()
    keypoints, descriptors = detector.detectAndCompute(gray, None)
    points = [[k.pt[0], k.pt[1], k.size, k.angle, k.response] for k in keypoints]
    save(
        "sift.safetensors",
        {
            "points": f32(points),
            "descriptors": descriptors.astype(np.uint8),
            "matrix": f32(matrix),
        },
    )


def digits():
    loaded = datasets.load_digits()
    pixels, labels = loaded.data, loaded.target
    train, test = slice(0, 1000), slice(1000, 1797)
    scaled = pixels / 16
    out = {"pixels": pixels.astype(np.uint8), "labels": labels.astype(np.int64)}
    machine = svm.LinearSVC(C=0.5, tol=1e-6, max_iter=100000).fit(scaled[train], labels[train])
    out["svm.weights"], out["svm.biases"] = f32(machine.coef_), f32(machine.intercept_)
    out["svm.predicted"] = machine.predict(scaled[test]).astype(np.int64)
    knn = neighbors.KNeighborsClassifier(5, algorithm="brute").fit(pixels[train], labels[train])
    out["knn.predicted"] = knn.predict(pixels[test]).astype(np.int64)
    softmax = linear_model.LogisticRegression(C=1, tol=1e-8, max_iter=10000)
    softmax.fit(scaled[train], labels[train])
    out["softmax.probabilities"] = f32(softmax.predict_proba(scaled[test]))
    pca = decomposition.PCA(8, svd_solver="full").fit(scaled)
    out["pca.components"] = f32(pca.components_)
    out["pca.variance"] = f32(pca.explained_variance_)
    out["pca.ratio"] = f32(pca.explained_variance_ratio_)
    out["pca.transformed"] = f32(pca.transform(scaled)[:50])
    start = scaled[:10]
    means = cluster.KMeans(10, init=start, n_init=1, algorithm="lloyd", tol=0, max_iter=300)
    means.fit(scaled)
    out["kmeans.centers"] = f32(means.cluster_centers_)
    out["kmeans.inertia"] = f32([means.inertia_])
    out["kmeans.labels"] = means.labels_.astype(np.int64)
    save("digits.safetensors", out)


if __name__ == "__main__":
    features()
    sift()
    digits()
