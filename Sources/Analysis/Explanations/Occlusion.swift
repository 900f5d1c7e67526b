import Hosting
import NeuralNetworks
import Tensors

extension Layer {
    /// How much the score of a class falls where a window of the picture is hidden, moved over all
    /// of it: positive where the model needs what is there.
    ///
    ///     let why = try net.occlusion(photo, window: 32, stride: 16)
    ///     why["greatest drop"]
    ///
    /// `values` is the fall for each window, `[rows, columns]`; the map is for each pixel the mean
    /// over the windows that hide it. The last windows end at the picture's edge.
    ///
    /// - Parameters:
    ///   - photo: an `Image`, or a tensor `[C, H, W]` as the model takes it.
    ///   - target: the position of the class; `nil` for the likeliest one.
    ///   - window: height and width of what is hidden, by default an eighth of the picture.
    ///   - stride: how far windows are apart, by default half of one.
    ///   - baseline: what hides, of the input's shape; zeros, which are the mean colour of
    ///     normalised pictures, where none is given.
    ///
    /// Throws where a window is larger than the picture, a number is not positive, and where the
    /// model gives no row of scores or has no such class.
    /// Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014.
    public func occlusion(
        _ photo: any ModelPicture, target: Int? = nil, window: (any IntOrPair)? = nil,
        stride: (any IntOrPair)? = nil, baseline: Tensor? = nil
    ) throws -> Explanation {
        let run = try Questioned("occlusion", self, photo)
        let windows = try OcclusionWindows(run, window: window, stride: stride)
        let hidden = try run.baseline(baseline)
        return try run.asking {
            try withoutGradient {
                let answer = try run.answer(run.scores(run.input), target)
                let drops = try run.drops(windows, hidden, answer)
                return Explanation(
                    "Occlusion", run, answer,
                    values: try Tensor(drops, shape: [windows.tops.count, windows.lefts.count]),
                    map: try Tensor(windows.means(drops), shape: [run.height, run.width]),
                    figures: [("greatest drop", drops.max() ?? 0)])
            }
        }
    }
}

/// Where windows lie over a picture.
struct OcclusionWindows {
    let size: [Int]
    let picture: [Int]
    /// The first row and the first column of the windows; what sticks out is cut off.
    let tops, lefts: [Int]

    init(_ run: Questioned, window: (any IntOrPair)?, stride: (any IntOrPair)?) throws {
        picture = [run.height, run.width]
        let size = window?.windowSizes ?? picture.map { max(1, $0 / 8) }
        guard size.count == 2, size[0] >= 1, size[1] >= 1, size[0] <= picture[0],
            size[1] <= picture[1]
        else {
            throw TensorError(
                .value, "occlusion", "'window' does not fit into the picture",
                expected: "1 to \(picture[0]), or [height, width] up to \(picture)",
                got: "\(size)")
        }
        let steps = stride?.windowSizes ?? size.map { max(1, $0 / 2) }
        guard steps.count == 2, zip(steps, size).allSatisfy({ $0 >= 1 && $0 <= $1 }) else {
            throw TensorError(
                .value, "occlusion", "'stride' would leave pixels out",
                expected: "1 to the window's \(size)", got: "\(steps)")
        }
        self.size = size
        let places = (0..<2).map { [picture, size] axis in
            let count = (picture[axis] - size[axis] + steps[axis] - 1) / steps[axis] + 1
            return (0..<count).map { $0 * steps[axis] }
        }
        (tops, lefts) = (places[0], places[1])
    }

    var count: Int { tops.count * lefts.count }

    /// The rows and columns that a window hides.
    func range(_ index: Int) -> (rows: Range<Int>, columns: Range<Int>) {
        let (top, left) = (tops[index / lefts.count], lefts[index % lefts.count])
        return (
            top..<min(picture[0], top + size[0]), left..<min(picture[1], left + size[1])
        )
    }

    /// For each pixel the mean of what belongs to the windows that hide it.
    func means(_ values: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: picture[0] * picture[1])
        var counts = sums
        for index in values.indices {
            let (rows, columns) = range(index)
            for row in rows {
                for column in columns {
                    sums[row * picture[1] + column] += values[index]
                    counts[row * picture[1] + column] += 1
                }
            }
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    }
}

extension Questioned {
    /// How much a class's score falls with each window hidden.
    fileprivate func drops(
        _ windows: OcclusionWindows, _ hidden: Tensor, _ answer: Answer
    ) throws -> [Double] {
        let batch = batchSize(most: windows.count)
        let samples = try input.scalars(as: Float.self)
        let cover = try hidden.scalars(as: Float.self)
        let progress = ProgressReporter("Occlusion", total: windows.count, unit: "windows")
        var drops: [Double] = []
        for first in stride(from: 0, to: windows.count, by: batch) {
            let range = first..<min(windows.count, first + batch)
            var pictures: [Float] = []
            pictures.reserveCapacity(range.count * samples.count)
            for index in range {
                var picture = samples
                let (rows, columns) = windows.range(index)
                for channel in 0..<input.shape[1] {
                    for row in rows {
                        let start = (channel * height + row) * width
                        for place in start + columns.lowerBound..<start + columns.upperBound {
                            picture[place] = cover[place]
                        }
                    }
                }
                pictures += picture
            }
            let x = try Tensor(pictures, shape: [range.count] + input.shape.dropFirst())
            let found = try scores(x).indexed(by: [0..., answer.target])
            drops += try found.scalars(as: Double.self).map { answer.score - $0 }
            progress.advance(by: range.count)
        }
        progress.finish()
        return drops
    }
}
