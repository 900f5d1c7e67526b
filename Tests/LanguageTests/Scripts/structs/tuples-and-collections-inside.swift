struct Record {
    var range: (low: Int, high: Int)
    var scores: [String: [Int]] = [:]
    var tags: Set<String> = []
    mutating func widen(by n: Int) {
        range.low -= n
        range.high += n
    }
}
var record = Record(range: (low: 1, high: 5))
record.widen(by: 2)
record.range.high *= 10
record.scores["a", default: []].append(3)
record.scores["a", default: []].append(4)
record.scores["b"] = [1]
record.tags.insert("new")
print(record.range.low, record.range.high, record.scores["a"] ?? [], record.tags)
record.scores["b"]?[0] += 41
print(record.scores["b"] ?? [])
// expect: -1 70 [3, 4] ["new"]
// expect: [42]
