extension Image {
    /// Each channel as a grey picture, captioned with its name; `tinted` gives red, green and blue
    /// their colour instead.
    ///
    ///     try photo.planes()
    ///     try photo.converted(to: .lab).planes()[0]  // the lightness
    public func planes(tinted: Bool = false) throws -> Gallery {
        let names = colorSpace.channelNames + (channels == 4 ? ["alpha"] : [])
        let pictures = names.indices.map { plane in
            let tint = ["red", "green", "blue"].firstIndex(of: names[plane])
            return tinted ? tintedPlane(plane, tint) : self.plane(plane)
        }
        return try Gallery(pictures, captions: names, columns: names.count)
    }

    private func plane(_ plane: Int) -> Image {
        let (count, step) = (width * height, channels)
        return Image(width: width, height: height, channels: 1, count: count) { out in
            bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<count { out[pixel] = source[pixel * step + plane] }
            }
        }
    }

    /// A plane in shades of red (0), green (1) or blue (2); grey without a tint.
    private func tintedPlane(_ plane: Int, _ tint: Int?) -> Image {
        guard let tint else { return self.plane(plane) }
        let (count, step) = (width * height, channels)
        return Image(width: width, height: height, channels: 3, count: 3 * count) { out in
            bytes.withUnsafeBufferPointer { source in
                for pixel in 0..<count {
                    for channel in 0..<3 {
                        out[3 * pixel + channel] =
                            channel == tint ? source[pixel * step + plane] : 0
                    }
                }
            }
        }
    }
}
