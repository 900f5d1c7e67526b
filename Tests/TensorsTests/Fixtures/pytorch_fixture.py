"""Cases with PyTorch's values and gradients, written as one safetensors file.

A case is an operation, its arguments, named inputs, and what PyTorch answers: the outputs, and the
gradients of `sum(cotangent * output)` with respect to its inputs. The cotangent is a formula that
the Swift test repeats (`cotangent` below), so that it takes no room. The file's metadata holds the
list of cases as JSON under "cases"; a case's tensors are named "<case>/<input>",
"<case>/output<n>" and "<case>/<input>.gradient".

Values are computed in float64 from float32 inputs and rounded to float32 once, so that a difference
is the engine's. bfloat16 cases are computed the same way from inputs rounded to bfloat16, and "mixed" ones under
PyTorch's autocast.
"""
import json
import struct

import torch

TORCH = "2.15.0"  # the version that the committed files were made with

STORED = {
    torch.int64: "I64", torch.float32: "F32", torch.int32: "I32", torch.bfloat16: "BF16",
    torch.uint8: "U8", torch.bool: "BOOL",
}


def check_version():
    found = torch.__version__.split("+")[0]
    if found != TORCH:
        raise SystemExit(f"these fixtures are made with torch {TORCH}, this is {found}")
    torch.set_num_threads(1)


def cotangent(tensor, salt):
    """What the gradient of an output starts from: odd eighths, which bfloat16 holds exactly."""
    index = torch.arange(tensor.numel())
    values = ((7 * index + 3 + 5 * salt) % 11).double() / 4 - 1.375 + 0.125
    return values.reshape(tensor.shape).to(tensor.dtype)


class Samples:
    """Random tensors, the same in every run."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def real(self, *shape, low=-2.0, high=2.0):
        values = torch.rand(shape, generator=self.generator, dtype=torch.float64)
        return (low + (high - low) * values).float()

    def whole(self, *shape, low=0, high=10, dtype=torch.int64):
        return torch.randint(low, high, shape, generator=self.generator).to(dtype)

    def mask(self, *shape, share=0.6):
        return torch.rand(shape, generator=self.generator) < share


class Fixture:
    def __init__(self):
        self.cases, self.tensors, self.counts = [], {}, {}

    def add(self, operation, function, inputs, gradients=None, bfloat16=(), single=False,
            kept=(), mixed=False, tolerance=None, **arguments):
        """Adds a case, and with `bfloat16` (names of inputs) the same one with those lowered.

        `gradients` names the inputs with gradients: by default all that hold real numbers. `single`
        computes in float32 as given, for infinities and for what double numbers would hide. `kept`
        numbers the outputs that stay float32 whatever the inputs are. `mixed` runs under autocast.
        `tolerance` multiplies what is tolerated in bfloat16.
        """
        if gradients is None:
            gradients = [name for name, value in inputs.items() if value.is_floating_point()]
        self._record(
            operation, function, inputs, gradients, single, kept, mixed, tolerance, arguments)
        if bfloat16:
            lowered = {name: value.bfloat16() if name in bfloat16 else value
                       for name, value in inputs.items()}
            self._record(
                operation, function, lowered, gradients, False, kept, False, tolerance, arguments)

    def _record(self, operation, function, inputs, gradients, single, kept, mixed, tolerance,
                arguments):
        number = self.counts.get(operation, 0)
        self.counts[operation] = number + 1
        name = f"{operation}/{number}"
        lowered = mixed or any(value.dtype == torch.bfloat16 for value in inputs.values())
        computed = {}
        for key, value in inputs.items():
            value = value.detach().clone()
            if value.is_floating_point() and not single and not mixed:
                value = value.double()
            computed[key] = value.requires_grad_(key in gradients)
        if mixed:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs = function(*computed.values())
        else:
            outputs = function(*computed.values())
        outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
        real = [value for value in outputs if value.is_floating_point() and value.requires_grad]
        if gradients and real:
            torch.autograd.backward(real, [
                cotangent(value, salt) for salt, value in enumerate(outputs)
                if value.is_floating_point() and value.requires_grad])
        for key, value in inputs.items():
            self.tensors[f"{name}/{key}"] = value
        for index, value in enumerate(outputs):
            if value.is_floating_point():
                narrow = lowered and index not in kept
                stored = torch.bfloat16 if narrow else torch.float32
                value = value.detach().to(value.dtype if single else stored)
            self.tensors[f"{name}/output{index}"] = value
        found = []
        for key in gradients:
            gradient = computed[key].grad
            if gradient is not None:
                self.tensors[f"{name}/{key}.gradient"] = gradient.to(inputs[key].dtype)
                found.append(key)
        case = {"name": name, "operation": operation, "inputs": list(inputs),
                "outputs": len(outputs), "gradients": found}
        if arguments:
            case["arguments"] = arguments
        if mixed:
            case["isMixed"] = True
        if tolerance and lowered:
            case["tolerance"] = tolerance
        self.cases.append(case)

    def write(self, path, **metadata):
        metadata = {"torch": TORCH, "cases": json.dumps(self.cases, separators=(",", ":")),
                    **metadata}
        write_safetensors(path, self.tensors, metadata)
        print(f"{path.name}: {len(self.cases)} cases of {len(self.counts)} operations, "
              f"{path.stat().st_size} bytes")


def write_safetensors(path, tensors, metadata):
    order = list(STORED)
    entries = sorted(tensors.items(), key=lambda item: (order.index(item[1].dtype), item[0]))
    header, pieces, offset = {"__metadata__": metadata}, [], 0
    for name, value in entries:
        value = value.detach().contiguous()
        raw = value.view(torch.int16) if value.dtype == torch.bfloat16 else value
        data = raw.numpy().tobytes()
        header[name] = {"dtype": STORED[value.dtype], "shape": list(value.shape),
                        "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
        pieces.append(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(pieces))
