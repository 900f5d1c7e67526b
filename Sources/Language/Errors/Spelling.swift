/// Finds what somebody meant to write.
enum Spelling {
    /// The candidate nearest to a name, where one is near enough to be sure.
    static func closest(to name: String, in candidates: some Sequence<String>) -> String? {
        var best: (distance: Int, name: String)?
        var isTied = false
        let wanted = Array(name.utf8)
        for candidate in Set(candidates) where candidate != name && !candidate.isEmpty {
            let other = Array(candidate.utf8)
            let shorter = min(wanted.count, other.count)
            // Of two letters, only the second may be wrong; of one, none.
            let begins = wanted.first == other.first
            let limit = shorter < 3 ? (shorter == 2 && begins ? 1 : 0) : max(1, shorter / 3)
            let isSameWord = candidate.lowercased() == name.lowercased()
            if !isSameWord, abs(other.count - wanted.count) > limit { continue }
            let distance = isSameWord ? 0 : distance(wanted, other)
            guard distance <= limit else { continue }
            if let known = best, known.distance < distance { continue }
            isTied = best?.distance == distance
            if isTied, let known = best, known.name < candidate { continue }
            best = (distance, candidate)
        }
        guard let best, !(isTied && best.distance > 1 && wanted.count < 4) else { return nil }
        return best.name
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
