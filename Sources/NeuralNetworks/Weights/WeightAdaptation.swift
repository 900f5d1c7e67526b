import Tensors

/// Makes weights fit a network of the same kind that has other classes, other input channels or
/// another size of images.
struct WeightAdaptation {
    /// The shapes of the model's parameters by name.
    let model: [String: [Int]]

    /// Changes what can be made to fit and says so in the report; the rest stays for the comparison
    /// of shapes.
    func adapt(_ tensors: inout [String: Tensor], _ report: inout WeightsReport) throws {
        let different = model.keys.sorted().filter { name in
            tensors[name].map { $0.shape != model[name] } ?? false
        }
        for name in different {
            guard let tensor = tensors[name], let wanted = model[name] else { continue }
            if let adapted = try adaptedPositions(name, tensor, wanted)
                ?? adaptedChannels(tensor, wanted)
            {
                tensors[name] = adapted
                report.adapted.append("\(name): \(wanted) made of \(tensor.shape)")
            } else if isHead(tensor.shape, wanted) {
                tensors[name] = nil
                report.kept.insert(name)
                report.adapted.append(
                    "\(name): \(wanted[0]) classes, untrained, in place of \(tensor.shape[0])")
            }
        }
    }

    /// Whether only the number of outputs differs, of a matrix or of its bias.
    private func isHead(_ shape: [Int], _ wanted: [Int]) -> Bool {
        (1...2).contains(shape.count) && shape.count == wanted.count
            && shape.dropFirst() == wanted.dropFirst()
    }

    /// The kernels of a first convolution for another number of channels: for one, the sum over
    /// those there are, so that a grey picture gives what its copy in every channel gave; for more,
    /// those there are by turns, scaled so that the sum stays.
    private func adaptedChannels(_ tensor: Tensor, _ wanted: [Int]) throws -> Tensor? {
        let shape = tensor.shape
        guard shape.count == 4, wanted.count == 4, shape[0] == wanted[0],
            shape[2...] == wanted[2...], (1...4).contains(shape[1])
        else { return nil }
        if wanted[1] == 1 { return try tensor.sum(axis: 1, keepDims: true) }
        let parts = try tensor.split(parts: shape[1], axis: 1)
        let repeated = (0..<wanted[1]).map { parts[$0 % parts.count] }
        return try Tensor.multiplying(
            concatenated(repeated, axis: 1), .real(Double(shape[1]) / Double(wanted[1])))
    }

    /// Position embeddings `[1, T, D]` for a grid of another size, by bicubic interpolation with
    /// corners on corners, as torchvision's `interpolate_embeddings`; class tokens stay.
    private func adaptedPositions(
        _ name: String, _ tensor: Tensor, _ wanted: [Int]
    ) throws -> Tensor? {
        let shape = tensor.shape
        guard name.contains("pos_embed"), shape.count == 3, wanted.count == 3, shape[0] == 1,
            wanted[0] == 1, shape[2] == wanted[2]
        else { return nil }
        for tokens in 0...2 {
            let side = Self.root(shape[1] - tokens)
            let other = Self.root(wanted[1] - tokens)
            guard let side, let other else { continue }
            let values = try tensor.scalars(as: Float.self)
            let width = shape[2]
            var result = Array(values[..<(tokens * width)])
            result += Self.resampled(
                Array(values[(tokens * width)...]), from: side, to: other, width: width)
            return try Tensor(result, shape: wanted)
        }
        return nil
    }

    /// The side of a square of `count` places; `nil` where they make none.
    private static func root(_ count: Int) -> Int? {
        guard count > 0 else { return nil }
        let side = Int(Double(count).squareRoot().rounded())
        return side * side == count ? side : nil
    }

    /// A grid `[side, side, width]` as one of `[other, other, width]`.
    private static func resampled(
        _ grid: [Float], from side: Int, to other: Int, width: Int
    ) -> [Float] {
        let taps = (0..<other).map { Self.taps($0, from: side, to: other) }
        var result: [Float] = []
        result.reserveCapacity(other * other * width)
        for row in taps {
            for column in taps {
                var sum = [Float](repeating: 0, count: width)
                for (y, weightY) in row {
                    for (x, weightX) in column {
                        let start = (y * side + x) * width
                        let weight = weightY * weightX
                        for index in 0..<width { sum[index] += weight * grid[start + index] }
                    }
                }
                result += sum
            }
        }
        return result
    }

    /// The four neighbours of a place and their weights (Keys' cubic with a = -0.75); beyond the
    /// border the outermost ones stand.
    private static func taps(
        _ place: Int, from side: Int, to other: Int
    ) -> [(index: Int, weight: Float)] {
        let position = other > 1 ? Float(place) * Float(side - 1) / Float(other - 1) : 0
        let start = Int(position.rounded(.down))
        let t = position - Float(start)
        func near(_ x: Float) -> Float { ((1.25 * x) - 2.25) * x * x + 1 }
        func far(_ x: Float) -> Float { ((-0.75 * x + 3.75) * x - 6) * x + 3 }
        let weights = [far(t + 1), near(t), near(1 - t), far(2 - t)]
        return weights.enumerated().map { offset, weight in
            (min(max(0, start - 1 + offset), side - 1), weight)
        }
    }
}
