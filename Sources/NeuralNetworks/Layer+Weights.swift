import Tensors

extension Layer {
    /// Writes all weights and buffers, with what the model knows of its data, as safetensors.
    ///
    /// PyTorch reads the file with `safetensors.torch.load_file`. Throws where the file cannot be
    /// written.
    public func save(_ path: String) throws {
        var tensors: [String: Tensor] = [:]
        for (name, parameter) in namedState { tensors[name] = parameter.value }
        var metadata = try info?.metadata() ?? [:]
        metadata["format"] = "pt"
        try Safetensors(tensors, metadata: metadata).write(to: path)
    }

    /// Reads weights and buffers that `save(_:)` or PyTorch wrote, by name.
    ///
    /// Throws a `WeightsError`, leaving the model as it was, where a shape differs and, if `strict`,
    /// where a name is missing in the file or unknown to the model. Without `strict` what fits is
    /// read, and the returned report names the rest.
    @discardableResult
    public func load(_ path: String, strict: Bool = true) throws -> WeightsReport {
        let file = try Safetensors(contentsOf: path)
        let report = try load(file.tensors, strict: strict, source: "\"\(path)\"")
        if let info = ModelInfo(metadata: file.metadata) { self.info = info }
        return report
    }

    /// Takes weights and buffers from a dictionary, by name; the same rules as for a file.
    @discardableResult
    public func load(
        _ tensors: [String: Tensor], strict: Bool = true, source: String = "the dictionary"
    ) throws -> WeightsReport {
        let state = namedState
        let names = Set(state.map(\.name))
        var report = WeightsReport()
        // Files from before PyTorch 0.4.1 have no counters of batches.
        report.missing = state.map(\.name).filter {
            tensors[$0] == nil && !$0.hasSuffix("num_batches_tracked")
        }
        report.unexpected = tensors.keys.filter { !names.contains($0) }.sorted()
        report.mismatched = state.compactMap { name, parameter in
            guard let tensor = tensors[name], tensor.shape != parameter.shape else { return nil }
            return (name, parameter.shape, tensor.shape)
        }
        guard report.mismatched.isEmpty, !strict || report.isComplete else {
            throw WeightsError(source: source, model: kind, report: report)
        }
        let values = try state.compactMap { name, parameter in
            try tensors[name].map { (parameter, try $0.cast(to: parameter.dtype)) }
        }
        for (parameter, value) in values { parameter.value = value }
        return report
    }
}

/// How the tensors of a file and the parameters of a model fitted.
public struct WeightsReport: Sendable, CustomStringConvertible {
    /// Names that the model has and the file has not.
    public internal(set) var missing: [String] = []
    /// Names that the file has and the model has not.
    public internal(set) var unexpected: [String] = []
    /// Names that both have, with different shapes.
    public internal(set) var mismatched: [(name: String, model: [Int], file: [Int])] = []

    /// Whether everything fitted.
    public var isComplete: Bool { missing.isEmpty && unexpected.isEmpty && mismatched.isEmpty }

    public var description: String {
        isComplete ? "every tensor fits" : lines.joined(separator: "\n")
    }

    var lines: [String] {
        var lines = mismatched.prefix(10).map { name, model, file in
            "\(name): the model has \(model), the file has \(file)"
        }
        if mismatched.count > 10 { lines.append("... and \(mismatched.count - 10) more shapes") }
        if !missing.isEmpty { lines.append("missing in the file: \(Self.listed(missing))") }
        if !unexpected.isEmpty {
            lines.append("unknown to the model: \(Self.listed(unexpected))")
        }
        return lines
    }

    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? "\(shown), ... (\(names.count))" : shown
    }
}

/// Weights that do not fit the model; the model was not changed.
public struct WeightsError: Error, Sendable, CustomStringConvertible {
    /// Where the weights came from.
    public let source: String
    /// The kind of the model.
    public let model: String
    public let report: WeightsReport

    public var description: String {
        "load: the weights of \(source) do not fit \(model)\n"
            + report.lines.map { "  \($0)" }.joined(separator: "\n")
    }
}
