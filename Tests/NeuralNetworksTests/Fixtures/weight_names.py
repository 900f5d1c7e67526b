"""Lists the weights of networks under the names that libraries give them: weight_names.py

An array of bytes for each network and library in weight_names.npz: text of a name and a shape a line. Made with torch
2.15.0, torchvision 0.29.2, timm 1.0.31 and transformers 4.57.1; no weights are fetched.
"""

import numpy
import timm
import torch
import torchvision
import transformers as hf

texts = {}


def hub(kind, **config):
    config_class = getattr(hf, kind + "Config")
    return getattr(hf, kind + "ForImageClassification")(config_class(num_labels=1000, **config))


def tv(name, **arguments):
    return torchvision.models.get_model(name, weights=None, init_weights=False, **arguments) \
        if name in ("googlenet", "inception_v3") else torchvision.models.get_model(name, weights=None, **arguments)


NETWORKS = {
    "resnet18": {"hub": lambda: hub("ResNet", depths=[2, 2, 2, 2], hidden_sizes=[64, 128, 256, 512],
                                    layer_type="basic")},
    "resnet50": {"timm": lambda: timm.create_model("resnet50"), "hub": lambda: hub("ResNet")},
    "vgg11": {"timm": lambda: timm.create_model("vgg11")},
    "densenet121": {"timm": lambda: timm.create_model("densenet121")},
    "mobilenet_v2": {"timm": lambda: timm.create_model("mobilenetv2_100"),
                     "hub": lambda: hub("MobileNetV2")},
    "mobilenet_v3_large": {"timm": lambda: timm.create_model("mobilenetv3_large_100")},
    "mobilenet_v3_small": {"timm": lambda: timm.create_model("mobilenetv3_small_100")},
    "efficientnet_b0": {
        "timm": lambda: timm.create_model("efficientnet_b0"),
        "hub": lambda: hub("EfficientNet", width_coefficient=1.0, depth_coefficient=1.0,
                           hidden_dim=1280, image_size=224, dropout_rate=0.2)},
    "convnext_tiny": {"timm": lambda: timm.create_model("convnext_tiny"), "hub": lambda: hub("ConvNext")},
    "vit_b_16": {"timm": lambda: timm.create_model("vit_base_patch16_224"), "hub": lambda: hub("ViT")},
    "swin_t": {"timm": lambda: timm.create_model("swin_tiny_patch4_window7_224"),
               "hub": lambda: hub("Swin")},
}


def write(name, library, model):
    lines = [f"{key} {','.join(map(str, value.shape))}" for key, value in sorted(model.state_dict().items())
             if not key.endswith("num_batches_tracked")]
    texts[f"{name}.{library}"] = numpy.frombuffer("\n".join(lines).encode(), numpy.uint8)


with torch.device("meta"):
    for name, libraries in NETWORKS.items():
        write(name, "torchvision", tv(name))
        for library, make in libraries.items():
            write(name, library, make())
    write("deit_small", "timm", timm.create_model("deit_small_patch16_224"))
    write("deit_small", "hub", hub("ViT", hidden_size=384, num_attention_heads=6, intermediate_size=1536))
numpy.savez_compressed("weight_names.npz", **texts)
