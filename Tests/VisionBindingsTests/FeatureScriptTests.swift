import Hosting
import Language
import Testing

/// Hand-crafted features and classifiers as scripts use them.
@Suite struct FeatureScriptTests {
    @Test(arguments: [
        ("sobel(photo).magnitude.shape", "[40, 48]"),
        ("convolved(photo, .sharpen).tensor.shape", "[3, 40, 48]"),
        ("convolved(photo, ImageKernel([[0, 1, 0], [1, -4, 1], [0, 1, 0]])).name", "\"kernel\""),
        ("canny(photo).tensor.dtype == .bool", "true"),
        ("hog(photo, cell: 8, block: 2).blocks.shape", "[4, 5, 2, 2, 9]"),
        ("lbp(photo).histogram.count", "10"),
        ("gabor(photo, orientations: 4, wavelengths: [4]).tensor.shape", "[4, 40, 48]"),
        ("sift(photo).descriptors.shape[1]", "128"),
        ("matchTemplate(photo, photo.cropped(x: 9, y: 4, width: 12, height: 9)).x", "9"),
        ("sobelKernel().shape", "[2, 1, 3, 3]"),
    ])
    func answers(source: String, expected: String) throws {
        let session = Session()
        try session.run("let photo = try Image(\"cat.jpg\")")
        #expect(try session.run(source) == expected)
    }

    @Test func resultsShowThemselvesAsPictures() throws {
        let session = Session()
        try session.run("let photo = try Image(\"cat.jpg\")")
        for source in [
            "sobel(photo)", "canny(photo)", "harris(photo)", "hog(photo)", "lbp(photo)",
            "gabor(photo, orientations: 2)", "sift(photo)", "laplacian(photo)",
            "matchFeatures(sift(photo), sift(photo))", "GaborBank(orientations: 2)",
        ] {
            let bundle = try #require(try session.result(source)).mimeBundle()
            #expect(bundle["image/png"] != nil, "\(source)")
        }
    }

    @Test func classifiersLearnAndAreJudged() throws {
        let session = Session()
        try session.run(
            """
            let features = Tensor([[0, 0], [0, 1], [1, 0], [5, 5], [5, 6], [6, 5]])
            let labels = [3, 3, 3, 8, 8, 8]
            """)
        for machine in ["LinearSVM()", "KNearestNeighbors(3)", "SoftmaxRegression(c: 10)"] {
            try session.run("let machine = \(machine)\nmachine.fit(features, labels)")
            #expect(try session.run("machine.predict(features)") == "[3, 3, 3, 8, 8, 8]")
            #expect(try session.run("machine.accuracy(features, labels)") == "1.0")
        }
        #expect(
            try session.run("crossValidate(KNearestNeighbors(1), features, labels, folds: 3).mean")
                == "1.0")
        let error = try #require(session.failure("LinearSVM().predict(features)"))
        #expect("\(error)".contains("it has learned nothing yet"))
    }

    @Test func classicOperatorsTrainAsLayers() throws {
        let session = Session()
        try session.run(
            """
            struct Edges: Layer {
                let weight = Parameter(sobelKernel())
                func forward(_ x: Tensor) -> Tensor { conv2d(x, weight.value, padding: 1) }
            }
            let edges = Edges()
            let x = Tensor.rand([2, 1, 8, 8])
            let loss = (edges(x) ** 2).mean()
            loss.backward()
            SGD(learningRate: 0.1).step(edges)
            let drift = (edges.weight.value - sobelKernel()).abs().max().item()
            """)
        #expect(try session.run("drift > 0") == "true")
    }
}
