import Hosting
import Plots
import Tensors

extension ModelProfile: CustomStringConvertible, Displayable {
    /// A line a layer that took time, and what the whole reaches below.
    public var description: String { table.text }

    /// The table, as text and as HTML with a bar of the layers' times below.
    public func mimeBundle() throws -> MIMEBundle {
        table.mimeBundle(
            below: inlineImage(
                Array(try svg().utf8), type: "image/svg+xml", alternative: "times of the layers"))
    }

    /// The times of the layers as bars, blocks above what lies inside them, as an SVG document.
    public func svg() throws -> String { try drawing.svg() }

    private var table: TextTable {
        var table = TextTable(
            columns: ["layer", "kind", "forward ms", "share", "GFLOP/s", "of ceiling"]
                + (backward == nil ? [] : ["backward ms"]), wordColumns: [0, 1])
        func milliseconds(_ seconds: Double) -> String { formatted(seconds * 1e3, places: 3) }
        func percent(_ share: Double) -> String { formatted(share * 100, places: 1) + "%" }
        let shown = rows.filter { $0.forward > 0 || ($0.backward ?? 0) > 0 }
        table.rows = shown.map { row in
            [
                row.name, row.kind, milliseconds(row.forward),
                percent(row.forward / max(forward, 1e-12)),
                row.gigaflops.map { formatted($0, places: 1) } ?? "",
                row.gigaflops.map { percent($0 / ceiling) } ?? "",
            ] + (row.backward.map { [milliseconds($0)] } ?? [])
        }
        var total =
            "\(kind), input \(input): forward \(milliseconds(forward)) ms, "
            + "\(formatted(gigaflops, places: 1)) GFLOP/s of \(formatted(ceiling, places: 1)) "
            + "(\(percent(gigaflops / ceiling)))"
        if let backward { total += ", backward \(milliseconds(backward)) ms" }
        table.footer = [total]
        if shown.count < rows.count {
            table.footer.append(
                "\(rows.count - shown.count) layers are done by others in the same pass, "
                    + "or take no time"
            )
        }
        return table
    }

    /// For each row, its time with that of layers inside it.
    private func inclusive(_ time: (Row) -> Double) -> [Double] {
        var sums = rows.map(time)
        var open: [Int] = []
        for (index, row) in rows.enumerated() {
            while let last = open.last, rows[last].depth >= row.depth { open.removeLast() }
            for outer in open { sums[outer] += time(row) }
            open.append(index)
        }
        return sums
    }

    private static let barHeight = 22.0
    private static let width = 760.0

    private var drawing: Drawing {
        let depth = (rows.map(\.depth).max() ?? 0) + 2
        let panel = Double(depth) * Self.barHeight + 34
        var drawing = Drawing(
            width: Self.width, height: panel * (backward == nil ? 1 : 2) + 12)
        paint("forward", forward, \.forward, top: 0, color: "#56b4e9", in: &drawing)
        if let backward {
            paint(
                "backward", backward, { $0.backward ?? 0 }, top: panel, color: "#e69f00",
                in: &drawing)
        }
        return drawing
    }

    private func paint(
        _ title: String, _ total: Double, _ time: (Row) -> Double, top: Double, color: String,
        in drawing: inout Drawing
    ) {
        guard total > 0 else { return }
        let (left, room) = (12.0, Self.width - 24)
        drawing.words(
            "\(title) \(formatted(total * 1e3, places: 2)) ms", x: left, y: top + 20, size: 12,
            isBold: true)
        func bar(_ text: String, x: Double, width: Double, depth: Int) {
            guard width >= 0.5 else { return }
            let y = top + 28 + Double(depth) * Self.barHeight
            drawing.box(
                x: left + x, y: y, width: width, height: Self.barHeight - 1, fill: color,
                border: "#ffffff")
            guard width > 24 else { return }
            drawing.words(text, x: left + x + 4, y: y + 15, size: 10, room: width - 8)
        }
        bar(kind, x: 0, width: room, depth: 0)
        let sums = inclusive(time)
        // Where the next bar begins at each depth.
        var next = [Double](repeating: 0, count: (rows.map(\.depth).max() ?? 0) + 2)
        for (index, row) in rows.enumerated() {
            let width = sums[index] / total * room
            let x = next[row.depth]
            let name = row.name.split(separator: ".").last.map(String.init) ?? row.kind
            bar("\(name) \(row.kind)", x: x, width: width, depth: row.depth + 1)
            next[row.depth] = x + width
            next[row.depth + 1] = x
        }
    }
}
