"""Times forward passes of torchvision's networks and prints one JSON line a measurement; the peers
of `visionbench forward`.

    python3 Benchmarks/forward_peers.py export FOLDER resnet50-1
    python3 Benchmarks/forward_peers.py "torch eager" FOLDER resnet50-1 --threads 2 --seconds 5

Programs: torch eager (NCHW), torch channels-last, onnxruntime and openvino, which read the files
that `export` writes. All compute in float32, on the same random weights, from images to scores.
"""
import argparse
import pathlib

import torch
import torchvision

from pytorch_peer import report, timed

NETWORKS = ["alexnet", "vgg16", "googlenet", "resnet18", "resnet50", "mobilenet_v2", "vit_b_16"]
CASES = [f"{name}-{batch}" for batch in (1, 8) for name in NETWORKS]
PROGRAMS = ["torch eager", "torch channels-last", "onnxruntime", "openvino"]


def network(case):
    name, batch = case.rsplit("-", 1)
    torch.manual_seed(0)
    options = {"aux_logits": False, "init_weights": False} if name == "googlenet" else {}
    model = getattr(torchvision.models, name)(weights=None, **options).eval()
    return model, torch.randn(int(batch), 3, 224, 224)


def export(case, path):
    model, images = network(case)
    torch.onnx.export(model, (images,), str(path), input_names=["images"],
                      output_names=["scores"], dynamo=True, external_data=True)


def torch_forward(case, layout):
    model, images = network(case)
    model = model.to(memory_format=layout)
    images = images.contiguous(memory_format=layout)

    def body():
        with torch.inference_mode():
            return model(images)
    return body


def onnxruntime_forward(case, path, threads):
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options,
                                           providers=["CPUExecutionProvider"])
    images = network(case)[1].numpy()
    return lambda: session.run(None, {"images": images})


def openvino_forward(case, path, threads):
    import openvino
    core = openvino.Core()
    compiled = core.compile_model(str(path), "CPU", {
        "INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": threads,
        "PERFORMANCE_HINT": "LATENCY"})
    request = compiled.create_infer_request()
    images = network(case)[1].numpy()
    return lambda: request.infer({0: images})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", choices=["export"] + PROGRAMS)
    parser.add_argument("folder", type=pathlib.Path, help="of the ONNX files")
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    for case in arguments.cases or CASES:
        path = arguments.folder / f"{case}.onnx"
        if arguments.program == "export":
            export(case, path)
            continue
        body = {
            "torch eager": lambda: torch_forward(case, torch.contiguous_format),
            "torch channels-last": lambda: torch_forward(case, torch.channels_last),
            "onnxruntime": lambda: onnxruntime_forward(case, path, arguments.threads),
            "openvino": lambda: openvino_forward(case, path, arguments.threads),
        }[arguments.program]()
        report(case, arguments.program, *timed(body, arguments.seconds, least=9))


if __name__ == "__main__":
    main()
