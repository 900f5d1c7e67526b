/// How the tensors of a file and the parameters of a model fitted.
public struct WeightsReport: Sendable, CustomStringConvertible {
    /// Names that the model has and the file has not.
    public internal(set) var missing: [String] = []
    /// Names that the file has and the model has not.
    public internal(set) var unexpected: [String] = []
    /// Names that both have, with different shapes.
    public internal(set) var mismatched: [(name: String, model: [Int], file: [Int])] = []
    /// What was made to fit, a line each: `head.weight: 10 classes in place of 1000`.
    public internal(set) var adapted: [String] = []
    /// Whose names the file uses, such as `timm`; `nil` where they are the model's own.
    public internal(set) var convention: String?

    /// Names that stay as the model has them, on purpose.
    var kept: Set<String> = []

    /// Whether everything fitted.
    public var isComplete: Bool { missing.isEmpty && unexpected.isEmpty && mismatched.isEmpty }

    public var description: String {
        let lines = lines + adapted
        return lines.isEmpty ? "every tensor fits" : lines.joined(separator: "\n")
    }

    /// What did not fit.
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
    /// Which names are missing, unknown or of another shape.
    public let report: WeightsReport

    public var description: String {
        "load: the weights of \(source) do not fit \(model)\n"
            + report.lines.map { "  \($0)" }.joined(separator: "\n")
    }
}
