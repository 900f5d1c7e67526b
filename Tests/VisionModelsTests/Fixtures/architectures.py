"""Writes architectures.json: for every architecture what torchvision or timm computes with weights
and an input that a formula gives, how many parameters and multiply-accumulates it has, and a digest
of the names and shapes of its state.

The formula: element i of the tensor `name` is u = hash(i, name) in [-1, 1), scaled by what the name
says (see `values`). Networks are computed in float64. With an argument, prints the names and shapes
of that network's state instead.

Run with: python3 architectures.py   (torch 2.15.0, torchvision 0.29.2, timm 1.0.31, checked)
"""
import contextlib
import json
import pathlib
import sys

import numpy as np
import timm
import torch
import torchvision
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from torchvision import models
from torchvision.models.resnet import BasicBlock, ResNet
from torchvision.models.vision_transformer import VisionTransformer

assert torch.__version__.startswith("2.15.0"), torch.__version__
assert torchvision.__version__.startswith("0.29.2"), torchvision.__version__
assert timm.__version__ == "1.0.31", timm.__version__


def seed(name):
    """FNV-1a, 32 bits."""
    state = 0x811C9DC5
    for byte in name.encode():
        state = (state ^ byte) * 0x01000193 & 0xFFFFFFFF
    return state


def uniform(name, count):
    """`count` numbers in [-1, 1), exact in float32."""
    h = np.arange(count, dtype=np.uint32) * np.uint32(2654435761) + np.uint32(seed(name))
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x85EBCA6B)
    h ^= h >> np.uint32(13)
    h *= np.uint32(0xC2B2AE35)
    h ^= h >> np.uint32(16)
    return (h >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-23) - np.float32(1)


def values(name, shape):
    """The elements of a weight or buffer."""
    u = uniform(name, int(np.prod(shape, dtype=np.int64)))
    if name.endswith("weight") and len(shape) > 1:
        u *= np.float32(np.sqrt(6 / np.prod(shape[1:])))
    elif name.endswith("weight"):
        u = np.float32(1) + u * np.float32(0.25)
    elif name.endswith("running_var"):
        u = np.float32(1) + u * np.float32(0.5)
    else:
        u *= np.float32(0.25)
    return u.reshape(shape)


def fill(model):
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if value.is_floating_point():
                value.copy_(torch.from_numpy(values(name, list(value.shape))))


def digest(tensor):
    """The shape, greatest magnitude, mean and norm of a tensor, and some of its elements."""
    flat = tensor.detach().double().flatten()
    places = [(k * 2654435761 + 12345) % flat.numel() for k in range(8)]
    return {
        "shape": list(tensor.shape), "greatest": flat.abs().max().item(),
        "mean": flat.mean().item(), "norm": flat.norm().item(),
        "elements": [flat[place].item() for place in places],
    }


def small_images(make):
    """A torchvision ResNet that begins with a 3x3 window without stride or pooling."""
    def made(classes):
        model = make(num_classes=classes)
        model.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        model.maxpool = nn.Identity()
        return model
    return made


def resnet20(classes):
    """The ResNet of three stages for images of 32x32 pixels."""
    model = ResNet(BasicBlock, [3, 3, 3, 1], num_classes=classes)
    model.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
    model.bn1 = nn.BatchNorm2d(16)
    model.maxpool = nn.Identity()
    model.inplanes = 16
    for stage, width in enumerate([16, 32, 64]):
        stride = 1 if stage == 0 else 2
        setattr(model, f"layer{stage + 1}", model._make_layer(BasicBlock, width, 3, stride))
    model.layer4 = nn.Identity()
    model.fc = nn.Linear(64, classes)
    return model


def narrow(make, layer):
    """The network with another number of hidden features, so that tests stay quick."""
    def made(classes):
        model = make(num_classes=classes)
        first, second, last = (model.classifier[i] for i in layer)
        model.classifier[layer[0]] = nn.Linear(first.in_features, 256)
        model.classifier[layer[1]] = nn.Linear(256, 256)
        model.classifier[layer[2]] = nn.Linear(256, classes)
        return model
    return made


def plain(make, **arguments):
    return lambda classes: make(num_classes=classes, **arguments)


class LeNet(nn.Module):
    """LeNet-5 with rectifiers and maxima."""
    def __init__(self, classes):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.pool1, self.pool2 = nn.MaxPool2d(2), nn.MaxPool2d(2)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, classes)

    def forward(self, x):
        x = self.pool1(self.conv1(x).relu())
        x = self.pool2(self.conv2(x).relu()).flatten(1)
        return self.fc3(self.fc2(self.fc1(x).relu()).relu())


def vit(size, patch, depth, heads, width):
    return lambda classes: VisionTransformer(
        size, patch, depth, heads, width, 4 * width, num_classes=classes)


def deit(name):
    return lambda classes: timm.create_model(name, num_classes=classes, img_size=48)


# Name; network as published; network to compute with, if another; shape of its input; layers to
# look into; whether the gradient of the input is kept.
quiet = {"init_weights": False}
vgg_layers, alex_layers = (0, 3, 6), (1, 4, 6)
stages = ["layer1", "layer2", "layer3", "layer4"]
CASES = [("LeNet", LeNet, None, (2, 1, 28, 28), ["pool1", "pool2"], True),
         ("AlexNet", plain(models.alexnet), narrow(models.alexnet, alex_layers),
          (1, 3, 100, 83), ["features.2", "features"], True)]
for name in ["VGG11", "VGG13", "VGG16", "VGG19"]:
    for suffix in ["", "_bn"]:
        make = getattr(models, name.lower() + suffix)
        CASES.append((name + suffix, plain(make), narrow(make, vgg_layers), (1, 3, 64, 48),
                      ["features"], name + suffix == "VGG11"))
CASES += [
    ("GoogLeNet", plain(models.googlenet, aux_logits=False, **quiet),
     plain(models.googlenet, aux_logits=True, **quiet), (1, 3, 64, 80),
     ["maxpool2", "inception3b", "inception4d", "inception5b"], True),
    ("InceptionV3", plain(models.inception_v3, **quiet),
     plain(models.inception_v3, transform_input=True, **quiet), (1, 3, 299, 299),
     ["maxpool2", "Mixed_5d", "Mixed_6a", "Mixed_6e", "Mixed_7a", "Mixed_7c"], True)]
for name, attribute in [
        ("ResNet18", "resnet18"), ("ResNet34", "resnet34"), ("ResNet50", "resnet50"),
        ("ResNet101", "resnet101"), ("ResNet152", "resnet152"),
        ("ResNeXt50", "resnext50_32x4d"), ("WideResNet50", "wide_resnet50_2")]:
    CASES.append((name, plain(getattr(models, attribute)), None, (1, 3, 64, 80), stages,
                  name in ["ResNet18", "ResNet50"]))
CASES += [
    ("ResNet18_small", small_images(models.resnet18), None, (1, 3, 28, 32), stages, False),
    ("ResNet20", resnet20, None, (2, 3, 28, 32), stages[:3], True),
    ("DenseNet121", plain(models.densenet121), None, (1, 3, 64, 80),
     ["features.denseblock1", "features.denseblock2", "features.transition3", "features"], True),
    ("MobileNetV2", plain(models.mobilenet_v2), None, (1, 3, 64, 80),
     ["features.1", "features.3", "features.7", "features"], True),
    ("MobileNetV3Small", plain(models.mobilenet_v3_small), None, (1, 3, 64, 80),
     ["features.1", "features.4", "features"], False),
    ("MobileNetV3Large", plain(models.mobilenet_v3_large), None, (1, 3, 64, 80),
     ["features.1", "features.4", "features"], True),
    ("EfficientNetB0", plain(models.efficientnet_b0), None, (1, 3, 64, 80),
     ["features.1", "features.3", "features.5", "features"], True),
    ("ViT_B16", plain(models.vit_b_16), vit(48, 16, 12, 12, 768), (1, 3, 48, 48),
     ["conv_proj", "encoder.layers.encoder_layer_0", "encoder"], True),
    ("ViT_B32", plain(models.vit_b_32), vit(64, 32, 12, 12, 768), (1, 3, 64, 64),
     ["encoder.layers.encoder_layer_0", "encoder"], False),
    ("ViT_L16", plain(models.vit_l_16), vit(48, 16, 4, 16, 1024), (1, 3, 48, 48),
     ["encoder.layers.encoder_layer_0", "encoder"], False),
    ("ViTMini", vit(32, 4, 5, 3, 96), None, (2, 3, 32, 32), ["encoder"], True),
    ("DeiTTiny", plain(timm.models.deit.deit_tiny_patch16_224), deit("deit_tiny_patch16_224"),
     (1, 3, 48, 48), ["blocks.0", "norm"], True),
    ("DeiTSmall", plain(timm.models.deit.deit_small_patch16_224), deit("deit_small_patch16_224"),
     (1, 3, 48, 48), ["blocks.0", "norm"], False),
    ("ConvNeXtTiny", plain(models.convnext_tiny), None, (1, 3, 64, 80),
     ["features.0", "features.1", "features.5", "features"], True),
    ("SwinTiny", plain(models.swin_t), None, (1, 3, 100, 72),
     ["features.0", "features.1.0", "features.1", "features.2", "features.5", "features"], True),
]
SMALL = {"LeNet": (1, 28), "InceptionV3": (3, 299), "ResNet18_small": (3, 32), "ResNet20": (3, 32),
         "ViTMini": (3, 32)}


def costs(make, name):
    """Parameters, multiply-accumulates and those with normalisations, as published."""
    channels, size = SMALL.get(name, (3, 224))
    classes = 10 if name in ["LeNet", "ResNet20", "ViTMini"] else 1000
    with torch.device("meta"):
        model = make(classes).eval()
        image = torch.zeros(1, channels, size, size)
    norms = [0]

    def count(module, _, output):
        norms[0] += output.numel() * (2 if isinstance(module, nn.BatchNorm2d) else 5)

    for module in model.modules():
        if isinstance(module, (nn.BatchNorm2d, nn.LayerNorm)):
            module.register_forward_hook(count)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        model(image)
    macs = counter.get_total_flops() // 2
    return {"parameters": sum(p.numel() for p in model.parameters()), "macs": macs,
            "macsWithNorms": macs + norms[0], "classes": classes,
            "input": [channels, size, size]}


def case(name, published, computed, shape, layers, keeps_gradient):
    with contextlib.redirect_stdout(sys.stderr):
        model = (computed or published)(10).eval()
    fill(model)
    state = sorted(f"{key} {list(value.shape)}" for key, value in model.state_dict().items())
    model = model.double()
    found = {}
    for layer in layers:
        module = model.get_submodule(layer)
        module.register_forward_hook(
            lambda _, __, output, layer=layer: found.__setitem__(layer, output.clone()))
    heads = {"GoogLeNet": [("inception4a", "aux1"), ("inception4d", "aux2")],
             "InceptionV3": [("Mixed_6e", "AuxLogits")]}.get(name, [])
    auxiliary = []
    for place, head in heads:
        model.get_submodule(place).register_forward_hook(
            lambda _, __, output, head=head: auxiliary.append(model.get_submodule(head)(output)))
    x = torch.from_numpy(uniform("input", int(np.prod(shape))).reshape(shape)).double()
    x.requires_grad_(keeps_gradient)
    logits = model(x)
    result = {
        "name": name, "input": list(shape), "state": seed("\n".join(state)),
        "logits": logits.flatten().tolist(),
        "auxiliary": [head.flatten().tolist() for head in auxiliary],
        "stages": {layer: digest(found[layer]) for layer in layers},
        "published": costs(published, name),
    }
    if keeps_gradient:
        weights = torch.from_numpy(uniform("cotangent", logits.numel())).double()
        (logits.flatten() * weights).sum().backward()
        result["gradient"] = digest(x.grad)
        result["gradientInFloat32"] = float32_share(model.float(), x, weights)
    return result


def float32_share(model, x, weights):
    """How far PyTorch's own gradient of the input in float32 lies from the one in float64, at worst,
    in shares of the greatest: where a rectifier's input is next to zero rounding decides its slope."""
    single = x.detach().float().requires_grad_(True)
    (model(single).flatten() * weights.float()).sum().backward()
    return ((single.grad.double() - x.grad).abs().max() / x.grad.abs().max()).item()


if len(sys.argv) > 1:
    _, published, computed, *_ = next(c for c in CASES if c[0] == sys.argv[1])
    for key, value in sorted((computed or published)(10).state_dict().items()):
        print(key, list(value.shape))
else:
    results = []
    for c in CASES:
        results.append(case(*c))
        print(c[0], results[-1]["published"], file=sys.stderr)
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text("[\n" + ",\n".join(json.dumps(r) for r in results) + "\n]\n")
