// Looking into text.
let s = "The quick brown fox"
print(s.hasPrefix("The"), s.hasSuffix("fox"), s.contains("quick"), s.contains("slow")) // expect: true true true false
print(s.contains("q"), s.contains { $0.isUppercase }, s.allSatisfy { $0.isLetter || $0 == " " }) // expect: true true true
print(s.first!, s.last!, s.first { $0 == "q" }!, s.count) // expect: T x q 19
print(s.filter { "aeiou".contains($0) }) // expect: euioo
print(s.lowercased().filter { $0 == "o" }.count) // expect: 2
print(s.map { $0.isLetter ? 1 : 0 }.reduce(0, +)) // expect: 16
print(s.min()!, s.max()!) // expect:   x
print(s.starts(with: "The q"), s.firstIndex(of: "q") != nil) // expect: true true
print(s.replacingOccurrences(of: "o", with: "0")) // expect: The quick br0wn f0x
print("  padded \n".trimmingCharacters(in: .whitespacesAndNewlines) + "|") // expect: padded|
print(" left".trimmingCharacters(in: .whitespaces)) // expect: left
print("a-b-c".components(separatedBy: "-"), "a--b".components(separatedBy: "-")) // expect: ["a", "b", "c"] ["a", "", "b"]
