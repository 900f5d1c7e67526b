// Texts put together and taken apart, of bytes and of others.
print(["a", "bä", "c"].joined(separator: "–")) // expect: a–bä–c
print([String]().joined(separator: ","), ["x"].joined()) // expect:  x
let parts = "a,b,,c".split(separator: ",")
print(parts, parts.joined(separator: "+")) // expect: ["a", "b", "c"] a+b+c
print("a,b,,c".split(separator: ",", omittingEmptySubsequences: false)) // expect: ["a", "b", "", "c"]
print("ä,ö,ü".split(separator: ","), "a,b\r\nc".split(separator: ",").count) // expect: ["ä", "ö", "ü"] 2
let tail = "k=v=w".dropFirst(2)
print(tail.split(separator: "="), ",".split(separator: ",").isEmpty) // expect: ["v", "w"] true
let long = (0..<300).map { "<\($0)>" }.joined(separator: ",")
print(long.count, long.split(separator: ",").count, long.hasSuffix("<299>")) // expect: 1689 300 true
