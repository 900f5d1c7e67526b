// Building text in loops and from pieces.
var s = ""
for i in 1...5 { s += "\(i)," }
print(s, s.count) // expect: 1,2,3,4,5, 10
print((1...3).map { "\($0)" }.joined(), (1...3).map { String($0) }.joined(separator: ", ")) // expect: 123 1, 2, 3
print(["a", "b"].joined(separator: ""), [String]().joined(separator: ",")) // expect: ab 
var lines: [String] = []
for (i, word) in ["x", "y"].enumerated() { lines.append("\(i): \(word)") }
print(lines.joined(separator: "\n"))
// expect: 0: x
// expect: 1: y
let text = "abc".reduce("") { "\($1)" + $0 }
print(text) // expect: cba
let table = [("a", 1), ("b", 22)].map { "\($0.0)=\($0.1)" }.joined(separator: ";")
print(table) // expect: a=1;b=22
print(zip("abc", 1...).map { "\($0)\($1)" }.joined()) // expect: a1b2c3
print("abc".enumerated().map { "\($0.offset)\($0.element)" }) // expect: ["0a", "1b", "2c"]
