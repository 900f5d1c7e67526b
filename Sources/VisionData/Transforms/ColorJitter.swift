/// Changes brightness, contrast, saturation and hue at random, in an order drawn too.
///
/// Factors are drawn from `1 - x...1 + x`, not below 0, the hue's shift from `-hue...hue` turns of
/// the colour circle. As torchvision's.
///
///     try ColorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1)
public struct ColorJitter: Transform {
    private let brightness: Double
    private let contrast: Double
    private let saturation: Double
    private let hue: Double

    /// Throws when one is negative or not finite, or `hue` is above 0.5.
    public init(
        brightness: Double = 0, contrast: Double = 0, saturation: Double = 0, hue: Double = 0
    ) throws {
        guard [brightness, contrast, saturation].allSatisfy({ $0 >= 0 && $0.isFinite }),
            (0...0.5).contains(hue)
        else {
            throw ImageError(
                .argument,
                "ColorJitter: expected numbers of at least 0 and a hue within 0...0.5, "
                    + "got brightness: \(brightness), contrast: \(contrast), "
                    + "saturation: \(saturation), hue: \(hue)")
        }
        self.brightness = brightness
        self.contrast = contrast
        self.saturation = saturation
        self.hue = hue
    }

    public var arguments: [(label: String?, value: String)] {
        [
            ("brightness", "\(brightness)"), ("contrast", "\(contrast)"),
            ("saturation", "\(saturation)"), ("hue", "\(hue)"),
        ]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        var image = image
        for change in draws.order(4) {
            switch change {
            case 0 where brightness > 0:
                image = image.brightened(by: factor("brightness", brightness, &draws))
            case 1 where contrast > 0:
                image = image.contrasted(by: factor("contrast", contrast, &draws))
            case 2 where saturation > 0:
                image = try image.saturated(by: factor("saturation", saturation, &draws))
            case 3 where hue > 0:
                image = try image.hueTurned(by: draws.number("hue", in: -hue...hue))
            default: break
            }
        }
        return image
    }

    private func factor(_ name: String, _ extent: Double, _ draws: inout Draws) -> Double {
        draws.number(name, in: max(0, 1 - extent)...1 + extent)
    }
}
