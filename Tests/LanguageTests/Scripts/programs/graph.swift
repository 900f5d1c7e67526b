// Breadth first, depth first, shortest paths.
let edges: [Int: [Int]] = [1: [2, 3], 2: [4], 3: [4], 4: [5], 5: []]
func breadth(_ start: Int) -> [Int] {
    var seen: Set = [start], queue = [start], order: [Int] = []
    while !queue.isEmpty {
        let n = queue.removeFirst()
        order.append(n)
        for m in edges[n, default: []] where seen.insert(m).inserted { queue.append(m) }
    }
    return order
}
print(breadth(1)) // expect: [1, 2, 3, 4, 5]
func paths(_ a: Int, _ b: Int) -> [[Int]] { a == b ? [[b]] : edges[a]!.flatMap { paths($0, b).map { [a] + $0 } } }
print(paths(1, 5)) // expect: [[1, 2, 4, 5], [1, 3, 4, 5]]
let weights = ["a": ["b": 4, "c": 1], "c": ["b": 2], "b": ["d": 5]]
func distances(from s: String) -> [String: Int] {
    var best = [s: 0], open: Set = [s]
    while let n = open.min(by: { best[$0]! < best[$1]! }) {
        open.remove(n)
        for (m, w) in weights[n] ?? [:] where best[n]! + w < best[m, default: Int.max] { best[m] = best[n]! + w; open.insert(m) }
    }
    return best
}
print(distances(from: "a").sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")) // expect: a=0 b=3 c=1 d=8
