/// What the channels of a picture mean.
///
/// Numbers are those of scikit-image: red, green, blue, grey, hue, saturation and value lie in
/// 0...1, the others as said below. A picture of 8 bits stores each rounded to `0...255`.
public enum ColorSpace: String, Sendable, CaseIterable {
    /// Red, green and blue (sRGB).
    case rgb
    /// Blue, green and red: the same colours in OpenCV's order.
    case bgr
    /// One channel of brightness: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), as Pillow, OpenCV
    /// and torchvision have it.
    case gray
    /// One channel of luminance: 0.2125 R + 0.7154 G + 0.0721 B (ITU-R BT.709), as scikit-image
    /// has it.
    case luminance
    /// Hue (a turn of the colour circle is 1), saturation and value (Smith 1978).
    case hsv
    /// CIE L*a*b* 1976 with white D65: lightness in 0...100; green to red and blue to yellow
    /// around 0, stored with 128 added.
    case lab
    /// Luma in 16...235, blue and red difference in 16...240 (ITU-R BT.601).
    case ycbcr

    /// 1 or 3.
    public var channels: Int { self == .gray || self == .luminance ? 1 : 3 }

    /// The name of each channel, such as `red`.
    public var channelNames: [String] {
        switch self {
        case .rgb: ["red", "green", "blue"]
        case .bgr: ["blue", "green", "red"]
        case .gray: ["grey"]
        case .luminance: ["luminance"]
        case .hsv: ["hue", "saturation", "value"]
        case .lab: ["L*", "a*", "b*"]
        case .ycbcr: ["Y", "Cb", "Cr"]
        }
    }

    /// How descriptions call it, such as `RGB`.
    var title: String {
        switch self {
        case .gray: "grey"
        case .luminance: "luminance"
        case .lab: "Lab"
        case .ycbcr: "YCbCr"
        case .rgb, .bgr, .hsv: rawValue.uppercased()
        }
    }

    /// What one step of a stored byte is in the space's own numbers, and what the byte 0 is.
    var byteScale: (factor: SIMD4<Float>, offset: SIMD4<Float>) {
        switch self {
        case .rgb, .bgr, .gray, .luminance, .hsv: (SIMD4(repeating: 1 / 255), .zero)
        case .lab: (SIMD4(100 / 255, 1, 1, 0), SIMD4(0, -128, -128, 0))
        case .ycbcr: (SIMD4(repeating: 1), .zero)
        }
    }
}
