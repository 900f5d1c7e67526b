extension ModelDifference {
    /// The layers of two models side by side: the longest sequence of equal ones in both, and
    /// between those what was removed, added and changed.
    static func rows(_ before: [Side], _ after: [Side]) -> [Row] {
        var rows: [Row] = []
        var (left, right) = (0, 0)
        for (i, j) in pairs(before.map(\.signature), after.map(\.signature)) + [
            (before.count, after.count)
        ] {
            rows += between(before[left..<i], after[right..<j])
            if i < before.count, j < after.count {
                rows.append(Row(change: .same, before: before[i], after: after[j], note: ""))
            }
            (left, right) = (i + 1, j + 1)
        }
        return rows
    }

    /// The positions of a longest common subsequence.
    private static func pairs<Item: Hashable>(_ a: [Item], _ b: [Item]) -> [(Int, Int)] {
        var numbers: [Item: Int] = [:]
        func number(_ item: Item) -> Int {
            if let known = numbers[item] { return known }
            numbers[item] = numbers.count
            return numbers.count - 1
        }
        let (a, b) = (a.map(number), b.map(number))
        // What both begin and end with needs no table.
        let head = zip(a, b).prefix { $0 == $1 }.count
        let room = min(a.count, b.count) - head
        let tail = zip(a.reversed(), b.reversed()).prefix(room).prefix { $0 == $1 }.count
        let (rows, columns) = (a.count - head - tail, b.count - head - tail)
        let width = columns + 1
        var lengths = [Int32](repeating: 0, count: (rows + 1) * width)
        for i in stride(from: rows - 1, through: 0, by: -1) {
            for j in stride(from: columns - 1, through: 0, by: -1) {
                lengths[i * width + j] =
                    a[head + i] == b[head + j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var result = (0..<head).map { ($0, $0) }
        var (i, j) = (0, 0)
        while i < rows, j < columns {
            if a[head + i] == b[head + j] {
                result.append((head + i, head + j))
                (i, j) = (i + 1, j + 1)
            } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return result + (0..<tail).map { (a.count - tail + $0, b.count - tail + $0) }
    }

    /// Layers between two that are the same: those of one kind, in order, count as changed.
    private static func between(_ before: ArraySlice<Side>, _ after: ArraySlice<Side>) -> [Row] {
        let (left, right) = (Array(before), Array(after))
        var rows: [Row] = []
        var (next, other) = (0, 0)
        for (i, j) in pairs(left.map(\.kind), right.map(\.kind)) + [(left.count, right.count)] {
            rows += left[next..<i].map { Row(change: .removed, before: $0, after: nil, note: "") }
            rows += right[other..<j].map { Row(change: .added, before: nil, after: $0, note: "") }
            if i < left.count, j < right.count {
                rows.append(
                    Row(
                        change: .changed, before: left[i], after: right[j],
                        note: note(left[i], right[j])))
            }
            (next, other) = (i + 1, j + 1)
        }
        return rows
    }

    /// Which arguments differ: `3, 64 -> 1, 64`.
    private static func note(_ before: Side, _ after: Side) -> String {
        let (old, new) = (before.arguments, after.arguments)
        let gone = old.filter { !new.contains($0) }
        let come = new.filter { !old.contains($0) }
        return "\(gone.isEmpty ? "-" : gone.joined(separator: ", ")) -> "
            + "\(come.isEmpty ? "-" : come.joined(separator: ", "))"
    }
}

extension ModelDifference.Side {
    /// `Conv2d` of `Conv2d(3, 64, kernel: 3)`.
    fileprivate var kind: String { String(signature.prefix { $0 != "(" }) }

    /// The arguments, those without a label with their place: `3`, `64`, `kernel: 3`.
    fileprivate var arguments: [String] {
        var depth = 0
        var parts: [String] = [""]
        for character in signature.dropFirst(kind.count + 1).dropLast() {
            if character == "[" || character == "(" { depth += 1 }
            if character == "]" || character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
}
