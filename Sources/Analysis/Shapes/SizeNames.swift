import Tensors

/// The height of an input, where it is not a number: `shapes(model, input: [3, h, w])`.
public let h = Size("h")

/// The width of an input, where it is not a number: `shapes(model, input: [3, h, w])`.
public let w = Size("w")
