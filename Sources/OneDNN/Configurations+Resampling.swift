internal import COneDNN

/// Images at another size (`dnnl_resampling_*`): the nearest pixel, or linear between the four
/// around, with pixel centres at halves.
public struct ResamplingConfiguration: PrimitiveConfiguration {
    public enum Kind: Hashable, Sendable { case nearest, linear }

    public var kind: Kind
    public var isForward: Bool
    public var source, destination: MemoryDescriptor

    public init(
        _ kind: Kind, isForward: Bool, source: MemoryDescriptor, destination: MemoryDescriptor
    ) {
        self.kind = kind
        self.isForward = isForward
        self.source = source
        self.destination = destination
    }

    public func makePrimitive() throws(OneDNNError) -> Primitive {
        let forward = try description(isForward: true, hint: nil)
        if isForward {
            return try forward.primitive(source: .source, weights: nil, bias: nil)
        }
        let backward = try description(isForward: false, hint: forward)
        return try backward.primitive(source: .sourceGradient, weights: nil, bias: nil)
    }

    private func description(
        isForward: Bool, hint: PrimitiveDescription?
    ) throws(OneDNNError) -> PrimitiveDescription {
        let algorithm = kind == .nearest ? dnnl_resampling_nearest : dnnl_resampling_linear
        var raw = dnnl_resampling_desc_t()
        var source = self.source.box.raw
        var destination = self.destination.box.raw
        let from = self.source.shape
        let to = self.destination.shape
        let factors = (2..<from.count).map { Float(to[$0]) / Float(from[$0]) }
        if isForward {
            try check(
                dnnl_resampling_forward_desc_init(
                    &raw, dnnl_forward_training, algorithm, factors, &source, &destination),
                "dnnl_resampling_forward_desc_init")
        } else {
            try check(
                dnnl_resampling_backward_desc_init(
                    &raw, algorithm, factors, &source, &destination),
                "dnnl_resampling_backward_desc_init")
        }
        return try PrimitiveDescription(&raw, hint: hint, isForward: isForward)
    }
}
