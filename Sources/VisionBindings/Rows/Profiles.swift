import Language
import VisionEngine

private let timed = """
    let model = Sequential { Conv2d(1, 4, kernel: 3); ReLU() }
    let times = profile(model, input: [1, 8, 8], repeats: 1)

    """
private let plain = "let model = Sequential { Conv2d(1, 4, kernel: 3); ReLU() }\n"
private let graph = plain + "let graph = model.plot(input: [1, 8, 8])\n"

/// Times of layers.
@RowBuilder func profileRows() -> [Binding] {
    Binding.function(
        "profile", arg("model", AnyLayer.self, label: nil),
        arg("input", [Int]?.self, default: nil, "[C, H, W]; else what the model was made for"),
        arg("backward", Bool.self, default: true, "whether the way back is measured, too"),
        arg("repeats", Int.self, default: 7, "passes measured"),
        summary: "How long each layer takes, and how much of what the machine can do it reaches.",
        example: timed + "times"
    ) { model, input, backward, repeats in
        try profile(model.layer, input: input, backward: backward, repeats: repeats)
    }
    Binding.property(
        "rows", of: ModelProfile.self, summary: "The layers, in order.",
        example: timed + "times.rows.count"
    ) { $0.rows }
    Binding.property(
        "forward", of: ModelProfile.self, summary: "Seconds of a forward pass.",
        example: timed + "times.forward > 0"
    ) { $0.forward }
    Binding.property(
        "backward", of: ModelProfile.self, summary: "Seconds of a backward pass.",
        example: timed + "times.backward ?? 0 > 0"
    ) { $0.backward }
    Binding.property(
        "gigaflops", of: ModelProfile.self,
        summary: "Billions of operations a second of the forward pass.",
        example: timed + "times.gigaflops > 0"
    ) { $0.gigaflops }
    Binding.property(
        "ceiling", of: ModelProfile.self,
        summary: "What the machine reaches at best, measured just before.",
        example: timed + "times.ceiling > 0"
    ) { $0.ceiling }
    Binding.method(
        "slowest", of: ModelProfile.self, arg("count", Int.self, label: nil, default: 10),
        summary: "The layers that take the most time.", example: timed + "times.slowest(1).count"
    ) { profile, count in profile.slowest(count) }
    Binding.property(
        "name", of: ModelProfile.Row.self, summary: "The layer's full name.",
        example: timed + "times.rows[0].name"
    ) { $0.name }
    Binding.property(
        "kind", of: ModelProfile.Row.self, summary: "The layer's type.",
        example: timed + "times.rows[0].kind"
    ) { $0.kind }
    Binding.property(
        "forward", of: ModelProfile.Row.self, summary: "Its own seconds of the forward pass.",
        example: timed + "times.rows[0].forward > 0"
    ) { $0.forward }
    Binding.property(
        "backward", of: ModelProfile.Row.self, summary: "Its own seconds of the backward pass.",
        example: timed + "times.rows[0].backward ?? 0 > 0"
    ) { $0.backward }
    Binding.property(
        "gigaflops", of: ModelProfile.Row.self,
        summary: "Billions of operations a second; nil for layers without any.",
        example: timed + "times.rows[0].gigaflops ?? 0 > 0"
    ) { $0.gigaflops }
}

/// Models as pictures, and what summaries know of layers.
@RowBuilder func modelGraphRows() -> [Binding] {
    Binding.method(
        "plot", of: AnyLayer.self,
        arg("input", [Int]?.self, default: nil, "[C, H, W]; else what the model was made for"),
        arg("depth", Int?.self, default: nil, "levels of blocks that are not folded"),
        summary: "The model as boxes and arrows, with shapes on the arrows.",
        example: graph + "graph"
    ) { layer, input, depth in try layer.layer.plot(input: input, depth: depth) }
    Binding.property(
        "nodes", of: ModelGraph.self, summary: "The boxes; the input is the first.",
        example: graph + "graph.nodes.map { $0.kind }"
    ) { $0.nodes }
    Binding.property(
        "edges", of: ModelGraph.self, summary: "What one box gives another.",
        example: graph + "graph.edges[0].shape"
    ) { $0.edges }
    Binding.method(
        "svg", of: ModelGraph.self, summary: "The picture as an SVG document.",
        example: graph + "graph.svg().hasPrefix(\"<?xml\")"
    ) { try $0.svg() }
    Binding.action(
        "save", of: ModelGraph.self, arg("path", String.self, label: nil),
        summary: "Writes the picture to a file that ends in .svg or .png.",
        example: graph + "graph.save(\"model.svg\")"
    ) { graph, path in try graph.save(path) }
    Binding.property(
        "name", of: ModelGraph.Node.self, summary: "The full name; empty for operations.",
        example: graph + "graph.nodes[1].name"
    ) { $0.name }
    Binding.property(
        "kind", of: ModelGraph.Node.self, summary: "What the box is.",
        example: graph + "graph.nodes[1].kind"
    ) { $0.kind }
    Binding.property(
        "details", of: ModelGraph.Node.self, summary: "The arguments, or what is in the block.",
        example: graph + "graph.nodes[1].details"
    ) { $0.details }
    Binding.property(
        "from", of: ModelGraph.Edge.self, summary: "The position of the box that gives.",
        example: graph + "graph.edges[0].from"
    ) { $0.from }
    Binding.property(
        "to", of: ModelGraph.Edge.self, summary: "The position of the box that takes.",
        example: graph + "graph.edges[0].to"
    ) { $0.to }
    Binding.property(
        "shape", of: ModelGraph.Edge.self, summary: "The shape of what is given.",
        example: graph + "graph.edges[0].shape"
    ) { $0.shape }
    Binding.property(
        "frozen", of: ModelSummary.Row.self, summary: "How many of its parameters are frozen.",
        example: plain + "model.summary(input: [1, 8, 8]).rows[0].frozen"
    ) { $0.frozen }
    Binding.property(
        "activationBytes", of: ModelSummary.Row.self,
        summary: "The bytes that its own operations give.",
        example: plain + "model.summary(input: [1, 8, 8]).rows[0].activationBytes"
    ) { $0.activationBytes }
    Binding.property(
        "receptiveField", of: ModelSummary.Row.self,
        summary: "How much of an image what comes out depends on.",
        example: plain + "model.summary(input: [1, 8, 8]).rows[0].receptiveField?.size ?? []"
    ) { $0.receptiveField }
    Binding.property(
        "timeShare", of: ModelSummary.Row.self,
        summary: "Its share of the time, in 0...1, where that was measured.",
        example: plain
            + "model.summary(input: [1, 8, 8], measured: true).rows[0].timeShare ?? 0 > 0"
    ) { $0.timeShare }
}
