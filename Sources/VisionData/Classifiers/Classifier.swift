import Hosting
import OneDNN
import Tensors

/// What learns to tell classes apart from features, rows of numbers.
///
/// Features are [N, D], or of more axes, of which all but the first become one. Labels are any
/// whole numbers.
///
///     let svm = LinearSVM()
///     try svm.fit(features, labels)
///     try svm.accuracy(testFeatures, testLabels)
public protocol Classifier: AnyObject {
    /// Learns from features and their labels; forgets what was learned before.
    ///
    /// Throws when there are not as many labels as features or fewer than two classes, where a
    /// feature is not a finite number, and `Interrupted`.
    func fit(_ features: Tensor, _ labels: [Int]) throws

    /// The label of each row of features. Throws before `fit` and for another number of features.
    func predict(_ features: Tensor) throws -> [Int]

    /// Another one with the same settings that has learned nothing.
    func untrained() -> Self
}

extension Classifier {
    /// The share of rows that `predict` labels rightly, 0...1.
    public func accuracy(_ features: Tensor, _ labels: [Int]) throws -> Double {
        try confusion(features, labels).accuracy
    }

    /// How often each class is taken for each.
    ///
    ///     svm.confusion(features, labels, classes: data.classes)
    public func confusion(
        _ features: Tensor, _ labels: [Int], classes: [String] = []
    ) throws -> ConfusionMatrix {
        try ConfusionMatrix(labels, try predict(features), classes: classes)
    }
}

/// Features as rows of float32 in memory.
package struct FeatureRows {
    let tensor: Tensor
    /// How many rows there are.
    let count: Int
    /// How many numbers a row has.
    let dimension: Int

    package init(_ features: Tensor, _ operation: String) throws {
        guard features.rank >= 2, !features.shape.contains(0) else {
            throw TensorError(
                .shape, operation, "features are rows of numbers", expected: "[N, D]",
                got: "shape \(features.shape)", operands: [features.spec])
        }
        count = features.shape[0]
        dimension = features.count / count
        let flat = try features.reshaped(count, dimension)
        tensor = flat.dtype == .float32 ? flat : try flat.cast(to: .float32)
        guard try withRows({ areFinite($0, count * dimension) }) else {
            throw TensorError(
                .value, operation, "features are not all finite numbers",
                expected: "finite numbers",
                got: "NaN or infinity")
        }
    }

    /// Rows of the length that was learned from.
    init(_ features: Tensor, _ operation: String, dimension: Int) throws {
        try self.init(features, operation)
        guard self.dimension == dimension else {
            throw TensorError(
                .shape, operation, "features of another length than those that were learned from",
                expected: "\(dimension) numbers a row", got: "\(self.dimension)",
                operands: [features.spec])
        }
    }

    /// Tells of work on the rows, unless there is little to do.
    func reporter(_ title: String, total: Int? = nil, unit: String) -> ProgressReporter? {
        count * dimension < 1_000_000 ? nil : ProgressReporter(title, total: total, unit: unit)
    }

    func withRows<R>(_ body: (UnsafePointer<Float>) throws -> R) throws -> R {
        try tensor.withUnsafeBytes { bytes in
            guard let base = bytes.bindMemory(to: Float.self).baseAddress else {
                throw TensorError(.shape, "features", "there are no elements")
            }
            return try body(base)
        }
    }

    /// The products of every row with `others`, as many rows of the same length, so many rows at a
    /// time: `body` is given the first row's position, how many rows there are, and their products
    /// with the first, the second and so on of the others, row by row. Polls between the times.
    func eachProduct(
        with others: UnsafePointer<Float>, count columns: Int, rows most: Int,
        _ body: (_ start: Int, _ rows: Int, _ products: UnsafePointer<Float>) throws -> Void
    ) throws {
        let stretch = max(1, min(count, most))
        let cancellation = Host.current.cancellation
        var products = [Float](repeating: 0, count: stretch * columns)
        try withRows { base in
            for start in stride(from: 0, to: count, by: stretch) {
                try cancellation.check()
                let length = min(stretch, count - start)
                try products.withUnsafeMutableBufferPointer { products in
                    guard let products = products.baseAddress else { return }
                    try matrixProduct(
                        transposeA: false, transposeB: true, rows: length, columns: columns,
                        inner: dimension, base + start * dimension, leadingA: dimension, others,
                        leadingB: dimension, products, leadingC: columns)
                    try body(start, length, products)
                }
            }
        }
    }
}

/// The classes that labels name, in order, and the class of each row by position.
struct LabelIndex {
    let classes: [Int]
    let positions: [Int]

    /// The most classes that are told apart.
    private static let classLimit = 1000

    init(_ labels: [Int], count: Int, _ operation: String) throws {
        guard labels.count == count else {
            throw TensorError(
                .shape, operation, "not as many labels as rows of features",
                expected: "\(count) labels", got: "\(labels.count)")
        }
        classes = Set(labels).sorted()
        guard classes.count > 1 else {
            throw TensorError(
                .value, operation, "there is nothing to tell apart", expected: "at least 2 classes",
                got: "\(classes.count)")
        }
        guard classes.count <= Self.classLimit else {
            throw TensorError(
                .value, operation, "too many classes", expected: "at most \(Self.classLimit)",
                got: "\(classes.count)")
        }
        let places = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
        positions = labels.compactMap { places[$0] }
    }
}

/// The error of a classifier that is asked before it learned.
func untrainedError(_ operation: String) -> TensorError {
    TensorError(
        .value, operation, "it has learned nothing yet", expected: "fit(features, labels) first")
}
