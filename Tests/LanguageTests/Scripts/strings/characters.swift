// What a Character knows of itself.
for c in "aZ5 !é" {
    print(c, c.isLetter, c.isNumber, c.isWhitespace, c.isUppercase, c.isPunctuation)
}
// expect: a true false false false false
// expect: Z true false false true false
// expect: 5 false true false false false
// expect:   false false true false false
// expect: ! false false false false true
// expect: é true false false false false
let d: Character = "7"
print(d.wholeNumberValue!, d.isNumber, Int(String(d))!) // expect: 7 true 7
let a: Character = "a"
print(a.asciiValue!, a.uppercased(), String(a) + "b") // expect: 97 A ab
print("f".first!.hexDigitValue!, "g".first!.isHexDigit) // expect: 15 false
print(Array("abc"), String(Array("abc").reversed())) // expect: ["a", "b", "c"] cba
print("hello".map { $0 }, "ab".map { "\($0)\($0)" }) // expect: ["h", "e", "l", "l", "o"] ["aa", "bb"]
print(Character("x"), Character("é") == "e\u{301}") // expect: x true
