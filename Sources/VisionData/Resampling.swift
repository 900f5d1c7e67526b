import Hosting

/// How a part of a picture is computed in another size, and which of its pixels that takes.
///
/// Separable convolution with 8 bits a sample between the axes, as in Pillow.
struct Resampling {
    private let interpolation: Interpolation
    let area: PixelArea
    /// `nil` where the side keeps its length.
    let across: ResamplingKernel?
    /// `nil` where the side keeps its length.
    let down: ResamplingKernel?
    /// The part of the picture that is looked at.
    let source: PixelArea
    /// Rows are blended by the dozen pixels: where there are fewer of them afterwards, that comes
    /// first, unless overshoots would be cut off in between.
    private let isDownFirst: Bool

    /// - Parameter area: the part of the result that is wanted.
    init(
        _ interpolation: Interpolation, from: (width: Int, height: Int),
        to: (width: Int, height: Int), _ area: PixelArea
    ) {
        func kernel(_ input: Int, _ output: Int, _ positions: Range<Int>) -> ResamplingKernel? {
            if input == output { return nil }
            return interpolation == .nearest
                ? ResamplingKernel(nearestFrom: input, to: output, positions: positions)
                : ResamplingKernel(
                    interpolation, from: input, to: output, positions: positions)
        }
        self.interpolation = interpolation
        self.area = area
        across = kernel(from.width, to.width, area.columns)
        down = kernel(from.height, to.height, area.rows)
        isDownFirst = interpolation == .bilinear && to.height < from.height
        source = PixelArea(
            columns: across?.source ?? area.columns, rows: down?.source ?? area.rows)
    }

    /// The wanted part, made of the picture's part `source`.
    func applied(to part: Image) throws -> Image {
        guard across != nil || down != nil else { return part }
        if interpolation == .nearest {
            let columns = across?.starts.map { $0 - source.columns.lowerBound }
            let rows = down?.starts.map { $0 - source.rows.lowerBound }
            return part.rearranged(
                Pick(
                    rows: rows ?? Array(0..<part.height), columns: columns ?? Array(0..<part.width),
                    width: part.width, channels: part.channels),
                width: area.columns.count, height: area.rows.count)
        }
        if let deep = part.deep { return try resampled(deep, of: part) }
        // Transparent pixels must not bleed their hidden colour.
        return try part.premultiplying { try convolved($0) }
    }

    private func convolved(_ part: Image) throws -> Image {
        let channels = part.channels
        let columns = across.map {
            RowResampling($0, offset: source.columns.lowerBound, channels: channels)
        }
        let rows = down.map { ColumnResampling($0, offset: source.rows.lowerBound) }
        guard let columns else { return try rows.map { try blended(part, $0) } ?? part }
        guard let rows else { return try narrowed(part, columns) }
        // What is rounded in between would show where it is divided by a small alpha later.
        guard isDownFirst, channels != 4 else {
            return try blended(narrowed(part, columns), rows)
        }
        let cancellation = Host.current.cancellation
        let rowBytes = part.width * channels
        return try part.resembling(width: area.columns.count, height: area.rows.count) { out in
            try part.bytes.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return }
                try columns.withRow(bytes: rowBytes) { row in
                    for y in 0..<area.rows.count {
                        try cancellation.check()
                        rows.blend(y, base, rowBytes, into: row)
                        columns.apply(row, out + y * area.columns.count * channels)
                    }
                }
            }
        }
    }

    /// Every row in its new width.
    private func narrowed(_ part: Image, _ columns: RowResampling) throws -> Image {
        let cancellation = Host.current.cancellation
        let rowBytes = part.width * part.channels
        let outBytes = area.columns.count * part.channels
        return try part.resembling(width: area.columns.count, height: part.height) { out in
            try part.bytes.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return }
                try columns.withRow(bytes: rowBytes) { row in
                    for y in 0..<part.height {
                        try cancellation.check()
                        row.update(from: base + y * rowBytes, count: rowBytes)
                        columns.apply(row, out + y * outBytes)
                    }
                }
            }
        }
    }

    /// The new rows in the width that they have.
    private func blended(_ part: Image, _ rows: ColumnResampling) throws -> Image {
        let cancellation = Host.current.cancellation
        let rowBytes = part.width * part.channels
        return try part.resembling(width: part.width, height: area.rows.count) { out in
            try part.bytes.withUnsafeBufferPointer { bytes in
                guard let base = bytes.baseAddress else { return }
                for y in 0..<area.rows.count {
                    try cancellation.check()
                    rows.blend(y, base, rowBytes, into: out + y * rowBytes)
                }
            }
        }
    }
}

/// New rows, each made of some that stand below each other.
private struct ColumnResampling {
    let kernel: ResamplingKernel
    /// The row of the picture that stands first in the part.
    let offset: Int

    init(_ kernel: ResamplingKernel, offset: Int) {
        self.kernel = kernel
        self.offset = offset
    }

    /// Writes a new row of `count` bytes, made of the part's rows.
    func blend(
        _ position: Int, _ part: UnsafePointer<UInt8>, _ count: Int,
        into out: UnsafeMutablePointer<UInt8>
    ) {
        let top = part + (kernel.starts[position] - offset) * count
        let first = position * kernel.span
        let rows = kernel.counts[position]
        let precision = ResamplingKernel.precision
        kernel.weights.withUnsafeBufferPointer { weights in
            typealias Lanes = SIMD16<Int32>
            let half = Lanes(repeating: 1 << (precision - 1))
            var x = 0
            while x + Lanes.scalarCount <= count {
                var sum = half
                var from = UnsafeRawPointer(top + x)
                for row in 0..<rows {
                    let bytes = from.loadUnaligned(as: SIMD16<UInt8>.self)
                    sum &+= Lanes(truncatingIfNeeded: bytes) &* weights[first &+ row]
                    from += count
                }
                let levels = (sum &>> Lanes(repeating: precision)).clamped(
                    lowerBound: .zero, upperBound: Lanes(repeating: 255))
                UnsafeMutableRawPointer(out + x).storeBytes(
                    of: SIMD16<UInt8>(truncatingIfNeeded: levels), as: SIMD16<UInt8>.self)
                x += Lanes.scalarCount
            }
            while x < count {
                var sum = Int32(1) << (precision - 1)
                for row in 0..<rows {
                    sum &+= Int32(top[row &* count &+ x]) &* weights[first &+ row]
                }
                out[x] = UInt8(truncatingIfNeeded: max(0, min(255, sum >> precision)))
                x += 1
            }
        }
    }
}

/// New pixels of a row, each made of some that stand beside each other.
private struct RowResampling {
    let kernel: ResamplingKernel
    private let channels: Int
    /// How many pixels are weighed at once: 8 grey ones or two of colours.
    private let pixels: Int
    /// For each new pixel, the weights of its groups of pixels, each spread over the channels.
    private let lanes: [SIMD8<Int32>]
    /// The room for each new pixel's groups.
    private let span: Int
    /// For each new pixel, the byte of the row that it begins with.
    private let starts: [Int]
    private let groups: [Int]

    /// How many bytes behind a row are looked at.
    private static let margin = 8

    init(_ kernel: ResamplingKernel, offset: Int, channels: Int) {
        self.kernel = kernel
        self.channels = channels
        let pixels = channels == 1 ? 8 : 2
        let span = (kernel.span + pixels - 1) / pixels
        var lanes = [SIMD8<Int32>](repeating: .zero, count: span * kernel.starts.count)
        for position in kernel.starts.indices {
            for index in 0..<kernel.counts[position] {
                let weight = kernel.weights[position * kernel.span + index]
                let lane = index % pixels * channels
                for channel in 0..<channels {
                    lanes[position * span + index / pixels][lane + channel] = weight
                }
            }
        }
        self.pixels = pixels
        self.lanes = lanes
        self.span = span
        starts = kernel.starts.map { ($0 - offset) * channels }
        groups = kernel.counts.map { ($0 + pixels - 1) / pixels }
    }

    /// Room for a row of so many bytes, as `apply` takes it.
    func withRow(
        bytes count: Int, _ body: (UnsafeMutablePointer<UInt8>) throws -> Void
    ) throws {
        var row = [UInt8](repeating: 0, count: count + Self.margin)
        try row.withUnsafeMutableBufferPointer { try $0.baseAddress.map(body) }
    }

    /// Writes the new pixels of a row.
    func apply(_ row: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) {
        switch channels {
        case 1: apply1(row, out)
        case 3: apply3(row, out)
        default: apply4(row, out)
        }
    }

    private func apply1(_ row: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) {
        sums(row, step: 8) { position, sum in
            out[position] = UInt8(
                truncatingIfNeeded: max(0, min(255, sum.wrappedSum() >> ResamplingKernel.precision))
            )
        }
    }

    private func apply3(_ row: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) {
        sums(row, step: 6) { position, sum in
            let second = SIMD4(sum[3], sum[4], sum[5], 0)
            let pixel = clipped(sum.lowHalf &+ second)
            out[3 &* position] = pixel.x
            out[3 &* position &+ 1] = pixel.y
            out[3 &* position &+ 2] = pixel.z
        }
    }

    private func apply4(_ row: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) {
        sums(row, step: 8) { position, sum in
            UnsafeMutableRawPointer(out + 4 &* position).storeBytes(
                of: clipped(sum.lowHalf &+ sum.highHalf), as: SIMD4<UInt8>.self)
        }
    }

    @inline(__always)
    private func clipped(_ sum: SIMD4<Int32>) -> SIMD4<UInt8> {
        let levels = sum &>> SIMD4(repeating: ResamplingKernel.precision)
        return SIMD4(
            truncatingIfNeeded: levels.clamped(
                lowerBound: .zero, upperBound: SIMD4(repeating: 255)))
    }

    /// The weighed pixels of each new pixel, a half added to what adds up to each channel.
    @inline(__always)
    private func sums(
        _ row: UnsafePointer<UInt8>, step: Int, _ body: (Int, SIMD8<Int32>) -> Void
    ) {
        let half = Int32(1) << (ResamplingKernel.precision - 1)
        let start =
            channels == 1
            ? SIMD8<Int32>(half, 0, 0, 0, 0, 0, 0, 0)
            : SIMD8<Int32>(half, half, half, channels == 4 ? half : 0, 0, 0, 0, 0)
        lanes.withUnsafeBufferPointer { lanes in
            starts.withUnsafeBufferPointer { starts in
                groups.withUnsafeBufferPointer { groups in
                    for position in 0..<starts.count {
                        var from = UnsafeRawPointer(row + starts[position])
                        var sum = start
                        for group in position &* span..<position &* span &+ groups[position] {
                            let bytes = from.loadUnaligned(as: SIMD8<UInt8>.self)
                            sum &+=
                                SIMD8<Int32>(truncatingIfNeeded: bytes)
                                &* lanes[group]
                            from += step
                        }
                        body(position, sum)
                    }
                }
            }
        }
    }
}
