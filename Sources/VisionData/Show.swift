import Hosting
import Tensors

/// Shows a picture where the program's output goes.
public func show(_ image: Image) throws {
    Host.current.output.emit(.display(try image.mimeBundle(), id: nil))
}

/// Shows a tensor as a picture: float32 in 0...1 and uint8 as they are, other values stretched from
/// the least (black) to the greatest (white). A batch [N, C, H, W] becomes a grid. Of a tensor that
/// remembers what it is (`meaning`), axes may have any order and normalised values are brought back.
public func show(_ tensor: Tensor) throws {
    let plain: Image?
    do {
        if tensor.meaning?.restoration != nil, let batch = tensor.meaning?.places?.batch {
            let before: [any TensorIndex] = (0..<batch).map { _ in 0... }
            let pictures = try (0..<tensor.shape[batch]).map { index in
                try Image(tensor.indexed(by: before + [index]))
            }
            return try show(pictures.count == 1 ? pictures[0] : grid(pictures))
        }
        plain = try Image(tensor)
    } catch is ImageError {
        plain = nil
    }
    try show(try plain ?? Image(stretching: tensor))
}
