// separator and terminator, debugPrint.
print(1, 2, 3, separator: ", ") // expect: 1, 2, 3
print("a", "b", separator: "") // expect: ab
print("no line", terminator: "")
print("; then", terminator: "!\n") // expect: no line; then!
print() // expect:
print("x", 1, [2], separator: "|", terminator: ".\n") // expect: x|1|[2].
debugPrint("quoted \"text\"", 1, Character("c"), ["a"]) // expect: "quoted \"text\"" 1 "c" ["a"]
debugPrint(1.0, 2, separator: "-", terminator: ";\n") // expect: 1.0-2;
print([1, 2, 3].map { "\($0)" }.joined(separator: "\n"))
// expect: 1
// expect: 2
// expect: 3
