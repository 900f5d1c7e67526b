import Analysis
import Foundation
import NeuralNetworks
import Testing
import VisionModels

@Suite struct ModelGraphTests {
    private func edges(_ graph: ModelGraph) -> [String] {
        func title(_ position: Int) -> String {
            let node = graph.nodes[position]
            return node.name.isEmpty ? node.kind : node.name
        }
        return graph.edges.map { "\(title($0.from)) -> \(title($0.to)) \($0.shape)" }
    }

    @Test func layersInARowAreAChain() throws {
        let model = Sequential {
            Conv2d(1, 4, kernel: 3); Dropout(0.5); ReLU(); Flatten(); Linear(144, 2)
        }
        #expect(
            edges(try model.plot(input: [1, 8, 8])) == [
                "input -> 0 [1, 8, 8]", "0 -> 2 [4, 6, 6]", "2 -> 3 [4, 6, 6]", "3 -> 4 [144]",
            ])
    }

    @Test func branchesMeetAgain() throws {
        let model = Sequential {
            Residual { Conv2d(4, 4, kernel: 3, padding: 1).named("conv") }.named("block")
        }
        #expect(
            edges(try model.plot(input: [4, 8, 8])) == [
                "input -> block.body.conv [4, 8, 8]", "block.body.conv -> adding [4, 8, 8]",
                "input -> adding [4, 8, 8]",
            ])
        let folded = try model.plot(input: [4, 8, 8], depth: 1)
        #expect(folded.nodes.map(\.name) == ["", "block"])
    }

    @Test func blocksOfPublishedNetworksAreFolded() throws {
        for model in [try ResNet152(), try GoogLeNet(), try ViT_L16(), try DenseNet121()] {
            let graph = try model.plot()
            #expect(graph.nodes.count <= 41 && graph.nodes.count > 5, "\(graph.kind)")
            // All that is drawn hangs together: something comes to every box but the input.
            let reached = Set(graph.edges.map(\.to))
            #expect(reached == Set(1..<graph.nodes.count), "\(graph.kind)")
            #expect(graph.edges.allSatisfy { $0.from < $0.to })
            #expect(try graph.svg().hasPrefix("<?xml"))
        }
        let names = try ResNet50().plot(depth: 1).nodes.map(\.name)
        #expect(names.contains("layer1") && names.contains("fc"))
    }

    /// JupyterLab leaves drawings out of a notebook that is not trusted, and keeps images in HTML.
    @Test func aNotebookThatIsNotTrustedShowsItAsAnImage() throws {
        let graph = try LeNet().plot(input: [1, 28, 28])
        let bundle = try graph.mimeBundle()
        #expect(bundle.items.map(\.type) == ["text/plain", "image/svg+xml", "text/html"])
        guard case .text(let html)? = bundle["text/html"],
            case .text(let drawing)? = bundle["image/svg+xml"]
        else {
            Issue.record("a form of the picture is no text")
            return
        }
        let picture = Data(drawing.utf8).base64EncodedString()
        let isImage =
            html.hasPrefix("<img alt=\"LeNet, [1, 28, 28]\"")
            && html.contains("src=\"data:image/svg+xml;base64,\(picture)\"")
        #expect(isImage, "\(html.prefix(100))")
    }

    @Test func picturesAreWrittenAsTheNameSays() throws {
        let graph = try LeNet().plot()
        let path = NSTemporaryDirectory() + "graph-\(UUID().uuidString)"
        try graph.save(path + ".png")
        try graph.save(path + ".svg")
        let png = try Data(contentsOf: URL(fileURLWithPath: path + ".png"))
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(throws: (any Error).self) { try graph.save(path + ".bmp") }
        #expect(throws: (any Error).self) { try graph.save("/nowhere/at/all.svg") }
        #expect(throws: (any Error).self) { try graph.png(scale: 0) }
        for ending in [".png", ".svg"] { try FileManager.default.removeItem(atPath: path + ending) }
    }

    @Test func mistakesAreNamed() {
        #expect(throws: (any Error).self) { try LeNet().plot(input: [3, 28, 28]) }
        #expect(throws: (any Error).self) { try LeNet().plot(input: []) }
        #expect(throws: (any Error).self) { try LeNet().plot(depth: 0) }
        #expect(throws: (any Error).self) { try ReLU().plot() }
    }
}
