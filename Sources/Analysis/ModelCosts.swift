import Hosting
import Tensors

/// Whose way of counting multiply-accumulates a figure follows.
public enum CostConvention: String, Sendable, CaseIterable {
    /// Convolutions, linear layers and matrix products.
    case torchvision
    /// Those, 2 for each element of batch normalisation, 5 for each element of the other
    /// normalisations, 1 for each element of an adaptive mean and 4 for each pixel of a bilinear
    /// enlargement.
    case fvcore

    func count(_ cost: Cost) -> Int {
        switch self {
        case .torchvision: cost.multiplyAccumulates
        case .fvcore: cost.multiplyAccumulates &+ cost.normalizations &+ cost.resizing
        }
    }
}

/// What a model costs by one way of counting, and what makes the difference to the other one, kind
/// of layer by kind of layer: `summary.costs(convention: .fvcore)`.
public struct ModelCosts: Sendable {
    /// All layers of one kind.
    public struct Item: Sendable {
        /// The kind of the layers, such as `BatchNorm2d`.
        public let kind: String
        /// How many of them count.
        public let layers: Int
        /// What they cost by this convention.
        public let multiplyAccumulates: Int
        /// How much more that is than by the other one.
        public let difference: Int
    }

    /// The way of counting that `multiplyAccumulates` follows.
    public let convention: CostConvention
    /// The kinds that count by either convention, the costliest first.
    public let items: [Item]
    /// What the model costs by this convention.
    public let multiplyAccumulates: Int
    /// What it costs by the other one.
    public let otherMultiplyAccumulates: Int

    /// How much more this one counts.
    public var difference: Int { multiplyAccumulates - otherMultiplyAccumulates }
}

extension ModelSummary {
    /// What the input costs by a way of counting, with the difference to the other one itemised.
    ///
    ///     let costs = try ResNet50().summary(input: [3, 224, 224]).costs(convention: .fvcore)
    ///     costs.multiplyAccumulates   // 4_111_512_576
    ///     costs.difference            // 22_328_320: batch normalisation and the mean at the end
    public func costs(convention: CostConvention = .torchvision) -> ModelCosts {
        let other: CostConvention = convention == .fvcore ? .torchvision : .fvcore
        var kinds: [String: (layers: Int, count: Int, other: Int)] = [:]
        for (kind, cost) in rows.map({ ($0.kind, $0.cost) }) + [(self.kind, ownCost)] {
            let (own, others) = (convention.count(cost), other.count(cost))
            guard own != 0 || others != 0 else { continue }
            let known = kinds[kind] ?? (0, 0, 0)
            kinds[kind] = (known.layers + 1, known.count &+ own, known.other &+ others)
        }
        let items = kinds.map { kind, sums in
            ModelCosts.Item(
                kind: kind, layers: sums.layers, multiplyAccumulates: sums.count,
                difference: sums.count &- sums.other)
        }
        return ModelCosts(
            convention: convention,
            items: items.sorted {
                ($1.multiplyAccumulates, $0.kind) < ($0.multiplyAccumulates, $1.kind)
            },
            multiplyAccumulates: convention.count(cost),
            otherMultiplyAccumulates: other.count(cost))
    }
}

extension ModelCosts: CustomStringConvertible, Displayable {
    /// A line a kind of layer, and what both conventions give below.
    public var description: String { table.text }

    /// The table, as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }

    private var table: TextTable {
        let other: CostConvention = convention == .fvcore ? .torchvision : .fvcore
        var table = TextTable(
            columns: ["kind", "layers", "MACs", "beyond \(other)"], wordColumns: [0])
        table.rows = items.map { item in
            [
                item.kind, "\(item.layers)", grouped(item.multiplyAccumulates),
                item.difference == 0
                    ? "" : (item.difference > 0 ? "+" : "") + grouped(item.difference),
            ]
        }
        table.footer = [
            "\(convention) counts \(grouped(multiplyAccumulates)) MACs, \(other) "
                + grouped(otherMultiplyAccumulates)
        ]
        return table
    }
}
