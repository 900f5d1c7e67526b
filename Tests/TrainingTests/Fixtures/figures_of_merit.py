"""Writes figures_of_merit.json: what scikit-learn and torchmetrics say of some predictions.

The model of the test takes four grey pixels for its scores: six times what they are in 0...1. The
file holds the pixels and labels too. Run with: python3 figures_of_merit.py   (scikit-learn 1.9.1,
torchmetrics 1.9.0 and torch 2.15.0, checked)
"""
import json
import pathlib

import numpy
import sklearn
import torch
import torchmetrics
from sklearn.metrics import classification_report, top_k_accuracy_score
from torchmetrics.functional.classification import multiclass_calibration_error

assert sklearn.__version__ == "1.9.1" and torchmetrics.__version__ == "1.9.0"
assert torch.__version__.startswith("2.15.0")

COUNT, CLASSES, BINS = 150, 5, 15
generator = numpy.random.default_rng(3)
pixels = generator.integers(0, 256, (COUNT, CLASSES), dtype=numpy.uint8)
# The last class is never a label, and the labels are right more often than chance has it.
labels = numpy.where(
    generator.random(COUNT) < 0.5, pixels[:, :4].argmax(1), generator.integers(0, 4, COUNT))
scores = torch.from_numpy(pixels.astype(numpy.float32) / numpy.float32(255) * 6)
probabilities = torch.softmax(scores, 1)
report = classification_report(
    labels, scores.argmax(1).numpy(), labels=range(CLASSES), output_dict=True, zero_division=0)


def row(name):
    values = report[name]
    return [values["precision"], values["recall"], values["f1-score"], values["support"]]


def calibration(norm):
    return float(
        multiclass_calibration_error(
            probabilities, torch.from_numpy(labels), CLASSES, n_bins=BINS, norm=norm))


path = pathlib.Path(__file__).with_name("figures_of_merit.json")
path.write_text(
    json.dumps(
        {
            "pixels": pixels.flatten().tolist(),
            "labels": labels.tolist(),
            "classes": [row(str(label)) for label in range(CLASSES)],
            "macro": row("macro avg"),
            "weighted": row("weighted avg"),
            "accuracy": float((scores.argmax(1).numpy() == labels).mean()),
            "top2": float(
                top_k_accuracy_score(labels, scores.numpy(), k=2, labels=range(CLASSES))),
            "expectedCalibrationError": calibration("l1"),
            "maximumCalibrationError": calibration("max"),
            "loss": float(torch.nn.functional.cross_entropy(scores, torch.from_numpy(labels))),
        })
    + "\n")
