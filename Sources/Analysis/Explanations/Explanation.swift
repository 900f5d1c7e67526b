import Hosting
import Tensors
import VisionData

/// Why a model gives a picture the score that it gives: a number for each pixel, and for each
/// number of the input where the method has one.
///
/// A notebook shows the picture beside the map that lies over it, with a scale of its colours: dark
/// to bright where numbers have one sign, blue over white to red where they have both.
///
///     let why = try net.gradCAM(photo)
///     why.label         // "tiger cat"
///     why.map.shape     // [224, 224]
///     try why.picture.save("why.png")
public struct Explanation: Sendable {
    /// What the method is called: `Grad-CAM`.
    public let method: String
    /// The class that was asked about, from 0.
    public let target: Int
    /// Its name; its number where classes have no names.
    public let label: String
    /// The model's score for it, before any softmax.
    public let score: Double
    /// How likely the model says it is, 0...1.
    public let probability: Double
    /// The full name of the layer that was looked at; `nil` where it was the input.
    public let layer: String?
    /// The method's own numbers: `[C, H, W]`, one for each number of the input, or the coarse map
    /// `[h, w]` of a layer, of patches or of windows.
    public let values: Tensor
    /// A number for each pixel of what the model sees, `[H, W]`.
    public let map: Tensor
    /// What the model sees.
    public let photo: Image
    /// The method's figures about itself, such as how complete it is.
    public let figures: [(name: String, value: Double)]

    init(
        _ method: String, _ run: Questioned, _ answer: Answer, layer: String? = nil,
        values: Tensor, map: Tensor, figures: [(name: String, value: Double)] = []
    ) {
        self.method = method
        target = answer.target
        label = answer.label
        score = answer.score
        probability = answer.probability
        self.layer = layer
        self.values = values.detached()
        self.map = map.detached()
        photo = run.photo
        self.figures = figures
    }

    /// A figure by its name: `why["completeness"]`.
    ///
    /// Integrated gradients have `sum`, `difference` and `completeness`, LIME `fit`, occlusion
    /// `greatest drop`.
    public subscript(name: String) -> Double? { figures.first { $0.name == name }?.value }

    /// The picture and, beside it, the map over it with its scale.
    public var picture: Image {
        get throws {
            let heat = try HeatOverlay(map, over: photo)
            return try heat.picture(
                beside: "\(label) \(formatted(probability, places: 2))", caption: method)
        }
    }

    /// The map over the picture, of the picture's size.
    public var overlay: Image { get throws { try HeatOverlay(map, over: photo).overlay } }
}

extension Explanation: CustomStringConvertible, Displayable {
    /// The method, the class and what else is known, a line each.
    public var description: String {
        var lines = [
            "\(method): \(label), score \(formatted(score)), "
                + "probability \(formatted(probability, places: 3))"
        ]
        if let layer { lines.append("at layer \(layer)") }
        if let range = try? (map.min().item(), map.max().item()) {
            lines.append(
                "map \(map.shape), \(formatted(range.0)) to \(formatted(range.1))")
        }
        lines += figures.map { "\($0.name) \(formatted($0.value))" }
        return lines.joined(separator: "\n")
    }

    /// The description, and the picture with its map.
    public func mimeBundle() throws -> MIMEBundle {
        try picture.mimeBundle(describedBy: description)
    }
}

extension Image {
    /// The picture's forms, with another text.
    func mimeBundle(describedBy text: String) throws -> MIMEBundle {
        var bundle = try mimeBundle()
        bundle["text/plain"] = .text(text)
        return bundle
    }
}
