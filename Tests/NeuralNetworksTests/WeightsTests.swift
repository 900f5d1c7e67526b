import NeuralNetworks
import Tensors
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct WeightsTests {
    private func temporaryFile(_ body: (String) throws -> Void) throws {
        let path = "/tmp/weights-\(getpid())-\(UInt32.random(in: .min ... .max)).safetensors"
        defer { unlink(path) }
        try body(path)
    }

    private func network(_ features: Int = 4) -> Sequential {
        Sequential {
            Conv2d(1, 2, kernel: 3).named("conv1")
            BatchNorm2d(2)
            Flatten()
            Linear(features, 3).named("head")
        }
    }

    @Test func savingAndLoadingKeepsWeightsBuffersAndInformation() throws {
        try temporaryFile { path in
            let model = network()
            _ = try withTraining { try model.call(Tensor.rand([2, 1, 3, 4])) }
            model.info = ModelInfo(
                classes: ["a", "b \"c\""], channelMeans: [0.25], channelDeviations: [0.5],
                inputShape: [1, 3, 4])
            try model.save(path)
            let other = network()
            let report = try other.load(path)
            #expect(report.isComplete)
            for (name, parameter) in model.namedState {
                #expect(
                    try other[name].scalars(as: Float.self) == parameter.value.scalars(),
                    "\(name)")
            }
            #expect(other.info == model.info)
        }
    }

    @Test func weightsThatDoNotFitAreListedAndChangeNothing() throws {
        try temporaryFile { path in
            let model = network()
            try model.save(path)
            let other = Sequential {
                Conv2d(1, 2, kernel: 3).named("conv1")
                Linear(5, 3).named("head")
                Linear(3, 3, bias: false).named("extra")
            }
            let before = try other["conv1.weight"].scalars(as: Float.self)
            #expect(
                errorText { try other.load(path) } == """
                    load: the weights of "\(path)" do not fit Sequential
                      head.weight: the model has [3, 5], the file has [3, 4]
                      missing in the file: extra.weight
                      unknown to the model: 1.bias, 1.num_batches_tracked, 1.running_mean, 1.running_var, 1.weight
                    """)
            #expect(throws: WeightsError.self) { try other.load(path, strict: false) }
            #expect(try other["conv1.weight"].scalars(as: Float.self) == before)
        }
    }

    @Test func withoutStrictWhatFitsIsRead() throws {
        try temporaryFile { path in
            let model = network()
            try model.save(path)
            let other = Sequential {
                Conv2d(1, 2, kernel: 3).named("conv1")
                Linear(3, 3).named("new")
            }
            let report = try other.load(path, strict: false)
            #expect(report.missing == ["new.weight", "new.bias"])
            #expect(report.unexpected.contains("head.weight"))
            #expect(
                try other["conv1.weight"].scalars(as: Float.self) == model["conv1.weight"].scalars()
            )
        }
    }

    @Test func countersOfBatchesAreReadAndWrittenAndMayBeMissing() throws {
        let model = Sequential { BatchNorm2d(2) }
        var tensors: [String: Tensor] = [:]
        for (name, parameter) in model.namedState { tensors[name] = parameter.value }
        tensors["0.num_batches_tracked"] = try Tensor([Int64(1) << 40], shape: [])
        #expect(try model.load(tensors).isComplete)
        let counter = try model["0.num_batches_tracked"]
        #expect(counter.dtype == .int64)
        #expect(try counter.scalars(as: Int64.self) == [1 << 40])
        tensors["0.num_batches_tracked"] = try Tensor([Int64.max], shape: [])
        try model.load(tensors)
        _ = try withTraining { try model.call(Tensor.rand([2, 2, 2, 2])) }
        tensors["0.num_batches_tracked"] = nil
        #expect(try model.load(tensors).isComplete)
        #expect(model.parameterCount == 4)
    }

    @Test func aMissingFileIsAnError() {
        #expect(errorText { try network().load("/nowhere/w.safetensors") }.contains("/nowhere"))
    }
}
