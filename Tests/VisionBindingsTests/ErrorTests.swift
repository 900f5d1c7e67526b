import Language
import Testing
import VisionBindings

/// What mistakes are answered with.
@Suite struct ErrorTests {
    @Test(arguments: [
        ("Tensor([[1, 2], [3]])", "ShapeError", "nested arrays do not form a box"),
        ("Tensor([1, \"a\"] as [Any])", "ValueError", "an element is no number"),
        ("Tensor([Tensor([1])])", "ValueError", "stacked"),
        ("Tensor.ones([2, 3]) + Tensor.ones([4])", "ShapeError", "[2, 3]"),
        ("Tensor.ones([2, 3]) • Tensor.ones([2, 3])", "ShapeError", "[2, 3]"),
        ("Tensor.arange(0, 6).reshaped(4, -1)", "ShapeError", "reshaped"),
        ("Tensor([1, 2])[2]", "IndexError", "2"),
        ("Tensor.zeros([1_000_000_000, 1_000])", "MemoryError", "zeros"),
        ("try Image(\"absent.png\")", "FileError", "absent.png"),
        ("try loadTensors(\"absent.safetensors\")", "FileError", "absent.safetensors"),
        ("Conv2d(3, 8, kernel: 3, groups: 2)", "ValueError", "groups"),
        ("SGD(learningRate: -1)", "ValueError", "learningRate"),
        ("AdamW(groups: [.biasesAndNorms(weightDecay: -1)])", "ValueError", "weightDecay"),
        ("Schedule.step(every: 0)", "ValueError", "every"),
        ("GradientClipping.norm(0)", "ValueError", "limit"),
        ("Dropout(1.5)", "ValueError", "probability"),
        ("Tensor([1]) == Tensor([1])", "ValueError", "a .== b"),
        ("measure(repeats: 0) { 1 }", "ValueError", "repeats"),
        ("gradient(of: { $0 * 2 }, at: Tensor([1, 2]))", "GradientError", "one element"),
        ("gradient(of: { $0.sum() }, at: Tensor([1], dtype: .int32))", "GradientError", "int32"),
    ])
    func engineErrors(source: String, name: String, part: String) throws {
        let error = try #require(Session().failure(source))
        #expect(error.name == name, "\(error)")
        #expect(error.message.contains(part), "\(error)")
    }

    @Test(arguments: [
        ("let x = Tensor([1, 2, 3, 4]); x.view(2, 2)", "reshaped"),
        ("let x = Tensor([1]); x.unsqueeze(0)", "expandedDimensions"),
        ("let x = Tensor([1]); x.permute(0)", "transposed"),
        ("let x = Tensor([[1]]); x.sum(dim: 1)", "axis"),
        ("let x = Tensor([1]); x.size", "shape"),
        ("torch.zeros([2])", "Tensor"),
        ("np.array([1, 2])", "use Tensor([1, 2])"),
        ("torch.zeros(2, 3)", "use Tensor.zeros([2, 3])"),
        ("nn.Conv2d(3, 16, 3, padding=1)", "use Conv2d(3, 16, kernel: 3, padding: 1)"),
        ("Tensor.zeros(2, 3)", "Tensor.zeros([2, 3])"),
        ("np.mean([1, 2])", "Tensor([1, 2]).mean()"),
        ("let x = Tensor([1]); torch.exp(x)", "x.exp()"),
        ("let x = Tensor([1]); if x > 2 { }", "x .> 2"),
        ("Sequential(ReLU(), ReLU())", "Sequential { ReLU(); ReLU() }"),
        ("cv2.Sobel(1)", "use sobel(1)"),
        ("Sequential { ReLU() }.state_dict()", "parameters"),
        ("nn.LayerNorm(192)", "LayerNorm(192)"),
        ("F.interpolate(Tensor([1]))", "upsample(Tensor([1]), scale: 2"),
        ("torch.nn.functional.gelu(Tensor([1]))", "x.gelu()"),
        ("torch.einsum(\"i->\", Tensor([1]))", "einsum("),
        ("nn.init.kaiming_normal_(Tensor([1]))", ".kaimingNormal("),
        ("clip_grad_norm_(1)", "model.clipGradients(.norm(1))"),
        ("torch.nn.utils.clip_grad_norm_(1)", "model.clipGradients(.norm(1))"),
        ("torch.autocast(\"cpu\")", "withMixedPrecision { ... }"),
        ("torch.optim.lr_scheduler.StepLR(1)", ".step(every: 30)"),
        ("Schedule.constant(5)", "a value of type Schedule cannot be called"),
        ("CosineAnnealingLR(1)", "schedule: .cosine"),
        ("torch.optim.AdamW(1)", "AdamW(learningRate: 1"),
        ("Linear(2, 2).apply(1)", "initialize(.kaimingNormal())"),
        ("MSELoss()", "meanSquaredError(output, target)"),
        ("AdamW(lr: 0.1)", "learningRate:"),
        ("MultiHeadAttention(embed_dim: 8, heads: 2)", "embedding:"),
        ("Conv2d(1, 6, kernal: 5)", "kernel"),
        ("Conv2d(1, 6)", "kernel"),
        ("Tensor.zeros(\"a\")", "Int"),
        ("Tenser([1])", "Tensor"),
        ("Tensor([1]) + \"a\"", "String"),
        ("Tensor([1]).cast(to: .float16)", "float16"),
    ])
    func mistakesAreAnsweredWithWhatToWrite(source: String, part: String) throws {
        let error = try #require(Session().failure(source))
        #expect(error.rendered(color: false).contains(part), "\(error)")
    }

    @Test(arguments: ["x.wiev(2)", "torch.zeros(2)", "fit(x)", "Conv2d(1, 6, kernal: 5)"])
    func namesAndLabelsAreCheckedBeforeAnythingRuns(mistake: String) throws {
        let session = Session()
        let error = session.failure("let x = Tensor([1])\nprint(\"ran\")\n\(mistake)")
        #expect(error != nil)
        #expect(session.output.text.isEmpty)
    }

    @Test(arguments: [
        ("Tensor.ones([2, 3]) • Tensor.ones([2, 3])", "use a.transposed(), which gives [3, 3]"),
        ("Tensor.ones([4, 3]) + Tensor.ones([4])", "use b.expandedDimensions(axis: 1)"),
        (
            "crossEntropy(Tensor.ones([2, 3]), Tensor.ones([2, 1], dtype: .int64))",
            "use labels.squeezed(axis: -1)"
        ),
        (
            "conv2d(Tensor.ones([3, 8, 8]), Tensor.ones([4, 3, 3, 3]))",
            "expandedDimensions(axis: 0)"
        ),
        ("Conv2d(6, 8, kernel: 3, groups: 4)", "use groups 2, or inputs 4"),
    ])
    func mistakesWithTensorsAreExplained(source: String, advice: String) throws {
        let error = try #require(Session().failure(source))
        #expect(explanation(of: error)?.contains(advice) == true, "\(explanation(of: error) ?? "")")
    }

    @Test func aShapeMismatchNamesTheLayerAndExplainsItself() throws {
        let session = Session()
        try session.run(
            """
            let model = Sequential {
                Conv2d(1, 6, kernel: 5).named("conv1"); ReLU(); MaxPool2d(2)
                Flatten()
                Linear(400, 10)
            }
            """)
        let error = try #require(session.failure("model(Tensor.zeros([1, 1, 28, 28]))"))
        #expect(error.name == "ShapeError")
        #expect(error.message.contains("Linear"), "\(error)")
        #expect(error.message.contains("864"), "\(error)")
        #expect(error.message.contains("400"), "\(error)")
        let advice = explanation(of: error)
        #expect(advice?.contains("Linear(864, 10)") == true, "\(advice ?? "no advice")")
        #expect(try session.run("model.parameterCount") != nil)
    }
}
