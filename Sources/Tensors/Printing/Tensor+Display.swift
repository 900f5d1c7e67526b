import Hosting

extension Tensor: Displayable {
    /// The printed form, headed by the caption where elements are left out; as HTML the caption and
    /// the elements: a table tinted by value for a small matrix or row, a picture or a map where the
    /// shape is one, with the printed form below it to be opened, else the printed form. One picture
    /// in its own colours is a PNG too.
    public func mimeBundle() throws -> MIMEBundle {
        guard !isSymbolic else { return MIMEBundle(plain: description) }
        let range = try ElementRange(self)
        let caption = self.caption(range)
        let text = description
        var bundle = MIMEBundle(
            plain: count > TensorText.fullCount ? "\(caption)\n\(text)" : text)
        let isTable =
            (1...2).contains(rank) && count > 0
            && shape.allSatisfy { $0 <= TensorPlanes.longestTable }
        let body: String
        if isTable {
            body = try table(range)
        } else if let picture = try TensorPicture(self, range: range.bounds) {
            if picture.isPicture { bundle["image/png"] = .bytes(picture.png) }
            body =
                picture.html + "<details><summary style=\"cursor:pointer\">elements</summary>"
                + "<pre>\(escapedHTML(text))</pre></details>"
        } else {
            body = "<pre>\(escapedHTML(text))</pre>"
        }
        bundle["text/html"] = .text(
            "<div style=\"overflow-x:auto\">"
                + "<div style=\"font-family:var(--jp-code-font-family,monospace);font-size:90%;"
                + "margin-bottom:.3em\">\(escapedHTML(caption))</div>\(body)</div>")
        return bundle
    }

    /// Shape, element type and the range of the elements: `Tensor [2, 3] float32, 0.0 to 5.5`, and
    /// what they are where that is known: `Tensor [3, 4, 4] uint8, 0 to 9 (CHW, RGB, 0...255)`.
    ///
    /// Elements that are not finite are counted instead of entering the range.
    public func caption() throws -> String { caption(try ElementRange(self)) }

    private func caption(_ range: ElementRange) -> String {
        let parts = ["Tensor \(shape) \(dtype)", range.text].filter { !$0.isEmpty }
        return parts.joined(separator: ", ") + (meaning.map { " (\($0))" } ?? "")
    }

    /// A table of the elements, each cell tinted by its value: blue above zero, orange below.
    private func table(_ range: ElementRange) throws -> String {
        let reader = try ElementReader(self)
        let rows = rank == 1 ? 1 : shape[0]
        let columns = shape[rank - 1]
        let numbers = (0..<rows).map { row in
            let start = rank == 1 ? 0 : row * reader.stride(0)
            return (0..<columns).map { reader.number(at: start + $0 * reader.stride(rank - 1)) }
        }
        let format = NumberFormat(magnitude: TensorText.magnitude(numbers.flatMap(\.self)))
        let reach = range.bounds.map { Swift.max(-$0.lowerBound, $0.upperBound) } ?? 0
        let body = numbers.map { row in
            let cells = row.map { number in
                "<td style=\"text-align:right\(tint(number, reach))\">"
                    + "\(TensorText.string(number, format))</td>"
            }
            return "<tr>\(cells.joined())</tr>"
        }
        return "<table>\(body.joined())</table>"
    }

    private func tint(_ number: NestedNumbers, _ reach: Double) -> String {
        let value =
            switch number {
            case .real(let value): value
            case .integer(let value): Double(value)
            case .boolean(let value): value ? 1.0 : 0
            case .list: 0.0
            }
        let percent =
            reach > 0 && value.isFinite ? Int((value.magnitude / reach * 60).rounded()) : 0
        guard percent > 0 else { return "" }
        let color = value > 0 ? "76,120,168" : "245,133,24"
        return ";background:rgba(\(color),.\(percent < 10 ? "0" : "")\(percent))"
    }
}

extension Tensor: CollectionDisplayable {
    /// The most tensors that are listed.
    private static let longestList = 500

    /// A line a tensor: name, shape, element type and range.
    public static func mimeBundle(of values: [(name: String, value: Tensor)]) throws -> MIMEBundle {
        let isNamed = values.contains { !$0.name.isEmpty }
        var table = TextTable(
            columns: [isNamed ? "name" : "", "shape", "dtype", "elements"],
            wordColumns: [0, 1, 2, 3])
        for (index, (name, tensor)) in values.prefix(longestList).enumerated() {
            let range = try ElementRange(tensor).text
            table.rows.append([
                isNamed ? name : "[\(index)]", "\(tensor.shape)", "\(tensor.dtype)",
                range.isEmpty ? "\(tensor.count)" : range,
            ])
        }
        if values.count > longestList {
            table.footer = ["and \(values.count - longestList) more"]
        }
        var bundle = MIMEBundle(plain: table.text)
        bundle["text/html"] = .text(table.html)
        return bundle
    }
}
