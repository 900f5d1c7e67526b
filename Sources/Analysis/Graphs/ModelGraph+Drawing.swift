import Hosting
import Plots
import Tensors

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension ModelGraph: CustomStringConvertible, Displayable {
    /// A line a box with what flows into it: `layer2 Sequential <- layer1 [64, 56, 56]`.
    public var description: String {
        let incoming = Dictionary(grouping: edges, by: \.to)
        let lines = nodes.indices.map { index in
            let sources = (incoming[index] ?? []).map { edge in
                "\(title(nodes[edge.from])) \(edge.shape)"
            }
            return title(nodes[index])
                + (sources.isEmpty ? " \(input)" : " <- " + sources.joined(separator: ", "))
        }
        return (lines + ["output \(output)"]).joined(separator: "\n")
    }

    /// The picture, also as a part of a page, which notebooks that are not trusted show too, and the
    /// lines where pictures are not.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: description)
        let picture = try svg()
        bundle["image/svg+xml"] = .text(picture)
        bundle["text/html"] = .text(
            inlineImage(
                Array(picture.utf8), type: "image/svg+xml", alternative: "\(kind), \(input)"))
        return bundle
    }

    /// The picture as an SVG document.
    public func svg() throws -> String { try drawing.svg() }

    /// The picture as a PNG file, with `scale` pixels a point; throws unless it is in 0.1...8.
    public func png(scale: Double = 2) throws -> [UInt8] {
        guard (0.1...8).contains(scale) else {
            throw TensorError(
                .value, "png", "'scale' is out of range", expected: "0.1...8", got: "\(scale)")
        }
        return try drawing.png(scale: scale)
    }

    /// Writes the picture to a file: SVG, or PNG where the path ends so.
    ///
    /// Throws for another ending, and where the file cannot be written.
    public func save(_ path: String) throws {
        let lower = path.lowercased()
        let bytes: [UInt8]
        if lower.hasSuffix(".svg") {
            bytes = Array(try svg().utf8)
        } else if lower.hasSuffix(".png") {
            bytes = try png()
        } else {
            throw TensorError(
                .value, "save", "the path says no format",
                expected: "a name that ends in .svg or .png",
                got: "\"\(path)\"")
        }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path))
        } catch {
            throw TensorError(
                .io, "save", "the file cannot be written", expected: "a folder that exists",
                got: "\"\(path)\": \(error)")
        }
    }

    private func title(_ node: Node) -> String {
        node.name.isEmpty ? node.kind : "\(node.name) \(node.kind)"
    }

    private var drawing: Drawing {
        let layout = GraphLayout(nodes: nodes.count, edges: edges.map { ($0.from, $0.to) })
        let (margin, top) = (20.0, 48.0)
        var drawing = Drawing(
            width: max(layout.width, 300) + 2 * margin, height: layout.height + top + 24)
        let left = (drawing.width - layout.width) / 2
        drawing.words(
            "\(kind): \(written(input)) to \(written(output))", x: drawing.width / 2, y: 26,
            anchor: .middle, size: 14, isBold: true)
        for path in layout.paths {
            drawing.line(
                path.map { ($0.x + left, $0.y + top) }, color: "#8a8a8a", width: 1.2, isArrow: true)
        }
        // Behind the lines, so that none crosses a shape.
        for (edge, path) in zip(edges, layout.paths) {
            guard let start = path.first, path.count > 1 else { continue }
            let next = path[1]
            let (x, y) = ((start.x + next.x) / 2 + left, (start.y + next.y) / 2 + top + 4)
            drawing.words(written(edge.shape), x: x + 5, y: y, size: 10, color: "#555555")
        }
        for (node, corner) in zip(nodes, layout.corners) {
            paint(node, x: corner.x + left, y: corner.y + top, in: &drawing)
        }
        return drawing
    }

    private func paint(_ node: Node, x: Double, y: Double, in drawing: inout Drawing) {
        let (width, height) = (GraphLayout.boxWidth, GraphLayout.boxHeight)
        let colors = Self.colors(node)
        drawing.box(
            x: x, y: y, width: width, height: height, fill: colors.fill, border: colors.border)
        // Of a long name the end tells more.
        let name =
            node.name.count > 22 ? "…" + (node.name.split(separator: ".").last ?? "") : node.name
        let heading = name.isEmpty ? node.kind : "\(name) \(node.kind)"
        var second = node.details
        if node.parameters > 0 {
            let cost =
                node.multiplyAccumulates > 0 ? ", \(counted(node.multiplyAccumulates)) MACs" : ""
            let figures = "\(counted(node.parameters)) weights\(cost)"
            // What is in a block matters less than how large it is.
            let parts = node.isBlock ? [figures, node.details] : [node.details, figures]
            second = parts.filter { !$0.isEmpty }.joined(separator: "; ")
        }
        let middle = second.isEmpty ? y + height / 2 + 4 : y + 16
        drawing.words(
            heading, x: x + width / 2, y: middle, anchor: .middle, size: 11, isBold: true,
            room: width - 12)
        guard !second.isEmpty else { return }
        drawing.words(
            second, x: x + width / 2, y: y + 30, anchor: .middle, size: 9, color: "#444444",
            room: width - 12)
    }

    /// Tints of colours that the colour-blind tell apart (Okabe and Ito, 2008), by what a box does.
    private static func colors(_ node: Node) -> (fill: String, border: String) {
        switch node.kind {
        case let kind where kind.contains("Conv"): ("#d6e8f5", "#0072b2")
        case let kind where kind.contains("Linear") || kind.contains("Attention"):
            ("#fbe8c8", "#e69f00")
        case let kind where kind.contains("Pool") || kind.contains("Flatten"):
            ("#d3efe5", "#009e73")
        case let kind where kind.contains("Norm"): ("#f6e2ee", "#cc79a7")
        case "input", "adding", "concatenated", "multiplying": ("#ffffff", "#555555")
        default: ("#f0f0f0", "#777777")
        }
    }

    private func written(_ shape: [Int]) -> String {
        shape.map(String.init).joined(separator: "x")
    }

    /// A count with a unit: `25.6 M`.
    private func counted(_ count: Int) -> String {
        for (size, unit) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where Double(count) >= size {
            return "\(formatted(Double(count) / size, places: 1)) \(unit)"
        }
        return "\(count)"
    }
}
