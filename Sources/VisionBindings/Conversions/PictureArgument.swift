import Language
import VisionEngine

/// A picture to ask a model about: an image, or a tensor as the model takes it.
struct PictureArgument: ScriptConvertible {
    let picture: any ModelPicture

    static var scriptType: ScriptType {
        .oneOf("ModelPicture", [.named("Image"), .named("Tensor")])
    }

    static func fromScript(_ value: Value) -> PictureArgument? {
        if let image = Image.fromScript(value) { return PictureArgument(picture: image) }
        return Tensor.fromScript(value).map { PictureArgument(picture: $0) }
    }

    var scriptValue: Value {
        switch picture {
        case let image as Image: image.scriptValue
        case let tensor as Tensor: tensor.scriptValue
        default: .string("\(picture)")
        }
    }
}
