// Mistakes with text.
let s = "abc"
print(s[0]) // expect error: a String has no [ ] with Int
// ---
let s = "abc"
print(s[s.endIndex]) // expect error: outside "abc"
// ---
let s = "abc"
print(s.index(s.startIndex, offsetBy: 9)) // expect error: 9 is outside "abc"
// ---
let s = "abc"
print(s.index(before: s.startIndex)) // expect error: this is the start of the text
// ---
let s = "a,b"
let first: String = s.split(separator: ",")[0] // expect error: convert it with String(
// ---
let text = "a" + 1 // expect error: cannot apply '+' to String and Int
// ---
let n = "5" * 2 // expect error: String(repeating: "5", count: 2)
// ---
let c: Character = "ab" // expect error: expected Character, got String
// ---
print(Character("xy")) // expect error: expected one character
// ---
var s = "x"
s.removeFirst(3) // expect error: index 3 is out of range
// ---
print("\q") // expect error: there is no escape \q
