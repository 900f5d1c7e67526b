import Tensors
import Testing

/// Who watches what is computed.
@Suite struct RunObserverTests {
    @Test func observersOfDifferentThingsWatchBesideEachOther() throws {
        let context = Context(seed: 1)
        try Context.$current.withValue(context) {
            let x = try Tensor.ones([2, 3])
            x.requiresGradient = true
            var operations: [String] = []
            var endings: [String] = []
            var outputs: [String] = []
            func layer() throws -> Tensor {
                try context.inLayer("body", kind: "Body") { try Tensor.multiplying(x, 2).relu() }
            }
            let sum = try context.observing(
                .operations { operations.append($0.label) }
            ) {
                try context.observing(
                    .endings { path, isBackward in
                        endings.append((isBackward ? "back " : "") + (path.last?.name ?? "-"))
                    }
                ) {
                    try context.observing(
                        .outputs(below: 0) { name, value in
                            outputs.append(name)
                            return try Tensor.adding(value, 1)
                        }
                    ) {
                        #expect(!context.joinsLayers && context.watchesOutputs)
                        let sum = try layer().sum()
                        try sum.backward()
                        return sum
                    }
                }
            }
            #expect(try sum.item() == 18)
            #expect(outputs == ["body"])
            #expect(operations.prefix(2) == ["multiplying in body (Body)", "relu in body (Body)"])
            #expect(operations.contains("the gradient of relu in body (Body)"), "\(operations)")
            #expect(endings.first == "body" && endings.contains("back body"), "\(endings)")
            // And nobody watches afterwards.
            let count = operations.count
            _ = try layer()
            #expect(operations.count == count && !context.watchesOutputs)
        }
    }

    @Test func nobodyIsShownWhatAnObserverComputesItself() throws {
        let context = Context(seed: 1)
        try Context.$current.withValue(context) {
            let x = try Tensor.ones([4])
            var shown = 0
            try context.observing(
                .operations {
                    shown += 1
                    _ = try $0.outputs[0].exp().sum()
                }
            ) { _ = try x.relu() }
            #expect(shown == 1)
            var nothing = 0
            try context.observing(.operations { _ in nothing += 1 }) {
                try context.observing(nil) { _ = try x.relu() }
            }
            #expect(nothing == 0)
        }
    }
}
