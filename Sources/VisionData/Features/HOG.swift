import Glibc
import Hosting
import OneDNN
import Tensors

/// How a histogram of oriented gradients divides a picture.
///
///     HOGLayout(cell: 4, block: 2)
public struct HOGLayout: Sendable, Hashable {
    /// The number of directions between 0 and 180 degrees.
    public let orientations: Int
    /// The side of a cell in pixels.
    public let cell: Int
    /// The side of a block in cells.
    public let block: Int

    /// Throws when the orientations are not 1 to 64, a cell is not 2 to 256 pixels or a block not
    /// 1 to 16 cells.
    public init(orientations: Int = 9, cell: Int = 8, block: Int = 3) throws {
        guard (1...64).contains(orientations), (2...256).contains(cell), (1...16).contains(block)
        else {
            throw ImageError(
                .argument,
                "hog: expected 1 to 64 orientations, cells of 2 to 256 pixels and blocks of 1 to "
                    + "16 cells, got orientations: \(orientations), cell: \(cell), block: \(block)")
        }
        self.orientations = orientations
        self.cell = cell
        self.block = block
    }

    /// Cells and blocks of a picture, or an error where it has no block.
    func grid(width: Int, height: Int) throws -> (cells: (Int, Int), blocks: (Int, Int)) {
        let cells = (height / cell, width / cell)
        let blocks = (cells.0 - block + 1, cells.1 - block + 1)
        guard blocks.0 > 0, blocks.1 > 0 else {
            throw ImageError(
                .argument,
                "hog: the picture is too small for one block, expected at least "
                    + "\(block * cell)x\(block * cell) pixels, got \(width)x\(height)")
        }
        return (cells, blocks)
    }

    /// The numbers of one block.
    var blockSize: Int { block * block * orientations }
}

/// Histograms of oriented gradients of a picture: for each cell how steep it is in each direction,
/// normalised block by block.
///
/// It shows itself as strokes along the edges of each cell.
public struct HOGFeatures: Sendable, Displayable, CustomStringConvertible {
    /// How the picture was divided.
    public let layout: HOGLayout
    /// The histograms of all cells before normalisation, [rows, columns, orientations].
    public let cells: Tensor
    /// The normalised blocks, [block rows, block columns, block, block, orientations].
    public let blocks: Tensor
    /// Strokes along the edges of each cell, the brighter the steeper.
    public let image: Image

    /// The blocks as one row of numbers, [D].
    public var features: Tensor { get throws { try blocks.flattened() } }

    /// Cells, orientations and count.
    public var description: String {
        "HOG of \(cells.shape[0])x\(cells.shape[1]) cells with \(layout.orientations) "
            + "orientations: \(grouped(blocks.count)) features"
    }

    /// The picture of the strokes.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

/// Histograms of oriented gradients (Dalal and Triggs 2005), the features before learned ones.
///
/// Derivatives are differences of the pixels on both sides, of the colour that changes most; each
/// pixel votes with its steepness for one of the `orientations` in its cell; blocks of `block` x
/// `block` cells overlap by all but one cell and are normalised to length 1, cut at 0.2 and
/// normalised again. Throws when the picture has no room for a block.
///
///     let features = hog(photo, cell: 8)
///     features.features.shape
public func hog(
    _ image: Image, orientations: Int = 9, cell: Int = 8, block: Int = 3
) throws -> HOGFeatures {
    let layout = try HOGLayout(orientations: orientations, cell: cell, block: block)
    let (cells, blocks) = try layout.grid(width: image.width, height: image.height)
    let planes = (0..<min(image.channels, 3)).map { FloatPlane(image, channel: $0, scale: 1) }
    try Host.current.cancellation.check()
    let computation = HOGComputation(layout, width: image.width, height: image.height)
    let cellTensor = try Tensor.unsafeUninitialized(
        shape: [cells.0, cells.1, orientations], dtype: .float32
    ) { out in
        guard let histograms = out.bindMemory(to: Float.self).baseAddress else { return }
        try forEachStretch(cells.0, cost: 8 * image.width * cell * planes.count) { rows in
            computation.histograms(planes, rows: rows, into: histograms)
        }
    }
    let blockTensor = try cellTensor.withUnsafeBytes { bytes in
        try Tensor.unsafeUninitialized(
            shape: [blocks.0, blocks.1, block, block, orientations], dtype: .float32
        ) { out in
            guard let histograms = bytes.bindMemory(to: Float.self).baseAddress,
                let out = out.bindMemory(to: Float.self).baseAddress
            else { return }
            try forEachStretch(blocks.0, cost: 4 * blocks.1 * layout.blockSize) { rows in
                computation.normalize(histograms, rows: rows, into: out)
            }
        }
    }
    let picture = try HOGPicture(cellTensor, layout, width: image.width, height: image.height)
    return HOGFeatures(
        layout: layout, cells: cellTensor, blocks: blockTensor, image: picture.image)
}

/// The histograms of oriented gradients of every picture of a data set, [N, D]; see `hog(_:)`.
///
///     let features = hog(data.train, cell: 4, block: 2)
///     LinearSVM().fit(features, data.train.labels)
public func hog(
    _ data: ImageDataset, orientations: Int = 9, cell: Int = 8, block: Int = 3
) throws -> Tensor {
    let layout = try HOGLayout(orientations: orientations, cell: cell, block: block)
    let (height, width) = (data.imageShape[1], data.imageShape[2])
    let (cells, blocks) = try layout.grid(width: width, height: height)
    let computation = HOGComputation(layout, width: width, height: height)
    let count = blocks.0 * blocks.1 * layout.blockSize
    return try data.features("HOG", count: count) { image, out in
        let planes = (0..<min(image.channels, 3)).map { FloatPlane(image, channel: $0, scale: 1) }
        var histograms = [Float](repeating: 0, count: cells.0 * cells.1 * orientations)
        histograms.withUnsafeMutableBufferPointer { histograms in
            guard let histograms = histograms.baseAddress else { return }
            computation.histograms(planes, rows: 0..<cells.0, into: histograms)
            computation.normalize(histograms, rows: 0..<blocks.0, into: out)
        }
    }
}

/// The arithmetic for pictures of one size.
struct HOGComputation: Sendable {
    let layout: HOGLayout
    let width: Int
    let height: Int
    let cellRows: Int
    let cellColumns: Int
    /// Cosine and sine of the angle at which each orientation but the first begins.
    private let bounds: [(cosine: Float, sine: Float)]

    init(_ layout: HOGLayout, width: Int, height: Int) {
        self.layout = layout
        self.width = width
        self.height = height
        cellRows = height / layout.cell
        cellColumns = width / layout.cell
        bounds = (1..<layout.orientations + 1).dropLast().map {
            let angle = Double.pi * Double($0) / Double(layout.orientations)
            return (Float(cos(angle)), Float(sin(angle)))
        }
    }

    /// Fills the histograms of some rows of cells, [cell rows, cell columns, orientations].
    func histograms(
        _ planes: [FloatPlane], rows: Range<Int>, into out: UnsafeMutablePointer<Float>
    ) {
        let orientations = layout.orientations
        let rowSize = cellColumns * orientations
        let scale = 1 / Float(layout.cell * layout.cell)
        let padded = (width + 7) / 8 * 8
        withUnsafeTemporaryAllocation(of: Float.self, capacity: padded) { steepness in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: padded) { bins in
                guard let steepness = steepness.baseAddress, let bins = bins.baseAddress else {
                    return
                }
                for row in rows {
                    let histogram = out + row * rowSize
                    histogram.update(repeating: 0, count: rowSize)
                    for y in row * layout.cell..<(row + 1) * layout.cell {
                        votes(planes, y, steepness, bins)
                        var x = 0
                        for column in 0..<cellColumns {
                            let cell = histogram + column &* orientations
                            for _ in 0..<layout.cell {
                                cell[Int(bins[x])] += steepness[x]
                                x &+= 1
                            }
                        }
                    }
                    for index in 0..<rowSize { histogram[index] *= scale }
                }
            }
        }
    }

    /// How steep each pixel of a row is, and its orientation.
    private func votes(
        _ planes: [FloatPlane], _ y: Int, _ steepness: UnsafeMutablePointer<Float>,
        _ bins: UnsafeMutablePointer<Int32>
    ) {
        let isEdge = y == 0 || y == height - 1
        for (index, plane) in planes.enumerated() {
            plane.values.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                let line = base + y * width
                let above = isEdge ? line : line - width
                let below = isEdge ? line : line + width
                var x = 1
                while x &+ 8 < width {
                    vote(
                        FloatLanes(at: line + (x &+ 1)) - FloatLanes(at: line + (x &- 1)),
                        FloatLanes(at: below + x) - FloatLanes(at: above + x), x, index > 0,
                        steepness, bins)
                    x &+= 8
                }
                while x < width {
                    let right = x &+ 1 < width ? line[x &+ 1] - line[x &- 1] : 0
                    voteOne(right, below[x] - above[x], x, index > 0, steepness, bins)
                    x &+= 1
                }
                voteOne(0, below[0] - above[0], 0, index > 0, steepness, bins)
            }
        }
    }

    /// Votes of eight pixels; of several colours the steepest counts, of equal ones the first.
    @inline(__always)
    private func vote(
        _ x: FloatLanes, _ y: FloatLanes, _ at: Int, _ isLater: Bool,
        _ steepness: UnsafeMutablePointer<Float>, _ bins: UnsafeMutablePointer<Int32>
    ) {
        var size = (x * x + y * y).squareRoot()
        var bin = orientation(x, y)
        let target = UnsafeMutableRawPointer(bins + at)
        if isLater {
            let before = FloatLanes(at: steepness + at)
            let isKept = before .>= size
            size = size.replacing(with: before, where: isKept)
            bin = bin.replacing(
                with: UnsafeRawPointer(target).loadUnaligned(as: SIMD8<Int32>.self), where: isKept)
        }
        size.store(at: steepness + at)
        target.storeBytes(of: bin, as: SIMD8<Int32>.self)
    }

    private func voteOne(
        _ x: Float, _ y: Float, _ at: Int, _ isLater: Bool,
        _ steepness: UnsafeMutablePointer<Float>, _ bins: UnsafeMutablePointer<Int32>
    ) {
        let size = (x * x + y * y).squareRoot()
        if isLater, steepness[at] >= size { return }
        steepness[at] = size
        bins[at] = orientation(FloatLanes(repeating: x), FloatLanes(repeating: y))[0]
    }

    /// How many of the angles at which an orientation begins the direction has passed, opposite
    /// directions taken for one.
    @inline(__always)
    private func orientation(_ x: FloatLanes, _ y: FloatLanes) -> SIMD8<Int32> {
        let zero = FloatLanes.zero
        let isTurned = (y .< zero) .| ((y .== zero) .& (x .< zero))
        let upX = x.replacing(with: -x, where: isTurned)
        let upY = y.replacing(with: -y, where: isTurned)
        var passed = SIMD8<Int32>.zero
        bounds.withUnsafeBufferPointer { bounds in
            for index in 0..<bounds.count {
                let (cosine, sine) = bounds[index]
                // Two products, each rounded: fused, a direction on the bound could miss it.
                let side = upY * FloatLanes(repeating: cosine) - upX * FloatLanes(repeating: sine)
                passed = passed.replacing(with: passed &+ 1, where: side .>= zero)
            }
        }
        // The vector zero lies on every bound; it votes with nothing, for the first.
        return passed.replacing(with: 0, where: (x .== zero) .& (y .== zero))
    }

    /// Fills some rows of normalised blocks.
    func normalize(
        _ histograms: UnsafePointer<Float>, rows: Range<Int>,
        into out: UnsafeMutablePointer<Float>
    ) {
        let columns = cellColumns - layout.block + 1
        let length = layout.block * layout.orientations
        let size = layout.blockSize
        let rowSize = cellColumns * layout.orientations
        let epsilon: Float = 1e-5
        for row in rows {
            for column in 0..<columns {
                let target = out + (row * columns + column) * size
                for line in 0..<layout.block {
                    (target + line * length).update(
                        from: histograms + (row + line) * rowSize + column * layout.orientations,
                        count: length)
                }
                var squares: Float = 0
                for index in 0..<size { squares += target[index] * target[index] }
                let first = 1 / (squares + epsilon * epsilon).squareRoot()
                squares = 0
                for index in 0..<size {
                    let cut = min(target[index] * first, 0.2)
                    target[index] = cut
                    squares += cut * cut
                }
                let second = 1 / (squares + epsilon * epsilon).squareRoot()
                for index in 0..<size { target[index] *= second }
            }
        }
    }
}
