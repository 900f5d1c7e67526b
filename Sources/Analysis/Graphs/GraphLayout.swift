/// Where the boxes of a graph stand and how its arrows run: in rows from top to bottom, each box
/// below all that give it something.
///
/// An arrow past several rows passes through a place of its own in each of them. The order within
/// rows is that of the middles of what boxes hang on (Sugiyama, Tagawa and Toda, 1981).
struct GraphLayout {
    static let boxWidth = 236.0
    static let boxHeight = 38.0
    private static let rowHeight = 70.0
    private static let laneWidth = 26.0
    private static let gap = 24.0

    /// The upper left corner of each box.
    private(set) var corners: [(x: Double, y: Double)]
    /// The corners of each arrow, in the order of the edges.
    private(set) var paths: [[(x: Double, y: Double)]] = []
    private(set) var width = 0.0
    private(set) var height = 0.0

    private struct Place {
        var node: Int?
        var edge: Int?
        /// Positions in the row above that it hangs on.
        var above: [Int] = []
        var middle = 0.0
    }

    init(nodes: Int, edges: [(from: Int, to: Int)]) {
        corners = Array(repeating: (0, 0), count: nodes)
        var rank = [Int](repeating: 0, count: nodes)
        // Sources come before targets.
        for edge in edges.sorted(by: { $0.to < $1.to }) {
            rank[edge.to] = max(rank[edge.to], rank[edge.from] + 1)
        }
        var rows = [[Place]](repeating: [], count: (rank.max() ?? 0) + 1)
        for node in 0..<nodes { rows[rank[node]].append(Place(node: node)) }
        for (index, edge) in edges.enumerated() where rank[edge.to] > rank[edge.from] + 1 {
            for row in (rank[edge.from] + 1)..<rank[edge.to] {
                rows[row].append(Place(edge: index))
            }
        }
        var incoming = [[Int]](repeating: [], count: nodes)
        for (index, edge) in edges.enumerated() { incoming[edge.to].append(index) }
        for row in rows.indices.dropFirst() {
            var nodePlace: [Int: Int] = [:]
            var lanePlace: [Int: Int] = [:]
            for (position, place) in rows[row - 1].enumerated() {
                if let node = place.node { nodePlace[node] = position }
                if let edge = place.edge { lanePlace[edge] = position }
            }
            for index in rows[row].indices {
                let place = rows[row][index]
                let own = place.edge.map { [$0] } ?? place.node.map { incoming[$0] } ?? []
                rows[row][index].above = own.compactMap {
                    lanePlace[$0] ?? nodePlace[edges[$0].from]
                }
            }
            let centers = Self.centers(rows[row - 1])
            for index in rows[row].indices {
                let above = rows[row][index].above
                rows[row][index].middle =
                    above.isEmpty
                    ? 0 : above.reduce(0) { $0 + centers[$1] } / Double(above.count)
                // What passes by does so on the right.
                if rows[row][index].edge != nil { rows[row][index].middle += 1 }
            }
            rows[row] = rows[row].enumerated().sorted {
                ($0.element.middle, $0.offset) < ($1.element.middle, $1.offset)
            }.map(\.element)
        }
        width = rows.map(Self.width).max() ?? 0
        height = Double(rows.count) * Self.rowHeight
        var lanes: [Int: [(x: Double, y: Double)]] = [:]
        for (row, places) in rows.enumerated() {
            let y = Double(row) * Self.rowHeight
            for (place, center) in zip(places, Self.centers(places)) {
                let x = width / 2 + center
                if let node = place.node { corners[node] = (x - Self.boxWidth / 2, y) }
                if let edge = place.edge {
                    lanes[edge, default: []] += [(x, y), (x, y + Self.boxHeight)]
                }
            }
        }
        paths = edges.enumerated().map { index, edge in
            let (from, to) = (corners[edge.from], corners[edge.to])
            let middle = Self.boxWidth / 2
            return [(from.x + middle, from.y + Self.boxHeight)] + (lanes[index] ?? [])
                + [(to.x + middle, to.y)]
        }
    }

    private static func width(_ row: [Place]) -> Double {
        row.reduce(0) { $0 + ($1.node == nil ? laneWidth : boxWidth) }
            + gap * Double(max(0, row.count - 1))
    }

    /// The middles of the places of a row around its own middle.
    private static func centers(_ row: [Place]) -> [Double] {
        var x = -width(row) / 2
        return row.map { place in
            let width = place.node == nil ? laneWidth : boxWidth
            defer { x += width + gap }
            return x + width / 2
        }
    }
}
