// Order and equality of text.
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a") // expect: true false true true true
print("a" == "a", "a" != "b", "Z" < "a") // expect: true true true
print(["pear", "Apple", "fig"].sorted(), ["b", "a"].max()!) // expect: ["Apple", "fig", "pear"] b
print(["bb", "a", "ccc"].sorted { $0.count < $1.count }) // expect: ["a", "bb", "ccc"]
print(["b", "A"].sorted { $0.lowercased() < $1.lowercased() }) // expect: ["A", "b"]
print(max("x", "y"), min("x", "y", "a")) // expect: y a
let s = "apple"
print(s >= "apple", s > "apples", s <= "apricot") // expect: true false true
