/// The part of an image that one element of a tensor depends on, as the windows between the two
/// make it: the theoretical receptive field.
///
/// A window of `k` pixels with gaps `d` widens it by `d (k - 1)` steps, a stride lengthens the
/// step; where branches meet the widest counts. A mean over the whole map ends the count, unless
/// what it gives goes back into a map, as in squeeze-and-excitation; attention sees everything.
///
///     try ResNet50().summary(input: [3, 224, 224]).receptiveField?.size  // [427, 427]
public struct ReceptiveField: Hashable, Sendable, CustomStringConvertible {
    /// Height and width in pixels, which may exceed the image's; `nil` where it is all of the
    /// image.
    public internal(set) var size: [Int]?
    /// How many pixels lie between the fields of neighbours, down and across.
    public internal(set) var step: [Int]
    /// Where the field of the first element begins, down and across; negative where it reaches into
    /// padding.
    public internal(set) var start = [0, 0]
    /// Whether a mean over the whole map came in.
    var isPooled = false

    /// What a pixel depends on: itself.
    package static let pixel = ReceptiveField(size: [1, 1], step: [1, 1])

    /// `427x427`, or `all`.
    public var description: String { size.map { "\($0[0])x\($0[1])" } ?? "all" }

    /// The field of what depends on all of these.
    static func union(_ fields: [ReceptiveField]) -> ReceptiveField? {
        guard var union = fields.first else { return nil }
        for field in fields.dropFirst() {
            union.size = union.size.flatMap { own in
                field.size.map { other in
                    (0..<2).map { axis in
                        let end = max(
                            union.start[axis].addingSaturated(own[axis]),
                            field.start[axis].addingSaturated(other[axis]))
                        return end.addingSaturated(
                            min(union.start[axis], field.start[axis]).multipliedSaturated(by: -1))
                    }
                }
            }
            union.start = zip(union.start, field.start).map { min($0, $1) }
            union.step = zip(union.step, field.step).map { max($0, $1) }
            union.isPooled = union.isPooled || field.isPooled
        }
        return union
    }

    /// The same for what depends on all of the image.
    var whole: ReceptiveField {
        ReceptiveField(size: nil, step: step, start: start, isPooled: isPooled)
    }

    /// The same for a mean over the whole map.
    var pooled: ReceptiveField {
        ReceptiveField(size: size, step: step, start: start, isPooled: true)
    }

    /// The same with so many elements before the first ones, down and across.
    func padded(_ before: [Int]) -> ReceptiveField {
        var padded = self
        for axis in 0..<2 {
            padded.start[axis] = start[axis].addingSaturated(
                before[axis].multipliedSaturated(by: -step[axis]))
        }
        return padded
    }

    /// What a window sees that moves over a map `image` of this field and gives another, `output`.
    func seen(through window: Window, on image: TensorSpec, output: TensorSpec) -> ReceptiveField {
        let output = output.shape[2...]
        let low = (try? window.placement(on: Array(image.shape[2...]), ""))?.low ?? [0, 0]
        // A mean that went back into a map.
        if isPooled, output.contains(where: { $0 > 1 }) { return whole }
        var seen = self
        for axis in 0..<2 {
            let wider = window.reach[axis].addingSaturated(-1).multipliedSaturated(by: step[axis])
            seen.size?[axis] = (size?[axis] ?? 0).addingSaturated(wider)
            seen.start[axis] = start[axis].addingSaturated(
                low[axis].multipliedSaturated(by: -step[axis]))
            seen.step[axis] = step[axis].multipliedSaturated(by: window.stride[axis])
        }
        return seen
    }
}

extension Operation {
    /// What the outputs depend on, given what the inputs do: by default what all of them do
    /// together.
    public func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        .union(fields)
    }

    /// The outputs where only shapes are known, with what they depend on.
    func symbolicOutputs(_ specs: [TensorSpec], from inputs: [Tensor]) -> [Tensor] {
        let outputs = specs.map(Tensor.symbolic)
        carrySizes(from: inputs, to: outputs)
        let fields = inputs.compactMap(\.receptiveField)
        guard !fields.isEmpty else { return outputs }
        let field = receptiveField(fields, inputs: inputs.map(\.spec), outputs: specs)
        for output in outputs { output.handle.receptiveField = field }
        return outputs
    }
}

extension Tensor {
    /// What an element depends on, for shapes that come from an image; `nil` for all others.
    public var receptiveField: ReceptiveField? { handle.receptiveField }

    /// An image of which only the shape is known, whose pixels depend on themselves.
    package static func symbolicImage(_ spec: TensorSpec) -> Tensor {
        let image = Tensor.symbolic(spec)
        image.handle.receptiveField = .pixel
        return image
    }
}

extension Int {
    fileprivate func addingSaturated(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    fileprivate func multipliedSaturated(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }
}
