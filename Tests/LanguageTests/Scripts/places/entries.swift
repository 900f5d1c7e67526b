// Entries of dictionaries: read, set, taken out, counted, grouped; a default only where it is needed.
var counts: [String: Int] = [:]
for word in ["a", "b", "a", "c", "a"] { counts[word, default: 0] += 1 }
print(counts["a"]!, counts["b"]!, counts.count)  // expect: 3 1 3
var groups: [Int: [String]] = [:]
for word in ["one", "three", "two"] { groups[word.count, default: []].append(word) }
print(groups[3]!, groups[5]!, groups[4] ?? [])  // expect: ["one", "two"] ["three"] []
counts["b"] = nil
counts["d"] = 4
print(counts["b"] == nil, counts["d"] ?? 0)  // expect: true 4
var asked = 0
func fallback() -> Int {
    asked += 1
    return 7
}
print(counts["a", default: fallback()], counts["z", default: fallback()], asked)  // expect: 3 7 1
if let found = counts["d"], found > 3 { print("found", found) }  // expect: found 4
func look(_ name: String) -> String {
    guard let value = counts[name] else { return "nothing" }
    return "\(name) is \(value)"
}
print(look("c"), look("q"))  // expect: c is 1 nothing
