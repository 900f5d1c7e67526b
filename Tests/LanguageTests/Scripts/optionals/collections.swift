// Optionals with collections.
let texts = ["1", "x", "3"]
print(texts.compactMap { Int($0) }, texts.map { Int($0) ?? 0 }, texts.compactMap(Int.init)) // expect: [1, 3] [1, 0, 3] [1, 3]
print([1, nil, 3].compactMap { $0 }, [nil, 2].first! ?? 9) // expect: [1, 3] 9
print(texts.first ?? "none", [Int]().first ?? -1, [Int]().max() ?? -1, texts.last!) // expect: 1 -1 -1 3
let d = ["a": 1]
print(d["a"].map { $0 + 1 } ?? 0, d["z"] == nil, d["a"] ?? 0 + 5) // expect: 2 true 1
print(texts.firstIndex(of: "3").map { $0 + 1 }!, texts.first { $0 > "5" } ?? "none") // expect: 3 x
if let i = texts.firstIndex(of: "x"), i > 0 { print(texts[i - 1]) } // expect: 1
let rows: [[Int]?] = [[1], nil]
print(rows.compactMap { $0?.count }, rows[0]?.first ?? 0) // expect: [1] 1
