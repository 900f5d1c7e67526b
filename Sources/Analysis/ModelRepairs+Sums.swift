import NeuralNetworks
import Tensors

/// Sums of a block and its shortcut that have different shapes.
extension ModelRepairs {
    /// A shortcut with a convolution, or convolutions inside the block that keep the size.
    func sums(
        _ trace: ModelTrace, _ visit: ModelTrace.Visit, _ changes: ModelChanges
    ) -> [Candidate] {
        guard let failure = trace.failure, failure.operands.count == 2,
            ["adding", "addReLU"].contains(failure.operation)
        else { return [] }
        let operands = failure.operands
        let shortcut = operands[0].shape == visit.input.shape ? 0 : 1
        let block = operands[1 - shortcut].shape
        let short = operands[shortcut].shape
        guard block.count == 4, short.count == 4 else { return [] }
        return keepingSize(trace, visit, changes)
            + projecting(short, to: block).map { layer in
                Candidate(
                    changes, operation: trace.operations.count, operand: shortcut,
                    TensorSpec(block, operands[shortcut].dtype),
                    "use \(layer.signature) in the shortcut")
            }
    }

    /// The same for a residual block that the engine knows.
    func shortcuts(_ layer: Residual, _ trace: ModelTrace, at place: Place) -> [Candidate] {
        guard let failure = trace.failure, failure.operands.count == 2 else { return [] }
        let block = failure.operands[0].shape
        let short = place.visit.input.shape
        let layers = layer.body.children.map { $0.layer.named($0.name) }
        func residual(_ shortcut: any Layer) -> Residual? {
            try? Residual(layers: layers, shortcut: shortcut, activation: layer.activation)
        }
        let projections: [any Layer] =
            if block.count == 4, short.count == 4 { projecting(short, to: block) } else {
                projectingFeatures(short, to: block)
            }
        return keepingSize(trace, place.visit, place.changes)
            + projections.flatMap { shortcut in
                residual(shortcut).map {
                    [
                        Candidate(
                            place.changes, replace: place.visit, $0,
                            "use shortcut: \(shortcut.signature)")
                    ]
                } ?? []
            }
    }

    /// The linear layer that makes the shortcut's features those of the block.
    private func projectingFeatures(_ shape: [Int], to block: [Int]) -> [any Layer] {
        guard let inputs = shape.last, let outputs = block.last,
            let layer = try? Linear(inputs: inputs, outputs: outputs),
            layer.trace(TensorSpec(shape)).output?.shape == block
        else { return [] }
        return [layer]
    }

    /// The convolution that makes the shortcut's shape that of the block, tried.
    func projecting(_ shape: [Int], to block: [Int]) -> [Conv2d] {
        guard block[2] > 0, block[3] > 0 else { return [] }
        let strides = [shape[2], shape[3]].enumerated().map { axis, size in
            max(1, (size + block[2 + axis] - 1) / block[2 + axis])
        }
        guard
            let layer = try? Conv2d(
                inputs: shape[1], outputs: block[1], kernel: 1,
                stride: strides[0] == strides[1] ? strides[0] : strides, bias: false),
            layer.trace(TensorSpec(shape)).output?.shape == block
        else { return [] }
        return [layer]
    }

    /// Padding in the block's convolutions and poolings, where only height and width differ.
    func keepingSize(
        _ trace: ModelTrace, _ visit: ModelTrace.Visit, _ changes: ModelChanges
    ) -> [Candidate] {
        var changes = changes
        var names: [String] = []
        var paddings: Set<Int> = []
        for inner in trace.visits where inner.path.starts(with: visit.path) {
            guard let (layer, padding) = padded(inner.layer) else { continue }
            changes.layers[inner.path] = layer
            names.append(inner.path.joined(separator: "."))
            paddings.insert(padding)
        }
        guard let padding = paddings.first, paddings.count == 1, let last = names.popLast() else {
            return []
        }
        let all = names.isEmpty ? last : names.joined(separator: ", ") + " and " + last
        return [Candidate(changes: changes, use: "give \(all) padding: \(padding)")]
    }

    /// The same window with as much padding as keeps the size; `nil` where it has it, or cannot.
    private func padded(_ layer: any Layer) -> (layer: any Layer, padding: Int)? {
        func wanted(_ kernel: [Int], _ stride: [Int], _ dilation: Int) -> Int? {
            kernel[0] == kernel[1] && kernel[0] > 1 && kernel[0] % 2 == 1 && stride == [1, 1]
                ? dilation * (kernel[0] - 1) / 2 : nil
        }
        switch layer {
        case let layer as Conv2d:
            guard let padding = wanted(layer.kernel, layer.stride, layer.dilation[0]),
                layer.padding.text != "\(padding)",
                let padded = try? Conv2d(
                    inputs: layer.inputs, outputs: layer.outputs, kernel: layer.kernel,
                    padding: padding, dilation: layer.dilation, groups: layer.groups,
                    bias: layer.bias != nil)
            else { return nil }
            return (padded, padding)
        case let layer as MaxPool2d:
            let window = layer.pooling
            guard let padding = wanted(window.kernel, window.stride, 1),
                window.padding.text != "\(padding)",
                let padded = try? MaxPool2d(kernel: window.kernel, stride: 1, padding: padding)
            else { return nil }
            return (padded, padding)
        case let layer as AvgPool2d:
            let window = layer.pooling
            guard let padding = wanted(window.kernel, window.stride, 1),
                window.padding.text != "\(padding)",
                let padded = try? AvgPool2d(kernel: window.kernel, stride: 1, padding: padding)
            else { return nil }
            return (padded, padding)
        default: return nil
        }
    }
}

extension WindowPadding {
    /// As one writes it, where both sizes are the same.
    fileprivate var text: String {
        switch self {
        case .keepSize: ".same"
        case .each(let sizes): sizes[0] == sizes[1] ? "\(sizes[0])" : "\(sizes)"
        }
    }
}
