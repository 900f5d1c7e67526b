import Tensors

extension ConvTranspose2d: WindowLayer {
    package var channels: (inputs: Int, outputs: Int)? { (inputs, outputs) }

    package var window: OpenWindow {
        OpenWindow(
            open: arguments.open, kernel: arguments.kernel, stride: arguments.stride,
            padding: .each(arguments.padding), outputPadding: arguments.outputPadding,
            dilation: arguments.dilation, isTransposed: true)
    }

    package func closed(_ window: OpenWindow) throws -> any Layer {
        guard case .each(let padding) = window.padding else {
            throw LayerError(
                layer: kind, problem: "'padding' is not a number", expected: "numbers",
                got: ".same")
        }
        return try ConvTranspose2d(
            inputs: inputs, outputs: outputs, kernel: window.kernel, stride: window.stride,
            padding: padding, outputPadding: window.outputPadding, groups: arguments.groups,
            bias: bias != nil, dilation: arguments.dilation)
    }
}
