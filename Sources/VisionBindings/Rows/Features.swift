import Language
import VisionEngine

private let cat = "let photo = try Image(\"cat.jpg\")\n"
private let digits = "let data = try FashionMNIST()\n"

/// Features of pictures that nothing was trained for.
@RowBuilder func featureRows() -> [Binding] {
    edgeRows()
    hogRows()
    patternRows()
    gaborRows()
    lookupRows()
    keypointRows()
}

@RowBuilder private func edgeRows() -> [Binding] {
    let photo = arg("image", Image.self, label: nil)
    let distance = arg("distance", Int.self, default: 5, "pixels between corners at least")
    let threshold = arg("threshold", Double.self, default: 0.01, "of the greatest response")
    let count = arg("count", Int.self, default: 1000, "at most")
    Binding.function(
        "canny", photo, arg("sigma", Double.self, default: 1, "the blur in pixels"),
        arg("low", Double.self, default: 0.1, "steepness that may be an edge"),
        arg("high", Double.self, default: 0.2, "steepness that is an edge"),
        summary: "Edges, one pixel wide.", example: cat + "canny(photo, sigma: 1.5)"
    ) { image, sigma, low, high in try canny(image, sigma: sigma, low: low, high: high) }
    Binding.property(
        "tensor", of: EdgeMap.self, summary: "Whether each pixel lies on an edge, [H, W] bool.",
        example: cat + "canny(photo).tensor.dtype"
    ) { $0.tensor }
    Binding.property(
        "count", of: EdgeMap.self, summary: "The number of pixels on edges.",
        example: cat + "canny(photo).count"
    ) { $0.count }
    Binding.property(
        "image", of: EdgeMap.self, summary: "White edges on black.",
        example: cat + "canny(photo).image"
    ) { $0.image }
    Binding.function(
        "harris", photo, arg("k", Double.self, default: 0.05),
        arg("sigma", Double.self, default: 1, "the blur in pixels"), distance, threshold, count,
        summary: "Corners where the brightness changes in every direction.",
        example: cat + "harris(photo)"
    ) { image, k, sigma, distance, threshold, count in
        try harris(
            image, k: k, sigma: sigma, distance: distance, threshold: threshold, count: count)
    }
    Binding.function(
        "shiTomasi", photo, arg("sigma", Double.self, default: 1, "the blur in pixels"), distance,
        threshold, count, summary: "Corners that are good to follow.",
        example: cat + "shiTomasi(photo)"
    ) { image, sigma, distance, threshold, count in
        try shiTomasi(
            image, sigma: sigma, distance: distance, threshold: threshold, count: count)
    }
    Binding.property(
        "points", of: Corners.self, summary: "The corners, the strongest first.",
        example: cat + "harris(photo).points.prefix(3)"
    ) { $0.points }
    Binding.property(
        "count", of: Corners.self, summary: "The number of corners.",
        example: cat + "harris(photo).count"
    ) { $0.count }
    Binding.property(
        "response", of: Corners.self, summary: "How much of a corner each pixel is, [H, W].",
        example: cat + "harris(photo).response.shape"
    ) { $0.response }
    Binding.property(
        "image", of: Corners.self, summary: "The picture with a ring around each corner.",
        example: cat + "harris(photo).image"
    ) { $0.image }
    Binding.property(
        "x", of: Corner.self, summary: "Pixels from the left.",
        example: cat + "harris(photo).points.map { $0.x }"
    ) { $0.x }
    Binding.property(
        "y", of: Corner.self, summary: "Pixels from the top.",
        example: cat + "harris(photo).points.map { $0.y }"
    ) { $0.y }
    Binding.property(
        "score", of: Corner.self, summary: "How much it stands out.",
        example: cat + "harris(photo).points.map { $0.score }"
    ) { $0.score }
}

@RowBuilder private func hogRows() -> [Binding] {
    let orientations = arg("orientations", Int.self, default: 9, "directions of 180 degrees")
    let cell = arg("cell", Int.self, default: 8, "side in pixels")
    let block = arg("block", Int.self, default: 3, "side in cells")
    Binding.function(
        "hog", arg("image", Image.self, label: nil), orientations, cell, block,
        summary: "Histograms of oriented gradients, shown as strokes along the edges.",
        example: cat + "hog(photo, cell: 8, block: 2)"
    ) { image, orientations, cell, block in
        try hog(image, orientations: orientations, cell: cell, block: block)
    }
    Binding.function(
        "hog", arg("data", ImageDataset.self, label: nil), orientations, cell, block,
        summary: "Histograms of oriented gradients of every picture, [N, D].",
        example: digits + "hog(data.test.prefix(8), cell: 4, block: 2).shape"
    ) { data, orientations, cell, block in
        try hog(data, orientations: orientations, cell: cell, block: block)
    }
    Binding.property(
        "features", of: HOGFeatures.self, summary: "The normalised blocks as one row, [D].",
        example: cat + "hog(photo).features.shape"
    ) { try $0.features }
    Binding.property(
        "blocks", of: HOGFeatures.self,
        summary: "The normalised blocks, [rows, columns, block, block, orientations].",
        example: cat + "hog(photo).blocks.shape"
    ) { $0.blocks }
    Binding.property(
        "cells", of: HOGFeatures.self,
        summary: "The histograms of the cells, [rows, columns, orientations].",
        example: cat + "hog(photo).cells.shape"
    ) { $0.cells }
    Binding.property(
        "image", of: HOGFeatures.self, summary: "Strokes along the edges of each cell.",
        example: cat + "hog(photo).image"
    ) { $0.image }
    Binding.property(
        "pixelFeatures", of: ImageDataset.self,
        summary: "The samples of every picture in 0...1 as features, [N, D].",
        example: digits + "data.test.prefix(8).pixelFeatures.shape"
    ) { try $0.pixelFeatures }
}

@RowBuilder private func patternRows() -> [Binding] {
    let points = arg("points", Int.self, default: 8, "neighbours on the circle")
    let radius = arg("radius", Double.self, default: 1, "in pixels")
    let coding = arg("coding", PatternCoding.self, default: .uniform)
    Binding.function(
        "lbp", arg("image", Image.self, label: nil), points, radius, coding,
        summary: "Local binary patterns: codes of what surrounds each pixel.",
        example: cat + "lbp(photo).histogram"
    ) { image, points, radius, coding in
        try lbp(image, points: points, radius: radius, coding: coding)
    }
    Binding.function(
        "lbp", arg("data", ImageDataset.self, label: nil), points, radius, coding,
        arg("cells", Int.self, default: 1, "histograms a side"),
        summary: "Histograms of local binary patterns of every picture, [N, D].",
        example: digits + "lbp(data.test.prefix(8), cells: 4).shape"
    ) { data, points, radius, coding, cells in
        try lbp(data, points: points, radius: radius, coding: coding, cells: cells)
    }
    Binding.property(
        "codes", of: LocalBinaryPatterns.self, summary: "The code of each pixel, [H, W] int32.",
        example: cat + "lbp(photo).codes.shape"
    ) { $0.codes }
    Binding.property(
        "histogram", of: LocalBinaryPatterns.self, summary: "The share of pixels with each code.",
        example: cat + "lbp(photo).histogram"
    ) { $0.histogram }
    Binding.property(
        "features", of: LocalBinaryPatterns.self, summary: "The histogram.",
        example: cat + "lbp(photo).features.shape"
    ) { $0.features }
    Binding.property(
        "image", of: LocalBinaryPatterns.self, summary: "The codes as shades of grey.",
        example: cat + "lbp(photo).image"
    ) { $0.image }
    for coding in PatternCoding.allCases {
        Binding.staticProperty(
            coding.rawValue, of: PatternCoding.self, summary: "A way to make codes.",
            example: cat + "lbp(photo, coding: .\(coding.rawValue)).histogram.count"
        ) { coding }
    }
}

@RowBuilder private func gaborRows() -> [Binding] {
    let orientations = arg("orientations", Int.self, default: 8)
    let wavelengths = arg(
        "wavelengths", [Double].self, default: [4, 8], "widths of a stripe pair in pixels")
    Binding.function(
        "gabor", arg("image", Image.self, label: nil), orientations, wavelengths,
        summary: "How strongly each pixel answers to stripes of several directions and widths.",
        example: cat + "gabor(photo, orientations: 4, wavelengths: [4])"
    ) { image, orientations, wavelengths in
        try gabor(image, orientations: orientations, wavelengths: wavelengths)
    }
    Binding.property(
        "tensor", of: GaborResponses.self, summary: "The answers, [K, H, W].",
        example: cat + "gabor(photo, orientations: 4).tensor.shape"
    ) { $0.tensor }
    Binding.property(
        "features", of: GaborResponses.self, summary: "Mean and deviation of each answer, [2 K].",
        example: cat + "gabor(photo, orientations: 4).features.shape"
    ) { $0.features }
    Binding.property(
        "bank", of: GaborResponses.self, summary: "The filters.",
        example: cat + "gabor(photo, orientations: 4).bank"
    ) { $0.bank }
    Binding.property(
        "image", of: GaborResponses.self, summary: "The answers as pictures.",
        example: cat + "gabor(photo, orientations: 4).image"
    ) { try $0.image }
    Binding.initializer(
        of: GaborBank.self, orientations, wavelengths,
        summary: "Filters that answer to stripes.",
        example: "GaborBank(orientations: 6, wavelengths: [4, 8])"
    ) { orientations, wavelengths in
        try GaborBank(orientations: orientations, wavelengths: wavelengths)
    }
    Binding.property(
        "kernels", of: GaborBank.self, summary: "The filters.",
        example: "GaborBank(orientations: 4).kernels.count"
    ) { $0.kernels }
    Binding.property(
        "tensor", of: GaborBank.self, summary: "The filters as a layer's weights, [K, 1, S, S].",
        example: "GaborBank(orientations: 4).tensor.shape"
    ) { try $0.tensor }
}

/// Sums over rectangles, parts found in a picture and colours counted.
@RowBuilder private func lookupRows() -> [Binding] {
    let rectangle = (
        arg("x", Int.self), arg("y", Int.self), arg("width", Int.self), arg("height", Int.self)
    )
    let photo = arg("image", Image.self, label: nil)
    Binding.function(
        "integralImage", photo, summary: "Sums of the brightness over any rectangle at once.",
        example: cat + "integralImage(photo)"
    ) { image in try integralImage(image) }
    Binding.method(
        "sum", of: IntegralImage.self, rectangle.0, rectangle.1, rectangle.2, rectangle.3,
        summary: "The sum of the brightness over a rectangle.",
        example: cat + "integralImage(photo).sum(x: 2, y: 3, width: 8, height: 8)"
    ) { integral, x, y, width, height in
        try integral.sum(x: x, y: y, width: width, height: height)
    }
    Binding.method(
        "mean", of: IntegralImage.self, rectangle.0, rectangle.1, rectangle.2, rectangle.3,
        summary: "The mean of the brightness over a rectangle.",
        example: cat + "integralImage(photo).mean(x: 2, y: 3, width: 8, height: 8)"
    ) { integral, x, y, width, height in
        try integral.mean(x: x, y: y, width: width, height: height)
    }
    Binding.property(
        "tensor", of: IntegralImage.self, summary: "The sums up to each pixel, [H, W].",
        example: cat + "integralImage(photo).tensor.shape"
    ) { try $0.tensor }
    let part = "let part = photo.cropped(x: 5, y: 6, width: 12, height: 9)\n"
    Binding.function(
        "matchTemplate", photo, arg("template", Image.self, label: nil),
        summary: "Finds a small picture in a large one.",
        example: cat + part + "matchTemplate(photo, part)"
    ) { image, template in try matchTemplate(image, template) }
    Binding.property(
        "x", of: TemplateMatch.self, summary: "The left edge of the best place.",
        example: cat + part + "matchTemplate(photo, part).x"
    ) { $0.x }
    Binding.property(
        "y", of: TemplateMatch.self, summary: "The upper edge of the best place.",
        example: cat + part + "matchTemplate(photo, part).y"
    ) { $0.y }
    Binding.property(
        "score", of: TemplateMatch.self, summary: "How well it fits there, at best 1.",
        example: cat + part + "matchTemplate(photo, part).score"
    ) { $0.score }
    Binding.property(
        "response", of: TemplateMatch.self, summary: "The score of every place.",
        example: cat + part + "matchTemplate(photo, part).response.shape"
    ) { $0.response }
    Binding.property(
        "image", of: TemplateMatch.self, summary: "The picture with a frame around the place.",
        example: cat + part + "matchTemplate(photo, part).image"
    ) { $0.image }
    Binding.function(
        "colorHistogram", photo, arg("bins", Int.self, default: 8, "ranges a channel"),
        summary: "How often each range of colours occurs.",
        example: cat + "colorHistogram(photo, bins: 4)"
    ) { image, bins in try colorHistogram(image, bins: bins) }
    Binding.property(
        "tensor", of: ColorHistogram.self, summary: "The shares, [bins, bins, bins].",
        example: cat + "colorHistogram(photo).tensor.shape"
    ) { $0.tensor }
    Binding.property(
        "features", of: ColorHistogram.self, summary: "The shares as one row.",
        example: cat + "colorHistogram(photo).features.shape"
    ) { try $0.features }
    Binding.method(
        "intersection", of: ColorHistogram.self, arg("other", ColorHistogram.self, label: nil),
        summary: "How much two pictures' colours have in common, 0...1.",
        example: cat + "colorHistogram(photo).intersection(colorHistogram(photo))"
    ) { histogram, other in try histogram.intersection(other) }
    Binding.method(
        "plot", of: ColorHistogram.self, summary: "The most frequent colours as a chart.",
        example: cat + "colorHistogram(photo).plot()"
    ) { histogram in histogram.plot() }
}

@RowBuilder private func keypointRows() -> [Binding] {
    Binding.function(
        "sift", arg("image", Image.self, label: nil),
        arg("count", Int.self, default: 2000, "at most"),
        arg("contrast", Double.self, default: 0.04, "least contrast"),
        arg("edge", Double.self, default: 10, "most difference of curvatures"),
        summary: "Keypoints and descriptors that do not mind scale, rotation and light.",
        example: cat + "sift(photo)"
    ) { image, count, contrast, edge in
        try sift(image, count: count, contrast: contrast, edge: edge)
    }
    Binding.property(
        "keypoints", of: SIFTFeatures.self, summary: "The keypoints, the clearest first.",
        example: cat + "sift(photo).keypoints.prefix(3)"
    ) { $0.keypoints }
    Binding.property(
        "descriptors", of: SIFTFeatures.self, summary: "What surrounds each, [N, 128].",
        example: cat + "sift(photo).descriptors.shape"
    ) { $0.descriptors }
    Binding.property(
        "count", of: SIFTFeatures.self, summary: "The number of keypoints.",
        example: cat + "sift(photo).count"
    ) { $0.count }
    Binding.property(
        "image", of: SIFTFeatures.self, summary: "The picture with the keypoints drawn on it.",
        example: cat + "sift(photo).image"
    ) { $0.image }
    Binding.property(
        "x", of: Keypoint.self, summary: "Pixels from the left.",
        example: cat + "sift(photo).keypoints.map { $0.x }"
    ) { $0.x }
    Binding.property(
        "y", of: Keypoint.self, summary: "Pixels from the top.",
        example: cat + "sift(photo).keypoints.map { $0.y }"
    ) { $0.y }
    Binding.property(
        "size", of: Keypoint.self, summary: "The diameter in pixels.",
        example: cat + "sift(photo).keypoints.map { $0.size }"
    ) { $0.size }
    Binding.property(
        "angle", of: Keypoint.self, summary: "The direction in degrees clockwise.",
        example: cat + "sift(photo).keypoints.map { $0.angle }"
    ) { $0.angle }
    Binding.property(
        "response", of: Keypoint.self, summary: "How much it stands out.",
        example: cat + "sift(photo).keypoints.map { $0.response }"
    ) { $0.response }
    let turned = cat + "let turned = photo.rotated(degrees: 20)\n"
    Binding.function(
        "matchFeatures", arg("first", SIFTFeatures.self, label: nil),
        arg("second", SIFTFeatures.self, label: nil),
        arg("ratio", Double.self, default: 0.8, "of the nearest to the next"),
        summary: "Keypoints of two pictures that look alike, in pairs.",
        example: turned + "matchFeatures(sift(photo), sift(turned))"
    ) { first, second, ratio in try matchFeatures(first, second, ratio: ratio) }
    Binding.property(
        "pairs", of: FeatureMatches.self, summary: "The pairs, the most alike first.",
        example: turned + "matchFeatures(sift(photo), sift(turned)).pairs.prefix(3)"
    ) { $0.pairs }
    Binding.property(
        "count", of: FeatureMatches.self, summary: "The number of pairs.",
        example: turned + "matchFeatures(sift(photo), sift(turned)).count"
    ) { $0.count }
    Binding.property(
        "image", of: FeatureMatches.self, summary: "Both pictures with lines between the pairs.",
        example: turned + "matchFeatures(sift(photo), sift(turned)).image"
    ) { try $0.image }
    Binding.property(
        "first", of: FeatureMatch.self, summary: "The position in the first picture's keypoints.",
        example: turned + "matchFeatures(sift(photo), sift(turned)).pairs.map { $0.first }"
    ) { $0.first }
    Binding.property(
        "second", of: FeatureMatch.self, summary: "The position in the second one's.",
        example: turned + "matchFeatures(sift(photo), sift(turned)).pairs.map { $0.second }"
    ) { $0.second }
    Binding.property(
        "distance", of: FeatureMatch.self, summary: "How far the descriptors lie apart.",
        example: turned + "matchFeatures(sift(photo), sift(turned)).pairs.map { $0.distance }"
    ) { $0.distance }
}
