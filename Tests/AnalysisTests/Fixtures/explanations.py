"""Makes explanations.json: what captum says of two small networks whose weights and input follow
from a formula, which the tests use too. t-SNE and UMAP: what scikit-learn and umap-learn compute.

    pip install torch==2.15.0 captum==0.9.0 scikit-learn==1.9.1 umap-learn==0.5.12
    python explanations.py > explanations.json
"""
import json
import math
import sys

import numpy as np
import torch
import torch.nn.functional as F
from captum.attr import (GuidedBackprop, IntegratedGradients, LayerGradCam, NoiseTunnel, Occlusion,
                         Saliency)
from torch import nn


def numbers(count, phase, scale):
    return [scale * math.sin(0.7 * i + 1.3 * phase + 0.011 * i * i) for i in range(count)]


def tensor(shape, phase, scale):
    count = math.prod(shape)
    return torch.tensor(numbers(count, phase, scale), dtype=torch.float64).float().reshape(shape)


def fill(model):
    with torch.no_grad():
        for index, parameter in enumerate(model.parameters()):
            scale = 1.5 / math.sqrt(math.prod(parameter.shape[1:]) or 1)
            parameter.copy_(tensor(parameter.shape, index, scale))
    return model.eval()


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(12)
        self.attention = nn.MultiheadAttention(12, 3, batch_first=True)

    def forward(self, x):
        y = self.norm(x)
        y, self.weights = self.attention(y, y, y, need_weights=True, average_attn_weights=False)
        return x + y


class Tokens(nn.Module):
    """3x3 patches of 4x4 pixels, a class token, two blocks and a head."""

    def __init__(self):
        super().__init__()
        self.token = nn.Parameter(torch.zeros(1, 1, 12))
        self.proj = nn.Conv2d(3, 12, 4, stride=4)
        self.blocks = nn.ModuleList([Block(), Block()])
        self.head = nn.Linear(12, 5)

    def forward(self, x):
        x = self.proj(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], 1)
        for block in self.blocks:
            x = block(x)
        return self.head(x[:, 0])


def convolutional():
    return fill(nn.Sequential(
        nn.Conv2d(3, 6, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 8, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 36, 5)))


def listed(values):
    return [round(float(v), 7) for v in values.detach().double().flatten()]


def score_cam(model, layers, x, target):
    maps = layers(x)
    large = F.interpolate(maps, size=x.shape[2:], mode="bilinear")[0]
    low = large.amin((1, 2), keepdim=True)
    masks = (large - low) / (large.amax((1, 2), keepdim=True) - low + 1e-7)
    weights = model(x * masks[:, None])[:, target].softmax(0)
    return F.relu((weights[:, None, None] * maps[0]).sum(0))


def explanations():
    model = convolutional()
    x = tensor((1, 3, 12, 12), 20, 1.0)
    target = int(model(x).argmax())
    guided = GuidedBackprop(model).attribute(x, target=target)
    integrated = IntegratedGradients(model).attribute(x, target=target, n_steps=20)
    occlusion = Occlusion(model).attribute(
        x, target=target, sliding_window_shapes=(3, 5, 4), strides=(3, 3, 2))
    cam = LayerGradCam(model, model[4]).attribute(x, target=target, relu_attributions=True)
    first = LayerGradCam(model, model[1]).attribute(x, target=1, relu_attributions=True)
    # The same noise in every sample, so that no random numbers enter.
    smooth = NoiseTunnel(Saliency(model)).attribute(
        x, nt_type="smoothgrad", nt_samples=3, stdevs=0.0, target=target)
    return {
        "target": target, "scores": listed(model(x)),
        "saliency": listed(Saliency(model).attribute(x, target=target)),
        "smoothGrad": listed(smooth), "guided": listed(guided),
        "integrated": listed(integrated), "occlusion": listed(occlusion[0, 0]),
        "gradCAM": listed(cam), "gradCAMFirst": listed(first),
        "scoreCAM": listed(score_cam(model, model[:5], x, target)),
        "fgsm": listed(x + 0.03 * torch.autograd.functional.jacobian(
            lambda x: F.cross_entropy(model(x), torch.tensor([target])), x).sign()),
    }


def attention():
    model = fill(Tokens())
    x = tensor((1, 3, 12, 12), 20, 1.0)
    scores = model(x)
    weights = [block.weights[0] for block in model.blocks]
    rollout = torch.eye(10)
    for layer in weights:
        mixed = 0.5 * layer.mean(0) + 0.5 * torch.eye(10)
        rollout = mixed / mixed.sum(-1, keepdim=True) @ rollout
    return {"scores": listed(scores), "weights": [listed(w) for w in weights],
            "rollout": listed(rollout[0, 1:])}


def embeddings():
    from scipy.spatial.distance import pdist, squareform
    from sklearn.datasets import make_blobs
    from sklearn.manifold import TSNE, _t_sne, trustworthiness
    import umap
    from umap.umap_ import find_ab_params, fuzzy_simplicial_set

    # Points around five centres, by the formula.
    noise = np.array(numbers(120 * 6, 3, 1.0)).reshape(120, 6)
    centers = np.array(numbers(5 * 6, 9, 4.0)).reshape(5, 6)
    x = (noise + centers[np.arange(120) % 5]).astype(np.float32)
    squares = squareform(pdist(x.astype(np.float64), "sqeuclidean"))
    joint = _t_sne._joint_probabilities(squares, 15.0, 0)
    layout = np.array(numbers(240, 5, 2.0)).reshape(120, 2)
    divergence, gradient = _t_sne._kl_divergence(layout.ravel(), joint, 1, 120, 2)
    tsne = TSNE(perplexity=15, init="pca", random_state=0).fit(x)
    graph, _, _ = fuzzy_simplicial_set(x, 10, np.random.RandomState(0), "euclidean")
    reduced = umap.UMAP(n_neighbors=10, random_state=0).fit_transform(x)
    return {
        "joint": [round(float(v), 9) for v in squareform(joint)[:4].ravel()],
        "divergence": float(divergence), "gradient": [round(float(v), 9) for v in gradient],
        "tsneDivergence": float(tsne.kl_divergence_),
        "tsneTrust": float(trustworthiness(x, tsne.embedding_, n_neighbors=8)),
        "graph": [round(float(v), 7) for v in graph.toarray()[:4].ravel()],
        "graphSum": float(graph.sum()),
        "ab": [[d, *map(float, find_ab_params(1.0, d))] for d in (0.0, 0.1, 0.5)],
        "umapTrust": float(trustworthiness(x, reduced, n_neighbors=8)),
        "layoutTrust": float(trustworthiness(x, layout, n_neighbors=8)),
    }


json.dump({"explanations": explanations(), "attention": attention(), "embeddings": embeddings()},
          sys.stdout)
print()
