"""What fvcore counts for networks of torchvision at 224x224, operation by operation.

Wrote the numbers of CostTests.swift with torch 2.15, torchvision and fvcore 0.1.5.post20221221:

    python fvcore_costs.py
"""

import warnings

import torch
import torchvision
from fvcore.nn import FlopCountAnalysis

warnings.filterwarnings("ignore")
for name in ["resnet50", "convnext_tiny", "googlenet"]:
    model = getattr(torchvision.models, name)(weights=None).eval()
    counts = FlopCountAnalysis(model, torch.zeros(1, 3, 224, 224)).unsupported_ops_warnings(False)
    print(name, int(counts.total()), {k: int(v) for k, v in counts.by_operator().items()})
