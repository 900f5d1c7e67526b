import Hosting
import Tensors

/// Shows a picture where the program's output goes.
public func show(_ image: Image) throws {
    Host.current.output.emit(.display(try image.mimeBundle(), id: nil))
}

/// Shows a tensor as a picture: float32 in 0...1 and uint8 as they are, other values stretched from
/// the least (black) to the greatest (white). A batch [N, C, H, W] becomes a grid.
public func show(_ tensor: Tensor) throws {
    let plain: Image?
    do {
        plain = try Image(tensor)
    } catch is ImageError {
        plain = nil
    }
    try show(try plain ?? Image(stretching: tensor))
}
