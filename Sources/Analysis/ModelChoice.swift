import Hosting
import Plots

/// A model that stays within limits.
public struct ChosenModel: Sendable {
    /// What was found about it.
    public let model: ModelResult
    /// What speaks for it and what against it.
    public let reasons: [String]
}

/// A model that does not.
public struct RejectedModel: Sendable {
    /// The name under which it was asked about, such as `ResNet18`.
    public let name: String
    /// Which limit it exceeds, or why it could not be measured.
    public let reason: String
}

/// The models that stay within limits, the best first, and why: what `choose` answers.
///
///     choice.best?.model.name
///     choice.ranked[0].reasons
public struct ModelChoice: Sendable, CustomStringConvertible {
    /// The limits as one writes them.
    public let limits: [ModelLimit]
    /// Those within the limits: the most accurate first, of two equals the quicker; after them
    /// those of unknown accuracy, the quickest first.
    public let ranked: [ChosenModel]
    /// The others, in the order in which they were looked at.
    public let rejected: [RejectedModel]

    /// The first of those within the limits; `nil` where there is none.
    public var best: ChosenModel? { ranked.first }

    /// All that were measured and stay within the limits, side by side.
    public var comparison: ModelComparison {
        ModelComparison(results: ranked.map(\.model), data: imageCount)
    }

    private let imageCount: Int?

    init(
        _ results: [ModelResult], rejected: [RejectedModel], limits: [ModelLimit], data count: Int?
    ) {
        self.limits = limits
        self.rejected = rejected
        imageCount = count
        let order = results.sorted { left, right in
            guard left.accuracy != right.accuracy else {
                return left.latency.median < right.latency.median
            }
            return (left.accuracy ?? -1) > (right.accuracy ?? -1)
        }
        ranked = order.map { ChosenModel(model: $0, reasons: reasons(for: $0, order, limits)) }
    }

    private var table: TextTable {
        var table = TextTable(columns: ["", "model", "why"], wordColumns: [1, 2])
        table.rows = ranked.enumerated().map { place, candidate in
            ["\(place + 1)", candidate.model.name, candidate.reasons.joined(separator: "; ")]
        }
        if ranked.isEmpty { table.rows = [["", "none", "no model stays within the limits"]] }
        if !rejected.isEmpty {
            table.footer = ["left out:"] + rejected.map { "  \($0.name): \($0.reason)" }
        }
        return table
    }

    /// A line for each model with its reasons, then what was left out and why.
    public var description: String { table.text }

    /// Accuracy over time of those within the limits.
    public func plot() -> Chart { comparison.plot() }
}

extension ModelChoice: Displayable {
    /// The table, as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }
}

/// What speaks for a model within the limits, and which other one beats it.
private func reasons(
    for model: ModelResult, _ order: [ModelResult], _ limits: [ModelLimit]
) -> [String] {
    var reasons: [String] = []
    if let measured = model.measuredAccuracy {
        reasons.append("accuracy \(measured)")
    } else if let published = model.publishedAccuracy {
        reasons.append("\(formatted(100 * published, places: 1))% on ImageNet")
    } else {
        reasons.append("accuracy unknown")
    }
    let limited = Set(limits.map(\.kind))
    for limit in limits { reasons.append(limit.share(of: limit.value(of: model))) }
    if !limited.contains(.time) { reasons.append("\(digits(model.latency.median * 1e3)) ms") }
    if !limited.contains(.size) { reasons.append(megabytes(model.weightBytes)) }
    if let better = order.first(where: { model.isDominated(by: $0) }) {
        reasons.append("\(better.name) is as quick and as accurate")
    } else if order.count > 1, model.accuracy != nil {
        let isQuickest = order.allSatisfy { $0.latency.median >= model.latency.median }
        let isBest = order.allSatisfy { ($0.accuracy ?? -1) <= (model.accuracy ?? -1) }
        switch (isBest, isQuickest) {
        case (true, true): reasons.append("the most accurate and the quickest")
        case (true, false): reasons.append("the most accurate")
        case (false, true): reasons.append("the quickest")
        case (false, false): reasons.append("none is both quicker and more accurate")
        }
    }
    return reasons
}

extension ModelLimit {
    /// What a model takes of what is limited.
    func value(of model: ModelResult) -> Double {
        switch kind {
        case .time: model.latency.median
        case .size: Double(model.weightBytes)
        }
    }
}
