import NeuralNetworks
import Tensors
import Testing

private struct Block: Layer {
    let conv1 = Conv2d(2, 2, kernel: 3, padding: 1), conv2 = Conv2d(2, 2, kernel: 3, padding: 1)
    func forward(_ x: Tensor) throws -> Tensor { try conv2.call(conv1.call(x)).relu() }
}

private struct Network: Layer {
    let stem: any Layer = Conv2d(1, 2, kernel: 3, padding: 1)
    let blocks = [Block(), Block()]
    let head: Linear? = Linear(2 * 16, 3)
    var scale: Parameter

    init() throws { scale = try Parameter([1], .constant(2)) }

    func forward(_ x: Tensor) throws -> Tensor {
        var x = try stem.call(x)
        for block in blocks { x = try block.call(x) }
        x = try Flatten().call(x)
        if let head { x = try head.call(x) }
        return try Tensor.multiplying(x, scale.value(for: x))
    }
}

/// A layer that is written as a function, with layers in collections.
private struct Branches: Layer {
    let heads: [String: Linear] = ["right": Linear(2, 1), "left": Linear(2, 3)]
    let scales: [Parameter]

    init() throws { scales = [try Parameter(Tensor.full([1], 3))] }

    func callAsFunction(_ x: Tensor) -> Tensor {
        let x = x * scales[0].value
        guard let left = heads["left"] else { return x }
        return left(x)
    }
}

/// A tuple of layers, which Swift cannot take apart and put together again.
private struct Pair: Layer {
    let layers = (Linear(2, 2), last: ReLU())
    func forward(_ x: Tensor) throws -> Tensor { try layers.last.call(layers.0.call(x)) }
}

@Suite struct StructLayerTests {
    @Test func tuplesGiveNamesButAreNotCopied() throws {
        #expect(Pair().parameters.map(\.name) == ["layers.0.weight", "layers.0.bias"])
        #expect(Pair().children.map(\.name) == ["layers.0", "layers.last"])
        #expect(throws: LayerError.self) { try Pair().copy() }
    }

    @Test func aFunctionIsALayerInASequential() throws {
        let branches = try Branches()
        let x = try Tensor.ones([1, 2])
        let model = try Sequential(layers: [branches, ReLU()])
        #expect(try model.call(x).shape == [1, 3])
        #expect(
            try model.call(x).scalars(as: Float.self)
                == branches(x).relu().scalars(as: Float.self))
    }

    @Test func collectionsGiveNamesAndAreCopied() throws {
        let branches = try Branches()
        #expect(
            branches.parameters.map(\.name) == [
                "scales.0", "heads.left.weight", "heads.left.bias", "heads.right.weight",
                "heads.right.bias",
            ])
        let copy = try branches.copy()
        for name in ["scales.0", "heads.left.weight"] {
            let parameter = try copy.parameter(named: name)
            #expect(parameter !== (try branches.parameter(named: name)))
        }
    }

    @Test func storedPropertiesGiveTheNames() throws {
        let names = try Network().parameters.map(\.name)
        #expect(
            names == [
                "scale", "stem.weight", "stem.bias", "blocks.0.conv1.weight",
                "blocks.0.conv1.bias", "blocks.0.conv2.weight", "blocks.0.conv2.bias",
                "blocks.1.conv1.weight", "blocks.1.conv1.bias", "blocks.1.conv2.weight",
                "blocks.1.conv2.bias", "head.weight", "head.bias",
            ])
    }

    @Test func copyOfAStructSharesNothing() throws {
        let network = try Network()
        let x = try Tensor.ones([1, 1, 4, 4])
        let before = try network.call(x).scalars(as: Float.self)
        let copy = try network.copy()
        #expect(try copy.call(x).scalars(as: Float.self) == before)
        for (_, parameter) in copy.namedState {
            parameter.value = try Tensor.zeros(parameter.shape)
        }
        #expect(try network.call(x).scalars(as: Float.self) == before)
        #expect(try copy.call(x).scalars(as: Float.self) == [0, 0, 0])
    }

    @Test func informationIsKeptAndCopied() throws {
        let network = try Network()
        network.info = ModelInfo(classes: ["cat", "dog"])
        #expect(network.info?.classes == ["cat", "dog"])
        #expect(try network.copy().info?.classes == ["cat", "dog"])
    }

    @Test func traceNamesTheLayersOfAStruct() throws {
        let trace = try Network().trace(TensorSpec([1, 1, 4, 4]))
        #expect(trace.failure == nil)
        #expect(
            trace.visits.map { $0.path.joined(separator: ".") } == [
                "", "stem", "blocks.0", "blocks.0.conv1", "blocks.0.conv2", "blocks.1",
                "blocks.1.conv1", "blocks.1.conv2", "Flatten", "head",
            ])
        #expect(trace.output?.shape == [1, 3])
    }
}
