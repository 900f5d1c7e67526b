// Changing text in place.
var s = "abc"
s.append("d")
s += "e"
s.append(contentsOf: "fg")
print(s) // expect: abcdefg
s.insert("X", at: s.startIndex)
s.insert(contentsOf: "YZ", at: s.index(s.startIndex, offsetBy: 2))
print(s) // expect: XaYZbcdefg
print(s.removeFirst(), s.removeLast(), s) // expect: X g aYZbcdef
s.remove(at: s.index(after: s.startIndex))
print(s) // expect: aZbcdef
s.removeFirst(2)
s.removeLast(1)
print(s, s.popLast()!, s) // expect: bcde e bcd
s.removeAll(where: { $0 == "c" })
print(s) // expect: bd
s.removeSubrange(s.startIndex..<s.index(after: s.startIndex))
print(s, s.isEmpty) // expect: d false
s = "hello"
s.replaceSubrange(s.startIndex..<s.index(s.startIndex, offsetBy: 2), with: "JJJ")
print(s) // expect: JJJllo
s.removeAll()
print(s.isEmpty, s.popLast() == nil) // expect: true true
