// String.Index: walking a text and cutting it.
let s = "hello, world"
print(s[s.startIndex], s[s.index(after: s.startIndex)], s[s.index(before: s.endIndex)]) // expect: h e d
let i = s.index(s.startIndex, offsetBy: 7)
print(s[i], s[i...], s[..<i], s[s.startIndex...i]) // expect: w world hello,  hello, w
let comma = s.firstIndex(of: ",")!
print(s[..<comma], s[s.index(after: comma)...]) // expect: hello  world
print(s.distance(from: s.startIndex, to: comma)) // expect: 5
print(s.firstIndex(of: "z") == nil, s.lastIndex(of: "l")! > comma) // expect: true true
if let space = s.firstIndex(where: { $0 == " " }) { print(s[space...].count) } // expect: 6
print(s.index(s.startIndex, offsetBy: 50, limitedBy: s.endIndex) == nil) // expect: true
for k in s.indices.prefix(3) { print(s[k], terminator: ".") }
print() // expect: h.e.l.
print(s.prefix(upTo: comma), s.suffix(from: i)) // expect: hello world
let range = s.startIndex..<comma
print(s[range], s[range].count) // expect: hello 5
