import Hosting
import OneDNN

/// One kernel of a convolution, run a few images at a time where all of them at once would keep an
/// interrupt waiting.
struct ConvolutionRun {
    let primitive: Primitive
    private let configuration: ConvolutionConfiguration
    private let productsAnImage: Double

    init(_ configuration: ConvolutionConfiguration, productsAnImage: Double) throws {
        primitive = try configuration.primitive()
        self.configuration = configuration
        self.productsAnImage = productsAnImage
    }

    /// The format of a role that the kernel certainly has.
    func format(_ role: Role) throws -> MemoryDescriptor { try primitive.required(role) }

    /// Runs the kernel on buffers of the formats that it has for them.
    func execute(_ buffers: [(Role, UnsafeMutableRawPointer)]) throws {
        let images = configuration.source.shape[0]
        let count = PollInterval.parts(of: images, products: productsAnImage)
        guard count < images, try piece(of: count) != nil else {
            return try primitive.execute(buffers)
        }
        for first in stride(from: 0, to: images, by: count) {
            if first > 0 { try Host.current.cancellation.check() }
            guard let piece = try piece(of: min(count, images - first)) else { continue }
            try run(piece, from: first, buffers)
        }
    }

    /// The same kernel for fewer images in the same formats, and the bytes from one image to the
    /// next for each role that has some.
    private func piece(of count: Int) throws -> (Primitive, [Role: Int])? {
        var steps: [Role: Int] = [:]
        func images(_ roles: Role...) -> MemoryDescriptor? {
            for role in roles {
                guard let images = primitive[role]?.images(count) else { continue }
                steps[role] = images.byteStep
                return images.descriptor
            }
            return nil
        }
        guard let source = images(.source, .sourceGradient),
            let destination = images(.destination, .destinationGradient),
            let weights = primitive[.weights] ?? primitive[.weightsGradient],
            // Sums of gradients in fewer bits would be rounded piece by piece.
            configuration.direction != .backwardWeights || weights.type == .float32
        else { return nil }
        steps[.addend] = steps[.destination]
        var smaller = configuration
        smaller.algorithm = primitive.usesWinograd ? .winogradOrDirect : .direct
        (smaller.source, smaller.weights, smaller.destination) = (source, weights, destination)
        do {
            return (try smaller.primitive(), steps)
        } catch {
            guard error.isUnimplemented else { throw error }
            return nil
        }
    }

    private func run(
        _ piece: (primitive: Primitive, steps: [Role: Int]), from first: Int,
        _ buffers: [(Role, UnsafeMutableRawPointer)]
    ) throws {
        var sums: [(Storage, count: Int, into: UnsafeMutableRawPointer)] = []
        let moved = try buffers.map { role, pointer in
            if let step = piece.steps[role] { return (role, pointer + first * step) }
            guard first > 0, role == .weightsGradient || role == .biasGradient else {
                return (role, pointer)
            }
            let byteCount = try format(role).byteCount
            let storage = try Storage(byteCount: byteCount)
            sums.append((storage, byteCount / MemoryLayout<Float>.stride, pointer))
            return (role, storage.pointer)
        }
        try piece.primitive.execute(moved)
        for (storage, count, sum) in sums {
            addFloats(
                UnsafeRawPointer(storage.pointer).assumingMemoryBound(to: Float.self),
                to: sum.assumingMemoryBound(to: Float.self), count)
            withExtendedLifetime(storage) {}
        }
    }
}

/// Adds floats to others in place.
private func addFloats(
    _ x: UnsafePointer<Float>, to sum: UnsafeMutablePointer<Float>, _ count: Int
) {
    Parallel.forEach(count: count, grain: 65_536) { range in
        var index = range.lowerBound
        while index + FloatLanes.width <= range.upperBound {
            (FloatLanes(at: sum + index) + FloatLanes(at: x + index)).store(at: sum + index)
            index += FloatLanes.width
        }
        for index in index..<range.upperBound { sum[index] += x[index] }
    }
}
