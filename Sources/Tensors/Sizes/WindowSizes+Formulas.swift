extension Window {
    /// The output size along an axis as `placement` computes it, for an input size with names.
    func output(of size: Size, axis: Int) -> Size? {
        let reach = dilation[axis] * (kernel[axis] - 1) + 1
        switch padding {
        case .keepSize:
            guard !ceilMode else { return nil }
            return size.adding(stride[axis] - 1)?.divided(by: stride[axis])
        case .each(let edge):
            var shift = 2 * edge[axis] - reach
            // Rounded up, but the last window begins before the padding at the end does.
            if ceilMode { shift = min(shift + stride[axis] - 1, edge[axis] - 1) }
            return size.adding(shift)?.divided(by: stride[axis])?.adding(1)
        }
    }

    /// What must hold of an image's size for a window to fit.
    func requirements(of image: [Size]) -> [SizeRequirement] {
        guard kernel.count == 2, stride.count == 2, dilation.count == 2 else { return [] }
        return (0..<2).compactMap { axis in
            guard image[axis].known == nil else { return nil }
            let reach = dilation[axis] * (kernel[axis] - 1) + 1
            guard case .each(let edge) = padding, edge.count == 2 else {
                return SizeRequirement(image[axis], .atLeast(1))
            }
            let least = reach - 2 * edge[axis] - (ceilMode ? stride[axis] - 1 : 0)
            return SizeRequirement(image[axis], .atLeast(max(1, least)))
        }
    }

    /// The shape of what comes out of images.
    func sizes(_ input: SizedSpec, output: TensorSpec) -> [[Size]]? {
        guard let image = input.image, let sizes = input.sizes,
            let height = self.output(of: image[0], axis: 0),
            let width = self.output(of: image[1], axis: 1)
        else { return nil }
        return [[sizes[0], Size(output.shape[1]), height, width]]
    }
}

/// What must hold for two sizes that have to be equal, where one of them depends on names.
func equality(_ a: Size, _ b: Size, isSure: Bool) -> [SizeRequirement] {
    guard isSure, a != b, a.known == nil || b.known == nil else { return [] }
    return [a.known == nil ? SizeRequirement(a, .equal(b)) : SizeRequirement(b, .equal(a))]
}

extension Convolution {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        window(inputs[1].spec).sizes(inputs[0], output: outputs[0])
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] {
        guard inputs.count > 1, inputs[1].spec.rank == 4, let image = inputs[0].image,
            let sizes = inputs[0].sizes
        else { return [] }
        let channels = Size(inputs[1].spec.shape[1] &* groups)
        return equality(sizes[1], channels, isSure: inputs[1].isSure)
            + window(inputs[1].spec).requirements(of: image)
    }
}

extension TransposedConvolution {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let image = inputs[0].image, let sizes = inputs[0].sizes else { return nil }
        // The rule is the stride times the size and a number; the output tells the number.
        let grown = (0..<2).compactMap { axis -> Size? in
            let (input, output) = (inputs[0].spec.shape[2 + axis], outputs[0].shape[2 + axis])
            return image[axis].multiplied(by: stride[axis])?
                .adding(output - input * stride[axis])
        }
        guard grown.count == 2 else { return nil }
        return [[sizes[0], Size(outputs[0].shape[1])] + grown]
    }
}

extension Pooling {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let adaptiveSize else { return window.sizes(inputs[0], output: outputs[0]) }
        return inputs[0].sizes.map { [Array($0.prefix(2)) + adaptiveSize.map { Size($0) }] }
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] {
        guard adaptiveSize == nil, let image = inputs[0].image else { return [] }
        return window.requirements(of: image)
    }
}

extension SpanPooling {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        switch windows {
        case .window(let window): window.sizes(inputs[0], output: outputs[0])
        case .adaptive(let size):
            inputs[0].sizes.map { [Array($0.prefix(2)) + size.map { Size($0) }] }
        }
    }

    func requirements(_ inputs: [SizedSpec]) -> [SizeRequirement] {
        guard case .window(let window) = windows, let image = inputs[0].image else { return [] }
        return window.requirements(of: image)
    }
}

extension Upsampling {
    func sizes(_ inputs: [SizedSpec], outputs: [TensorSpec]) -> [[Size]]? {
        guard let sizes = inputs[0].sizes, sizes.count == 4 else { return nil }
        guard let factors else {
            // Numbers, or what code read from a shape: a trace of another size tells.
            return [Array(sizes[..<2]) + size.map { Size($0) }]
        }
        let grown = (0..<2).compactMap { sizes[2 + $0].multiplied(by: factors[$0]) }
        return grown.count == 2 ? [Array(sizes[..<2]) + grown] : nil
    }
}
