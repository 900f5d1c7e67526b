// A text of Characters, whatever they stand in.
let letters = Array("hello")
print(String(letters[1..<3])) // expect: el
print(String(letters[1...])) // expect: ello
print(String(letters.prefix(2))) // expect: he
print(String(letters.dropFirst())) // expect: ello
print(String(letters.reversed())) // expect: olleh
print(String(letters.filter { $0 != "l" })) // expect: heo
print(String(Set("aa"))) // expect: a
