import Hosting
import Tensors

/// The samples themselves as features, [N, C · H · W], each in 0...1.
///
///     PixelFeatures().features(data.test).shape
public struct PixelFeatures: FeatureExtractor {
    /// The features that need no thought.
    public init() {}

    public func features(_ data: ImageDataset) throws -> Tensor { try data.pixelFeatures }

    /// How it is made.
    public var description: String { "PixelFeatures()" }
}

/// Histograms of oriented gradients as features; see `hog(_:orientations:cell:block:)`.
///
///     HOG(cell: 4, block: 2).features(data.test).shape  // [10000, 1296]
public struct HOG: FeatureExtractor, Hashable {
    /// How pictures are divided.
    public let layout: HOGLayout

    /// Throws when the orientations are not 1 to 64, a cell is not 2 to 256 pixels or a block not
    /// 1 to 16 cells.
    public init(orientations: Int = 9, cell: Int = 8, block: Int = 3) throws {
        layout = try HOGLayout(orientations: orientations, cell: cell, block: block)
    }

    public func features(_ data: ImageDataset) throws -> Tensor {
        try hog(
            data, orientations: layout.orientations, cell: layout.cell, block: layout.block)
    }

    /// How it is made, without what is as usual.
    public var description: String {
        written(
            "HOG",
            [
                ("orientations", layout.orientations, 9), ("cell", layout.cell, 8),
                ("block", layout.block, 3),
            ])
    }
}

/// Local binary patterns as features, the histograms of `cells` x `cells` parts of each picture; see
/// `lbp(_:points:radius:coding:cells:)`.
///
///     LBP(cells: 4).features(data.test).shape  // [10000, 160]
public struct LBP: FeatureExtractor, Hashable {
    /// Neighbours of a pixel.
    public let points: Int
    /// How far they are, in pixels.
    public let radius: Double
    /// How comparisons become a code.
    public let coding: PatternCoding
    /// Parts of a picture each way.
    public let cells: Int

    /// Arguments are checked where pictures are described.
    public init(
        points: Int = 8, radius: Double = 1, coding: PatternCoding = .uniform, cells: Int = 1
    ) {
        self.points = points
        self.radius = radius
        self.coding = coding
        self.cells = cells
    }

    public func features(_ data: ImageDataset) throws -> Tensor {
        try lbp(data, points: points, radius: radius, coding: coding, cells: cells)
    }

    /// How it is made, without what is as usual.
    public var description: String {
        written(
            "LBP",
            [
                ("points", "\(points)", "8"), ("radius", "\(radius)", "1.0"),
                ("coding", ".\(coding.rawValue)", ".uniform"), ("cells", "\(cells)", "1"),
            ])
    }
}

/// A closure that makes numbers of one picture, as features.
///
///     FeatureFunction("colours") { try colorHistogram($0, bins: 4).features }
public struct FeatureFunction: FeatureExtractor {
    /// What tables call it.
    public let description: String
    private let describe: (Image) throws -> Tensor

    /// `describe` gives as many numbers for each picture; of several axes, they become one.
    public init(_ name: String, _ describe: @escaping (Image) throws -> Tensor) {
        description = name
        self.describe = describe
    }

    /// Throws what the closure throws, and where a picture has another count of numbers than the
    /// first.
    public func features(_ data: ImageDataset) throws -> Tensor {
        guard data.count > 0 else {
            throw TensorError(.shape, description, "there are no pictures")
        }
        let first = try numbers(data, 0)
        guard !first.isEmpty else {
            throw TensorError(
                .shape, description, "the closure gives no numbers", expected: "at least 1",
                got: "0")
        }
        let reporter = ProgressReporter(description, total: data.count, unit: "pictures")
        let features = try Tensor.unsafeUninitialized(
            shape: [data.count, first.count], dtype: .float32
        ) { buffer in
            guard let out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            for index in 0..<data.count {
                try Host.current.cancellation.check()
                let row = index == 0 ? first : try numbers(data, index)
                guard row.count == first.count else {
                    throw TensorError(
                        .shape, description,
                        "picture \(index) has another count of numbers than the first",
                        expected: "\(first.count)", got: "\(row.count)")
                }
                for (place, number) in row.enumerated() {
                    out[index * first.count + place] = number
                }
                reporter.advance()
            }
        }
        reporter.finish()
        return features
    }

    private func numbers(_ data: ImageDataset, _ index: Int) throws -> [Float] {
        try describe(try data.sample(index).image).scalars(as: Float.self)
    }
}

extension BagOfVisualWords: FeatureExtractor {
    /// Yes: its words.
    public var learns: Bool { true }

    /// Another one with the same settings and without words.
    public func untrained() throws -> BagOfVisualWords {
        try BagOfVisualWords(words: words, step: step, size: size, seed: seed)
    }
}

/// A call as one writes it, without the arguments that are as usual.
func written<Value: Equatable>(
    _ name: String, _ arguments: [(label: String, value: Value, usual: Value?)]
) -> String {
    let given = arguments.filter { $0.value != $0.usual }.map { "\($0.label): \($0.value)" }
    return "\(name)(\(given.joined(separator: ", ")))"
}
