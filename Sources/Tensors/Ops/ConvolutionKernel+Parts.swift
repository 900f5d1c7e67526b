import OneDNN
import Synchronization

extension ConvolutionKernel {
    /// The gradients of the weights in bfloat16, each thread those of its own output channels.
    ///
    /// oneDNN shares the images out among the threads and adds up what each has summed: where there
    /// are many weights and few results for each, that is as much work as the sums. `nil` where it
    /// is not, or where an interrupt would wait too long.
    func partedWeightsGradient(
        _ x: Tensor, _ gradient: Tensor, bias: TensorSpec?
    ) throws -> (weights: Tensor, bias: Tensor?)? {
        let parts = Parallel.threads
        let channels = result[1] / parts
        guard dtype.kernelType == .bfloat16, parts > 1, groups == 1,
            image[1] % 16 == 0, result[1] % (16 * parts) == 0,
            gradient.count <= 4 * weights.count,
            PollInterval.isShort(Double(image[0]) * productsAnImage)
        else { return nil }
        var part = self
        part.result[1] = channels
        part.weights = TensorSpec([channels] + weights.shape[1...], weights.dtype)
        var configuration = try part.configuration(
            .backwardWeights, .bfloat16, .direct, bias != nil)
        configuration.isForOneThread = true
        let primitive = try configuration.primitive()
        guard !primitive.copiesWindows,
            primitive[.destinationGradient]?.channelBlock == 16,
            let whole = try primitive.required(.weightsGradient).repeated(parts)
        else { return nil }
        let source = try x.packed(as: primitive.required(.source))
        let given = try gradient.packed(
            as: .channelBlocks(of: 16, shape: result, type: .bfloat16))
        let share = try primitive.required(.destinationGradient).byteCount
        let shares = try Storage(byteCount: share * parts)
        let sums = try OutputBuffer(whole)
        let offsets = try OutputBuffer(MemoryDescriptor(shape: [result[1]]))
        let failure = Mutex<(any Error)?>(nil)
        Parallel.forEach(count: parts, grain: 1) { range in
            for number in range {
                let own = shares.pointer + number * share
                let piece = share / image[0]
                for image in 0..<image[0] {
                    (own + image * piece)
                        .copyMemory(
                            from: given.pointer + (image * parts + number) * piece,
                            byteCount: piece)
                }
                var buffers: [(Role, UnsafeMutableRawPointer)] = [
                    (.source, source.pointer), (.destinationGradient, own),
                    (.weightsGradient, sums.storage.pointer + number * whole.byteCount / parts),
                ]
                if bias != nil {
                    let first = number * channels * MemoryLayout<Float>.stride
                    buffers.append((.biasGradient, offsets.storage.pointer + first))
                }
                do {
                    try primitive.execute(buffers)
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        withExtendedLifetime((source.storage, given.storage, shares)) {}
        if let error = failure.withLock({ $0 }) { throw error }
        return (try sums.tensor(weights), try bias.map { try offsets.tensor($0) })
    }
}
