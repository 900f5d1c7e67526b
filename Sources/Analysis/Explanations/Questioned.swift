import Glibc
import NeuralNetworks
import Tensors
import VisionData

/// A model with one picture before it, in evaluation mode and with weights that gather no gradient.
struct Questioned {
    /// The call that asks, for errors.
    let operation: String
    let model: any Layer
    /// `[1, C, H, W]`.
    let input: Tensor
    /// What a person sees of it.
    let photo: Image
    private let info: ModelInfo?

    /// Throws where the picture is none that the model can be shown.
    init(_ operation: String, _ model: any Layer, _ picture: any ModelPicture) throws {
        self.operation = operation
        self.model = model
        info = model.info
        (input, photo) = try picture.prepared(for: info)
    }

    var height: Int { input.shape[2] }
    var width: Int { input.shape[3] }

    /// Runs `body` in evaluation mode, without traces, while no weight of the model wants a
    /// gradient.
    func asking<R>(_ body: () throws -> R) throws -> R {
        let trained = model.namedState.map(\.parameter).filter(\.isTrainable)
        for parameter in trained { parameter.isTrainable = false }
        defer { for parameter in trained { parameter.isTrainable = true } }
        let context = Context.current
        return try context.withTraining(false) { try context.withTrace(nil, body) }
    }

    /// The scores of some inputs, `[N, K]`, which `run` computes; by default the model.
    func scores(
        _ x: Tensor, _ run: ((Tensor) throws -> Tensor)? = nil
    ) throws -> Tensor {
        let output = try run.map { try $0(x) } ?? model.call(x)
        guard output.rank == 2, output.shape[0] == x.shape[0], output.shape[1] > 0 else {
            throw TensorError(
                .shape, operation, "the model's output is not a row of scores for each picture",
                expected: "[\(x.shape[0]), classes]", got: "\(output.shape)",
                operands: [output.spec])
        }
        return output
    }

    /// The class asked about, by default the likeliest, by the scores of the picture, `[1, K]`.
    func answer(_ scores: Tensor, _ target: Int?) throws -> Answer {
        let values = try scores.detached().scalars(as: Double.self)
        let target = target ?? values.indices.max { values[$0] < values[$1] } ?? 0
        guard values.indices.contains(target) else {
            throw TensorError(
                .index, operation, "there is no class \(target)",
                expected: "0..<\(values.count)", got: "\(target)")
        }
        let top = values.max() ?? 0
        let sum = values.reduce(0) { $0 + Glibc.exp($1 - top) }
        let classes = info?.classes ?? []
        return Answer(
            target: target, label: classes.indices.contains(target) ? classes[target] : "\(target)",
            score: values[target],
            probability: values.count == 1
                ? 1 / (1 + Glibc.exp(-values[0])) : Glibc.exp(values[target] - top) / sum)
    }

    /// The gradient of the sum of a class's scores, which `scores` were computed for, goes back
    /// from here.
    func goBack(from scores: Tensor, _ target: Int) throws {
        let count = scores.shape[0]
        let places = try Tensor([Int](repeating: target, count: count), shape: [count])
        let rows = try Tensor.oneHot(places, classes: scores.shape[1])
        try scores.backward(from: rows.cast(to: scores.dtype))
    }

    /// The gradient of a class's score at some inputs, `[N, C, H, W]`, and all scores. Without a
    /// class the likeliest for the first input is taken.
    func gradient(
        at x: Tensor, _ target: Int?
    ) throws -> (gradient: Tensor, scores: Tensor, answer: Answer) {
        let point = x.detached()
        point.requiresGradient = true
        let scores = try Context.current.withGradient { try self.scores(point) }
        let answer = try answer(scores.indexed(by: [0..<1]), target)
        guard scores.isTracked else {
            return (try Tensor.zeros(x.shape), scores, answer)
        }
        try goBack(from: scores, answer.target)
        return (try point.gradient ?? Tensor.zeros(x.shape), scores.detached(), answer)
    }
}

/// The class that an explanation is about, and what the model says of it.
struct Answer {
    let target: Int
    let label: String
    let score: Double
    let probability: Double
}
