import NeuralNetworks
import Tensors
import Testing

/// New heads, and what is trained from a layer on.
@Suite struct HeadTests {
    private func network() -> Sequential {
        Sequential {
            Conv2d(1, 4, kernel: 3).named("stem")
            BatchNorm2d(4).named("norm")
            Sequential {
                Conv2d(4, 4, kernel: 1)
                ReLU()
                Conv2d(4, 6, kernel: 1)
            }.named("body")
            GlobalAvgPool2d().named("pool")
            Linear(6, 10).named("head")
        }
    }

    @Test func aNewHeadLeavesTheRestAsItWas() throws {
        seed(3)
        let model = network()
        model.info = ModelInfo(classes: (0..<10).map { "\($0)" }, channelMeans: [0.5])
        let x = try Tensor.rand([2, 1, 5, 5])
        let before = try model.embedding(x).scalars(as: Float.self)
        let old = try model["head.weight"].scalars(as: Float.self)
        model.freeze()
        try model.replaceHead(classes: 3)
        #expect(try model.call(x).shape == [2, 3])
        #expect(try model.embedding(x).scalars(as: Float.self) == before)
        #expect(try model["head.weight"].shape == [3, 6] && model["head.bias"].shape == [3])
        #expect(try Array(model["head.weight"].scalars(as: Float.self)) != Array(old.prefix(18)))
        #expect(model.info?.classes == [] && model.info?.channelMeans == [0.5])
        let trained = model.namedState.filter(\.parameter.isTrainable).map(\.name)
        #expect(trained == ["head.weight", "head.bias"])
        #expect(try model.copy().call(x).shape == [2, 3])
        #expect("\(model)".contains("Linear(6, 3)"))
    }

    @Test func theHeadIsFoundByTheWayOfAnInputWhereItIsKnown() throws {
        struct HeadFirst: Layer {
            let head = Linear(6, 10)
            let body = Linear(4, 6)
            func forward(_ x: Tensor) throws -> Tensor { try head.call(body.call(x).relu()) }
        }
        let model = HeadFirst()
        model.info = ModelInfo(inputShape: [4])
        try model.replaceHead(classes: 2)
        #expect(model.head.outputs == 2 && model.body.outputs == 6)
        #expect(model.info?.inputShape == [4])
        let scores = Sequential {
            Linear(4, 6)
            Conv2d(1, 2, kernel: [1, 2])
        }
        scores.info = ModelInfo(inputShape: [1, 3, 4])
        #expect(
            errorText { try scores.replaceHead(classes: 2) }
                == "Sequential: its last Linear layer does not give the scores, expected 6 numbers "
                + "an input, got [1, 2, 3, 5]")
    }

    @Test func whatHasNoHeadIsAnError() throws {
        #expect(
            errorText { try Conv2d(1, 2, kernel: 3).replaceHead(classes: 2) }
                == "Conv2d: it has no layer that tells classes apart by features, expected a Linear "
                + "layer, got none")
        #expect(
            errorText { try network().replaceHead(classes: 0) }
                == "replaceHead: 'classes' is too small, expected at least 1, got 0")
    }

    @Test func unfreezingFromALayerLeavesTheOnesBefore() throws {
        let model = network()
        model.freeze()
        try model.unfreeze(from: "body.2")
        #expect(
            model.namedState.filter(\.parameter.isTrainable).map(\.name)
                == ["body.2.weight", "body.2.bias", "head.weight", "head.bias"])
        // A layer without weights is a place too, and nothing is frozen again.
        try model.unfreeze(from: "pool")
        #expect(model.namedState.count(where: \.parameter.isTrainable) == 4)
        try model.unfreeze(from: "norm")
        #expect(
            model.namedState.filter { !$0.parameter.isTrainable }.map(\.name)
                == ["stem.weight", "stem.bias"])
        #expect(
            errorText { try model.unfreeze(from: "haed") }
                == "Sequential: there is no layer of that name, expected perhaps \"head\", "
                + "got \"haed\"")
        #expect(
            errorText { try model.unfreeze(from: "something") }.contains(
                "expected one of stem, norm, body, pool, head, or one inside them"))
    }

    @Test func unitsAreChildrenAndTheLargestChainIsTakenApart() throws {
        let model = Sequential {
            BatchNorm2d(1).named("input")
            Conv2d(1, 4, kernel: 3).named("stem")
            BatchNorm2d(4).named("norm")
            Sequential {
                Conv2d(4, 32, kernel: 3).named("first")
                BatchNorm2d(32)
                ReLU()
                Conv2d(32, 32, kernel: 3).named("second")
            }.named("body")
            Flatten()
            Linear(32, 1000).named("head")
        }
        let units = LayerUnits(model).units
        #expect(units.map(\.name) == ["stem", "body.first", "body.second", "head"])
        #expect(units.flatMap { $0.state.map(\.name) } == model.namedState.map(\.name))
        #expect(
            units[1].state.map(\.name).prefix(3)
                == ["body.first.weight", "body.first.bias", "body.1.weight"])
        #expect(LayerUnits(Linear(2, 2)).units.count == 1)
        #expect(LayerUnits(ReLU()).units.isEmpty)
    }

    @Test func ratesFallFromTheHeadToTheInput() throws {
        let model = Sequential {
            Linear(1, 1).named("a")
            Linear(1, 1).named("b")
            Linear(1, 1).named("c")
        }
        let optimizer = SGD(
            learningRate: 0.1, weightDecay: 0.5,
            groups: [try .layerwise(model, decay: 0.5), .biasesAndNorms(weightDecay: 0)])
        func step() throws -> [Double] {
            for (_, parameter) in model.namedState {
                parameter.value = try Tensor.ones(parameter.shape)
                try parameter.setGradient(Tensor.ones(parameter.shape))
            }
            try optimizer.step(model)
            return try model.parameters.map { try 1 - $0.value.item() }
        }
        for rate in [0.1, 0.04] {
            // As a schedule does.
            optimizer.learningRate = rate
            let expected = [0.25, 0.5, 1].flatMap { [$0 * rate * 1.5, $0 * rate] }
            for (moved, expected) in zip(try step(), expected) {
                #expect(abs(moved - expected) < 1e-6)
            }
        }
        #expect(
            optimizer.description
                == "SGD(learningRate: 0.04, weightDecay: 0.5, groups: "
                + "[.layerwise(Sequential, decay: 0.5), ParameterGroup(weightDecay: 0.0)])")
        #expect(
            errorText { _ = try ParameterGroup.layerwise(model, decay: 0) }
                == "ParameterGroup.layerwise: 'decay' is out of range, expected a number above 0 "
                + "and at most 1, got 0.0")
        #expect(
            errorText {
                try Adam(groups: [ParameterGroup(scale: -1) { _, _ in true }]).validate()
            }
                == "Adam: ParameterGroup: 'scale' is out of range, expected a number from 0, "
                + "got -1.0")
    }

    @Test func whatAnOptimizerRemembersGoesToAnother() throws {
        let optimizers: [() -> any Optimizer] = [
            { SGD(learningRate: 0.1, momentum: 0.9) }, { Adam(learningRate: 0.1) },
            { AdamW(learningRate: 0.1) },
            { RMSProp(learningRate: 0.1, momentum: 0.5, centered: true) },
        ]
        for make in optimizers {
            seed(1)
            let model = Linear(3, 2)
            let other = model.copy()
            func step(_ model: Linear, _ optimizer: any Optimizer, _ number: Int) throws {
                for (index, (_, parameter)) in model.namedWeights.enumerated() {
                    try parameter.setGradient(
                        Tensor.full(parameter.shape, Double(index + number) / 7 - 0.2))
                }
                try optimizer.step(model)
            }
            let (first, second) = (make(), make())
            for number in 0..<3 { try step(model, first, number) }
            let memory = try first.memory(of: model.namedWeights)
            for (name, parameter) in other.namedState { parameter.value = try model[name] }
            try second.restore(memory, of: other.namedWeights)
            for number in 3..<5 {
                try step(model, first, number)
                try step(other, second, number)
            }
            for (name, value) in model.parameters {
                #expect(
                    try value.scalars(as: Float.self) == other[name].scalars(as: Float.self),
                    "\(first)")
            }
            #expect(
                errorText { try second.restore(["odd/weight": Tensor.ones([1])], of: []) }
                    .contains("it remembers no such thing"))
            let wrong = try memory.mapValues { _ in try Tensor.ones([7]) }
            #expect(
                errorText { try second.restore(wrong, of: other.namedWeights) }
                    .contains(
                        "what it remembers of \"weight\" does not fit, expected tensors of "
                            + "[2, 3]"))
        }
    }
}
