import Tensors

/// A size that is to be found: `Conv2d(3, 64, kernel: .any, stride: .any, padding: .any)`.
///
/// `solve(_:from:to:)` finds it; a layer that has one computes nothing.
public struct AnySize: IntOrPair, PaddingSize {
    public init() {}

    /// None.
    public var windowSizes: [Int] { [] }
    public var windowPadding: WindowPadding { .each([]) }
}

extension IntOrPair where Self == AnySize {
    /// A kernel or stride that `solve(_:from:to:)` shall find.
    public static var any: AnySize { AnySize() }
}

extension PaddingSize where Self == AnySize {
    /// A padding that `solve(_:from:to:)` shall find.
    public static var any: AnySize { AnySize() }
}

/// Which arguments of a layer with a window are to be found.
package struct OpenArguments: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let kernel = OpenArguments(rawValue: 1)
    package static let stride = OpenArguments(rawValue: 2)
    package static let padding = OpenArguments(rawValue: 4)
    package static let outputPadding = OpenArguments(rawValue: 8)

    /// Their names, as one writes them.
    package var names: [String] {
        let all: [(OpenArguments, String)] = [
            (.kernel, "kernel"), (.stride, "stride"), (.padding, "padding"),
            (.outputPadding, "outputPadding"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }

    /// A stand-in for an argument that is to be found, which is noted; any other as it is.
    mutating func noting(
        _ argument: OpenArguments, _ value: any IntOrPair, standIn: Int
    ) -> any IntOrPair {
        guard value is AnySize else { return value }
        insert(argument)
        return standIn
    }

    /// The same for a padding.
    mutating func noting(padding: any PaddingSize) -> any PaddingSize {
        guard padding is AnySize else { return padding }
        insert(.padding)
        return 0
    }

    /// Throws where something is to be found yet.
    func requireNone(_ layer: String) throws {
        guard let name = names.first else { return }
        throw LayerError(
            layer: layer, problem: "'\(name)' is not decided",
            expected: "a layer that solve(_:from:to:) lists", got: ".any")
    }

    /// An argument as one writes it.
    func written(_ argument: OpenArguments, _ text: String) -> String {
        contains(argument) ? ".any" : text
    }
}

/// What a layer does to height and width, with arguments that may be open.
package struct OpenWindow: Sendable {
    package var open: OpenArguments
    package var kernel: [Int]
    package var stride: [Int]
    package var padding: WindowPadding
    package var outputPadding = [0, 0]
    package var dilation = [1, 1]
    package var ceilMode = false
    /// Whether it enlarges, as a transposed convolution does.
    package var isTransposed = false
    /// Whether the padding may be half of the kernel at most.
    package var isPooling = false
    /// Whether an open kernel is the stride, too.
    package var strideFollowsKernel = false
}

/// A layer with a window, some of whose arguments may be open.
package protocol WindowLayer: Layer {
    var window: OpenWindow { get }
    /// The channels it takes and gives; `nil` where it keeps those it is given.
    var channels: (inputs: Int, outputs: Int)? { get }
    /// The same layer, fresh, with the sizes of a window that has nothing open.
    func closed(_ window: OpenWindow) throws -> any Layer
}

extension Conv2d: WindowLayer {
    package var channels: (inputs: Int, outputs: Int)? { (inputs, outputs) }

    package var window: OpenWindow {
        OpenWindow(
            open: open, kernel: kernel, stride: stride, padding: padding, dilation: dilation)
    }

    package func closed(_ window: OpenWindow) throws -> any Layer {
        try Conv2d(
            inputs: inputs, outputs: outputs, kernel: window.kernel, stride: window.stride,
            padding: window.padding, dilation: dilation, groups: groups, bias: bias != nil)
    }
}

extension MaxPool2d: WindowLayer {
    package var channels: (inputs: Int, outputs: Int)? { nil }
    package var window: OpenWindow { pooling.openWindow }

    package func closed(_ window: OpenWindow) throws -> any Layer {
        try MaxPool2d(
            kernel: window.kernel, stride: window.stride, padding: window.padding,
            dilation: pooling.dilation, ceilMode: pooling.ceilMode)
    }
}

extension AvgPool2d: WindowLayer {
    package var channels: (inputs: Int, outputs: Int)? { nil }
    package var window: OpenWindow { pooling.openWindow }

    package func closed(_ window: OpenWindow) throws -> any Layer {
        try AvgPool2d(
            kernel: window.kernel, stride: window.stride, padding: window.padding,
            ceilMode: pooling.ceilMode, countsPadding: countsPadding)
    }
}

extension PoolingWindow {
    fileprivate var openWindow: OpenWindow {
        OpenWindow(
            open: open, kernel: kernel, stride: stride, padding: padding, dilation: dilation,
            ceilMode: ceilMode, isPooling: true, strideFollowsKernel: strideFollowsKernel)
    }
}
