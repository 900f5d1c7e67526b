import Language
import VisionEngine

/// How tensors are made.
@RowBuilder func tensorCreationRows() -> [Binding] {
    Binding.initializer(
        of: Tensor.self,
        arg("elements", TensorLiteral.self, label: nil, "a number or nested arrays of numbers"),
        arg("dtype", DType?.self, default: nil, "float32 unless given; bool for truth values"),
        summary: "A tensor from nested arrays, as deep as it has axes.",
        example: "Tensor([[1, 2], [3, 4]])\nTensor([1, 2], dtype: .int32)"
    ) { elements, dtype in try elements.tensor(dtype: dtype) }
    Binding.staticMethod(
        "zeros", of: Tensor.self, arg("shape", [Int].self, label: nil),
        arg("dtype", DType.self, default: .float32),
        summary: "Zeros of a shape.", example: "Tensor.zeros([2, 3])"
    ) { shape, dtype in try Tensor.zeros(shape, dtype: dtype) }
    Binding.staticMethod(
        "ones", of: Tensor.self, arg("shape", [Int].self, label: nil),
        arg("dtype", DType.self, default: .float32),
        summary: "Ones of a shape.", example: "Tensor.ones([2])"
    ) { shape, dtype in try Tensor.ones(shape, dtype: dtype) }
    Binding.staticMethod(
        "full", of: Tensor.self, arg("shape", [Int].self, label: nil),
        arg("value", Double.self, label: nil), arg("dtype", DType.self, default: .float32),
        summary: "The same number everywhere.", example: "Tensor.full([2], 7)"
    ) { shape, value, dtype in try Tensor.full(shape, value, dtype: dtype) }
    Binding.staticMethod(
        "eye", of: Tensor.self, arg("size", Int.self, label: nil),
        arg("dtype", DType.self, default: .float32),
        summary: "The identity matrix [size, size].", example: "Tensor.eye(3)"
    ) { size, dtype in try Tensor.eye(size, dtype: dtype) }
    Binding.staticMethod(
        "arange", of: Tensor.self, arg("start", Double.self, label: nil),
        arg("end", Double.self, label: nil, "not included"),
        arg("step", Double.self, default: 1), arg("dtype", DType.self, default: .float32),
        summary: "Numbers from start up to, and without, end.",
        example: "Tensor.arange(0, 10, step: 2)"
    ) { start, end, step, dtype in
        try Tensor.arange(start, end, step: step, dtype: dtype)
    }
    Binding.staticMethod(
        "linspace", of: Tensor.self, arg("start", Double.self, label: nil),
        arg("end", Double.self, label: nil, "included"), arg("count", Int.self),
        summary: "Numbers at equal distances from start to end.",
        example: "Tensor.linspace(0, 1, count: 5)"
    ) { start, end, count in try Tensor.linspace(start, end, count: count) }
    Binding.staticMethod(
        "rand", of: Tensor.self, arg("shape", [Int].self, label: nil),
        summary: "Random numbers, uniform in 0..<1.", example: "Tensor.rand([2, 3])"
    ) { shape in try Tensor.rand(shape) }
    Binding.staticMethod(
        "randn", of: Tensor.self, arg("shape", [Int].self, label: nil),
        summary: "Random numbers from the standard normal distribution.",
        example: "Tensor.randn([2, 3])"
    ) { shape in try Tensor.randn(shape) }
    Binding.staticMethod(
        "oneHot", of: Tensor.self,
        arg("labels", Tensor.self, label: nil, "integers in 0..<classes, any shape"),
        arg("classes", Int.self),
        summary: "1 at each label and 0 elsewhere, with shape labels.shape + [classes].",
        example: "Tensor.oneHot(Tensor([0, 2], dtype: .int64), classes: 3)"
    ) { labels, classes in try Tensor.oneHot(labels, classes: classes) }
    Binding.procedure(
        "seed", arg("seed", Int.self, label: nil),
        summary: "Starts the random numbers anew: tensors, weights, dropout and shuffling.",
        example: "seed(1)\nTensor.rand([2])"
    ) { number in seed(number) }
}

/// The types of elements.
func dtypeRows() -> [Binding] {
    DType.allCases.map { dtype in
        Binding.staticProperty(
            dtype.rawValue, of: DType.self, summary: dtype.meaning,
            example: "Tensor([1, 0]).cast(to: .\(dtype.rawValue))"
        ) { dtype }
    }
}

extension DType {
    fileprivate var meaning: String {
        switch self {
        case .float32: "Numbers with a fraction, 4 bytes each; what networks compute in."
        case .bfloat16:
            "Numbers with a fraction, 2 bytes and 3 digits each; half the memory of float32."
        case .uint8: "Whole numbers 0...255, 1 byte each; what pictures hold."
        case .int32: "Whole numbers, 4 bytes each."
        case .int64: "Whole numbers, 8 bytes each; labels and indices."
        case .bool: "Truth values, 1 byte each; masks."
        }
    }
}
