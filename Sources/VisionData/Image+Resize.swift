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
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        if width == self.width && height == self.height { return self }
        if interpolation == .nearest { return nearest(width, height, count: count) }
        if channels == 4 {  // transparent pixels must not bleed their hidden colour
            return try premultiplied(true).convolved(width, height, interpolation).premultiplied(
                false)
        }
        return try convolved(width, height, interpolation)
    }

    /// The picture with its shorter side at `shortSide` pixels and its proportions kept; the
    /// longer side is rounded down, as torchvision has it.
    public func resized(
        shortSide: Int, interpolation: Interpolation = .bilinear
    ) throws -> Image {
        guard shortSide > 0, shortSide <= Image.pixelLimit else {
            throw ImageError(
                .argument,
                "resized: expected a short side of 1 to \(Image.pixelLimit), got \(shortSide)")
        }
        return width <= height
            ? try resized(shortSide, shortSide * height / width, interpolation: interpolation)
            : try resized(shortSide * width / height, shortSide, interpolation: interpolation)
    }

    private func nearest(_ width: Int, _ height: Int, count: Int) -> Image {
        func positions(_ input: Int, _ output: Int) -> [Int] {
            let step = Double(input) / Double(output)
            return (0..<output).map { min(Int((Double($0) + 0.5) * step), input - 1) }
        }
        let columns = positions(self.width, width).map { $0 * channels }
        let rows = positions(self.height, height).map { $0 * self.width * channels }
        return Image(width: width, height: height, channels: channels, count: count) { out in
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
        _ width: Int, _ height: Int, _ interpolation: Interpolation
    ) throws -> Image {
        var image = self
        if height != self.height && self.height > 0 {
            let vertical = ResamplingKernel(interpolation, from: self.height, to: height)
            // Rows that no output row covers need no horizontal pass.
            let first = vertical.starts.first ?? 0
            let last = (vertical.starts.last ?? 0) + (vertical.counts.last ?? 0)
            if width != self.width {
                image = try image.convolvedAcross(width, rows: first..<last, interpolation)
                return try image.convolvedDown(height, vertical, offset: first)
            }
            return try image.convolvedDown(height, vertical, offset: 0)
        }
        return try image.convolvedAcross(width, rows: 0..<height, interpolation)
    }

    private func convolvedAcross(
        _ width: Int, rows: Range<Int>, _ interpolation: Interpolation
    ) throws -> Image {
        let cancellation = Host.current.cancellation
        let kernel = ResamplingKernel(interpolation, from: self.width, to: width)
        let rowBytes = self.width * channels
        return try Image(
            width: width, height: rows.count, channels: channels,
            count: width * rows.count * channels
        ) { out in
            try bytes.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                for (index, row) in rows.enumerated() {
                    try cancellation.check()
                    let from = base + row * rowBytes
                    let to = out + index * width * channels
                    switch channels {
                    case 1: kernel.convolve1(from, to)
                    case 3: kernel.convolve3(from, to)
                    default: kernel.convolve4(from, to)
                    }
                }
            }
        }
    }

    private func convolvedDown(
        _ height: Int, _ kernel: ResamplingKernel, offset: Int
    ) throws -> Image {
        let cancellation = Host.current.cancellation
        let rowBytes = width * channels
        return try Image(
            width: width, height: height, channels: channels, count: rowBytes * height
        ) { out in
            try bytes.withUnsafeBufferPointer { source in
                guard let base = source.baseAddress else { return }
                try withUnsafeTemporaryAllocation(of: Int32.self, capacity: rowBytes) { sums in
                    guard let sums = sums.baseAddress else { return }
                    for row in 0..<height {
                        try cancellation.check()
                        let half = Int32(1) << (ResamplingKernel.precision - 1)
                        sums.initialize(repeating: half, count: rowBytes)
                        for index in 0..<kernel.counts[row] {
                            let weight = kernel.weights[row * kernel.span + index]
                            let from = base + (kernel.starts[row] - offset + index) * rowBytes
                            for x in 0..<rowBytes { sums[x] &+= Int32(from[x]) &* weight }
                        }
                        let to = out + row * rowBytes
                        for x in 0..<rowBytes { to[x] = ResamplingKernel.clipped(sums[x]) }
                    }
                }
            }
        }
    }

    /// Colours multiplied by alpha, or divided by it again.
    private func premultiplied(_ isForward: Bool) -> Image {
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
