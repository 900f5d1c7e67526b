import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// How far one weight of a model has moved.
public struct WeightChange: Sendable, Hashable {
    /// The weight's full name.
    public let name: String
    /// The length of the change as a share of the length that the weight had; infinite where it
    /// began at 0.
    public let change: Double
    /// The cosine of the angle between before and after: 1 where only the length changed, not a
    /// number where one of them is 0.
    public let similarity: Double
}

/// How far training has moved a model's weights from where they began.
///
/// It shows itself as a table, and the kernels of the first convolution before and after.
///
///     let before = edges.copy()
///     fit(edges, train: data.train)
///     edges.drift(since: before)
public struct WeightDrift: Sendable, CustomStringConvertible {
    /// Every weight, in the order of the layers.
    public let changes: [WeightChange]
    /// The kernels of the first convolution, those before in the upper row and those after below;
    /// `nil` where there is none. Middle grey is 0.
    public let image: Image?

    /// A line a weight: how much it changed, and how much of its direction is left.
    public var description: String { table.text }

    private var table: TextTable {
        var table = TextTable(columns: ["weight", "change", "similarity"], wordColumns: [0])
        table.rows = changes.map {
            // What began at 0 has no length and no direction to compare with.
            $0.change.isFinite
                ? [
                    $0.name, formatted(100 * $0.change, places: 1) + "%",
                    formatted($0.similarity, places: 3),
                ] : [$0.name, "from 0", ""]
        }
        return table
    }
}

extension WeightDrift: Displayable {
    /// The table as text; for a notebook with the kernels below.
    public func mimeBundle() throws -> MIMEBundle {
        var kernels = ""
        for item in try image?.mimeBundle().items ?? [] {
            guard case .bytes(let bytes) = item.content else { continue }
            kernels += inlineImage(
                bytes, type: item.type, alternative: "kernels before and after")
        }
        return table.mimeBundle(below: kernels)
    }
}

extension Layer {
    /// How far this model's weights are from those of another one, which was its `copy()` before
    /// training.
    ///
    /// Throws where the models have not the same weights.
    public func drift(since before: any Layer) throws -> WeightDrift {
        let (old, new) = (before.parameters, parameters)
        guard old.map(\.name) == new.map(\.name),
            old.map(\.value.shape) == new.map(\.value.shape)
        else {
            throw LayerError(
                layer: kind, problem: "drift compares a model with an earlier copy of itself",
                expected: "the weights \(Self.list(new))", got: Self.list(old))
        }
        var changes: [WeightChange] = []
        var kernels: (before: Tensor, after: Tensor)?
        for (old, new) in zip(old, new) {
            let values = (
                try old.value.scalars(as: Double.self), try new.value.scalars(as: Double.self)
            )
            changes.append(WeightChange(name: new.name, before: values.0, after: values.1))
            if kernels == nil, KernelSheet.isSheet(new.value.shape) {
                kernels = (old.value, new.value)
            }
        }
        let image = try kernels.map { try KernelSheet(before: $0.before, after: $0.after).image() }
        return WeightDrift(changes: changes, image: image)
    }

    private static func list(_ weights: [(name: String, value: Tensor)]) -> String {
        let texts = weights.prefix(4).map { "\($0.name) \($0.value.shape)" }
        return texts.joined(separator: ", ") + (weights.count > 4 ? ", ..." : "")
    }
}

extension WeightChange {
    fileprivate init(name: String, before: [Double], after: [Double]) {
        var (squares, others, products, moved) = (0.0, 0.0, 0.0, 0.0)
        for (old, new) in zip(before, after) {
            squares += old * old
            others += new * new
            products += old * new
            moved += (new - old) * (new - old)
        }
        self.name = name
        change = moved == 0 ? 0 : (moved / squares).squareRoot()
        similarity = moved == 0 ? 1 : products / (squares * others).squareRoot()
    }
}

/// Kernels of a convolution before and after, as pictures that share their shades.
private struct KernelSheet {
    let before: Tensor
    let after: Tensor

    /// The most kernels side by side.
    private static let most = 8

    /// Whether a weight of this shape is kernels that can be seen.
    static func isSheet(_ shape: [Int]) -> Bool {
        shape.count == 4 && !shape.contains(0) && shape[2] * shape[3] > 1
            && shape[2] <= 64 && shape[3] <= 64
    }

    func image() throws -> Image {
        let count = min(before.shape[0], Self.most)
        let values = try [before, after].map { try $0.scalars(as: Float.self) }
        let size = before.count / before.shape[0]
        let reaches = (0..<count).map { kernel in
            values.flatMap { $0[kernel * size..<(kernel + 1) * size] }.map(abs).max() ?? 0
        }
        let pictures = try values.flatMap { values in
            try (0..<count).map { kernel in
                try picture(
                    values[kernel * size..<(kernel + 1) * size], reach: reaches[kernel])
            }
        }
        let captions = ["before", "after"].flatMap { [String](repeating: $0, count: count) }
        return try grid(pictures, columns: count, captions: captions)
    }

    /// One kernel: in colour where it sees three channels, else its first channel in grey.
    private func picture(_ values: ArraySlice<Float>, reach: Float) throws -> Image {
        let (height, width) = (before.shape[2], before.shape[3])
        let channels = before.shape[1] == 3 ? 3 : 1
        let pixels = height * width
        let values = Array(values)
        let bytes = (0..<pixels * channels).map { index -> UInt8 in
            let value = values[index % channels * pixels + index / channels]
            let level = reach > 0 && value.isFinite ? 127.5 + 127.5 * value / reach : 127.5
            return UInt8(max(0, min(255, level.rounded())))
        }
        return try Image(width: width, height: height, channels: channels, bytes: bytes)
    }
}
