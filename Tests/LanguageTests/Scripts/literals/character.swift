// A text literal of one character is a Character where one is wanted.
let c: Character = "a"
print(c, c == "a", "b" == c, c < "b") // expect: a true false true
let letters: [Character] = ["x", "y"]
print(letters) // expect: ["x", "y"]
let vowels: Set<Character> = ["a", "e", "i", "o", "u"]
print(vowels.contains(c), vowels.contains("z")) // expect: true false
print(["a", "b", "c"].contains(c)) // expect: true
print("aeiou".contains(c)) // expect: true
switch c {
case "a", "e": print("vowel")
default: print("other")
}
// expect: vowel
switch c {
case "a"..."f": print("early")
case "g"..."z": print("late")
default: print("none")
}
// expect: early
let counts: [Character: Int] = ["a": 1]
print(counts["a"]!, counts["b"] ?? 0) // expect: 1 0
