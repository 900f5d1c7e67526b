import Language
import VisionEngine

private let cat = "let photo = try Image(\"cat.jpg\")\n"

/// Filters, their kernels and what they give.
@RowBuilder func filterRows() -> [Binding] {
    let photo = arg("image", Image.self, label: nil)
    let border = arg("border", FilterBorder.self, default: .reflect)
    Binding.function(
        "convolved", photo, arg("kernel", ImageKernel.self, label: nil), border,
        summary: "The picture filtered by a kernel, each colour by itself.",
        example: cat + "convolved(photo, .sharpen)"
    ) { image, kernel, border in try convolved(image, kernel, border: border) }
    Binding.function(
        "gaussian", photo, arg("sigma", Double.self, default: 1, "the bell's deviation in pixels"),
        arg("border", FilterBorder.self, default: .replicate),
        summary: "The picture blurred by a Gaussian bell.",
        example: cat + "gaussian(photo, sigma: 2)"
    ) { image, sigma, border in try gaussian(image, sigma: sigma, border: border) }
    Binding.function(
        "differenceOfGaussians", photo, arg("low", Double.self, default: 1),
        arg("high", Double?.self, default: nil, "1.6 times low unless given"),
        arg("border", FilterBorder.self, default: .replicate),
        summary: "What one blur leaves and a stronger one takes away.",
        example: cat + "differenceOfGaussians(photo, low: 1, high: 2)"
    ) { image, low, high, border in
        try differenceOfGaussians(image, low: low, high: high, border: border)
    }
    Binding.function(
        "laplacian", photo, border, summary: "The second derivative of both directions together.",
        example: cat + "laplacian(photo)"
    ) { image, border in try laplacian(image, border: border) }
    Binding.function(
        "sobel", photo, border, summary: "How steep the brightness is: the strength of edges.",
        example: cat + "sobel(photo)"
    ) { image, border in try sobel(image, border: border) }
    Binding.function(
        "scharr", photo, border, summary: "As sobel, truer to the direction of an edge.",
        example: cat + "scharr(photo)"
    ) { image, border in try scharr(image, border: border) }
    Binding.function(
        "prewitt", photo, border, summary: "As sobel, with equal weights along the edge.",
        example: cat + "prewitt(photo)"
    ) { image, border in try prewitt(image, border: border) }
    for border in FilterBorder.allCases {
        Binding.staticProperty(
            border.rawValue, of: FilterBorder.self, summary: "What lies beyond the border.",
            example: cat + "sobel(photo, border: .\(border.rawValue))"
        ) { border }
    }
    responseRows()
    kernelRows()
}

@RowBuilder private func responseRows() -> [Binding] {
    Binding.property(
        "tensor", of: FilterResponse.self, summary: "The numbers, [C, H, W].",
        example: cat + "laplacian(photo).tensor.shape"
    ) { $0.tensor }
    Binding.property(
        "image", of: FilterResponse.self,
        summary: "A picture of the numbers; where some are negative, 0 is middle grey.",
        example: cat + "laplacian(photo).image"
    ) { $0.image }
    Binding.property(
        "name", of: FilterResponse.self, summary: "What made it.",
        example: cat + "laplacian(photo).name"
    ) { $0.name }
    Binding.property(
        "x", of: ImageGradients.self, summary: "The change from left to right, [H, W].",
        example: cat + "sobel(photo).x.shape"
    ) { $0.x }
    Binding.property(
        "y", of: ImageGradients.self, summary: "The change from top to bottom, [H, W].",
        example: cat + "sobel(photo).y.shape"
    ) { $0.y }
    Binding.property(
        "magnitude", of: ImageGradients.self, summary: "The steepness, [H, W].",
        example: cat + "sobel(photo).magnitude.max()"
    ) { $0.magnitude }
    Binding.property(
        "direction", of: ImageGradients.self,
        summary: "The direction of the steepest rise in radians, [H, W].",
        example: cat + "sobel(photo).direction.shape"
    ) { try $0.direction }
    Binding.property(
        "image", of: ImageGradients.self, summary: "The steepness as a picture.",
        example: cat + "sobel(photo).image"
    ) { $0.image }
    Binding.property(
        "name", of: ImageGradients.self, summary: "What made it.",
        example: cat + "sobel(photo).name"
    ) { $0.name }
}

@RowBuilder private func kernelRows() -> [Binding] {
    Binding.initializer(
        of: ImageKernel.self, arg("rows", [[Double]].self, label: nil, "odd sides"),
        summary: "A kernel of one's own.",
        example: "ImageKernel([[0, 1, 0], [1, -4, 1], [0, 1, 0]])"
    ) { rows in try ImageKernel(rows) }
    for kernel in ImageKernel.named {
        Binding.staticProperty(
            kernel.name, of: ImageKernel.self, summary: "A 3x3 kernel.",
            example: cat + "convolved(photo, .\(kernel.name))"
        ) { kernel }
    }
    Binding.staticMethod(
        "box", of: ImageKernel.self, arg("size", Int.self, label: nil, "odd"),
        summary: "The mean of a square.", example: cat + "convolved(photo, .box(5))"
    ) { size in try ImageKernel.box(size) }
    Binding.staticMethod(
        "gaussian", of: ImageKernel.self, arg("sigma", Double.self, "deviation in pixels"),
        summary: "A Gaussian bell of sum 1.",
        example: cat + "convolved(photo, .gaussian(sigma: 1.5))"
    ) { sigma in try ImageKernel.gaussian(sigma: sigma) }
    Binding.property(
        "tensor", of: ImageKernel.self, summary: "The weights as a layer's, [1, 1, H, W].",
        example: "ImageKernel.sharpen.tensor"
    ) { try $0.tensor }
    Binding.property(
        "width", of: ImageKernel.self, summary: "Weights from left to right.",
        example: "ImageKernel.sharpen.width"
    ) { $0.width }
    Binding.property(
        "height", of: ImageKernel.self, summary: "Weights from top to bottom.",
        example: "ImageKernel.sharpen.height"
    ) { $0.height }
    Binding.property(
        "name", of: ImageKernel.self, summary: "What it is called.",
        example: "ImageKernel.sharpen.name"
    ) { $0.name }
    let gray = cat + "let x = photo.grayscale().tensor.expandedDimensions(axis: 0)\n"
    Binding.function(
        "sobelKernel", summary: "Sobel's two kernels as weights of a layer, [2, 1, 3, 3].",
        example: gray + "conv2d(x, sobelKernel(), padding: 1).shape"
    ) { try sobelKernel() }
    Binding.function(
        "scharrKernel", summary: "Scharr's two kernels as weights of a layer, [2, 1, 3, 3].",
        example: gray + "conv2d(x, scharrKernel(), padding: 1).shape"
    ) { try scharrKernel() }
    Binding.function(
        "laplacianKernel", summary: "The Laplacian as weights of a layer, [1, 1, 3, 3].",
        example: gray + "conv2d(x, laplacianKernel(), padding: 1).shape"
    ) { try laplacianKernel() }
    Binding.function(
        "gaussianKernel", arg("sigma", Double.self, "deviation in pixels"),
        summary: "A Gaussian bell as weights of a layer, [1, 1, K, K].",
        example: gray + "conv2d(x, gaussianKernel(sigma: 1), padding: 4).shape"
    ) { sigma in try gaussianKernel(sigma: sigma) }
    Binding.function(
        "gaborKernels", arg("orientations", Int.self, default: 8),
        arg("wavelengths", [Double].self, default: [4], "widths of a stripe pair in pixels"),
        summary: "Gabor's filters as weights of a layer, [K, 1, S, S].",
        example: gray + "conv2d(x, gaborKernels(orientations: 4)).shape"
    ) { orientations, wavelengths in
        try gaborKernels(orientations: orientations, wavelengths: wavelengths)
    }
}
