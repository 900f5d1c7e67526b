import Language
import Testing
import VisionBindings

/// The architectures of the course, small, written and trained at the prompt.
@Suite struct ArchitectureScriptTests {
    static let resNet = """
        seed(1)
        func basic(_ inputs: Int, _ outputs: Int, stride: Int = 1) -> Residual {
            if stride == 1 && inputs == outputs {
                return Residual(activation: ReLU()) {
                    Conv2d(inputs, outputs, kernel: 3, padding: 1, bias: false); BatchNorm2d(outputs); ReLU()
                    Conv2d(outputs, outputs, kernel: 3, padding: 1, bias: false); BatchNorm2d(outputs)
                }
            }
            let shortcut = Sequential { Conv2d(inputs, outputs, kernel: 1, stride: stride, bias: false); BatchNorm2d(outputs) }
            return Residual(shortcut: shortcut, activation: ReLU()) {
                Conv2d(inputs, outputs, kernel: 3, stride: stride, padding: 1, bias: false); BatchNorm2d(outputs); ReLU()
                Conv2d(outputs, outputs, kernel: 3, padding: 1, bias: false); BatchNorm2d(outputs)
            }
        }
        let resNet = Sequential {
            Conv2d(1, 8, kernel: 3, padding: 1, bias: false).named("stem"); BatchNorm2d(8); ReLU()
            for (inputs, outputs, stride) in [(8, 8, 1), (8, 16, 2)] { basic(inputs, outputs, stride: stride) }
            GlobalAvgPool2d()
            Linear(16, 10).named("head")
        }
        """

    static let viT = """
        seed(2)
        let viT = Sequential {
            PatchEmbedding(1, 16, patch: 7, imageSize: 28, classToken: true)
            TransformerEncoder(embedding: 16, heads: 2, depth: 2, dropPath: 0.1)
            Lambda("class token") { $0[0..., 0] }
            Linear(16, 10)
        }
        """

    @Test func publishedNetworksAreMadeByName() throws {
        let session = Session()
        for (code, result) in [
            ("ResNet18(classes: 10, inputChannels: 1).parameterCount", "11175370"),
            ("VGG16(batchNorm: true).parameterCount", "138365992"),
            ("[ResNet20(), ViTMini()].map { $0.parameterCount }", "[272474, 571402]"),
            ("LeNet()(Tensor.zeros([2, 1, 28, 28])).shape", "[2, 10]"),
            ("let net = DeiTTiny(classes: 5, imageSize: 32); net.copy().classes", "5"),
            ("net[\"blocks.0.attn.qkv.weight\"].shape", "[576, 192]"),
            ("net.features(of: Tensor.zeros([1, 3, 32, 32]), upTo: \"norm\").shape", "[1, 5, 192]"),
            (
                "GoogLeNet(auxiliaryHeads: true).children.filter { $0.name == \"aux1\" }"
                    + ".map { $0.layer.parameterCount }", "[3188968]"
            ),
        ] { #expect(try session.run(code) == result) }
        let errors = ["ViT_B16(imageSize: 100)": "multiple of 16", "resnet18()": "ResNet18("]
        for (code, text) in errors {
            do {
                try session.run(code)
                Issue.record("\(code) is no error")
            } catch { #expect("\(error)".contains(text), "\(code): \(error)") }
        }
    }

    @Test func aSmallResNetTrains() throws {
        let session = Session()
        try session.run(Self.resNet)
        #expect(try session.run("resNet(Tensor.zeros([2, 1, 28, 28])).shape") == "[2, 10]")
        #expect(try session.run("resNet[\"3.body.0.weight\"].shape") == "[8, 8, 3, 3]")
        #expect(try session.run("resNet[\"4.shortcut.0.weight\"].shape") == "[16, 8, 1, 1]")
        #expect(try session.run("resNet.summary(input: [1, 28, 28])")?.contains("Residual") == true)
        let losses = try session.run(
            """
            let data = try FashionMNIST()
            resNet.initialize(.kaimingNormal(mode: .fanOut))
            let history = fit(resNet, train: data.train.prefix(64), epochs: 4, batchSize: 32,
                optimizer: SGD(learningRate: 0.1, momentum: 0.9), schedule: .warmup(steps: 2, then: .cosine),
                loss: .crossEntropy(labelSmoothing: 0.1), gradientClipping: .norm(5))
            (history.stepLosses.count, history.epochs[3].train.loss < history.epochs[0].train.loss)
            """)
        #expect(losses == "(8, true)")
    }

    @Test func aSmallViTTrainsInALoopByHand() throws {
        let session = Session()
        try session.run(Self.viT)
        #expect(try session.run("viT(Tensor.zeros([2, 1, 28, 28])).shape") == "[2, 10]")
        let text = try session.run(
            """
            let data = try FashionMNIST()
            let optimizer = AdamW(learningRate: 0.003, weightDecay: 0.05, groups: [.biasesAndNorms(weightDecay: 0)])
            let average = ExponentialMovingAverage(of: viT, decay: 0.9)
            var losses: [Double] = []
            for epoch in 0..<4 {
                for batch in data.train.prefix(64).batches(32) {
                    let loss = withTraining { crossEntropy(viT(batch.images), batch.labels, labelSmoothing: 0.1) }
                    loss.backward()
                    viT.clipGradients(.norm(1))
                    optimizer.step(viT); viT.zeroGradients(); average.update()
                    losses.append(loss.item())
                }
            }
            (losses.count, losses[7] < losses[0], average.updates)
            """)
        #expect(text == "(8, true, 8)")
    }

    @Test func mixedPrecisionTrainsWithFloat32Weights() throws {
        let text = try Session().run(
            """
            seed(3)
            let data = try FashionMNIST()
            let model = Sequential { Flatten(); Linear(784, 32); ReLU(); Linear(32, 10) }
            let history = fit(model, train: data.train.prefix(64), epochs: 3, batchSize: 32,
                optimizer: Adam(learningRate: 0.01), mixedPrecision: true)
            let x = Tensor.ones([1, 1, 28, 28])
            (model(x).dtype, withMixedPrecision { model(x) }.dtype, model["1.weight"].dtype,
             history.last.train.loss < history.epochs[0].train.loss)
            """)
        #expect(
            text == "(.float32, .bfloat16, .float32, true)"
                || text == "(float32, bfloat16, float32, true)")
    }

    @Test func mistakesInABlockAreExplained() throws {
        let session = Session()
        let shortcut = try #require(
            session.failure(
                """
                let net = Sequential {
                    Conv2d(1, 8, kernel: 3, padding: 1)
                    Residual { Conv2d(8, 16, kernel: 3, stride: 2, padding: 1); BatchNorm2d(16) }
                    GlobalAvgPool2d(); Linear(16, 10)
                }
                net(Tensor.zeros([2, 1, 28, 28]))
                """))
        #expect(shortcut.name == "ShapeError")
        #expect(
            explanation(of: shortcut) == "Residual adds 16x14x14 and 8x28x28; "
                + "use shortcut: Conv2d(8, 16, kernel: 1, stride: 2, bias: false)")
        let heads = try #require(session.failure("MultiHeadAttention(embedding: 190, heads: 3)"))
        #expect(heads.message.contains("190"))
        #expect(explanation(of: heads) == "use heads 2, or embedding 189")
    }

    @Test func branchesAreJoined() throws {
        let session = Session()
        try session.run(
            """
            let inception = Parallel {
                Conv2d(4, 2, kernel: 1).named("point")
                Sequential { Conv2d(4, 3, kernel: 3, padding: 1); ReLU() }
            }
            """)
        #expect(try session.run("inception(Tensor.zeros([1, 4, 6, 6])).shape") == "[1, 5, 6, 6]")
        #expect(try session.run("inception[\"point.weight\"].shape") == "[2, 4, 1, 1]")
        #expect(
            try session.run("Parallel(.add) { Identity(); ReLU() }(Tensor([[1, -2]]))")
                == "[[2.0, -2.0]]")
    }
}
