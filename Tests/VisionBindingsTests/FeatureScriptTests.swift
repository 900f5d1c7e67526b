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
            let edges = Conv2d(weight: sobelKernel(), padding: 1)
            let before = edges.copy()
            let x = Tensor.rand([2, 1, 8, 8])
            let loss = (edges(x) ** 2).mean()
            loss.backward()
            SGD(learningRate: 0.1).step(edges)
            let drift = edges.drift(since: before)
            """)
        #expect(try session.run("edges") == "Conv2d(1, 2, kernel: 3, padding: 1, bias: false)")
        #expect(try session.run("drift.changes[0].change > 0") == "true")
        #expect(try session.run("before.drift(since: before).changes[0].change") == "0.0")
        let bundle = try #require(try session.result("drift")).mimeBundle()
        #expect(bundle.plain.contains("weight"))
        #expect(bundle["text/html"] != nil)
        let error = try #require(session.failure("Conv2d(weight: Tensor.ones([3, 3]))"))
        #expect("\(error)".contains("the weights are no kernels"))
    }

    @Test func kindsOfFeaturesAreCompared() throws {
        let session = Session()
        try session.run(
            """
            let data = try FashionMNIST().test.prefix(120)
            func network(_ train: ImageDataset) -> Sequential {
                let model = Sequential { Flatten(); Linear(784, 16); ReLU(); Linear(16, 10) }
                fit(model, train: train, epochs: 1)
                return model
            }
            let comparison = compareFeatures(data, classifiers: [KNearestNeighbors(3)], folds: 2) {
                PixelFeatures()
                for cell in [4, 7] { HOG(cell: cell, block: 2) }
                FeatureFunction("rows") { picture in picture.tensor.mean(axis: 2) }
                if data.count > 10 { LearnedFeatures("network") { network($0) } }
            }
            """)
        #expect(
            try session.run("comparison.results.map { $0.features }")
                == #"["PixelFeatures()", "HOG(cell: 4, block: 2)", "HOG(cell: 7, block: 2)", "#
                + #""rows", "network"]"#)
        #expect(
            try session.run("comparison.results.map { $0.dimension }")
                == "[784, 1296, 324, 28, 16]")
        #expect(
            try session.run(
                "comparison.results.allSatisfy { $0.lower <= $0.accuracy && $0.accuracy <= $0.upper }"
            ) == "true")
        let bundle = try #require(try session.result("comparison")).mimeBundle()
        #expect(bundle.plain.contains("accuracy with its 95% interval, 2 folds of 120 pictures"))
        let error = try #require(
            session.failure("compareFeatures(data, folds: 2) { FeatureFunction(\"x\") { $0 } }"))
        #expect("\(error)".contains("Tensor"), "\(error)")
        #expect(
            "\(try #require(session.failure("compareFeatures(data) { 3 }")))"
                .contains("FeatureExtractor"))
    }
}
