/// Which axes of a tensor are the rows and columns of pictures, and how many pictures it holds.
///
/// A matrix is one picture, a row of numbers a strip; one or three channels of a matrix, in front of
/// the other axes or behind them, are one picture; the axis in front of that counts pictures. Axes
/// of length 1 in front do not count. A tensor of pictures says itself which axes are which.
struct TensorPlanes {
    /// The axis of the rows; `nil` for a strip.
    let row: Int?
    let column: Int
    /// The axis of the colours of one picture.
    let channel: Int?
    /// The axis along which there are several.
    let plane: Int?

    let height: Int
    let width: Int
    let channels: Int
    let count: Int
    /// Whether the tensor said itself what its axes are.
    let isKnown: Bool

    /// A matrix of fewer rows or columns is no picture, unless there are several.
    private static let shortestSide = 8
    /// Numbers in a row that can be read as well as seen.
    static let longestTable = 16

    /// `nil` where the shape is that of no picture.
    init?(_ tensor: Tensor) {
        if let places = tensor.meaning?.places, let planes = TensorPlanes(tensor.shape, places) {
            self = planes
        } else {
            self.init(tensor.shape)
        }
    }

    private init?(_ shape: [Int], _ places: TensorMeaning.Places) {
        let colors = places.channel.map { shape[$0] } ?? 1
        // Alpha is not shown.
        channels = min(3, colors)
        count = places.batch.map { shape[$0] } ?? 1
        (height, width) = (shape[places.height], shape[places.width])
        guard [1, 3, 4].contains(colors), count > 0,
            min(height, width) >= (count > 1 ? 2 : Self.shortestSide)
        else { return nil }
        (row, column) = (places.height, places.width)
        (channel, plane) = (places.channel, places.batch)
        isKnown = true
    }

    private init?(_ shape: [Int]) {
        guard !shape.contains(0) else { return nil }
        let first = min(shape.prefix { $0 == 1 }.count, max(0, shape.count - 2))
        let sizes = Array(shape[first...])
        func isColor(_ axis: Int) -> Bool { sizes[axis] == 1 || sizes[axis] == 3 }
        var row: Int? = sizes.count - 2
        var column = sizes.count - 1
        var channel: Int?
        var plane: Int?
        switch sizes.count {
        case 1:
            row = nil
            guard sizes[0] > Self.longestTable else { return nil }
        case 2:
            let isTable = sizes.allSatisfy { $0 <= Self.longestTable }
            if isTable && shape.count == 2 { return nil }
            if sizes[0] == 1 { row = nil }
        case 3:
            if isColor(0) {
                channel = 0
            } else if isColor(2) && min(sizes[0], sizes[1]) >= Self.shortestSide {
                (row, column, channel) = (0, 1, 2)
            } else {
                plane = 0
            }
        case 4:
            plane = 0
            if isColor(1) {
                channel = 1
            } else if isColor(3) && min(sizes[1], sizes[2]) >= Self.shortestSide {
                (row, column, channel) = (1, 2, 3)
            } else {
                // Of features of several pictures those of the first.
                plane = 1
            }
        default: return nil
        }
        height = row.map { sizes[$0] } ?? 1
        width = sizes[column]
        channels = channel.map { sizes[$0] } ?? 1
        count = plane.map { sizes[$0] } ?? 1
        let isStrip = row == nil && width > Self.longestTable
        let isLarge = min(height, width) >= (count > 1 ? 2 : Self.shortestSide)
        guard isStrip || isLarge else { return nil }
        isKnown = false
        self.row = row.map { $0 + first }
        self.column = column + first
        self.channel = channel.map { $0 + first }
        self.plane = plane.map { $0 + first }
    }
}
