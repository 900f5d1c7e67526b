import Language
import VisionEngine

/// A reduction in its three forms: over everything, over one axis, over several.
private func reduction(
    _ name: String, _ what: String, all: @escaping (Tensor) throws -> Tensor,
    axes: @escaping (Tensor, [Int], Bool) throws -> Tensor
) -> [Binding] {
    [
        Binding.method(
            name, of: Tensor.self, summary: "\(what) of all elements.",
            example: "Tensor([[1, 2], [3, 4]]).\(name)()"
        ) { x in try all(x) },
        Binding.method(
            name, of: Tensor.self, arg("axis", Int.self),
            arg("keepDims", Bool.self, default: false, "keeps the axis, with length 1"),
            summary: "\(what) along an axis.",
            example: "Tensor([[1, 2], [3, 4]]).\(name)(axis: 1, keepDims: true)"
        ) { x, axis, keepDims in try axes(x, [axis], keepDims) },
        Binding.method(
            name, of: Tensor.self, arg("axes", [Int].self),
            arg("keepDims", Bool.self, default: false, "keeps the axes, with length 1"),
            summary: "\(what) along several axes.",
            example: "Tensor.ones([2, 3, 4]).\(name)(axes: [0, 2])"
        ) { x, list, keepDims in try axes(x, list, keepDims) },
    ]
}

/// A measure of spread in its three forms.
private func spread(
    _ name: String, _ what: String,
    all: @escaping (Tensor, Bool) throws -> Tensor,
    axes: @escaping (Tensor, [Int], Bool, Bool) throws -> Tensor
) -> [Binding] {
    let unbiased = arg("unbiased", Bool.self, default: false, "divides by one less than the count")
    return [
        Binding.method(
            name, of: Tensor.self, unbiased, summary: "\(what) of all elements.",
            example: "Tensor([[1, 2], [3, 4]]).\(name)()"
        ) { x, unbiased in try all(x, unbiased) },
        Binding.method(
            name, of: Tensor.self, arg("axis", Int.self),
            arg("keepDims", Bool.self, default: false, "keeps the axis, with length 1"), unbiased,
            summary: "\(what) along an axis.",
            example: "Tensor([[1, 2], [3, 4]]).\(name)(axis: 0, unbiased: true)"
        ) { x, axis, keepDims, unbiased in try axes(x, [axis], keepDims, unbiased) },
        Binding.method(
            name, of: Tensor.self, arg("axes", [Int].self),
            arg("keepDims", Bool.self, default: false, "keeps the axes, with length 1"), unbiased,
            summary: "\(what) along several axes.",
            example: "Tensor.ones([2, 3, 4]).\(name)(axes: [0, 2])"
        ) { x, list, keepDims, unbiased in try axes(x, list, keepDims, unbiased) },
    ]
}

/// Sums, means, extremes and the like.
@RowBuilder func tensorReductionRows() -> [Binding] {
    reduction(
        "sum", "The sum", all: { try $0.sum() }, axes: { try $0.sum(axes: $1, keepDims: $2) })
    reduction(
        "mean", "The mean", all: { try $0.mean() }, axes: { try $0.mean(axes: $1, keepDims: $2) })
    reduction(
        "min", "The least", all: { try $0.min() }, axes: { try $0.min(axes: $1, keepDims: $2) })
    reduction(
        "max", "The greatest", all: { try $0.max() }, axes: { try $0.max(axes: $1, keepDims: $2) })
    reduction(
        "product", "The product", all: { try $0.product() },
        axes: { try $0.product(axes: $1, keepDims: $2) })
    spread(
        "variance", "The variance", all: { try $0.variance(unbiased: $1) },
        axes: { try $0.variance(axes: $1, keepDims: $2, unbiased: $3) })
    spread(
        "standardDeviation", "The standard deviation",
        all: { try $0.standardDeviation(unbiased: $1) },
        axes: { try $0.standardDeviation(axes: $1, keepDims: $2, unbiased: $3) })
}

/// Positions, orders and whole-tensor questions.
@RowBuilder func tensorOrderRows() -> [Binding] {
    Binding.method(
        "argMin", of: Tensor.self,
        arg("axis", Int?.self, default: nil, "all elements unless given"),
        arg("keepDims", Bool.self, default: false, "keeps the axis, with length 1"),
        summary: "The position of the least element along an axis.",
        example: "Tensor([[1, 2], [4, 3]]).argMin(axis: 1)"
    ) { x, axis, keepDims in try x.argMin(axis: axis, keepDims: keepDims) }
    Binding.method(
        "argMax", of: Tensor.self,
        arg("axis", Int?.self, default: nil, "all elements unless given"),
        arg("keepDims", Bool.self, default: false, "keeps the axis, with length 1"),
        summary: "The position of the greatest element along an axis.",
        example: "Tensor([[1, 2], [4, 3]]).argMax(axis: 1)"
    ) { x, axis, keepDims in try x.argMax(axis: axis, keepDims: keepDims) }
    Binding.method(
        "cumulativeSum", of: Tensor.self, arg("axis", Int.self),
        summary: "The sum up to each element along an axis.",
        example: "Tensor([1, 2, 3]).cumulativeSum(axis: 0)"
    ) { x, axis in try x.cumulativeSum(axis: axis) }
    Binding.method(
        "sorted", of: Tensor.self, arg("axis", Int.self, default: -1),
        arg("descending", Bool.self, default: false),
        summary: "In order along an axis.", example: "Tensor([3, 1, 2]).sorted(axis: 0)"
    ) { x, axis, descending in try x.sorted(axis: axis, descending: descending) }
    Binding.method(
        "topK", of: Tensor.self, arg("count", Int.self, label: nil),
        arg("axis", Int.self, default: -1),
        summary: "The greatest elements along an axis, and where they are.",
        example: "let top = Tensor([3, 1, 2]).topK(2)\ntop.values"
    ) { x, count, axis in
        let top = try x.topK(count, axis: axis)
        return TopValues(values: top.values, indices: top.indices)
    }
    Binding.method(
        "any", of: Tensor.self, summary: "Whether any element is true or not 0.",
        example: "(Tensor([1, 2]) .> 1).any()"
    ) { x in try x.any() }
    Binding.method(
        "any", of: Tensor.self, arg("axis", Int.self),
        arg("keepDims", Bool.self, default: false, "keeps the axis, with length 1"),
        summary: "Whether any element along an axis is true or not 0.",
        example: "(Tensor([[1, 2], [3, 4]]) .> 1).any(axis: 1)"
    ) { x, axis, keepDims in try x.any(axis: axis, keepDims: keepDims) }
    Binding.method(
        "all", of: Tensor.self, summary: "Whether every element is true or not 0.",
        example: "(Tensor([1, 2]) .> 0).all()"
    ) { x in try x.all() }
    Binding.method(
        "all", of: Tensor.self, arg("axis", Int.self),
        arg("keepDims", Bool.self, default: false, "keeps the axis, with length 1"),
        summary: "Whether every element along an axis is true or not 0.",
        example: "(Tensor([[1, 2], [3, 4]]) .> 1).all(axis: 1)"
    ) { x, axis, keepDims in try x.all(axis: axis, keepDims: keepDims) }
    Binding.method(
        "norm", of: Tensor.self, summary: "The square root of the sum of squares.",
        example: "Tensor([3, 4]).norm()"
    ) { x in try x.norm() }
}
