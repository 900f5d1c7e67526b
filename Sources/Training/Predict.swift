import Hosting
import NeuralNetworks
import Tensors
import VisionData

extension Layer {
    /// What the model takes a picture for, in evaluation mode.
    ///
    ///     let prediction = try model.predict(data.test[0].image)
    ///     prediction.label
    ///
    /// The picture is brought to the size and the channels of the training data and normalised as
    /// it was (`model.info`). With `augmentations` the model also sees what each of them makes of
    /// the picture, and the mean of the probabilities counts. Throws where the model's output is
    /// not one row of scores.
    public func predict(
        _ image: Image, augmentations: [any Transform] = []
    ) throws -> Prediction {
        let info = info
        let views = try [image] + augmentations.enumerated().map { try $1(image, seed: $0 + 1) }
        let output = try meanScores(
            views.map { view in
                let input = try modelInput(view, info)
                return try withoutGradient { try withTraining(false) { try call(input) } }
            })
        guard output.rank == 2, output.shape[0] == 1, output.count > 0 else {
            throw TrainingError(
                "predict: the model's output is not a row of scores, expected shape [1, classes], "
                    + "got \(output.shape)")
        }
        let probabilities = try probabilityRows(output, count: 1)
        return Prediction(
            image: image, probabilities: probabilities.map(Double.init),
            classes: info?.classes ?? [])
    }
}

/// What a model takes one picture for.
public struct Prediction: Sendable {
    /// The picture as it was given.
    public let image: Image
    /// The probability of every class, in the model's order.
    public let probabilities: [Double]
    private let classes: [String]

    init(image: Image, probabilities: [Double], classes: [String]) {
        self.image = image
        self.probabilities = probabilities
        self.classes = classes
    }

    /// The likeliest class; its number where classes have no names.
    public var label: String { top.first?.label ?? "" }

    /// How sure the model is of `label`, 0...1.
    public var probability: Double { top.first?.probability ?? .nan }

    /// The five likeliest classes, likeliest first.
    public var top: [(label: String, probability: Double)] { likeliest(5) }

    /// As many classes, the likeliest first.
    func likeliest(_ count: Int) -> [(label: String, probability: Double)] {
        probabilities.indices.sorted { (probabilities[$0], $1) > (probabilities[$1], $0) }
            .prefix(max(0, count))
            .map { (classes.indices.contains($0) ? classes[$0] : "\($0)", probabilities[$0]) }
    }
}

extension Prediction: CustomStringConvertible, Displayable {
    /// The likeliest classes, a line each.
    public var description: String { Self.table(of: top).text }

    /// The table, and in a notebook the picture beside it.
    public func mimeBundle() throws -> MIMEBundle { mimeBundle(of: top) }

    /// The same of some classes.
    func mimeBundle(of guesses: [(label: String, probability: Double)]) -> MIMEBundle {
        let table = Self.table(of: guesses)
        var bundle = MIMEBundle(plain: table.text)
        var html = "<div style=\"display:flex;gap:1em;align-items:center\">"
        if let picture = try? thumbnail.mimeBundle()["image/png"], case .bytes(let bytes) = picture
        {
            html +=
                "<img style=\"width:\(image.width > 112 ? 224 : 112)px;image-rendering:"
                + (image.width > 112 ? "auto" : "pixelated")
                + "\" alt=\"\" src=\"data:image/png;base64,\(base64(bytes))\">"
        }
        bundle["text/html"] = .text(html + table.html + "</div>")
        return bundle
    }

    /// The picture, a photograph no larger than it is shown.
    private var thumbnail: Image {
        let shownWidth = 224
        guard image.width > shownWidth else { return image }
        let height = max(1, image.height * shownWidth / image.width)
        return (try? image.resized(shownWidth, height)) ?? image
    }

    /// A line for each class.
    static func table(of guesses: [(label: String, probability: Double)]) -> TextTable {
        var table = TextTable(columns: ["class", "probability"], wordColumns: [0])
        table.rows = guesses.map { [$0.label, formatted($0.probability, places: 3)] }
        return table
    }
}

extension Prediction: CollectionDisplayable {
    /// The pictures as a sheet, below each what it is taken for.
    public static func mimeBundle(
        of values: [(name: String, value: Prediction)]
    ) throws -> MIMEBundle {
        let guesses = values.map {
            "\($0.value.label) \(formatted($0.value.probability, places: 2))"
        }
        var bundle = try Image.sheet(values.map(\.value.image), captions: guesses)
        bundle["text/plain"] = .text(guesses.joined(separator: "\n"))
        return bundle
    }
}
