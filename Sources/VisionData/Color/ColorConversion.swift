import Glibc

// Colours as the first three of four floats, in the numbers of their space; a space of one channel
// has them three times. The formulas and constants are scikit-image's.

extension ColorSpace {
    /// The colour in sRGB, 0...1; a colour of L*a*b* that sRGB lacks is moved to its border.
    func rgb(_ color: SIMD4<Float>) -> SIMD4<Float> {
        switch self {
        case .rgb: color
        case .bgr: SIMD4(color.z, color.y, color.x, 0)
        case .gray, .luminance: SIMD4(color.x, color.x, color.x, 0)
        case .hsv: Self.rgb(hsv: color)
        case .lab: Self.rgb(lab: color)
        case .ycbcr: Self.rgb(ycbcr: color)
        }
    }

    /// The colour in this space of one in sRGB, 0...1.
    func color(rgb: SIMD4<Float>) -> SIMD4<Float> {
        switch self {
        case .rgb: rgb
        case .bgr: SIMD4(rgb.z, rgb.y, rgb.x, 0)
        case .gray: SIMD4(repeating: dot(rgb, 0.299, 0.587, 0.114))
        case .luminance: SIMD4(repeating: dot(rgb, 0.2125, 0.7154, 0.0721))
        case .hsv: Self.hsv(rgb: rgb)
        case .lab:
            Self.lab(
                linear: SIMD4(Self.linear(rgb.x), Self.linear(rgb.y), Self.linear(rgb.z), 0))
        case .ycbcr:
            SIMD4(
                16 + dot(rgb, 65.481, 128.553, 24.966), 128 + dot(rgb, -37.797, -74.203, 112),
                128 + dot(rgb, 112, -93.786, -18.214), 0)
        }
    }

    /// A stored sRGB value without its curve (IEC 61966-2-1).
    static func linear(_ value: Float) -> Float {
        value > 0.04045 ? powf((value + 0.055) / 1.055, 2.4) : value / 12.92
    }

    /// L*, a* and b* of linear red, green and blue.
    static func lab(linear rgb: SIMD4<Float>) -> SIMD4<Float> {
        func curve(_ value: Float) -> Float {
            value > 0.008856 ? cbrtf(value) : 7.787 * value + 16 / 116
        }
        let x = curve(dot(rgb, 0.412453, 0.357580, 0.180423) / 0.95047)
        let y = curve(dot(rgb, 0.212671, 0.715160, 0.072169))
        let z = curve(dot(rgb, 0.019334, 0.119193, 0.950227) / 1.08883)
        return SIMD4(116 * y - 16, 500 * (x - y), 200 * (y - z), 0)
    }

    private static func rgb(lab: SIMD4<Float>) -> SIMD4<Float> {
        func curve(_ value: Float) -> Float {
            value > 0.2068966 ? value * value * value : (value - 16 / 116) / 7.787
        }
        func companded(_ value: Float) -> Float {
            let stored = value > 0.0031308 ? 1.055 * powf(value, 1 / 2.4) - 0.055 : 12.92 * value
            return min(max(stored, 0), 1)
        }
        let y = (lab.x + 16) / 116
        let z = max(0, y - lab.z / 200)
        let xyz = SIMD4(
            0.95047 * curve(y + lab.y / 500), curve(y), 1.08883 * curve(z), 0)
        return SIMD4(
            companded(dot(xyz, 3.24048134, -1.53715152, -0.49853633)),
            companded(dot(xyz, -0.96925495, 1.87599, 0.04155593)),
            companded(dot(xyz, 0.05564664, -0.20404134, 1.05731107)), 0)
    }

    private static func hsv(rgb: SIMD4<Float>) -> SIMD4<Float> {
        let value = max(rgb.x, max(rgb.y, rgb.z))
        let spread = value - min(rgb.x, min(rgb.y, rgb.z))
        guard spread > 0 else { return SIMD4(0, 0, value, 0) }
        // Of two channels that are greatest, the later one says the hue.
        let sixths =
            rgb.z == value
            ? 4 + (rgb.x - rgb.y) / spread
            : rgb.y == value ? 2 + (rgb.z - rgb.x) / spread : (rgb.y - rgb.z) / spread
        let turn = sixths / 6
        return SIMD4(turn < 0 ? turn + 1 : turn, spread / value, value, 0)
    }

    private static func rgb(hsv: SIMD4<Float>) -> SIMD4<Float> {
        let sixths = (hsv.x - hsv.x.rounded(.down)) * 6
        let sector = sixths.rounded(.down)
        let part = sixths - sector
        let value = hsv.z
        let low = value * (1 - hsv.y)
        let falling = value * (1 - part * hsv.y)
        let rising = value * (1 - (1 - part) * hsv.y)
        switch sector {
        case 1: return SIMD4(falling, value, low, 0)
        case 2: return SIMD4(low, value, rising, 0)
        case 3: return SIMD4(low, falling, value, 0)
        case 4: return SIMD4(rising, low, value, 0)
        case 5: return SIMD4(value, low, falling, 0)
        default: return SIMD4(value, rising, low, 0)
        }
    }

    private static func rgb(ycbcr: SIMD4<Float>) -> SIMD4<Float> {
        let shifted = ycbcr - SIMD4(16, 128, 128, 0)
        return SIMD4(
            dot(shifted, 0.00456621005, 1.18087799e-9, 0.00625892896),
            dot(shifted, 0.00456621005, -0.00153632369, -0.00318811095),
            dot(shifted, 0.00456621005, 0.00791071623, 1.19774970e-8), 0)
    }
}

@inline(__always)
private func dot(_ color: SIMD4<Float>, _ x: Float, _ y: Float, _ z: Float) -> Float {
    color.x * x + color.y * y + color.z * z
}
