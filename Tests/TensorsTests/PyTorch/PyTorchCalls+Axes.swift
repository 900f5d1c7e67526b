import Tensors

extension PyTorchTable {
    /// pytorch_axes.safetensors: reductions, subscripts, rearranging and products.
    static func axes() -> PyTorchTable {
        var table = PyTorchTable()
        table["sum"] = {
            $0.has("axes")
                ? try $0.x.sum(axes: $0.ints("axes"), keepDims: $0.flag("keepDims"))
                : try $0.x.sum()
        }
        table["mean"] = {
            $0.has("axes")
                ? try $0.x.mean(axes: $0.ints("axes"), keepDims: $0.flag("keepDims"))
                : try $0.x.mean()
        }
        table["product"] = {
            $0.has("axes")
                ? try $0.x.product(axes: $0.ints("axes"), keepDims: $0.flag("keepDims"))
                : try $0.x.product()
        }
        table["min"] = {
            $0.has("axes")
                ? try $0.x.min(axes: $0.ints("axes"), keepDims: $0.flag("keepDims"))
                : try $0.x.min()
        }
        table["max"] = {
            $0.has("axes")
                ? try $0.x.max(axes: $0.ints("axes"), keepDims: $0.flag("keepDims"))
                : try $0.x.max()
        }
        table["variance"] = {
            $0.has("axes")
                ? try $0.x.variance(axes: $0.ints("axes"), keepDims: $0.flag("keepDims"))
                : try $0.x.variance()
        }
        table["varianceUnbiased"] = {
            try $0.x.variance(axes: $0.ints("axes"), unbiased: true)
        }
        table["standardDeviation"] = {
            try $0.x.standardDeviation(axes: $0.ints("axes"), keepDims: $0.flag("keepDims"))
        }
        table["any"] = {
            $0.has("axis") ? try $0.x.any(axis: $0.int("axis")) : try $0.x.any()
        }
        table["all"] = {
            $0.has("axis") ? try $0.x.all(axis: $0.int("axis")) : try $0.x.all()
        }
        table["norm"] = { try $0.x.norm() }
        table["argMin"] = {
            $0.has("axis")
                ? try $0.x.argMin(axis: $0.int("axis"), keepDims: $0.flag("keepDims"))
                : try $0.x.argMin()
        }
        table["argMax"] = {
            $0.has("axis")
                ? try $0.x.argMax(axis: $0.int("axis"), keepDims: $0.flag("keepDims"))
                : try $0.x.argMax()
        }
        table["indexed"] = { try $0.x.indexed(by: $0.indices()) }
        table["assigning"] = { try $0.x.assigning($0["value"], at: $0.indices()) }
        table["gathered"] = { try $0.x.gathered($0["indices"], axis: $0.int("axis")) }
        table["sorted"] = {
            try $0.x.sorted(axis: $0.int("axis"), descending: $0.flag("descending"))
        }
        table[several: "topK"] = {
            let top = try $0.x.topK($0.int("k"), axis: $0.int("axis"))
            return [top.values, top.indices]
        }
        table["cumulativeSum"] = { try $0.x.cumulativeSum(axis: $0.int("axis")) }
        table["flipped"] = { try $0.x.flipped(axis: $0.int("axis")) }
        table["rolled"] = { try $0.x.rolled(by: $0.int("shift"), axis: $0.int("axis")) }
        table["padded"] = { try $0.x.padded($0.ints("amount"), value: $0.double("value")) }
        table["tiled"] = { try $0.x.tiled($0.ints("counts")) }
        table["reshaped"] = { try $0.x.reshaped($0.ints("shape")) }
        table["transposed"] = { try $0.x.transposed($0.ints("axes")) }
        table["flattened"] = { try $0.x.flattened(startAxis: $0.int("axis")) }
        table["squeezed"] = { try $0.x.squeezed(axis: $0.int("axis")) }
        table["expandedDimensions"] = { try $0.x.expandedDimensions(axis: $0.int("axis")) }
        table["broadcast"] = { try $0.x.broadcast(to: $0.ints("shape")) }
        table["concatenated"] = {
            try Tensors.concatenated([$0.x, $0.y], axis: $0.int("axis"))
        }
        table["stacked"] = { try Tensors.stacked([$0.x, $0.y], axis: $0.int("axis")) }
        table[several: "split"] = {
            try $0.x.split(parts: $0.int("parts"), axis: $0.int("axis"))
        }
        table["matmul"] = { try $0.x.matmul($0.y) }
        table["einsum"] = { call in
            try Tensors.einsum(
                call.text("equation"), ["x", "y", "z"].compactMap { call.optional($0) })
        }
        table["linear"] = {
            try Tensors.linear($0.x, $0["weights"], bias: $0.optional("bias"))
        }
        return table
    }
}
