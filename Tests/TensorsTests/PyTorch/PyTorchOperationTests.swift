import Foundation
import Tensors
import Testing

/// Every operation against PyTorch's values and gradients, from Fixtures/pytorch_operations.py.
///
/// Each case runs on inputs in each layout of `InputLayout`.
@Suite struct PyTorchOperationTests {
    @Test func elements() throws { try check("pytorch_elements", .elements()) }
    @Test func axes() throws { try check("pytorch_axes", .axes()) }
    @Test func images() throws { try check("pytorch_images", .images()) }
    @Test func networks() throws { try check("pytorch_networks", .networks()) }

    /// Shape rules alone give what running gives: tensors without elements have the outputs' specs.
    @Test func shapesNeedNoElements() throws {
        for (file, table) in [
            ("elements", PyTorchTable.elements()), ("axes", .axes()), ("images", .images()),
            ("networks", .networks()),
        ] {
            for pyTorchCase in try PyTorchCase.load("pytorch_\(file).safetensors") {
                guard let call = table.calls[pyTorchCase.operation] else { continue }
                // Masks, positions and labels are looked at.
                let inputs = pyTorchCase.inputs.mapValues {
                    $0.dtype.isFloatingPoint ? Tensor.symbolic($0.spec) : $0
                }
                guard inputs.values.contains(where: \.isSymbolic) else { continue }
                let what = "\(pyTorchCase.name) without elements"
                do {
                    let given = PyTorchCall(inputs: inputs, arguments: pyTorchCase.arguments)
                    let found =
                        try pyTorchCase.isMixed
                        ? withMixedPrecision { try call(given) } : call(given)
                    #expect(found.map(\.spec) == pyTorchCase.outputs.map(\.spec), "\(what)")
                } catch {
                    Issue.record("\(what): \(error)")
                }
            }
        }
    }

    /// Runs every case of a file; an operation without a line, or a line without cases, fails.
    private func check(_ file: String, _ table: PyTorchTable) throws {
        let cases = try PyTorchCase.load("\(file).safetensors")
        let operations = Set(cases.map(\.operation))
        #expect(table.repeated.isEmpty, "operations with two lines")
        #expect(operations.subtracting(table.calls.keys).sorted() == [], "cases without a line")
        #expect(
            Set(table.calls.keys).subtracting(operations).sorted() == [], "lines without a case")
        #expect(cases.count > 50)
        var worst: [String: Double] = [:]
        for pyTorchCase in cases {
            guard let call = table.calls[pyTorchCase.operation] else { continue }
            for layout in InputLayout.allCases {
                let share = try pyTorchCase.check(call, layout) ?? 0
                let key = pyTorchCase.operation + (pyTorchCase.isCoarse ? " bfloat16" : "")
                worst[key] = max(worst[key] ?? 0, share)
            }
        }
        if ProcessInfo.processInfo.environment["PYTORCH_ERRORS"] != nil {
            for (key, share) in worst.sorted(by: { $0.value > $1.value }) { print(key, share) }
        }
    }
}
