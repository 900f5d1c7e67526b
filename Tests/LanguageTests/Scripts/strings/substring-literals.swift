// Text literals serve as Substring, too.
let words = "let x be".split(separator: " ")
print(words.contains("x"), words.firstIndex(of: "be")!, words == ["let", "x", "be"]) // expect: true 2 true
switch words[0] {
case "var": print("variable")
case "let": print("constant")
default: print("other")
}
// expect: constant
let first: Substring = "abc"
print(first.dropFirst(), first == "abc", first + "d") // expect: bc true abcd
var rest = "  indented"[...]
while rest.first == " " { rest = rest.dropFirst() }
print(rest, rest.count) // expect: indented 8
let both = [1, 2, 3, 4][..<2] + [1, 2, 3, 4][3...]
print(both, both.count) // expect: [1, 2, 4] 3
