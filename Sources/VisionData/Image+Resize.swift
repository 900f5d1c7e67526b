import Hosting

extension Image {
    /// The picture at another size, antialiased when it shrinks.
    ///
    /// Separable convolution with a kernel stretched by the scale, in fixed point: the algorithm
    /// and the results of Pillow's `Image.resize`. Throws when a side is not positive or the
    /// result exceeds `Image.pixelLimit`, and `Interrupted` when the host asks to stop.
    ///
    ///     let small = try photo.resized(224, 224)
    ///     let sharp = try photo.resized(224, 224, interpolation: .lanczos)
    public func resized(
        _ width: Int, _ height: Int, interpolation: Interpolation = .bilinear
    ) throws -> Image {
        guard width > 0, height > 0 else {
            throw ImageError(
                .argument, "resized: expected at least 1x1 pixels, got \(width)x\(height)")
        }
        return try resized(
            width, height, interpolation: interpolation, columns: 0..<width, rows: 0..<height)
    }

    /// A part of the picture at another size: what cutting `columns` and `rows` out of it afterwards
    /// would give, without computing the rest.
    func resized(
        _ width: Int, _ height: Int, interpolation: Interpolation, columns: Range<Int>,
        rows: Range<Int>
    ) throws -> Image {
        _ = try Image.byteCount(width: width, height: height, channels: channels)
        if width == self.width && height == self.height {
            return try part(columns, rows)
        }
        if interpolation == .nearest { return try nearest(width, height, columns, rows) }
        // Transparent pixels must not bleed their hidden colour.
        return try premultiplying { image in
            try image.convolved(width, height, interpolation, columns, rows)
        }
    }

    /// The picture with its shorter side at `shortSide` pixels and its proportions kept; the
    /// longer side is rounded down, as torchvision has it.
    public func resized(
        shortSide: Int, interpolation: Interpolation = .bilinear
    ) throws -> Image {
        let (width, height) = try size(shortSide: shortSide)
        return try resized(width, height, interpolation: interpolation)
    }

    /// Width and height with the shorter one at `shortSide`.
    func size(shortSide: Int) throws -> (width: Int, height: Int) {
        guard shortSide > 0, shortSide <= Image.pixelLimit else {
            throw ImageError(
                .argument,
                "resized: expected a short side of 1 to \(Image.pixelLimit), got \(shortSide)")
        }
        return width <= height
            ? (shortSide, shortSide * height / width) : (shortSide * width / height, shortSide)
    }

    /// The picture itself where the part is all of it.
    private func part(_ columns: Range<Int>, _ rows: Range<Int>) throws -> Image {
        if columns.count == width && rows.count == height { return self }
        return try cropped(
            x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
    }

    private func nearest(
        _ width: Int, _ height: Int, _ columns: Range<Int>, _ rows: Range<Int>
    ) throws -> Image {
        func positions(_ part: Range<Int>, _ input: Int, _ output: Int) -> [Int] {
            // Added up as Pillow does, whose rounding decides between two neighbours.
            let step = Double(input) / Double(output)
            var place = step * 0.5
            let all = (0..<part.upperBound).map { _ in
                defer { place += step }
                return min(Int(place), input - 1)
            }
            return Array(all[part])
        }
        let columns = positions(columns, self.width, width).map { $0 * channels }
        let rows = positions(rows, self.height, height).map { $0 * self.width * channels }
        return try resembling(width: columns.count, height: rows.count) { out in
            bytes.withUnsafeBufferPointer { source in
                var target = 0
                for row in rows {
                    for column in columns {
                        for channel in 0..<channels {
                            out[target + channel] = source[row + column + channel]
                        }
                        target += channels
                    }
                }
            }
        }
    }

    private func convolved(
        _ width: Int, _ height: Int, _ interpolation: Interpolation, _ columns: Range<Int>,
        _ rows: Range<Int>
    ) throws -> Image {
        guard height != self.height else {
            return try convolvedAcross(width, columns, rows: rows, interpolation)
        }
        let vertical = ResamplingKernel(
            interpolation, from: self.height, to: height, positions: rows)
        guard width != self.width else {
            return try part(columns, 0..<self.height).convolvedDown(vertical, offset: 0)
        }
        // Rows that no output row covers need no horizontal pass.
        let first = vertical.starts.first ?? 0
        let last = (vertical.starts.last ?? 0) + (vertical.counts.last ?? 0)
        return try convolvedAcross(width, columns, rows: first..<last, interpolation)
            .convolvedDown(vertical, offset: first)
    }

    private func convolvedAcross(
        _ width: Int, _ columns: Range<Int>, rows: Range<Int>, _ interpolation: Interpolation
    ) throws -> Image {
        let cancellation = Host.current.cancellation
        let kernel = ResamplingKernel(
            interpolation, from: self.width, to: width, positions: columns)
        let rowBytes = self.width * channels
        return try resembling(width: columns.count, height: rows.count) { out in
            try bytes.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                for (index, row) in rows.enumerated() {
                    try cancellation.check()
                    let from = base + row * rowBytes
                    let to = out + index * columns.count * channels
                    switch channels {
                    case 1: kernel.convolve1(from, to)
                    case 3 where row + 1 < self.height: kernel.convolve3(before: from, to)
                    case 3: kernel.convolve3(from, to)
                    default: kernel.convolve4(from, to)
                    }
                }
            }
        }
    }

    private func convolvedDown(_ kernel: ResamplingKernel, offset: Int) throws -> Image {
        let cancellation = Host.current.cancellation
        let rowBytes = width * channels
        let height = kernel.starts.count
        return try resembling(width: width, height: height) { out in
            try bytes.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                try withUnsafeTemporaryAllocation(of: Int32.self, capacity: rowBytes) { sums in
                    guard let sums = sums.baseAddress else { return }
                    for row in 0..<height {
                        try cancellation.check()
                        let half = Int32(1) << (ResamplingKernel.precision - 1)
                        sums.initialize(repeating: half, count: rowBytes)
                        kernel.add(
                            row, base + (kernel.starts[row] - offset) * rowBytes, rowBytes,
                            to: sums)
                        let to = out + row * rowBytes
                        for x in 0..<rowBytes { to[x] = ResamplingKernel.clipped(sums[x]) }
                    }
                }
            }
        }
    }

    /// Colours multiplied by alpha, or divided by it again.
    func premultiplied(_ isForward: Bool) -> Image {
        Image(width: width, height: height, channels: 4, count: bytes.count) { out in
            bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<source.count / 4 {
                    let alpha = Int(source[4 * pixel + 3])
                    for channel in 0..<3 {
                        let value = Int(source[4 * pixel + channel])
                        if isForward {
                            let product = value * alpha + 128
                            out[4 * pixel + channel] = UInt8((product >> 8 + product) >> 8)
                        } else {
                            let isKept = alpha == 0 || alpha == 255
                            out[4 * pixel + channel] =
                                UInt8(isKept ? value : min(255 * value / alpha, 255))
                        }
                    }
                    out[4 * pixel + 3] = UInt8(alpha)
                }
            }
        }
    }
}

extension ResamplingKernel {
    @inline(__always)
    fileprivate static func clipped(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: max(0, min(255, sum >> precision)))
    }

    /// Adds to `sums` the rows that a position covers, the first of which is `top`, weighted.
    fileprivate func add(
        _ position: Int, _ top: UnsafePointer<UInt8>, _ rowBytes: Int,
        to sums: UnsafeMutablePointer<Int32>
    ) {
        let count = counts[position]
        // Two rows at a time, so that sums are loaded and stored half as often.
        for index in stride(from: 0, to: count - 1, by: 2) {
            let weight = weights[position * span + index]
            let other = weights[position * span + index + 1]
            let from = top + index * rowBytes
            let below = from + rowBytes
            for x in 0..<rowBytes {
                sums[x] &+= Int32(from[x]) &* weight &+ Int32(below[x]) &* other
            }
        }
        if count % 2 == 1 {
            let weight = weights[position * span + count - 1]
            let from = top + (count - 1) * rowBytes
            for x in 0..<rowBytes { sums[x] &+= Int32(from[x]) &* weight }
        }
    }

    fileprivate func convolve1(_ source: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) {
        weights.withUnsafeBufferPointer { weights in
            for position in 0..<starts.count {
                let (start, weight) = (starts[position], position &* span)
                var sum = Int32(1) << (Self.precision - 1)
                for index in 0..<counts[position] {
                    sum &+= Int32(source[start &+ index]) &* weights[weight &+ index]
                }
                out[position] = Self.clipped(sum)
            }
        }
    }

    fileprivate func convolve3(_ source: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) {
        weights.withUnsafeBufferPointer { weights in
            let half = Int32(1) << (Self.precision - 1)
            for position in 0..<starts.count {
                var (from, weight) = (source + 3 &* starts[position], position &* span)
                var (red, green, blue) = (half, half, half)
                for _ in 0..<counts[position] {
                    let factor = weights[weight]
                    red &+= Int32(from[0]) &* factor
                    green &+= Int32(from[1]) &* factor
                    blue &+= Int32(from[2]) &* factor
                    from += 3
                    weight &+= 1
                }
                out[3 &* position] = Self.clipped(red)
                out[3 &* position &+ 1] = Self.clipped(green)
                out[3 &* position &+ 2] = Self.clipped(blue)
            }
        }
    }

    /// As `convolve3(_:_:)` for a row with another one behind it: four bytes are read at a time, of
    /// which the fourth belongs to the next pixel and is not kept.
    fileprivate func convolve3(
        before source: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>
    ) {
        weights.withUnsafeBufferPointer { weights in
            let half = SIMD4<Int32>(repeating: Int32(1) << (Self.precision - 1))
            for position in 0..<starts.count {
                var (from, weight) = (source + 3 &* starts[position], position &* span)
                var sum = half
                for _ in 0..<counts[position] {
                    let pixel = SIMD4<Int32>(
                        Int32(from[0]), Int32(from[1]), Int32(from[2]), Int32(from[3]))
                    sum &+= pixel &* weights[weight]
                    from += 3
                    weight &+= 1
                }
                out[3 &* position] = Self.clipped(sum.x)
                out[3 &* position &+ 1] = Self.clipped(sum.y)
                out[3 &* position &+ 2] = Self.clipped(sum.z)
            }
        }
    }

    fileprivate func convolve4(_ source: UnsafePointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) {
        weights.withUnsafeBufferPointer { weights in
            let half = SIMD4<Int32>(repeating: Int32(1) << (Self.precision - 1))
            for position in 0..<starts.count {
                var (from, weight) = (source + 4 &* starts[position], position &* span)
                var sum = half
                for _ in 0..<counts[position] {
                    let pixel = SIMD4<Int32>(
                        Int32(from[0]), Int32(from[1]), Int32(from[2]), Int32(from[3]))
                    sum &+= pixel &* weights[weight]
                    from += 4
                    weight &+= 1
                }
                for channel in 0..<4 { out[4 &* position &+ channel] = Self.clipped(sum[channel]) }
            }
        }
    }
}
