extension Linear {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        inputs[0].sizes.map { [$0.dropLast() + [Size(inputs[1].spec.shape[0])]] }
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] {
        guard inputs.count > 1, inputs[1].spec.rank == 2, let features = inputs[0].sizes?.last
        else { return [] }
        return equality(features, Size(inputs[1].spec.shape[1]), isSure: inputs[1].isSure)
    }
}

/// The sizes of operands that broadcast to each other.
private func broadcast(_ inputs: [SizedSpec], to output: TensorSpec) -> [Size]? {
    var result: [Size] = []
    for axis in 0..<output.rank {
        var candidates: [(size: Size, isSure: Bool)] = []
        for input in inputs {
            let own = axis - (output.rank - input.spec.rank)
            guard own >= 0 else { continue }
            // A size of 1 gives way; what is not known may decide.
            guard let sizes = input.sizes else {
                if input.spec.shape[own] == 1 { continue }
                return nil
            }
            if input.spec.shape[own] == output.shape[axis] || output.shape[axis] == 1 {
                candidates.append((sizes[own], input.isSure))
            }
        }
        let best =
            candidates.first { $0.size.known == nil } ?? candidates.first { $0.isSure }
            ?? candidates.first
        result.append(best?.size ?? Size(output.shape[axis]))
    }
    return result
}

/// What must hold for operands to broadcast to each other.
private func broadcastRequirements(_ inputs: [SizedSpec]) -> [SizeRequirement] {
    guard inputs.count == 2, let a = inputs[0].sizes, let b = inputs[1].sizes else { return [] }
    return zip(a.reversed(), b.reversed()).flatMap { left, right in
        left == 1 || right == 1
            ? [] : equality(left, right, isSure: inputs.allSatisfy(\.isSure))
    }
}

extension Binary {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        broadcast(inputs, to: outputs[0]).map { [$0] }
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] { broadcastRequirements(inputs) }
}

extension AddReLU {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        broadcast(inputs, to: outputs[0]).map { [$0] }
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] { broadcastRequirements(inputs) }
}

extension Comparison {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        broadcast(inputs, to: outputs[0]).map { [$0] }
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] { broadcastRequirements(inputs) }
}

extension Which {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        broadcast(inputs, to: outputs[0]).map { [$0] }
    }
}

extension Broadcast {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        broadcast(inputs, to: outputs[0]).map { [$0] }
    }
}

extension MatrixProduct {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let a = inputs[0].sizes, let b = inputs[1].sizes, a.count >= 2, b.count >= 2 else {
            return nil
        }
        let longer = a.count >= b.count ? a : b
        return [longer.dropLast(2) + [a[a.count - 2], b[b.count - 1]]]
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] {
        guard let a = inputs[0].sizes, let b = inputs[1].sizes, a.count >= 2, b.count >= 2 else {
            return []
        }
        return equality(
            a[a.count - 1], b[b.count - 2], isSure: inputs.allSatisfy(\.isSure))
    }
}

extension Attention {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let query = inputs[0].sizes, let width = inputs[2].sizes?.last else { return nil }
        return [query.dropLast() + [width]]
    }
}

extension SelfAttention {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let sizes = inputs[0].sizes, let width = outputs[0].shape.last else { return nil }
        return [sizes.dropLast() + [Size(width)]]
    }
}

extension Concatenation {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        let all = inputs.compactMap(\.sizes)
        guard all.count == inputs.count, var result = all.first else { return nil }
        for (place, sizes) in all.enumerated().dropFirst() {
            guard let sum = result[axis].adding(sizes[axis]) else { return nil }
            for other in result.indices where other != axis {
                // A formula knows better than a number that code may have read somewhere.
                if result[other].known != nil, sizes[other].known == nil || inputs[place].isSure {
                    result[other] = sizes[other]
                }
            }
            result[axis] = sum
        }
        return [result]
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] {
        guard let first = inputs.first, let own = first.sizes else { return [] }
        return inputs.dropFirst().flatMap { input -> [SizeRequirement] in
            guard let sizes = input.sizes, sizes.count == own.count else { return [] }
            return own.indices.flatMap { other in
                other == axis
                    ? []
                    : equality(own[other], sizes[other], isSure: first.isSure && input.isSure)
            }
        }
    }
}

extension Split {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard var sizes = inputs[0].sizes, let part = sizes[axis].divided(by: parts) else {
            return nil
        }
        sizes[axis] = part
        return outputs.map { _ in sizes }
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] {
        guard let size = inputs[0].sizes?[axis], size.known == nil, parts > 1 else { return [] }
        return [SizeRequirement(size, .multiple(parts))]
    }
}

extension Padding {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let sizes = inputs[0].sizes else { return nil }
        let padded = sizes.indices.compactMap { axis -> Size? in
            if let multiples {
                return sizes[axis].adding(multiples[axis] - 1)?.divided(by: multiples[axis])?
                    .multiplied(by: multiples[axis])
            }
            return sizes[axis].adding(before[axis] &+ after[axis])
        }
        return padded.count == sizes.count ? [padded] : nil
    }
}

extension Reduction {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let sizes = inputs[0].sizes else { return nil }
        return [
            sizes.indices.compactMap { axis in
                axes.contains(axis) ? (keepDims ? 1 : nil) : sizes[axis]
            }
        ]
    }
}

extension Transpose {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        inputs[0].sizes.map { sizes in [order.map { sizes[$0 < 0 ? $0 + sizes.count : $0] }] }
    }
}

extension IndexRead {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard plan.elements == nil, let sizes = inputs[0].sizes else { return nil }
        let part = plan.view.axes.compactMap { axis -> Size? in
            guard let source = axis.source, sizes[source].known == nil else {
                return Size(axis.count)
            }
            // What does not reach to the end may have been read from a shape.
            guard axis.reachesEnd, axis.step > 0 else { return nil }
            return sizes[source].adding(axis.step - 1 - plan.view.starts[source])?
                .divided(by: axis.step)
        }
        return part.count == outputs[0].rank ? [part] : nil
    }
}
