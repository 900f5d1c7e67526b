import Tensors

extension PyTorchTable {
    /// pytorch_images.safetensors: windows over images, and other sizes of them.
    static func images() -> PyTorchTable {
        var table = PyTorchTable()
        table["conv2d"] = {
            try Tensors.conv2d(
                $0.x, $0["weights"], bias: $0.optional("bias"), stride: $0.ints("stride"),
                padding: $0.ints("padding"), dilation: $0.ints("dilation"),
                groups: $0.int("groups"))
        }
        table["conv2dSame"] = { try Tensors.conv2d($0.x, $0["weights"], padding: .same) }
        table["conv2dReLU"] = {
            try Tensors.conv2d(
                $0.x, $0["weights"], bias: $0["bias"], stride: 1, padding: 1, dilation: 1,
                groups: 1, activation: .relu)
        }
        table["convTranspose2d"] = {
            try Tensors.convTranspose2d(
                $0.x, $0["weights"], bias: $0.optional("bias"), stride: $0.ints("stride"),
                padding: $0.ints("padding"), outputPadding: $0.ints("outputPadding"),
                groups: $0.int("groups"), dilation: $0.ints("dilation"))
        }
        table["maxPool2d"] = {
            try Tensors.maxPool2d(
                $0.x, $0.ints("kernel"), stride: $0.ints("stride"),
                padding: $0.ints("padding"), dilation: $0.ints("dilation"),
                ceilMode: $0.flag("ceilMode"))
        }
        table["avgPool2d"] = {
            try Tensors.avgPool2d(
                $0.x, $0.ints("kernel"), stride: $0.ints("stride"),
                padding: $0.ints("padding"), ceilMode: $0.flag("ceilMode"),
                countsPadding: $0.flag("countsPadding"))
        }
        table["adaptiveAvgPool2d"] = { try Tensors.adaptiveAvgPool2d($0.x, $0.ints("size")) }
        table["adaptiveMaxPool2d"] = { try Tensors.adaptiveMaxPool2d($0.x, $0.ints("size")) }
        table["upsampleNearest"] = {
            try Tensors.upsample($0.x, scale: $0.ints("scale"), mode: .nearest)
        }
        table["upsampleBilinear"] = {
            try Tensors.upsample(
                $0.x, scale: $0.ints("scale"), mode: .bilinear,
                alignCorners: $0.flag("alignCorners"))
        }
        table["upsampleNearestTo"] = {
            try Tensors.upsample($0.x, size: $0.ints("size"), mode: .nearest)
        }
        table["upsampleBilinearTo"] = {
            try Tensors.upsample(
                $0.x, size: $0.ints("size"), mode: .bilinear,
                alignCorners: $0.flag("alignCorners"))
        }
        return table
    }
}
