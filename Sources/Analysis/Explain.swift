import NeuralNetworks
import Tensors

/// A repair of the model that an error came from, when one was tried on the model's shapes and
/// works; `nil` when none is sure.
///
///     do { _ = try model.call(images) } catch { print(explain(error) ?? "no idea") }
///     // Linear 7 is Linear(400, 120) and receives 256 features: use Linear(256, 120)
public func explain(_ error: any Error) -> String? {
    guard let error = error as? ModelError, [.shape, .dtype].contains(error.error.kind) else {
        return nil
    }
    let repairs = Repairs(model: error.model, input: error.input)
    return repairs.ofInput() ?? repairs.ofLayers()?.joined(separator: "; ")
}

/// The search for changes of single layers that let an input through a model.
struct Repairs {
    let model: any Layer
    let input: TensorSpec
    /// More broken layers than this are not mended one by one: the input is probably wrong.
    private let limit = 3

    init(model: any Layer, input: TensorSpec) {
        self.model = model
        self.input = input
    }

    /// What to do with the input; `nil` where nothing tried lets it through.
    func ofInput() -> String? {
        let shape = input.shape
        if shape.count == 3, passes([1] + shape) {
            return "the input \(shape) has no batch axis: use x.expandedDimensions(axis: 0)"
        }
        if shape.count == 4, passes([shape[0], shape[3], shape[1], shape[2]]) {
            return "the input \(shape) has its channels last: use x.transposed(0, 3, 1, 2)"
        }
        if input.dtype != .float32, passes(shape) {
            return "the input is \(input.dtype): use x.cast(to: .float32)"
        }
        return nil
    }

    private func passes(_ shape: [Int]) -> Bool {
        model.trace(TensorSpec(shape, .float32)).failure == nil
    }

    /// What to change, in the order of the layers; `nil` where nothing tried lets the input through.
    func ofLayers() -> [String]? {
        var replacements: [ObjectIdentifier: any Layer] = [:]
        var advice: [String] = []
        while advice.count < limit {
            let trace = model.trace(input, replacing: replacements)
            guard trace.failure != nil else { return advice.isEmpty ? nil : advice }
            guard let visit = trace.visits.last(where: { $0.output == nil && !$0.hasInnerVisits }),
                let identity = visit.layer.identity, replacements[identity] == nil,
                let repair = repair(of: visit)
            else { return nil }
            replacements[identity] = repair.layer
            advice.append(repair.advice)
        }
        return model.trace(input, replacing: replacements).failure == nil ? advice : nil
    }

    /// A layer that takes what the failed one was given, and the words for it.
    private func repair(of visit: ModelTrace.Visit) -> (layer: any Layer, advice: String)? {
        let shape = visit.input.shape
        let place = "\(visit.layer.kind) \(visit.path.joined(separator: "."))"
        switch visit.layer {
        case let layer as Linear:
            if shape.count == 4, shape[1] * shape[2] * shape[3] == layer.inputs {
                return (
                    Flattened(layer), "\(place) receives images \(shape): put Flatten() before it"
                )
            }
            guard let features = shape.last, features != layer.inputs, shape.count == 2,
                let layer = try? Linear(
                    inputs: features, outputs: layer.outputs, bias: layer.bias != nil)
            else { return nil }
            return (layer, advice(place, "features", visit, features, layer))
        case let layer as Conv2d:
            guard shape.count == 4, shape[1] != layer.inputs,
                let layer = try? layer.accepting(channels: shape[1])
            else { return nil }
            return (layer, advice(place, "channels", visit, shape[1], layer))
        case let layer as BatchNorm2d:
            guard shape.count == 4, shape[1] != layer.features,
                let layer = try? BatchNorm2d(
                    features: shape[1], epsilon: layer.epsilon, momentum: layer.momentum,
                    affine: layer.weight != nil)
            else { return nil }
            return (layer, advice(place, "channels", visit, shape[1], layer))
        default: return nil
        }
    }

    private func advice(
        _ place: String, _ unit: String, _ visit: ModelTrace.Visit, _ count: Int, _ layer: any Layer
    ) -> String {
        "\(place) is \(visit.layer.signature) and receives \(count) \(unit): use \(layer.signature)"
    }
}

/// A linear layer that joins all axes but the first before it starts.
private final class Flattened: Layer {
    let layer: Linear
    init(_ layer: Linear) { self.layer = layer }
    func forward(_ x: Tensor) throws -> Tensor { try layer.forward(Flatten().forward(x)) }
    func copy() -> Flattened { Flattened(layer.copy()) }
    var children: [(name: String, layer: any Layer)] { [] }
    var ownParameters: [(name: String, parameter: Parameter)] { layer.ownParameters }
    var kind: String { layer.kind }
    var details: String { layer.details }
}
