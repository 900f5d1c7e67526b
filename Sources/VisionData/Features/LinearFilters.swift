import Tensors

/// The picture filtered by a kernel, each colour by itself; alpha is left out.
///
/// Samples are in 0...1: `out[y, x] = sum_ij kernel[i, j] * in[y + i - h / 2, x + j - w / 2]`.
/// Throws `Interrupted` when the host asks to stop.
///
///     convolved(photo, .emboss)
public func convolved(
    _ image: Image, _ kernel: ImageKernel, border: FilterBorder = .reflect
) throws -> FilterResponse {
    try FilterResponse(
        kernel.name,
        FloatPlane.colors(image).map { try $0.filtered(by: kernel, border: border) })
}

/// The picture blurred by a Gaussian bell of deviation `sigma` pixels, each colour by itself.
///
/// The bell is cut off at four deviations. Throws when `sigma` is not within 0...1000.
///
///     gaussian(photo, sigma: 2)
public func gaussian(
    _ image: Image, sigma: Double = 1, border: FilterBorder = .replicate
) throws -> FilterResponse {
    let weights = try gaussianWeights(sigma, "gaussian").map { Float($0) }
    return try FilterResponse(
        "gaussian",
        FloatPlane.colors(image).map {
            try $0.filtered(column: weights, row: weights, border: border)
        })
}

/// The difference of two blurred copies of the picture, which keeps details of one size:
/// `gaussian(low) - gaussian(high)`, each colour by itself.
///
/// `high` is 1.6 times `low` unless given, which is near the Laplacian of a Gaussian (Marr and
/// Hildreth 1980). Throws when `high` is less than `low` or one is not within 0...1000.
///
///     differenceOfGaussians(photo, low: 1)
public func differenceOfGaussians(
    _ image: Image, low: Double = 1, high: Double? = nil, border: FilterBorder = .replicate
) throws -> FilterResponse {
    let high = high ?? 1.6 * low
    let narrow = try gaussianWeights(low, "differenceOfGaussians").map { Float($0) }
    let wide = try gaussianWeights(high, "differenceOfGaussians").map { Float($0) }
    guard high >= low else {
        throw ImageError(
            .argument,
            "differenceOfGaussians: expected a high sigma of at least the low one, \(low), "
                + "got \(high)")
    }
    return try FilterResponse(
        "differenceOfGaussians",
        FloatPlane.colors(image).map { plane in
            var difference = try plane.filtered(column: narrow, row: narrow, border: border)
            let blurred = try plane.filtered(column: wide, row: wide, border: border)
            for index in difference.values.indices {
                difference.values[index] -= blurred.values[index]
            }
            return difference
        })
}

/// The second derivative of the brightness in both directions together.
///
///     laplacian(photo)
public func laplacian(
    _ image: Image, border: FilterBorder = .reflect
) throws -> FilterResponse {
    let plane = FloatPlane(brightness: image)
    return try FilterResponse(
        "laplacian", [plane.filtered(by: .laplacian, border: border)])
}
