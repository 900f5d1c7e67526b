import NeuralNetworks
import Tensors

/// Sizes of a window along one axis.
struct AxisSolution: Hashable {
    var kernel: Int
    var stride: Int
    var padding: Int
    var outputPadding: Int
    /// Whether pixels lie between windows, which then see nothing of them.
    var leavesGaps: Bool

    /// What is simple comes first.
    var rank: [Int] { [leavesGaps ? 1 : 0, outputPadding, kernel, stride, padding] }
}

/// All sizes of a window that turn one length into another.
struct AxisSearch {
    let window: OpenWindow
    let axis: Int
    let limit: Int

    func solutions(from input: Int, to output: Int) -> [AxisSolution] {
        let kernels = choices(.kernel, window.kernel, 1...limit)
        var found: [AxisSolution] = []
        for kernel in kernels {
            let follows =
                window.strideFollowsKernel && window.open.contains(.kernel)
            let strides = follows ? [kernel] : choices(.stride, window.stride, 1...limit)
            let reach = window.dilation[axis] * (kernel - 1) + 1
            for padding in paddings(kernel, reach) {
                for stride in strides {
                    for extra in outputPaddings(stride) {
                        guard length(input, reach, stride, padding, extra) == output else {
                            continue
                        }
                        found.append(
                            AxisSolution(
                                kernel: kernel, stride: stride, padding: padding,
                                outputPadding: extra, leavesGaps: reach < stride))
                    }
                }
            }
        }
        return found.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }
    }

    private func choices(
        _ argument: OpenArguments, _ given: [Int], _ range: ClosedRange<Int>
    ) -> [Int] {
        window.open.contains(argument) ? Array(range) : [given[axis]]
    }

    private func paddings(_ kernel: Int, _ reach: Int) -> [Int] {
        guard window.open.contains(.padding) else {
            guard case .each(let given) = window.padding else { return [0] }
            // The layer itself refuses a padding that is too large for a kernel.
            return window.isPooling && given[axis] > kernel / 2 ? [] : [given[axis]]
        }
        return Array(0...(window.isPooling ? kernel / 2 : reach - 1))
    }

    private func outputPaddings(_ stride: Int) -> [Int] {
        guard window.isTransposed else { return [0] }
        let bound = max(stride, window.dilation[axis])
        return choices(.outputPadding, window.outputPadding, 0...(bound - 1)).filter { $0 < bound }
    }

    /// The length that comes out; `nil` where the window does not fit.
    private func length(
        _ input: Int, _ reach: Int, _ stride: Int, _ padding: Int, _ extra: Int
    ) -> Int? {
        if window.isTransposed {
            let length = (input - 1) * stride - 2 * padding + reach + extra
            return length >= 1 ? length : nil
        }
        guard window.padding != .keepSize || window.open.contains(.padding) else {
            return (input + stride - 1) / stride
        }
        let room = input + 2 * padding - reach
        guard window.ceilMode else { return room >= 0 ? room / stride + 1 : nil }
        guard room + stride - 1 >= 0 else { return nil }
        // The last window begins on the image or on the padding before it.
        return min((room + stride - 1) / stride, (input + padding - 1) / stride) + 1
    }
}
