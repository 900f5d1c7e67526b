// Characters are the same by what they mean, not by how they are written.
let composed: Character = "é"
let decomposed: Character = "e\u{301}"
print(composed == decomposed, composed == "e") // expect: true false
var count = 0
for character in "een \u{e9}e\u{301} \r\n\n" {
    if character == "e" { count += 1 }
    if character == "é" { count += 10 }
    if character == "\n" { count += 100 }
    if character == "\r\n" { count += 1000 }
}
print(count) // expect: 1122
var last: Character = "-"
for character in "abc" {
    last = character
    if character != "c" { continue }
    print(character, last == "c") // expect: c true
}
var kept: [Character] = []
for var character in "xyz" {
    if character == "y" { character = "ü" }
    kept.append(character)
}
print(kept) // expect: ["x", "ü", "z"]
let letters = Array("hello")
print(letters.filter { $0 == "l" }.count, letters.firstIndex(of: "o") ?? -1) // expect: 2 4
