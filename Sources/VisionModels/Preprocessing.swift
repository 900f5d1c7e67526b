import VisionData

/// What published weights expect of a photograph: it is scaled until its short side is
/// `resizedShortSide`, its centre of `crop` x `crop` pixels is cut out, and its samples are
/// normalised.
///
///     Preprocessing().crop  // 224
public struct Preprocessing: Sendable, Hashable {
    /// The short side in pixels before the crop.
    public var resizedShortSide = 256
    /// The side of the square that the network sees, in pixels.
    public var crop = 224
    /// How pixels are found when the photograph is scaled.
    public var interpolation = Interpolation.bilinear
    /// The means and deviations of samples in 0...1, by default those of ImageNet.
    public var normalization = Normalization.imageNet

    public init() {}
}
