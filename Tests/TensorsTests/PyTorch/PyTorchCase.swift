import Foundation
import Tensors

/// One question to PyTorch and its answer, as Fixtures/pytorch_fixture.py wrote it.
struct PyTorchCase: Sendable {
    /// What the metadata of a fixture says of a case.
    private struct Description: Decodable {
        var name: String
        var operation: String
        var inputs: [String]
        var outputs: Int
        var gradients: [String]
        var arguments: [String: Argument]?
        var isMixed: Bool?
        var tolerance: Double?
    }

    /// An argument of the operation, as JSON has it.
    enum Argument: Decodable, Sendable {
        case flag(Bool)
        case number(Double)
        case text(String)
        case list([Argument])
        case nothing

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .nothing
            } else if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .list(try container.decode([Argument].self))
            }
        }

        var number: Double? { if case .number(let value) = self { value } else { nil } }
        /// The number as an `Int`; beyond its range, the greatest or least one.
        var whole: Int? {
            number.map { $0 >= 0x1p63 ? .max : $0 <= -0x1p63 ? .min : Int($0) }
        }
    }

    /// An argument or an input that the Swift line reads and the case has not.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    let name: String
    let operation: String
    /// In the order of the Python function's parameters.
    let inputNames: [String]
    let inputs: [String: Tensor]
    let outputs: [Tensor]
    let gradients: [String: Tensor]
    let arguments: [String: Argument]
    let isMixed: Bool
    let tolerance: Double?

    /// Whether the numbers have bfloat16's seven bits.
    var isCoarse: Bool { isMixed || inputs.values.contains { $0.dtype == .bfloat16 } }

    /// The cases of a file in Fixtures.
    static func load(_ file: String) throws -> [PyTorchCase] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Fixtures/\(file)").path
        let fixture = try Safetensors(contentsOf: path)
        let list = Data((fixture.metadata["cases"] ?? "[]").utf8)
        return try JSONDecoder().decode([Description].self, from: list).map { description in
            func tensor(_ name: String) throws -> Tensor {
                guard let tensor = fixture.tensors["\(description.name)/\(name)"] else {
                    throw Missing(description: "\(file) lacks \(description.name)/\(name)")
                }
                return tensor
            }
            func tensors(_ names: [String], _ suffix: String = "") throws -> [String: Tensor] {
                try Dictionary(
                    uniqueKeysWithValues: names.map { ($0, try tensor($0 + suffix)) })
            }
            return PyTorchCase(
                name: description.name, operation: description.operation,
                inputNames: description.inputs, inputs: try tensors(description.inputs),
                outputs: try (0..<description.outputs).map { try tensor("output\($0)") },
                gradients: try tensors(description.gradients, ".gradient"),
                arguments: description.arguments ?? [:], isMixed: description.isMixed ?? false,
                tolerance: description.tolerance)
        }
    }
}

/// A case's inputs, laid out for one run, and its arguments: what a line of the table reads.
struct PyTorchCall {
    let inputs: [String: Tensor]
    let arguments: [String: PyTorchCase.Argument]

    /// The input `x`.
    var x: Tensor { get throws { try self["x"] } }
    /// The input `y`.
    var y: Tensor { get throws { try self["y"] } }

    subscript(input: String) -> Tensor {
        get throws {
            guard let tensor = inputs[input] else {
                throw PyTorchCase.Missing(description: "no input \(input)")
            }
            return tensor
        }
    }

    /// An input that not every case has.
    func optional(_ input: String) -> Tensor? { inputs[input] }

    func has(_ name: String) -> Bool { arguments[name] != nil }

    func double(_ name: String) throws -> Double {
        guard let value = arguments[name]?.number else { throw missing(name) }
        return value
    }

    func int(_ name: String) throws -> Int {
        guard let value = arguments[name]?.whole else { throw missing(name) }
        return value
    }

    func ints(_ name: String) throws -> [Int] {
        guard case .list(let values) = arguments[name] else { throw missing(name) }
        return values.compactMap(\.whole)
    }

    func flag(_ name: String) throws -> Bool {
        guard case .flag(let value) = arguments[name] else { throw missing(name) }
        return value
    }

    func text(_ name: String) throws -> String {
        guard case .text(let value) = arguments[name] else { throw missing(name) }
        return value
    }

    /// The subscript that the argument `parts` and the input `index` describe.
    func indices() throws -> [any TensorIndex] {
        guard case .list(let parts) = arguments["parts"] else { throw missing("parts") }
        return try parts.map { part -> any TensorIndex in
            switch part {
            case .number: part.whole ?? 0
            case .text("ellipsis"): IndexPart.ellipsis
            case .text("newAxis"): IndexPart.newAxis
            case .text: try self["index"]
            case .list(let bounds):
                IndexPart.stride(
                    from: bounds[0].whole, to: bounds[1].whole,
                    by: bounds.count > 2 ? bounds[2].whole ?? 1 : 1)
            case .flag, .nothing: throw missing("parts")
            }
        }
    }

    private func missing(_ name: String) -> PyTorchCase.Missing {
        PyTorchCase.Missing(description: "no argument \(name)")
    }
}

/// The engine's call for each operation of a fixture.
struct PyTorchTable: Sendable {
    typealias Call = @Sendable (PyTorchCall) throws -> [Tensor]
    private(set) var calls: [String: Call] = [:]
    /// Operations that were given two lines.
    private(set) var repeated: [String] = []

    /// Sets the line of an operation with one result.
    subscript(_ operation: String) -> @Sendable (PyTorchCall) throws -> Tensor {
        get { { _ in throw PyTorchCase.Missing(description: "no line \(operation)") } }
        set { self[several: operation] = { [try newValue($0)] } }
    }

    /// Sets the line of an operation with several results.
    subscript(several operation: String) -> Call {
        get { calls[operation] ?? { _ in [] } }
        set {
            if calls.updateValue(newValue, forKey: operation) != nil { repeated.append(operation) }
        }
    }
}
