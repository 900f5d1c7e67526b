import Foundation
import Tensors
import Testing

/// Every operation of the PyTorch fixtures with one input or one argument replaced by what it is
/// not made for: the answer is an error or a tensor, never the end of the process.
@Suite(.serialized) struct BadInputTests {
    private static let files: [(name: String, table: PyTorchTable)] = [
        ("pytorch_elements", .elements()), ("pytorch_axes", .axes()),
        ("pytorch_images", .images()), ("pytorch_networks", .networks()),
    ]

    /// What stands in for an input: other ranks, empty and odd shapes, all types, no numbers.
    private static func strangers() throws -> [(name: String, tensor: Tensor)] {
        let shapes = [
            [], [0], [1], [3], [1, 0], [0, 3], [2, 3], [2, 3, 4], [1, 2, 5, 5], [0, 2, 5, 5],
            [1, 0, 5, 5], [2, 3, 0, 5], [2, 3, 4, 2, 2],
            [1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1],
        ]
        var tensors = try shapes.map { ("ones \($0)", try Tensor.ones($0)) }
        for shape in [[3], [2, 3], [1, 2, 5, 5]] {
            for dtype in DType.allCases where dtype != .float32 {
                tensors.append(("\(dtype) \(shape)", try Tensor.ones(shape, dtype: dtype)))
            }
            for value in [Double.nan, .infinity, -.infinity, 1e38] {
                tensors.append(("\(value) \(shape)", try Tensor.full(shape, value)))
            }
        }
        for value in [-1, 99, Int.max, Int.min] {
            for shape in [[], [3], [3, 2]] {
                let many = Array(repeating: value, count: shape.reduce(1, *))
                tensors.append(("\(value) \(shape)", try Tensor(many, shape: shape)))
            }
        }
        tensors.append(("symbolic", Tensor.symbolic(TensorSpec([2, 3]))))
        return tensors
    }

    /// What stands in for a number.
    private static let numbers: [Double] = [
        0, -1, 1, 2, -2, 7, 100, 0x1p24, 0x1p31, -0x1p31, 0x1p40, 0x1p62, 0x1p63, -0x1p63,
    ]

    /// What else stands in for a real number.
    private static let reals: [Double] = [.nan, .infinity, -.infinity, 1e300, 1e-300, 0.5]

    @Test func otherInputs() throws {
        let strangers = try Self.strangers()
        var attempts = 0
        for (pyTorchCase, call) in try samples() {
            for input in pyTorchCase.inputNames {
                for (name, stranger) in strangers {
                    var inputs = pyTorchCase.inputs
                    inputs[input] = stranger
                    attempt("\(pyTorchCase.name), \(input) = \(name)") {
                        try run(call, inputs, pyTorchCase.arguments)
                    }
                    attempts += 1
                }
            }
            for (name, stranger) in strangers {
                attempt("\(pyTorchCase.name), all = \(name)") {
                    try run(
                        call, pyTorchCase.inputs.mapValues { _ in stranger }, pyTorchCase.arguments)
                }
            }
        }
        #expect(attempts > 1000)
    }

    @Test func otherArguments() throws {
        var attempts = 0
        for (pyTorchCase, call) in try samples() {
            for (argument, value) in pyTorchCase.arguments {
                for (name, stranger) in Self.strangers(for: value) {
                    var arguments = pyTorchCase.arguments
                    arguments[argument] = stranger
                    attempt("\(pyTorchCase.name), \(argument) = \(name)") {
                        try run(call, pyTorchCase.inputs, arguments)
                    }
                    attempts += 1
                }
            }
        }
        #expect(attempts > 1000)
    }

    /// What stands in for an argument: other numbers, in a list at each place and of other lengths.
    private static func strangers(
        for argument: PyTorchCase.Argument
    ) -> [(name: String, argument: PyTorchCase.Argument)] {
        switch argument {
        case .number(let value):
            let isWhole = value == value.rounded()
            return (numbers + (isWhole ? [] : reals)).map { ("\($0)", .number($0)) }
                + (isWhole ? [] : [("1e-5", .number(1e-5))])
        case .list(let items) where items.allSatisfy({ $0.number != nil }):
            var lists: [(String, PyTorchCase.Argument)] = [
                ("[]", .list([])), ("[1, 1, 1]", .list([1, 1, 1].map { .number($0) })),
                ("[0, 1, 2, 3, 4, 5]", .list([0, 1, 2, 3, 4, 5].map { .number($0) })),
            ]
            for number in numbers {
                lists.append(("all \(number)", .list(items.map { _ in .number(number) })))
                for place in items.indices {
                    var list = items
                    list[place] = .number(number)
                    lists.append(("\(number) at \(place)", .list(list)))
                }
            }
            return lists
        case .flag(let value): return [("\(!value)", .flag(!value))]
        case .text, .list, .nothing: return []
        }
    }

    /// The first cases of every operation, and some later ones.
    private func samples() throws -> [(PyTorchCase, PyTorchTable.Call)] {
        try Self.files.flatMap { file in
            var taken: [String: Int] = [:]
            var samples: [(PyTorchCase, PyTorchTable.Call)] = []
            for pyTorchCase in try PyTorchCase.load("\(file.name).safetensors") {
                guard let call = file.table.calls[pyTorchCase.operation] else { continue }
                let number = taken[pyTorchCase.operation, default: 0]
                taken[pyTorchCase.operation] = number + 1
                guard number < 2 || (number < 40 && number % 8 == 0) else { continue }
                samples.append((pyTorchCase, call))
            }
            return samples
        }
    }

    /// Forward and back again.
    private func run(
        _ call: PyTorchTable.Call, _ inputs: [String: Tensor],
        _ arguments: [String: PyTorchCase.Argument]
    ) throws {
        let leaves = inputs.mapValues { $0.detached() }
        for leaf in leaves.values { leaf.requiresGradient = true }
        for output in try call(PyTorchCall(inputs: leaves, arguments: arguments)) {
            guard !output.isSymbolic else { continue }
            _ = try output.scalars(as: Double.self)
            guard output.isTracked else { continue }
            try output.backward(from: Tensor.ones(output.shape, dtype: output.dtype))
            return
        }
    }
}

/// Runs what may fail: an error must say which operation found what; memory is limited, so that
/// sizes nobody can want are refused. With `BAD_INPUT_LOG` set, each attempt is written to the
/// standard error first: the last one is what ended the process.
func attempt(_ what: @autoclosure () -> String, _ body: () throws -> Void) {
    let log = ProcessInfo.processInfo.environment["BAD_INPUT_LOG"] != nil
    if log { FileHandle.standardError.write(Data("\(what())\n".utf8)) }
    let budget = Memory.budget
    defer { Memory.budget = budget }
    Memory.budget = Memory.used + 8 << 20
    do {
        try body()
    } catch let error as TensorError {
        let text = "\(error)"
        if error.problem.isEmpty || !text.contains(": ") { Issue.record("\(what()): \(text)") }
    } catch {
        Issue.record("\(what()): \(error)")
    }
}
