import Foundation
import NeuralNetworks
import Tensors
import Testing

/// What torchvision or timm computes for one architecture, from Fixtures/architectures.py.
struct ArchitectureCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    /// The shape of the input.
    let input: [Int]
    /// The hash of the sorted names and shapes of the state.
    let state: UInt32
    let logits: [Double]
    let auxiliary: [[Double]]
    let stages: [String: TensorDigest]
    let published: Published
    let gradient: TensorDigest?
    /// How far PyTorch's own gradient in float32 lies from that in float64, at worst.
    let gradientInFloat32: Double?

    /// The network as it was published.
    struct Published: Decodable, Sendable {
        let parameters, macs, macsWithNorms, classes: Int
        let input: [Int]
    }

    var testDescription: String { name }

    static let all: [ArchitectureCase] = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/architectures.json")
        guard let data = try? Data(contentsOf: path) else { return [] }
        return (try? JSONDecoder().decode([ArchitectureCase].self, from: data)) ?? []
    }()
}

/// A tensor in few numbers: some of its elements, and the mean and norm of all.
struct TensorDigest: Decodable, Sendable {
    let shape: [Int]
    let greatest, mean, norm: Double
    let elements: [Double]

    /// The worst difference to a tensor, as a share of its greatest magnitude, and where it is.
    func difference(to tensor: Tensor) throws -> (share: Double, place: String) {
        let values = try tensor.scalars(as: Double.self)
        guard values.count == shape.reduce(1, *), !values.isEmpty else {
            return (.infinity, "shape \(tensor.shape) against \(shape)")
        }
        let mean = values.reduce(0, +) / Double(values.count)
        let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        var worst = (
            share: abs(norm - self.norm) / self.norm, place: "norm \(norm) against \(self.norm)"
        )
        func compare(_ found: Double, _ expected: Double, _ place: String) {
            let share = abs(found - expected) / greatest
            if share > worst.share || share.isNaN {
                worst = (share, "\(place): \(found) against \(expected)")
            }
        }
        compare(mean, self.mean, "mean")
        for (index, expected) in elements.enumerated() {
            let place = (index * 2_654_435_761 + 12345) % values.count
            compare(values[place], expected, "element \(place)")
        }
        return worst
    }
}

/// FNV-1a, 32 bits.
func textHash(_ text: String) -> UInt32 {
    text.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
}

/// `count` numbers in -1..<1, exact in float32: the `uniform` of Fixtures/architectures.py, times a
/// scale, plus an offset.
func formula(_ name: String, count: Int, scale: Float = 1, offset: Float = 0) -> [Float] {
    let seed = textHash(name)
    return [Float](unsafeUninitializedCapacity: count) { values, initialized in
        for index in 0..<count {
            var h = UInt32(truncatingIfNeeded: index) &* 2_654_435_761 &+ seed
            h ^= h &>> 16
            h = h &* 0x85EB_CA6B
            h ^= h &>> 13
            h = h &* 0xC2B2_AE35
            h ^= h &>> 16
            let u = Float(Int32(truncatingIfNeeded: h &>> 8)) * 0x1p-23 - 1
            values[index] = offset + u * scale
        }
        initialized = count
    }
}

/// A tensor of the formula.
func formulaTensor(_ name: String, _ shape: [Int]) throws -> Tensor {
    try Tensor(formula(name, count: shape.reduce(1, *)), shape: shape)
}

extension Layer {
    /// Gives every weight and buffer the values of the formula.
    func fillByFormula() throws {
        for (name, parameter) in namedState where parameter.dtype == .float32 {
            let shape = parameter.shape
            let values: [Float]
            if name.hasSuffix("weight"), shape.count > 1 {
                let fan = shape[1...].reduce(1, *)
                values = formula(
                    name, count: parameter.count, scale: Float((6 / Double(fan)).squareRoot()))
            } else if name.hasSuffix("weight") {
                values = formula(name, count: parameter.count, scale: 0.25, offset: 1)
            } else if name.hasSuffix("running_var") {
                values = formula(name, count: parameter.count, scale: 0.5, offset: 1)
            } else {
                values = formula(name, count: parameter.count, scale: 0.25)
            }
            try parameter.setValue(Tensor(values, shape: shape))
        }
    }

    /// The names and shapes of weights and buffers as PyTorch lists them, sorted.
    var stateNames: [String] {
        namedState.map { "\($0.name) \($0.parameter.shape)" }.sorted()
    }
}
