import Tensors
import Testing

/// Every case of the PyTorch fixtures under too little memory, and what all of them leave behind.
@Suite(.serialized) struct BadInputMemoryTests {
    private static let files: [(name: String, table: @Sendable () -> PyTorchTable)] = [
        ("pytorch_elements", PyTorchTable.elements), ("pytorch_axes", PyTorchTable.axes),
        ("pytorch_images", PyTorchTable.images), ("pytorch_networks", PyTorchTable.networks),
    ]

    /// At each size of memory an operation and its gradient succeed or say that there is no room;
    /// the inputs keep their elements, nothing leaks, and with memory the answer is right again.
    @Test func noRoomIsAnErrorThatLosesNothing() throws {
        let budget = Memory.budget
        defer { Memory.budget = budget }
        var refused = 0
        for (pyTorchCase, call) in try Self.cases() {
            let before = try pyTorchCase.inputNames.map { try bytes(pyTorchCase.inputs[$0]) }
            // What stays for reuse, such as compiled kernels, is there after the first run.
            try Self.run(pyTorchCase, call)
            let used = Memory.used
            for room in [0, 64, 256, 1024, 4096, 16384, 65536] {
                Memory.budget = used + room
                do {
                    try Self.run(pyTorchCase, call)
                } catch let error as TensorError {
                    refused += 1
                    if error.kind != .memory {
                        Issue.record("\(pyTorchCase.name), room for \(room) bytes: \(error)")
                    }
                } catch {
                    Issue.record("\(pyTorchCase.name), room for \(room): no TensorError: \(error)")
                }
                Memory.budget = budget
                if Memory.used != used {
                    Issue.record(
                        "\(pyTorchCase.name), room for \(room): \(Memory.used - used) bytes leaked")
                }
                let after = try pyTorchCase.inputNames.map { try bytes(pyTorchCase.inputs[$0]) }
                if after != before {
                    Issue.record("\(pyTorchCase.name), room for \(room): an input changed")
                }
            }
            _ = try pyTorchCase.check(call, .dense)
        }
        #expect(refused > 1000)
    }

    /// The tape and what it saved are freed when the gradients are there, and when the result is
    /// dropped without asking for them.
    @Test func tapesAreFreed() throws {
        for (pyTorchCase, call) in try Self.cases() {
            for backward in [true, false] {
                try Self.run(pyTorchCase, call, backward: backward)
                let used = Memory.used
                try Self.run(pyTorchCase, call, backward: backward)
                if Memory.used != used {
                    Issue.record("\(pyTorchCase.name): \(Memory.used - used) bytes leaked")
                }
            }
        }
    }

    /// While the results live, the backward pass alone frees what was saved on the way to them.
    @Test func theBackwardPassFreesWhatItUsed() throws {
        let x = try Tensor.ones([64, 256])
        x.requiresGradient = true
        let before = Memory.used
        var y = x
        for _ in 0..<10 { y = try Tensor.multiplying(y.sin(), y.exp()) }
        let loss = try y.mean()
        y = loss
        let held = Memory.used
        #expect(held - before > 20 * x.count * 4)
        try loss.backward()
        // The gradient itself and the loss are what is left.
        #expect(Memory.used - before <= x.count * 4 + 4096)
        x.clearGradient()
        #expect(Memory.used - before <= 4096)
    }

    private static func cases() throws -> [(PyTorchCase, PyTorchTable.Call)] {
        try files.flatMap { file in
            let table = file.table()
            var cases: [(PyTorchCase, PyTorchTable.Call)] = []
            for pyTorchCase in try PyTorchCase.load("\(file.name).safetensors") {
                if let call = table.calls[pyTorchCase.operation] {
                    cases.append((pyTorchCase, call))
                }
            }
            return cases
        }
    }

    /// Forward and back again, on leaves of its own.
    private static func run(
        _ pyTorchCase: PyTorchCase, _ call: PyTorchTable.Call, backward: Bool = true
    ) throws {
        let leaves = pyTorchCase.inputs.mapValues { $0.detached() }
        for leaf in leaves.values { leaf.requiresGradient = true }
        let inputs = PyTorchCall(inputs: leaves, arguments: pyTorchCase.arguments)
        let outputs =
            try pyTorchCase.isMixed ? withMixedPrecision { try call(inputs) } : call(inputs)
        guard backward, let output = outputs.first(where: \.isTracked) else { return }
        try output.backward(from: Tensor.ones(output.shape, dtype: output.dtype))
    }

    private func bytes(_ tensor: Tensor?) throws -> [UInt8] {
        try tensor?.withUnsafeBytes { Array($0) } ?? []
    }
}
