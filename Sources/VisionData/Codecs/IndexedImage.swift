/// A picture as positions in a palette of at most 256 colours, as GIF stores it.
///
/// With more colours the palette is found by median cut (Heckbert 1982): the box of colours with
/// the greatest spread, weighed by its pixels, is cut in two at its median until there are enough.
struct IndexedImage {
    typealias Color = (UInt8, UInt8, UInt8)

    let palette: [Color]
    /// The entry that is transparent, behind the colours.
    let transparent: Int?
    /// One palette position a pixel, row by row.
    let pixels: [UInt8]

    init(_ image: Image) {
        let step = image.channels
        let (green, blue) = step == 1 ? (0, 0) : (1, 2)
        func isClear(_ pixel: Int) -> Bool { step == 4 && image.bytes[4 * pixel + 3] < 128 }
        func color(_ pixel: Int) -> Int {
            let start = pixel * step
            return Int(image.bytes[start]) << 16 | Int(image.bytes[start + green]) << 8
                | Int(image.bytes[start + blue])
        }
        let count = image.width * image.height
        let hasClear = step == 4 && (0..<count).contains(where: isClear)
        let room = hasClear ? 255 : 256

        var exact: [Int: Int] = [:]
        for pixel in 0..<count where !isClear(pixel) {
            exact[color(pixel)] = exact[color(pixel)] ?? exact.count
            if exact.count > room { break }
        }
        let position: (Int) -> Int
        if exact.count <= room {
            palette = exact.sorted { $0.value < $1.value }.map { Self.color($0.key) }
            position = { exact[$0] ?? 0 }
        } else {
            let cut = MedianCut((0..<count).lazy.filter { !isClear($0) }.map(color), size: room)
            palette = cut.palette.map(Self.color)
            position = { cut.position(of: $0) }
        }
        let clear = palette.count
        transparent = hasClear ? clear : nil
        pixels = (0..<count).map { UInt8(isClear($0) ? clear : position(color($0))) }
    }

    private static func color(_ packed: Int) -> Color {
        (UInt8(packed >> 16 & 255), UInt8(packed >> 8 & 255), UInt8(packed & 255))
    }
}

/// A palette for many colours, and the entry that stands for each of them.
private struct MedianCut {
    /// Packed as `red << 16 | green << 8 | blue`.
    private(set) var palette: [Int] = []
    /// The entry of each colour of 5 bits a channel.
    private var positions = [UInt8](repeating: 0, count: 1 << 15)

    /// The colours of 5 bits a channel that occur, and how often.
    private struct Box {
        var bins: ArraySlice<(bin: Int, count: Int)>
        let axis: Int
        let weight: Int

        init(_ bins: ArraySlice<(bin: Int, count: Int)>) {
            self.bins = bins
            let spreads = (0..<3).map { axis in
                let values = bins.lazy.map { MedianCut.level($0.bin, axis) }
                return (values.max() ?? 0) - (values.min() ?? 0)
            }
            axis = (0..<3).max { spreads[$0] < spreads[$1] } ?? 0
            weight = bins.count < 2 ? 0 : spreads[axis] * bins.reduce(0) { $0 + $1.count }
        }
    }

    init(_ colors: some Sequence<Int>, size: Int) {
        var counts = [Int](repeating: 0, count: 1 << 15)
        var sums = [Int](repeating: 0, count: 3 << 15)
        for color in colors {
            let bin = Self.bin(color)
            counts[bin] += 1
            for axis in 0..<3 { sums[3 * bin + axis] += color >> (16 - 8 * axis) & 255 }
        }
        var boxes = [
            Box(counts.indices.filter { counts[$0] > 0 }.map { ($0, counts[$0]) }[...])
        ]
        while boxes.count < size,
            let widest = boxes.indices.max(by: { boxes[$0].weight < boxes[$1].weight }),
            boxes[widest].weight > 0
        {
            let box = boxes[widest]
            let sorted = box.bins.sorted {
                Self.level($0.bin, box.axis) < Self.level($1.bin, box.axis)
            }
            let half = sorted.reduce(0) { $0 + $1.count } / 2
            var (middle, seen) = (0, 0)
            while middle < sorted.count - 1, middle == 0 || seen + sorted[middle].count <= half {
                seen += sorted[middle].count
                middle += 1
            }
            boxes[widest] = Box(sorted[..<middle])
            boxes.append(Box(sorted[middle...]))
        }
        for (entry, box) in boxes.enumerated() {
            let count = max(1, box.bins.reduce(0) { $0 + $1.count })
            let mean = (0..<3).map { axis in
                (box.bins.reduce(0) { $0 + sums[3 * $1.bin + axis] } + count / 2) / count
            }
            palette.append(mean[0] << 16 | mean[1] << 8 | mean[2])
            for (bin, _) in box.bins { positions[bin] = UInt8(truncatingIfNeeded: entry) }
        }
    }

    func position(of color: Int) -> Int { Int(positions[Self.bin(color)]) }

    private static func bin(_ color: Int) -> Int {
        color >> 9 & 0x7C00 | color >> 6 & 0x3E0 | color >> 3 & 0x1F
    }

    private static func level(_ bin: Int, _ axis: Int) -> Int { bin >> (10 - 5 * axis) & 31 }
}
