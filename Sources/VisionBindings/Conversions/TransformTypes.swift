import Language
import VisionEngine

/// Any transform of the engine, as a parameter, a result or the base of the members all have.
struct AnyTransform: ScriptConvertible {
    let transform: any Transform

    init(_ transform: any Transform) { self.transform = transform }

    static var scriptType: ScriptType { .named("Transform") }

    static func fromScript(_ value: Value) -> AnyTransform? {
        guard case .object(let object) = value,
            let transform = object.base as? any Transform
        else { return nil }
        return AnyTransform(transform)
    }

    /// The transform under the name of its own type.
    var scriptValue: Value { .object(ForeignObject(transform, typeName: transform.name)) }
}

/// `MixUp` or `CutMix`, as a parameter or the base of the members both have.
struct AnyMixing: ScriptConvertible {
    let mixing: any BatchMixing

    static var scriptType: ScriptType { .named("BatchMixing") }

    static func fromScript(_ value: Value) -> AnyMixing? {
        guard case .object(let object) = value, let mixing = object.base as? any BatchMixing
        else { return nil }
        return AnyMixing(mixing: mixing)
    }

    var scriptValue: Value {
        .object(ForeignObject(mixing, typeName: String(describing: type(of: mixing))))
    }
}

/// What may stand in the block of a `Compose`: a transform, a transform or nothing, or an array.
struct TransformItems: ScriptConvertible {
    let transforms: [any Transform]

    static var scriptType: ScriptType {
        .oneOf(
            "Transform",
            [.named("Transform"), .array(.named("Transform")), .optional(.named("Transform"))])
    }

    static func fromScript(_ value: Value) -> TransformItems? {
        switch value {
        case .none: TransformItems(transforms: [])
        case .some(let inner): fromScript(inner)
        case .array:
            [AnyTransform].fromScript(value).map {
                TransformItems(transforms: $0.map(\.transform))
            }
        default:
            AnyTransform.fromScript(value).map { TransformItems(transforms: [$0.transform]) }
        }
    }

    var scriptValue: Value { transforms.map(AnyTransform.init).scriptValue }
}

/// A kind of transform is known to the language under its own name.
extension ForeignConvertible where Self: Transform {
    public static var foreignName: String { String(describing: Self.self) }
}

extension Compose: ForeignConvertible {}
extension RandomApply: ForeignConvertible {}
extension Resize: ForeignConvertible {}
extension CenterCrop: ForeignConvertible {}
extension RandomCrop: ForeignConvertible {}
extension RandomResizedCrop: ForeignConvertible {}
extension Pad: ForeignConvertible {}
extension RandomFlip: ForeignConvertible {}
extension RandomRotation: ForeignConvertible {}
extension RandomAffine: ForeignConvertible {}
extension RandomPerspective: ForeignConvertible {}
extension ElasticTransform: ForeignConvertible {}
extension GaussianBlur: ForeignConvertible {}
extension Sharpen: ForeignConvertible {}
extension ColorJitter: ForeignConvertible {}
extension Grayscale: ForeignConvertible {}
extension AutoContrast: ForeignConvertible {}
extension Equalize: ForeignConvertible {}
extension Invert: ForeignConvertible {}
extension Posterize: ForeignConvertible {}
extension Solarize: ForeignConvertible {}
extension RandomErasing: ForeignConvertible {}
extension RandAugment: ForeignConvertible {}
extension Normalize: ForeignConvertible {}

extension MixUp: ForeignConvertible {
    public static var foreignName: String { "MixUp" }
}

extension CutMix: ForeignConvertible {
    public static var foreignName: String { "CutMix" }
}

extension PadMode: ForeignConvertible {
    public static var foreignName: String { "PadMode" }
}

extension FlipAxis: ForeignConvertible {
    public static var foreignName: String { "FlipAxis" }
}

extension Gallery: ForeignConvertible {
    public static var foreignName: String { "Gallery" }
}

extension TransformRun: ForeignConvertible {
    public static var foreignName: String { "TransformRun" }
}

extension TransformStep: ForeignConvertible {
    public static var foreignName: String { "TransformStep" }
}

/// The types of transforms that the language knows by name.
func transformTypes() -> [ForeignType] {
    [
        ForeignType(
            "Transform", AnyTransform.self, summary: "What makes one picture of another.",
            description: { $0.transform.description }),
        transform(Compose.self, "Transforms one after the other."),
        transform(RandomApply.self, "Transforms that run with a probability."),
        transform(Resize.self, "Another size."),
        transform(CenterCrop.self, "The square in the middle."),
        transform(RandomCrop.self, "A square at a random place."),
        transform(RandomResizedCrop.self, "A random part in one size."),
        transform(Pad.self, "More pixels on each side."),
        transform(RandomFlip.self, "The mirror image, at random."),
        transform(RandomRotation.self, "A random turn."),
        transform(RandomAffine.self, "A random turn, magnification, lean and shift."),
        transform(RandomPerspective.self, "A view from a random place."),
        transform(ElasticTransform.self, "A sheet of rubber, bent at random."),
        transform(GaussianBlur.self, "A blur of random width."),
        transform(Sharpen.self, "Emphasised edges."),
        transform(ColorJitter.self, "Random brightness, contrast, saturation and hue."),
        transform(Grayscale.self, "Grey, at random."),
        transform(AutoContrast.self, "Stretched channels."),
        transform(Equalize.self, "Flat histograms."),
        transform(Invert.self, "The negative."),
        transform(Posterize.self, "Few levels."),
        transform(Solarize.self, "Bright values inverted."),
        transform(RandomErasing.self, "A covered rectangle, at random."),
        transform(RandAugment.self, "Some of fourteen changes, at random."),
        transform(Normalize.self, "Numbers with mean 0 and deviation 1."),
        ForeignType(
            "BatchMixing", AnyMixing.self, summary: "What mixes the pictures of a batch.",
            description: { $0.mixing.description }),
        ForeignType(
            "MixUp", MixUp.self, summary: "Adds pictures of a batch to each other.",
            conformsTo: ["BatchMixing"]),
        ForeignType(
            "CutMix", CutMix.self, summary: "Puts parts of pictures into each other.",
            conformsTo: ["BatchMixing"]),
        ForeignType(
            "PadMode", PadMode.self, summary: "What lies beyond the border of a picture.",
            description: { ".\($0.rawValue)" }),
        ForeignType(
            "FlipAxis", FlipAxis.self, summary: "Which sides a flip exchanges.",
            description: { ".\($0.rawValue)" }),
        ForeignType(
            "Gallery", Gallery.self, summary: "Pictures with captions.", element: Image.self,
            iterate: { gallery in
                var iterator = gallery.makeIterator()
                return { iterator.next() }
            }),
        ForeignType(
            "TransformRun", TransformRun.self, summary: "A picture and the steps that made it."),
        ForeignType(
            "TransformStep", TransformStep.self, summary: "One step that ran, and what it drew."),
    ]
}

/// A kind of transform under its own name.
private func transform<T: Transform & ForeignConvertible>(
    _ type: T.Type, _ summary: String
) -> ForeignType {
    ForeignType(T.foreignName, type, summary: summary, conformsTo: ["Transform"])
}
