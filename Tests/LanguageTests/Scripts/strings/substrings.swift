// Substring shares its text; String makes a copy of its own.
let line = "key=value=more"
let parts = line.split(separator: "=")
print(parts, parts.count, parts[0] == "key") // expect: ["key", "value", "more"] 3 true
let text = String(parts[1])
print(text, text.uppercased()) // expect: value VALUE
let once = line.split(separator: "=", maxSplits: 1)
print(once) // expect: ["key", "value=more"]
print(",a,,b,".split(separator: ","), ",a,,b,".split(separator: ",", omittingEmptySubsequences: false)) // expect: ["a", "b"] ["", "a", "", "b", ""]
print("one  two".split(separator: " ").map(String.init)) // expect: ["one", "two"]
print("a1b2c".split(whereSeparator: { $0.isNumber })) // expect: ["a", "b", "c"]
let word = "swift".dropFirst(2).dropLast()
print(word, word.count, String(word).hasPrefix("i")) // expect: if 2 true
print("abc".prefix(2) + "z", "abc".suffix(1)) // expect: abz c
print("12 7 x".split(separator: " ").compactMap { Int($0) }) // expect: [12, 7]
var sub = "hello".prefix(3)
sub.append("p")
print(sub, sub.first!, sub.isEmpty) // expect: help h false
